"""What a delivery brought its drivers, as the books say: of one that came back too."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.ledger.accounts import Phase, Purpose
from cooperatives.ledger.models import Transfer

#: The part of a fare, of an order's delivery and of one booked alone.
KINDS = ("order.driver", "delivery.driver")
MOVED = (Phase.SINGLE, Phase.POST)


async def pay_by_delivery(ids: Sequence[UUID]) -> Mapping[UUID, Mapping[UUID, int]]:
    """Of each of these sub-orders or jobs booked alone, what each driver's account had of it, in rupiah.

    With the tip that stood on the order; without later tips and waiting, which have causes of their own. One
    statement.
    """
    rows = (
        await Transfer.filter(cause_id__in=list(ids), kind__in=KINDS, phase__in=MOVED)
        .filter(credit_account__purpose=Purpose.DRIVER_PAYABLE)
        .annotate(amount_sum=Sum("amount"))
        .group_by("cause_id", "credit_account__subject_id")
        .values("cause_id", "credit_account__subject_id", "amount_sum")
    )
    found: dict[UUID, Counter[UUID]] = {id: Counter() for id in ids}
    for row in rows:
        found[row["cause_id"]][row["credit_account__subject_id"]] += int(row["amount_sum"])
    return found
