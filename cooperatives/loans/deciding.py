"""What officers decide on an application: approve by threshold, reject; related parties within their bound.

Locks: the book, the loan.
"""

from dataclasses import dataclass
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.books.books import chart_of
from cooperatives.books.lines import Line
from cooperatives.ledger.models import LedgerAccount
from cooperatives.ledger.service import AccountType
from cooperatives.loans.access import RELATED, hold_to_decide, today_of
from cooperatives.loans.applying import checked_reason, release_guarantees, told
from cooperatives.loans.bounds import Bounds, bounds_of
from cooperatives.loans.kinds import GuaranteeState
from cooperatives.loans.lifecycle import OPEN, LoanEvent, LoanState, LoanWrongState, after_event
from cooperatives.loans.models import Loan, LoanApproval, LoanGuarantee, LoanInstalment, LoanProduct
from cooperatives.loans.models.loans import kept
from cooperatives.loans.pledging import needed_for, pledge, require_free
from cooperatives.loans.weighing import Borrower, gathering, require_within
from cooperatives.membership.models import Membership, MembershipState
from marketplace import clock, outbox
from marketplace.database import transaction
from marketplace.errors import Code, MarketplaceError
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.money import format_rupiah, share
from marketplace.rules import AgainstTheLaw, RuleValue

#: A co-op's own capital (modal sendiri) by UU 25/1992 art. 41.
OWN_CAPITAL = frozenset({Line.PRINCIPAL_DEPOSITS, Line.MANDATORY_DEPOSITS, Line.RESERVES, Line.GRANTS})


class NeedsAnotherOfficer(MarketplaceError):
    """You approved this loan already: above {threshold} it takes another officer ({source})."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Anda sudah menyetujui pinjaman ini: di atas {threshold} perlu pengurus lain ({sumber})."


class GuaranteesMissing(MarketplaceError):
    """{missing} of the members asked have not yet agreed to stand behind this loan."""

    code = Code.WRONG_STATE
    pesan = "{missing} anggota yang diminta belum setuju menjamin pinjaman ini."


async def approve_loan(actor: Actor, *, loan_id: UUID) -> Loan:
    """An officer's word for a loan: the only one it takes up to the by-laws' threshold, above it one of two.

    Raises NotFound, Forbidden, OwnLoan, LoanWrongState, GuaranteesMissing, NeedsAnotherOfficer, AgainstTheLaw,
    SavingsTooSmall.
    """
    async with transaction():
        book, loan = await hold_to_decide(actor, loan_id)
        if loan.state is LoanState.APPROVED:
            return loan
        if loan.state is not LoanState.APPLIED:
            raise LoanWrongState(state=loan.state.value)
        by = signed_in(actor)
        bounds = await bounds_of(loan.cooperative_id, today_of(book))
        product = await _require_standing(bounds, loan)
        await note_related(loan)
        used = []
        if loan.is_related:
            used.append(await require_related_bound(bounds, loan.cooperative_id, loan.amount, but=loan_id))
        given = {row.account_id for row in await LoanApproval.filter(loan_id=loan_id)}
        if by in given:
            rule = bounds.one_officer_up_to
            raise NeedsAnotherOfficer(threshold=format_rupiah(rule.value), source=rule.source, sumber=rule.sumber)
        await LoanApproval.create(loan_id=loan_id, account_id=by)
        if takes_two(bounds, loan.amount) and not given:
            id = loan.cooperative_id
            await ask_second(Awaiting.LOAN, loan_id, cooperative_id=id, by=by, amount=loan.amount)
            return loan
        loan.state = after_event(loan.state, LoanEvent.APPROVE)
        loan.decided_at, loan.decided_by = clock.now(), by
        loan.rules = [*loan.rules, *(kept(rule) for rule in used)]
        await loan.save(update_fields=["state", "decided_at", "decided_by", "rules", "is_related"])
        await outbox.record("loan.approved", loan_id, told(loan))
        await pledge(loan, needed_for(product, loan.amount))
    return loan


async def _require_standing(bounds: Bounds, loan: Loan) -> LoanProduct:
    """Who asked is still a member, within what one may owe, and those asked stand behind it."""
    member = await Membership.get(pk=loan.membership_id)
    bounds.require_member(is_member=member.state is MembershipState.ACTIVE)
    await require_within(bounds, member, loan.amount, loan.months)  # others may have been agreed to meanwhile
    product = await LoanProduct.get(pk=loan.product_id)
    given = await LoanGuarantee.filter(loan_id=loan.pk, state=GuaranteeState.GIVEN).count()
    if given < product.guarantors:
        raise GuaranteesMissing(missing=product.guarantors - given)
    return product


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What agreeing to a loan would take today: so many officers, so much of his savings, and what it would lack."""

    officers: int
    pledged: int
    missing: tuple[MarketplaceError, ...]


async def foresee(borrower: Borrower, amount: int) -> Foreseen:
    """What `approve_loan` would say to so much, were it asked for now. Nothing is locked.

    What is missing is SavingsTooSmall, AgainstTheLaw.
    """
    member, bounds = borrower.member, borrower.bounds
    needed, missing = needed_for(borrower.product, amount), list[MarketplaceError]()
    with gathering(missing):
        await require_free(member.pk, needed)
    if await identity.holds_any(member.account_id, RELATED, cooperative_id=member.cooperative_id):
        with gathering(missing):
            await require_related_bound(bounds, member.cooperative_id, amount)
    officers = 2 if takes_two(bounds, amount) else 1
    return Foreseen(officers, needed, tuple(missing))


def takes_two(bounds: Bounds, amount: int) -> bool:
    """Whether so much takes two officers."""
    return amount > bounds.one_officer_up_to.value


async def reject_loan(actor: Actor, *, loan_id: UUID, reason: str) -> Loan:
    """Turn an application down, saying why; done again it changes nothing.

    Raises NotFound, Forbidden, OwnLoan, LoanWrongState, Invalid.
    """
    reason = checked_reason(reason)
    async with transaction():
        _, loan = await hold_to_decide(actor, loan_id)
        if loan.state is LoanState.REJECTED:
            return loan
        loan.state = after_event(loan.state, LoanEvent.REJECT)
        loan.decided_by, loan.refusal = actor.account_id, reason
        loan.decided_at = loan.ended_at = clock.now()
        await loan.save(update_fields=["state", "decided_by", "decided_at", "refusal", "ended_at"])
        await outbox.record("loan.rejected", loan_id, told(loan))
        await release_guarantees(loan)
    return loan


async def note_related(loan: Loan) -> None:
    """Who holds an office by now is a related party, whatever he was when he asked."""
    if not loan.is_related:
        loan.is_related = await identity.holds_any(loan.account_id, RELATED, cooperative_id=loan.cooperative_id)


async def own_capital(cooperative_id: UUID) -> int:
    """Simpanan pokok and wajib, reserves and grants, as the ledger holds them now."""
    chart = await chart_of(cooperative_id)
    rows = (
        await LedgerAccount.filter(cooperative_id=cooperative_id, type=AccountType.EQUITY)
        .annotate(credited=Sum("credits_posted"), debited=Sum("debits_posted"))
        .group_by("purpose", "subject_id")
        .values("purpose", "subject_id", "credited", "debited")
    )
    return sum(
        int(row["credited"]) - int(row["debited"])
        for row in rows
        if chart.in_ledger(row["purpose"], row["subject_id"]).line in OWN_CAPITAL
    )


async def related_owed(cooperative_id: UUID, but: UUID | None) -> int:
    """What related parties owe, and what was promised to them, this loan left out."""
    loans = await Loan.filter(cooperative_id=cooperative_id, is_related=True, state__in=list(OPEN))
    loans = [loan for loan in loans if loan.pk != but]
    promised = sum(loan.amount for loan in loans if loan.state is LoanState.APPROVED)
    running = [loan.pk for loan in loans if loan.is_running]
    rows = await LoanInstalment.filter(loan_id__in=running, superseded_at=None) if running else []
    return promised + sum(row.principal - row.principal_paid for row in rows)


async def require_related_bound(
    bounds: Bounds, cooperative_id: UUID, amount: int, *, but: UUID | None = None
) -> RuleValue:
    """The rule, when so much more keeps related parties within it; `but`: the loan itself, once it is promised.

    Book locked. Raises AgainstTheLaw.
    """
    rule = bounds.related
    most = share(max(await own_capital(cooperative_id), 0), rule.value)
    would = await related_owed(cooperative_id, but) + amount
    if would > most:
        raise AgainstTheLaw.by(
            rule,
            f"related parties would owe {format_rupiah(would)}, above {format_rupiah(most)}, "
            f"which is {rule.counted('en')} of own capital",
            f"pihak terkait akan berutang {format_rupiah(would)}, melebihi {format_rupiah(most)}, "
            f"yaitu {rule.counted('id')} dari modal sendiri",
        )
    return rule
