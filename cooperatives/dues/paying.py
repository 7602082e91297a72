"""How a payment of dues is written: its receipt, its lines, the dues it reached and the ledger, in one transaction.

Locks: dues by id, the series of receipts, then the ledger's accounts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.dues.allocating import Owed, Part, allocate, entries, parts_of, parts_reached, served
from cooperatives.dues.models import Due, DuePayment, DuePaymentLine, DueState, ReceiptSeries
from cooperatives.dues.terms import terms_of
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import value_on
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Purpose
from cooperatives.ledger.compounds import Compound, Outcome
from cooperatives.membership.models import Cooperative
from marketplace import clock, outbox
from marketplace.database import for_update, locked_one
from marketplace.rules import RuleValue
from marketplace.zones import zone_of

#: The cause under which a payment stands in the ledger.
PAID = "due.paid"
#: Of a member so many open dues are looked at, the oldest; more come with the next payment.
MOST_DUES = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """A payment before it is posted: what each due gets of it, and where it comes from."""

    payment: DuePayment
    shares: tuple[tuple[UUID, int], ...]
    sources: tuple[tuple[AccountRef, int], ...]

    def compound(self, dues: Mapping[UUID, Due]) -> Compound:
        """How it stands in the ledger; what no due took is held for the member."""
        parts: list[Part] = []
        for id, amount in self.shares:
            due = dues[id]
            parts += parts_reached(parts_of(due.cooperative_id, due.parts), due.paid, amount)
        if self.payment.credited:
            held = credit_of(self.payment.cooperative_id, self.payment.membership_id)
            parts.append(Part(held, self.payment.credited, "due.credited"))
        return Compound(Cause(PAID, self.payment.pk), tuple(entries(self.sources, parts)))


def credit_of(cooperative_id: UUID, membership_id: UUID) -> AccountRef:
    """What the co-op holds for a member who paid more than he owed."""
    return AccountRef(cooperative_id, Purpose.MEMBER_CREDIT, membership_id)


def owed(due: Due) -> Owed:
    """A due as the rules see it."""
    return Owed(due.pk, due.kind, due.due_on, due.outstanding)


async def hold_dues(membership_id: UUID) -> dict[UUID, Due]:
    """A member's open dues, locked, oldest first."""
    found = Due.filter(membership_id=membership_id, state=DueState.OPEN).order_by("id").limit(MOST_DUES)
    return {row.pk: row for row in await for_update(found)}


async def pay(payment: DuePayment, dues: Mapping[UUID, Due], sources: Sequence[tuple[AccountRef, int]]) -> DuePayment:
    """Share a new payment out over the member's dues, locked by `hold_dues`; what they don't take is held for him.

    What has come due is served before what comes later, each by the order of kinds. Caller's transaction.
    Raises LimitExceeded when a source does not hold so much.
    """
    terms = await terms_of(payment.cooperative_id, payment.received_on)
    ready = [owed(due) for due in dues.values() if due.opens_on <= payment.received_on]
    later = [owed(due) for due in dues.values() if due.opens_on > payment.received_on]
    shares, left = allocate(payment.amount, [*served(ready, terms.order), *served(later, terms.order)])
    payment.credited = left
    prepared = Prepared(payment, tuple(shares), tuple(sources))
    compound = prepared.compound(dues)
    await _number(payment)
    await ledger.post(compound.entries, cause=compound.cause)
    await write([prepared], dues)
    return payment


async def pay_many(prepared: Sequence[Prepared], dues: Mapping[UUID, Due]) -> list[Prepared]:
    """Post these payments, each whole or not at all, and write those that the ledger took. Caller's transaction."""
    verdicts = await ledger.post_batch([one.compound(dues) for one in prepared])
    taken = [one for one, said in zip(prepared, verdicts, strict=True) if said.outcome is Outcome.POSTED]
    await write(taken, dues)
    return taken


async def write(prepared: Sequence[Prepared], dues: Mapping[UUID, Due]) -> None:
    """The rows of posted payments, what they paid of each due, and the events that tell of it."""
    if not prepared:
        return
    await DuePayment.bulk_create([one.payment for one in prepared])
    await DuePaymentLine.bulk_create(
        [
            DuePaymentLine(payment_id=one.payment.pk, due_id=id, ordinal=ordinal, amount=amount)
            for one in prepared
            for ordinal, (id, amount) in enumerate(one.shares)
        ]
    )
    reached: dict[UUID, Due] = {}
    now, told = clock.now(), []
    for one in prepared:
        for id, amount in one.shares:
            due = reached[id] = dues[id]
            due.paid += amount
            if due.paid == due.amount:
                due.state, due.ended_at = DueState.PAID, now
            told.append((id, _told(due, one.payment, amount)))
    if reached:
        await Due.bulk_update(list(reached.values()), fields=["paid", "state", "ended_at"], batch_size=200)
        await outbox.record_all(PAID, told)


def _told(due: Due, payment: DuePayment, amount: int) -> dict[str, object]:
    """What the event of a due that was paid, a part or whole, says of it."""
    return {
        "kind": due.kind.value,
        "cause_kind": due.cause_kind,
        "cause_id": str(due.cause_id),
        "payment_id": str(payment.pk),
        "amount": amount,
        "is_settled": due.state is DueState.PAID,
    }


async def _number(payment: DuePayment) -> None:
    """The next receipt of its co-op in its year; the series' lock keeps two from taking the same."""
    if not payment.way.has_receipt:
        return
    year = payment.received_on.year
    series = await locked_one(ReceiptSeries, payment.cooperative_id)
    if series is None:
        await ReceiptSeries.bulk_create([ReceiptSeries(id=payment.cooperative_id, year=year)], ignore_conflicts=True)
        series = await locked_one(ReceiptSeries, payment.cooperative_id)
        assert series is not None  # written just now, by us or another
    if series.year < year:
        series.year, series.issued = year, 0
    series.issued += 1
    await series.save(update_fields=["year", "issued"])
    payment.number = f"KW/{series.year}/{series.issued:06}"


async def today_of(cooperative_id: UUID) -> date:
    """Which day it is where the co-op is."""
    return clock.now().astimezone(zone_at(await Cooperative.get(pk=cooperative_id))).date()


async def one_officer_up_to(cooperative_id: UUID) -> RuleValue:
    """Up to so many rupiah one officer's word is enough today: the by-law, to be named where it refuses."""
    today = await today_of(cooperative_id)
    return (await value_on(cooperative_id, ByLaw.APPROVAL_THRESHOLD, today)).cited()


def zone_at(cooperative: Cooperative) -> ZoneInfo:
    """The time that the co-op keeps."""
    return ZoneInfo(zone_of(cooperative.region_code))
