"""How a membership ends, whatever the cause: in the same moment his savings become one sum, less what he owes.

Loans that run are called in: what savings cover is set off, the rest stays a due of his. Who leaves by himself pays
them first, or lets savings that cover them be set off. Locks: the co-op, loans, savings, dues, then the ledger.
"""

from datetime import date
from typing import NoReturn
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.departures.models import Departure
from cooperatives.dues.models import Due, DueKind, DueState
from cooperatives.dues.paying import today_of
from cooperatives.loans.access import hold_loan
from cooperatives.loans.applying import take_back
from cooperatives.loans.lifecycle import OPEN
from cooperatives.loans.models import Loan
from cooperatives.loans.repaying import follow_loan
from cooperatives.loans.restructuring import call_in
from cooperatives.membership.categories import EndCause
from cooperatives.membership.joining import checked_reason, end, hold_member, require_no_office
from cooperatives.membership.models import Membership
from cooperatives.savings.leaving import settle
from cooperatives.savings.reading import saved_by
from marketplace.database import transaction
from marketplace.errors import Code, MarketplaceError
from marketplace.identity.actor import Actor
from marketplace.money import format_rupiah
from marketplace.rules import AgainstTheLaw, value_on


class LoansRun(MarketplaceError):
    """Loans of this member run ({numbers}): pay them first, or let savings that cover them be set off."""

    code = Code.CONFLICT
    pesan = "Pinjaman anggota ini masih berjalan ({numbers}): lunasi dahulu, atau perhitungkan dengan simpanannya."


class NotCovered(MarketplaceError):
    """What this member owes is {short} more than he saved: pay that first."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Kewajiban anggota ini melebihi simpanannya sebesar {short}: lunasi dahulu."


async def end_membership(actor: Actor, *, membership_id: UUID, reason: str, is_set_off: bool = False) -> Membership:
    """Leave a co-op, or end a membership as its officer; the savings are settled with it.

    An office must be laid down first. `is_set_off`: running loans are paid of his savings, which must cover them.
    Raises NotFound, WrongMembershipState, Invalid, LoansRun, NotCovered.
    """
    reason = checked_reason(reason)
    async with transaction():
        member = await hold_member(actor, membership_id)
        await require_no_office(member)
        running = [loan for loan in await _loans(member) if loan.is_running]
        if running and not is_set_off:
            raise LoansRun(numbers=", ".join(loan.number or "" for loan in running))
        cause = EndCause.RESIGNED if member.account_id == actor.account_id else EndCause.ENDED_BY_OFFICER
        left = await depart(member, actor.account_id, cause, reason)
        if left.left_owing:
            raise NotCovered(short=format_rupiah(left.left_owing))
    return member


async def depart(
    member: Membership,
    by: UUID | None,
    cause: EndCause,
    reason: str,
    *,
    died_on: date | None = None,
    document: str | None = None,
) -> Departure:
    """End a held membership and settle what is between him and the co-op. Caller's transaction."""
    today = await today_of(member.cooperative_id)
    saved = sum((await saved_by([member.pk]))[member.pk].values())
    called = []
    for loan in await _loans(member):
        if loan.is_running:
            called.append(await call_in(loan.pk, today))
        else:
            await take_back(await hold_loan(loan.pk))
    await end(member, by, cause, reason, today)
    before = await _owed(member.pk)
    into = await settle(member)
    after = await _owed(member.pk)
    for loan in called:
        await follow_loan(loan.pk)
    return await Departure.create(
        cooperative_id=member.cooperative_id,
        membership_id=member.pk,
        account_id=member.account_id,
        cause=cause,
        reason=reason,
        ended_on=today,
        died_on=died_on,
        document=document,
        savings_id=into.pk if into else None,
        saved=saved,
        dues_paid=before[False] - after[False],
        set_off=before[True] - after[True],
        left_owing=after[True],
        recorded_by=by,
    )


async def refuse_transfer(actor: Actor, *, membership_id: UUID) -> NoReturn:
    """A membership is never another's. Raises NotFound to who may not see it, else AgainstTheLaw."""
    async with transaction():
        member = await hold_member(actor, membership_id)
    raise AgainstTheLaw.by(
        value_on("membership.not_transferable", await today_of(member.cooperative_id)),
        "a membership can't be transferred: the other applies himself, and this one ends with its savings settled",
        "keanggotaan tidak dapat dipindahtangankan: yang lain mengajukan sendiri, dan yang ini diakhiri dengan "
        "penyelesaian simpanan",
    )


async def _loans(member: Membership) -> list[Loan]:
    """What he asked for and owes, in a fixed order."""
    return await Loan.filter(membership_id=member.pk, state__in=list(OPEN)).order_by("id")


async def _owed(membership_id: UUID) -> dict[bool, int]:
    """What he owes in open dues: of loans (True), and beside them (False), savings that he owes no more left out."""
    saving = (DueKind.PRINCIPAL_SAVINGS, DueKind.MANDATORY_SAVINGS, DueKind.VOLUNTARY_SAVINGS)
    found = Due.filter(membership_id=membership_id, state=DueState.OPEN).exclude(kind__in=saving)
    rows = await found.annotate(all=Sum("amount"), done=Sum("paid")).group_by("kind").values("kind", "all", "done")
    owed = {True: 0, False: 0}
    for row in rows:
        owed[row["kind"] == DueKind.LOAN] += int(row["all"]) - int(row["done"])
    return owed
