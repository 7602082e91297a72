"""Who is told what as a window is settled: each step says to the next person that it is his turn.

A handler of the outbox: run again, it writes nothing twice.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from cooperatives.membership.models import Cooperative
from cooperatives.membership.service import cooperatives_by_id
from cooperatives.settlements.models import (
    ClearingGroup,
    Obligation,
    PaymentState,
    SettlementPayment,
    SettlementWindow,
)
from marketplace.identity.actor import Role
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import tell_all
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent

#: Steps of one payment: who hears, and as what.
PAYMENT_STEPS = {
    "settlement_payment.approved": ("payer", NoticeKind.SETTLEMENT_TO_PAY),
    "settlement_payment.paid": ("payee", NoticeKind.SETTLEMENT_TO_CONFIRM),
    "settlement_payment.confirmed": ("payer", NoticeKind.SETTLEMENT_CONFIRMED),
}
#: Ends and turns of a window, told to the officers of each co-op in it.
WINDOW_STEPS = {
    "settlement_window.settled": NoticeKind.SETTLEMENT_SETTLED,
    "settlement_window.defaulted": NoticeKind.SETTLEMENT_DEFAULTED,
    "settlement_window.aborted": NoticeKind.SETTLEMENT_ABORTED,
    "settlement_window.failed": NoticeKind.SETTLEMENT_FAILED,
}
PLANNED = "settlement_window.planned"
EVENTS = frozenset({PLANNED, *PAYMENT_STEPS, *WINDOW_STEPS})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Write the notices that follow from this step. The event's aggregate is the window."""
    window = await SettlementWindow.get_or_none(id=event.aggregate_id)
    if window is None:
        return
    if event.event in PAYMENT_STEPS:
        await _tell_of_payment(event, window)
    elif event.event == PLANNED:
        await _ask_for_approval(event, window)
    else:
        await _tell_everyone(event, window)


async def _ask_for_approval(event: OutboxEvent, window: SettlementWindow) -> None:
    """Each co-op's treasurers hear what it pays and receives."""
    pays: dict[UUID, int] = defaultdict(int)
    receives: dict[UUID, int] = defaultdict(int)
    for payment in await SettlementPayment.filter(window_id=window.id, state=PaymentState.PLANNED):
        pays[payment.payer_id] += payment.amount
        receives[payment.payee_id] += payment.amount
    names = await _names({*pays, *receives})
    for id in sorted(names):
        values = await _values(window) | {
            "cooperative": names[id],
            "amount": format_rupiah(pays.get(id, 0)),
            "other_amount": format_rupiah(receives.get(id, 0)),
        }
        await _tell(event, window, id, NoticeKind.SETTLEMENT_TO_APPROVE, values, Role.TREASURER)


async def _tell_of_payment(event: OutboxEvent, window: SettlementWindow) -> None:
    payment = await SettlementPayment.get_or_none(id=UUID(event.payload["payment_id"]))
    if payment is None:
        return
    side, kind = PAYMENT_STEPS[event.event]
    ours, theirs = payment.payer_id, payment.payee_id
    if side == "payee":
        ours, theirs = theirs, ours
    names = await _names({ours, theirs})
    values = await _values(window) | {
        "cooperative": names.get(ours, ""),
        "other": names.get(theirs, ""),
        "amount": format_rupiah(payment.amount),
        "reference": payment.bank_reference or "",
    }
    await _tell(event, window, ours, kind, values, Role.TREASURER)


async def _tell_everyone(event: OutboxEvent, window: SettlementWindow) -> None:
    others = event.payload.get("cooperative_ids") or []
    rows = await Obligation.filter(window_id=window.id).distinct().values("debtor_id", "creditor_id")
    ids = {id for row in rows for id in (row["debtor_id"], row["creditor_id"])} | {UUID(id) for id in others}
    names = await _names(ids)
    in_default = event.payload.get("cooperative_id")
    values = await _values(window) | {
        "reason": window.reason or "",
        "other": names.get(UUID(in_default), "") if in_default else "",
    }
    for id in sorted(names):
        await _tell(event, window, id, WINDOW_STEPS[event.event], values)


async def _tell(
    event: OutboxEvent,
    window: SettlementWindow,
    cooperative_id: UUID,
    kind: NoticeKind,
    values: dict[str, Any],
    *roles: Role,
) -> None:
    people = await officers_of(cooperative_id, *roles)
    part = str(cooperative_id)
    await tell_all(people, kind, event, SubjectType.SETTLEMENT_WINDOW, window.id, values, part=part)


async def _values(window: SettlementWindow) -> dict[str, Any]:
    group = await ClearingGroup.get(id=window.group_id)
    return {"number": window.number, "group": group.name}


async def _names(ids: set[UUID]) -> dict[UUID, str]:
    found: dict[UUID, Cooperative] = dict(await cooperatives_by_id(sorted(ids)))
    return {id: row.name for id, row in found.items()}
