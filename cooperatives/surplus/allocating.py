"""A year's surplus proposed by an officer, and posted once the members' meeting adopted it.

Locks: the book, then the allocation, then the ledger. The year must be locked month by month before: then its
result can't change between proposal, vote and posting.
"""

from datetime import date
from uuid import UUID

from cooperatives.books.balances import opened
from cooperatives.books.books import hold_book
from cooperatives.books.models import AccountingBook
from cooperatives.governance import setting
from cooperatives.governance.adopted import adopted, decides_on
from cooperatives.governance.lifecycle import MotionKind
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause
from cooperatives.ledger.compounds import Compound
from cooperatives.membership.models import Membership
from cooperatives.savings.terms import cited
from cooperatives.surplus import gathering, posting
from cooperatives.surplus.models import SurplusAllocation, SurplusShare, SurplusState
from cooperatives.surplus.pools import Pool
from cooperatives.surplus.sharing import SHARED, Share, Sharing, share_out
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in

#: Rows written with one statement, and compounds posted with one.
BATCH = 500


class YearNotLocked(MarketplaceError):
    """The books are not locked up to {day} yet: lock the year's months first."""

    code = Code.WRONG_STATE
    pesan = "Pembukuan belum dikunci sampai {day}: kunci dulu bulan-bulan tahun buku itu."


class SurplusAllocated(MarketplaceError):
    """The surplus of this book year was allocated already: {number}."""

    code = Code.WRONG_STATE
    pesan = "SHU tahun buku ini sudah dibagi: {number}."


class SurplusWrongState(MarketplaceError):
    """This allocation is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Pembagian SHU ini berstatus {state}: tidak bisa dilakukan."


class MotionOfAnotherSurplus(MarketplaceError):
    """That motion does not name {number}, or was decided before it was proposed: the meeting decided otherwise."""

    code = Code.INVALID
    pesan = "Keputusan rapat itu tidak menyebut {number}, atau diputus sebelum diusulkan: yang diputuskan lain."


async def propose_surplus(actor: Actor, *, cooperative_id: UUID, year: int, key: str) -> SurplusAllocation:
    """Reckon how the surplus of the book year that begins in `year` is shared out; an earlier proposal is replaced.

    An officer. By the by-laws of the year's last day. Raises NotFound, Forbidden, BooksNotOpen, Invalid,
    YearNotLocked, SurplusAllocated, NoSurplus, NoAccountForPool, AgainstTheLaw.
    """
    by = signed_in(actor)
    at = await opened(actor, cooperative_id)
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    if not 2000 < year <= clock.now().year:
        raise Invalid.field("year", Code.OUT_OF_RANGE, "a book year that is over", "tahun buku yang sudah berakhir")
    first, last = gathering.book_year(at.book, year)
    _require_locked(at.book, last)
    laws = await setting.by_laws_on(cooperative_id, last)
    surplus = await gathering.surplus_of(at, first, last)
    members = await gathering.members_of(at.book, first, last)
    sharing = share_out(surplus, members.values(), laws)
    posting.kept(at.chart, sharing.pools)
    accounts = {row.pk: row for row in members}
    async with transaction():
        await hold_book(actor, cooperative_id)
        row = _allocation(cooperative_id, first, last, sharing, by)
        if (earlier := await once(by, "proposeSurplus", key, [cooperative_id, year], row.pk)) is not None:
            return await SurplusAllocation.get(pk=earlier)
        row.number = await _replace_earlier(cooperative_id, first)
        await row.save(force_create=True)
        shares = [_share(row, accounts[share.member.id], share) for share in sharing.shares]
        await SurplusShare.bulk_create(shares, batch_size=BATCH)
    return row


def _require_locked(book: AccountingBook, last: date) -> None:
    if book.locked_through is None or book.locked_through < last:
        raise YearNotLocked(day=last)


async def _replace_earlier(cooperative_id: UUID, first: date) -> str:
    """The number of the year's next proposal; one that waits still is replaced. Raises SurplusAllocated."""
    of_year = await SurplusAllocation.filter(cooperative_id=cooperative_id, begins_on=first)
    for row in of_year:
        if row.state in (SurplusState.POSTED, SurplusState.PAID):
            raise SurplusAllocated(number=row.number)
    waiting = SurplusAllocation.filter(pk__in=[row.pk for row in of_year], state=SurplusState.PROPOSED)
    await waiting.update(state=SurplusState.REPLACED)
    return f"SHU/{first.year}/{len(of_year) + 1}"


def _allocation(cooperative_id: UUID, first: date, last: date, sharing: Sharing, by: UUID) -> SurplusAllocation:
    active = [share.member for share in sharing.shares if share.excluded is None]
    return SurplusAllocation(
        id=new_id(),
        cooperative_id=cooperative_id,
        begins_on=first,
        ends_on=last,
        from_members=sharing.surplus.from_members,
        from_others=sharing.surplus.from_others,
        **{pool.value.lower(): amount for pool, amount in sharing.pools.items()},
        unclaimed={pool.value: amount for pool, amount in sharing.unclaimed.items()},
        weights={pool.value: sum(member.weight(pool) for member in active) for pool in SHARED},
        rules=[cited(rule) for rule in sharing.rules],
        proposed_by=by,
    )


def _share(row: SurplusAllocation, member: Membership, share: Share) -> SurplusShare:
    amounts = {line.pool: line.amount for line in share.lines}
    return SurplusShare(
        allocation_id=row.pk,
        cooperative_id=row.cooperative_id,
        membership_id=member.pk,
        account_id=member.account_id,
        capital_days=share.member.capital_days,
        business={side.value: volume for side, volume in share.member.business.items()},
        transactions=share.member.transactions,
        arrears_months=share.member.arrears_months,
        excluded=share.excluded,
        capital=amounts.get(Pool.CAPITAL, 0),
        patronage=amounts.get(Pool.PATRONAGE, 0),
    )


async def hold_allocation(actor: Actor, allocation_id: UUID) -> SurplusAllocation:
    """The allocation, its book locked too, for an officer. Raises NotFound, Forbidden."""
    signed_in(actor)
    seen = await SurplusAllocation.get_or_none(pk=allocation_id)
    if seen is None:
        raise NotFound("surplus")
    await hold_book(actor, seen.cooperative_id)
    row = await locked_one(SurplusAllocation, allocation_id)
    assert row is not None  # never removed
    return row


async def post_surplus(actor: Actor, *, allocation_id: UUID, motion_id: UUID, key: str) -> SurplusAllocation:
    """Book a surplus as the members' meeting adopted it: into the pools, and as owed to each member. An officer.

    The motion is of the kind SURPLUS, names the allocation by its number and was decided after it was proposed.
    Raises NotFound, Forbidden, SurplusWrongState, NotAdopted, MotionOfAnotherSurplus, NoAccountForPool.
    """
    async with transaction():
        row = await hold_allocation(actor, allocation_id)
        by = signed_in(actor)
        if await once(by, "postSurplus", key, [allocation_id, motion_id], allocation_id) is not None:
            return row
        if row.state is not SurplusState.PROPOSED:
            raise SurplusWrongState(state=row.state.value)
        motion = await adopted(motion_id, MotionKind.SURPLUS, cooperative_id=row.cooperative_id)
        if not decides_on(motion, row.number, proposed_at=row.created_at):
            raise MotionOfAnotherSurplus(number=row.number)
        row.state, row.motion_id, row.posted_by, row.posted_at = SurplusState.POSTED, motion_id, by, clock.now()
        await row.save(update_fields=["state", "motion_id", "posted_by", "posted_at"])
        await _post(actor, row)
    return row


async def _post(actor: Actor, row: SurplusAllocation) -> None:
    chart = (await opened(actor, row.cooperative_id)).chart
    compounds = [Compound(Cause(posting.POOLED, row.pk), tuple(posting.kept(chart, row.pools)))]
    for share in await SurplusShare.filter(allocation_id=row.pk).order_by("id"):
        parts = {Pool.CAPITAL: share.capital, Pool.PATRONAGE: share.patronage}
        entries = posting.shared(chart, share.membership_id, parts)
        compounds.append(Compound(Cause(posting.SHARED_OUT, share.pk), tuple(entries)))
    for begins in range(0, len(compounds), BATCH):
        for result in await ledger.post_batch(compounds[begins : begins + BATCH]):
            if result.outcome is not ledger.Outcome.POSTED:  # no account of them has a limit, and each cause is new
                raise RuntimeError(f"a surplus was not posted: {result}")
