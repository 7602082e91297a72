"""What payees are told of their payouts, and officers of money that nobody explains. A handler of the outbox."""

from uuid import UUID

from catalog.reads import sellers_by_id
from marketplace.identity.actor import Role
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.pages import Reader
from marketplace.notices.standing import cooperative_name, tell_all, tell_sides
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent
from marketplace.payments.models import StrayMoney
from marketplace.payments.payouts.lifecycle import PayeeKind, PayoutState
from marketplace.payments.payouts.models import Payout

KINDS = {
    PayoutState.CONFIRMED.value: NoticeKind.PAYOUT_CONFIRMED,
    PayoutState.FAILED.value: NoticeKind.PAYOUT_FAILED,
}
EVENTS = ("payout.changed", "payout.contradicted", "stray_money.found")


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Write the notices that follow from this event; run again, it writes nothing twice."""
    tellers = {"payout.changed": _tell_payee, "payout.contradicted": _tell_contradiction}
    await tellers.get(event.event, _tell_officers)(event)


async def _tell_payee(event: OutboxEvent) -> None:
    kind = KINDS.get(event.payload["state"])
    row = None if kind is None else await Payout.get_or_none(id=event.aggregate_id)
    if kind is None or row is None or row.payee is PayeeKind.BUYER:  # who is told of his refund
        return
    values = {"amount": format_rupiah(row.amount), "to": row.masked}
    if row.payee is PayeeKind.DRIVER:
        sides = {row.payee_id: Reader.DRIVER}
        await tell_sides(sides, kind, event, SubjectType.COOPERATIVE, row.cooperative_id, values)
        return
    seller = (await sellers_by_id([row.payee_id])).get(row.payee_id)
    sides = {seller.owner_id: Reader.SHOP} if seller is not None and seller.owner_id is not None else {}
    await tell_sides(sides, kind, event, SubjectType.SELLER, row.payee_id, values)


async def _tell_contradiction(event: OutboxEvent) -> None:
    row = await Payout.get_or_none(id=event.aggregate_id)
    if row is None:
        return
    values = {"amount": format_rupiah(row.amount), "to": row.masked}
    people = await officers_of(row.cooperative_id, Role.CHAIR, Role.TREASURER)
    kind = NoticeKind.PAYOUT_CONTRADICTED
    await tell_all(people, kind, event, SubjectType.COOPERATIVE, row.cooperative_id, values)


async def _tell_officers(event: OutboxEvent) -> None:
    row = await StrayMoney.get_or_none(id=event.aggregate_id)
    if row is None:
        return
    book_id: UUID = row.cooperative_id
    values = {"amount": format_rupiah(row.amount), "cooperative": await cooperative_name(book_id)}
    people = await officers_of(book_id)
    await tell_all(people, NoticeKind.STRAY_MONEY_FOUND, event, SubjectType.COOPERATIVE, book_id, values)
