"""What an intent names: the thing that it is about, and the key by which it happens once.

An input inherits one of these and adds what is its own. `**input.job()` hands thing and key to the service, whose
parameters bear the same names, so that mypy checks them as it checks any other argument:

    row = await service.give_up_job(info.context.actor, **input.job(), reason=input.reason)
"""

from typing import TypedDict
from uuid import UUID

import strawberry

from schema.ids import from_id
from schema.problems import KEY


class JobNamed(TypedDict):
    """Which delivery job, once."""

    job_id: UUID
    key: str


class SubOrderNamed(TypedDict):
    """Which sub-order, once."""

    sub_order_id: UUID
    key: str


class WindowNamed(TypedDict):
    """Which settlement window, once."""

    window_id: UUID
    key: str


class PaymentNamed(TypedDict):
    """Which settlement payment, once."""

    payment_id: UUID
    key: str


class GroupNamed(TypedDict):
    """Which clearing group, once."""

    group_id: UUID
    key: str


@strawberry.input
class OfJob:
    job_id: strawberry.ID = strawberry.field(description="The job.")
    idempotency_key: str = strawberry.field(description=KEY)

    def job(self) -> JobNamed:
        """Raises Invalid when it is no job's id."""
        return {"job_id": from_id("DeliveryJob", self.job_id, "jobId"), "key": self.idempotency_key}


@strawberry.input
class OfDrop(OfJob):
    drop_id: strawberry.ID | None = strawberry.field(
        description="Which drop; may be left out at the pickup and when there is one.", default=None
    )

    def drop(self) -> UUID | None:
        """The drop, where one is named."""
        return None if self.drop_id is None else from_id("DropStop", self.drop_id, "dropId")


@strawberry.input
class OfSubOrder:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    idempotency_key: str = strawberry.field(description=KEY)

    def sub_order(self) -> SubOrderNamed:
        """Raises Invalid when it is no sub-order's id."""
        return {"sub_order_id": from_id("SubOrder", self.sub_order_id, "subOrderId"), "key": self.idempotency_key}


@strawberry.input
class OfWindow:
    window_id: strawberry.ID = strawberry.field(description="The SettlementWindow.")
    idempotency_key: str = strawberry.field(description=KEY)

    def window(self) -> WindowNamed:
        """Raises Invalid when it is no window's id."""
        return {"window_id": from_id("SettlementWindow", self.window_id, "windowId"), "key": self.idempotency_key}


@strawberry.input
class OfPayment:
    payment_id: strawberry.ID = strawberry.field(description="The SettlementPayment.")
    idempotency_key: str = strawberry.field(description=KEY)

    def payment(self) -> PaymentNamed:
        """Raises Invalid when it is no settlement payment's id."""
        return {"payment_id": from_id("SettlementPayment", self.payment_id, "paymentId"), "key": self.idempotency_key}


@strawberry.input
class OfGroup:
    group_id: strawberry.ID = strawberry.field(description="The ClearingGroup.")
    idempotency_key: str = strawberry.field(description=KEY)

    def group(self) -> GroupNamed:
        """Raises Invalid when it is no clearing group's id."""
        return {"group_id": from_id("ClearingGroup", self.group_id, "groupId"), "key": self.idempotency_key}
