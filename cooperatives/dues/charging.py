"""What a member comes to owe, and what he no longer owes. Both stand in the transaction of whoever is owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.dues.allocating import Part, kept, parts_of, parts_reached
from cooperatives.dues.models import Due, DueKind, DueState
from cooperatives.ledger.accounts import AccountRef, Cause
from cooperatives.membership.models import Membership
from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import locked
from marketplace.money import LARGEST_RUPIAH

ABOUT_LENGTH = 120
#: So many are charged at once.
MOST_CHARGES = 2_000


@dataclass(frozen=True, slots=True)
class Charge:
    """A due to be. `about` is a few words for the member (`Angsuran 3/12`); it may be deducted from `opens_on` on,
    from `due_on` where that is left out."""

    membership_id: UUID
    kind: DueKind
    due_on: date
    cause: Cause
    parts: tuple[Part, ...]
    about: str = ""
    opens_on: date | None = None

    @property
    def amount(self) -> int:
        return sum(part.amount for part in self.parts)


async def charge(cooperative_id: UUID, charges: Sequence[Charge]) -> list[Due]:
    """Write these dues, in their order; one whose cause was charged before is left as it stands.

    In the caller's transaction. Raises ValueError for what no member could cause: an amount of nothing, an account of
    another book, a membership of another co-op, too many at once.
    """
    if len(charges) > MOST_CHARGES:
        raise ValueError(f"at most {MOST_CHARGES} dues at once")
    members = {row.pk: row for row in await rows_by(Membership, "id", {one.membership_id for one in charges})}
    for one in charges:
        _check(cooperative_id, one, members.get(one.membership_id))
    rows = [
        Due(
            cooperative_id=cooperative_id,
            membership_id=one.membership_id,
            account_id=members[one.membership_id].account_id,
            kind=one.kind,
            cause_kind=one.cause.kind,
            cause_id=one.cause.id,
            about=one.about[:ABOUT_LENGTH],
            amount=one.amount,
            parts=kept(one.parts),
            opens_on=one.opens_on or one.due_on,
            due_on=one.due_on,
        )
        for one in charges
    ]
    if rows:
        await Due.bulk_create(rows, ignore_conflicts=True)
    found = await dues_by_cause([one.cause for one in charges])
    return [found[one.cause] for one in charges]


def _check(cooperative_id: UUID, one: Charge, member: Membership | None) -> None:
    if member is None or member.cooperative_id != cooperative_id:
        raise ValueError(f"{one.membership_id} is no member of {cooperative_id}")
    if not 0 < one.amount <= LARGEST_RUPIAH or any(part.amount < 0 for part in one.parts):
        raise ValueError(f"a due is of more than nothing, not {one.amount}")
    if any(part.to.cooperative_id != cooperative_id for part in one.parts):
        raise ValueError("a due pays into its co-op's own book")


async def dues_by_cause(causes: Sequence[Cause]) -> dict[Cause, Due]:
    """The dues that these causes were charged with. One statement."""
    rows = await rows_by(Due, "cause_id", {cause.id for cause in causes})
    wanted = set(causes)
    return {cause: row for row in rows if (cause := Cause(row.cause_kind, row.cause_id)) in wanted}


async def let_go(causes: Sequence[Cause]) -> list[Due]:
    """What these were charged with is no longer owed; answers those that were open. Caller's transaction."""
    found = await dues_by_cause(causes)
    held = await locked(Due, [row.pk for row in found.values()])
    ended = [row for row in held.values() if row.state is DueState.OPEN]
    if ended:
        now = clock.now()
        await Due.filter(pk__in=[row.pk for row in ended]).update(state=DueState.LET_GO, ended_at=now)
        for row in ended:
            row.state, row.ended_at = DueState.LET_GO, now
            await outbox.record("due.let_go", row.pk, {"membership_id": str(row.membership_id)})
    return ended


async def redirect(rest: Mapping[UUID, AccountRef], kind: str) -> None:
    """What is still owed of these dues, locked by the caller, goes to other accounts from now on, as postings of this
    kind: somebody else has paid it in the member's stead, and is owed it. Caller's transaction."""
    rows = await Due.filter(pk__in=list(rest))
    for row in rows:
        paid = parts_reached(parts_of(row.cooperative_id, row.parts), 0, row.paid)
        row.parts = kept([*paid, Part(rest[row.pk], row.outstanding, kind)])
    if rows:
        await Due.bulk_update(rows, fields=["parts"], batch_size=200)
