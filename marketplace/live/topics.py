"""Which topics an event moves. Names of topics are shared by all processes of a node."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marketplace.live.hub import Hint

#: What any worker of the node waits for: something was recorded.
OUTBOX = "outbox"
#: The board of open delivery jobs; which of them one may see is for its reader to ask.
BOARD = "board"


def order(id: object) -> str:
    return f"order:{id}"


def job(id: object) -> str:
    return f"job:{id}"


def talk(job_id: object) -> str:
    return f"talk:{job_id}"


def window(id: object) -> str:
    return f"window:{id}"


def inbox(account_id: object) -> str:
    return f"inbox:{account_id}"


def offers(account_id: object) -> str:
    return f"offers:{account_id}"


def dispatch(cooperative_id: object) -> str:
    return f"dispatch:{cooperative_id}"


def hints_of(event: str, aggregate_id: UUID, payload: Mapping[str, Any]) -> list[Hint]:
    """The hints that follow from this event.

    The payload may name `order_id`, `version` (of the order, or of the job), `account_id`, and co-ops and drivers.
    """
    version = int(payload.get("version") or 0)
    if event == "order.changed":
        return [Hint(order(aggregate_id), version)]
    if event == "sub_order.changed":
        return [Hint(order(payload["order_id"]))] if "order_id" in payload else []
    if event == "payment.changed":
        return [Hint(order(payload["order_id"]))]
    if event == "job.changed":
        hints = [Hint(job(aggregate_id), version), Hint(BOARD)]
        sides = {payload.get("cooperative_id"), payload.get("carrier_id")} - {None}
        hints += [Hint(dispatch(side)) for side in sorted(sides, key=str)]
        return [*hints, Hint(order(payload["order_id"]))] if payload.get("order_id") else hints
    if event == "job.late":
        return [Hint(job(aggregate_id))]
    if event == "offers.changed":
        drivers = [Hint(offers(account_id)) for account_id in payload["driver_account_ids"]]
        return [*drivers, Hint(dispatch(payload["cooperative_id"]))]
    if event == "job.message":
        return [Hint(talk(aggregate_id))]
    if event == "settlement_window.changed":
        return [Hint(window(aggregate_id), version)]
    if event in ("notice.written", "notice.changed"):
        return [Hint(inbox(payload["account_id"]))]
    return []
