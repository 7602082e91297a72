"""A motion's rule tried on locked months, and kept with the motion for those who vote on it.

Locks: the co-op, then the motion.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from cooperatives.books.balances import opened
from cooperatives.books.books import BooksNotOpen
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import last_day, month_of
from cooperatives.governance import setting
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.details import CarrierShare, NewByLaws
from cooperatives.governance.lifecycle import MotionKind, MotionState, WrongMotionState
from cooperatives.governance.models import Motion
from cooperatives.governance.motions import seen_motion
from cooperatives.membership.joining import lock_cooperative
from cooperatives.membership.models import Membership
from cooperatives.replays.comparing import Comparison, Rules, compare
from cooperatives.replays.gathering import past_of
from cooperatives.replays.models import ReplayedMember, RuleReplay
from cooperatives.savings.terms import cited
from cooperatives.surplus import gathering
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, SYSTEM, Actor, require, signed_in
from marketplace.money import FULL_SHARE_BP

#: So many months one replay looks back over, and so often a motion is tried.
MOST_MONTHS, MOST_REPLAYS, BATCH = 24, 20, 500


async def replay_motion(
    actor: Actor,
    *,
    motion_id: UUID,
    first_month: date,
    last_month: date,
    carrier_share_bp: int | None = None,
    key: str,
) -> RuleReplay:
    """Try what a motion proposes on months that are locked; who wrote the motion, or an officer; before its vote.

    By-laws are those that the motion would change, beside them as they stood on the last of these days;
    `carrier_share_bp`: the co-op's share of a delivery's price, where the motion's words alone propose one.
    Raises NotFound, Forbidden, WrongMotionState, BooksNotOpen, Invalid, NothingToReplay, NoSurplus, AgainstTheLaw.
    """
    by = signed_in(actor)
    motion = await seen_motion(actor, motion_id)
    if motion.kind is MotionKind.CARRIER_SHARE:
        carrier_share_bp = CarrierShare.read(motion.details).share_bp
    if motion.proposed_by != by:
        require(actor, *OFFICERS, cooperative_id=motion.cooperative_id)
    if motion.state not in (MotionState.DRAFT, MotionState.TABLED):
        raise WrongMotionState(state=motion.state.value)
    if carrier_share_bp is not None and not 0 <= carrier_share_bp <= FULL_SHARE_BP:
        raise Invalid.field("carrierShare", Code.OUT_OF_RANGE, "0 to 100 %", "0 sampai 100 %")
    first, last = month_of(first_month), last_day(month_of(last_month))
    await _check_locked(motion.cooperative_id, first, last)
    people, found = await _tried(motion, first, last, carrier_share_bp)
    row = _replay(motion, first, last, carrier_share_bp, found, by)
    async with transaction():
        await lock_cooperative(motion.cooperative_id)
        asked = [motion_id, first, last, carrier_share_bp]
        if (earlier := await once(by, "replayMotion", key, asked, row.pk)) is not None:
            return await RuleReplay.get(pk=earlier)
        if await RuleReplay.filter(motion_id=motion_id).count() >= MOST_REPLAYS:
            raise Invalid.field(
                "motionId", Code.TOO_MANY, f"tried {MOST_REPLAYS} times", f"sudah dicoba {MOST_REPLAYS} kali"
            )
        await row.save(force_create=True)
        members = [
            ReplayedMember(
                replay_id=row.pk,
                membership_id=one.id,
                account_id=people[one.id].account_id,
                parts={part.value: list(amounts) for part, amounts in one.parts.items()},
                gained=one.gained,
                excluded_before=one.excluded[0],
                excluded_after=one.excluded[1],
            )
            for one in found.members
        ]
        await ReplayedMember.bulk_create(members, batch_size=BATCH)
    return row


async def _check_locked(cooperative_id: UUID, first: date, last: date) -> None:
    """Raises BooksNotOpen, Invalid where a month is not locked yet, or lies before the books."""
    book = await AccountingBook.get_or_none(pk=cooperative_id)
    if book is None:
        raise BooksNotOpen
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 1 <= months <= MOST_MONTHS:
        raise Invalid.field(
            "lastMonth", Code.OUT_OF_RANGE, f"1 to {MOST_MONTHS} months", f"1 sampai {MOST_MONTHS} bulan"
        )
    if book.locked_through is None or last > book.locked_through or last < book.opened_on:
        until = book.locked_through or "-"
        raise Invalid.field(
            "lastMonth",
            Code.OUT_OF_RANGE,
            f"locked months of the books; locked until: {until}",
            f"bulan pembukuan yang sudah dikunci; terkunci sampai: {until}",
        )


async def _tried(
    motion: Motion, first: date, last: date, carrier_share_bp: int | None
) -> tuple[Mapping[UUID, Membership], Comparison]:
    values: Mapping[ByLaw, int] = {}
    if motion.kind is MotionKind.BY_LAWS:
        values = NewByLaws.read(motion.details).values
    at = await opened(SYSTEM, motion.cooperative_id)
    laws = await setting.by_laws_on(motion.cooperative_id, last)
    past = await past_of(at.book, first, last)
    surplus = await gathering.surplus_of(at, first, last)
    now, then = Rules(laws), Rules(laws.changed(values), carrier_share_bp)
    found = compare(surplus, past.values(), now, then, changed=frozenset(values))
    return {row.pk: row for row in past}, found


def _replay(
    motion: Motion, first: date, last: date, carrier_share_bp: int | None, found: Comparison, by: UUID
) -> RuleReplay:
    gains = [one.gained for one in found.members]
    rules = {rule: None for sharing in found.sharings for rule in sharing.rules}
    return RuleReplay(
        id=new_id(),
        motion_id=motion.pk,
        cooperative_id=motion.cooperative_id,
        begins_on=first,
        ends_on=last,
        carrier_share_bp=carrier_share_bp,
        pools={pool.value: list(amounts) for pool, amounts in found.pools.items()},
        parts={part.value: list(amounts) for part, amounts in found.totals().items()},
        better=sum(gain > 0 for gain in gains),
        worse=sum(gain < 0 for gain in gains),
        same=sum(gain == 0 for gain in gains),
        rules=[cited(rule) for rule in rules],
        asked_by=by,
    )
