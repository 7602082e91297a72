"""What the member does: apply, take the application back, and stand behind another's loan."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.governance.entitlement import require_right
from cooperatives.loans.access import RELATED, book_of, hold_loan, seen_loan, today_of
from cooperatives.loans.bounds import Bounds, bounds_of
from cooperatives.loans.kinds import GuaranteeState
from cooperatives.loans.lifecycle import OPEN, RUNNING, LoanEvent, LoanState, LoanWrongState, after_event
from cooperatives.loans.models import Loan, LoanGuarantee, LoanInstalment, LoanProduct
from cooperatives.loans.models.loans import kept
from cooperatives.loans.pledging import release
from cooperatives.loans.products import quote
from cooperatives.membership.categories import MemberRight
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings.models import SavingsStart
from cooperatives.savings.reading import saved_by
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, Forbidden, signed_in
from marketplace.rules import RuleValue

REASON_LENGTH = 300
#: So many loans of one member may be asked for or run at once, and so many of others may he stand behind.
MOST_LOANS, MOST_GUARANTEES = 5, 5


class TooManyLoans(MarketplaceError):
    """You have {limit} loans that are asked for or running: pay one back first."""

    code = Code.TOO_MANY
    pesan = "Anda punya {limit} pinjaman yang diajukan atau berjalan: lunasi satu dahulu."


class PaysUnits(MarketplaceError):
    """Loans of this product pay for what is bought at the co-op's units: ask with what you want to buy there."""

    code = Code.WRONG_STATE
    pesan = "Pinjaman produk ini membayar belanja di unit koperasi: ajukan dengan menyebut barang atau servisnya."


class TooManyGuarantees(MarketplaceError):
    """This member stands behind {limit} loans already."""

    code = Code.TOO_MANY
    pesan = "Anggota ini sudah menjamin {limit} pinjaman."


@dataclass(frozen=True, slots=True)
class Borrower:
    """A member who asks for a loan of a product, and what bounds his co-op's lending. Its book is locked."""

    member: Membership
    product: LoanProduct
    bounds: Bounds


async def borrower_of(account_id: UUID, product_id: UUID) -> Borrower:
    """Who asks. Raises NotFound, BooksNotOpen, AgainstTheLaw for who is no member."""
    product = await LoanProduct.get_or_none(pk=product_id)
    if product is None:
        raise NotFound("loan product")
    bounds = await bounds_of(product.cooperative_id, today_of(await book_of(product.cooperative_id)))
    member = await Membership.get_or_none(
        cooperative_id=product.cooperative_id, account_id=account_id, state=MembershipState.ACTIVE
    )
    bounds.require_member(is_member=member is not None)
    assert member is not None  # refused just above
    return Borrower(member, product, bounds)


async def apply_for_loan(
    actor: Actor,
    *,
    product_id: UUID,
    amount: int,
    months: int,
    reason: str,
    guarantors: Sequence[int] = (),
    key: str,
) -> Loan:
    """Ask for a loan. `guarantors` are member numbers, as many as the product wants, each then asked himself.

    Raises NotFound, AgainstTheLaw, Invalid, ProductRetired, PaysUnits, TooManyLoans.
    """
    account_id, id = signed_in(actor), new_id()
    reason = checked_reason(reason)
    asked = [product_id, amount, months, reason, list(guarantors)]
    async with transaction():
        borrower = await borrower_of(account_id, product_id)
        if (earlier := await once(account_id, "applyForLoan", key, asked, id)) is not None:
            return await Loan.get(pk=earlier)
        if borrower.product.finances_purchases:
            raise PaysUnits
        return await write_application(borrower, id, amount, months, reason, guarantors)


def checked_reason(reason: str) -> str:
    """What the member needs it for, trimmed. Raises Invalid."""
    if not fits(reason.strip(), 1, REASON_LENGTH):
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 karakter")
    return reason.strip()


async def write_application(
    borrower: Borrower, id: UUID, amount: int, months: int, reason: str, guarantors: Sequence[int]
) -> Loan:
    """Write down what a member asks for, within all that bounds it. Caller's transaction.

    Raises AgainstTheLaw, Invalid, ProductRetired, TooManyLoans, TooManyGuarantees.
    """
    member, product, bounds = borrower.member, borrower.product, borrower.bounds
    if await Loan.filter(membership_id=member.pk, state__in=list(OPEN)).count() >= MOST_LOANS:
        raise TooManyLoans(limit=MOST_LOANS)
    await require_right(member, MemberRight.BORROW, bounds.by_laws.day)
    found = quote(product, amount, months, bounds.rate_cap)
    limits = await require_within(bounds, member, amount, months)
    behind = await _guarantors(product, member.account_id, guarantors)
    loan = await Loan.create(
        id=id,
        cooperative_id=product.cooperative_id,
        membership_id=member.pk,
        account_id=member.account_id,
        product_id=product.pk,
        reason=reason,
        amount=amount,
        lent=amount,
        is_related=await identity.holds_any(member.account_id, RELATED, cooperative_id=product.cooperative_id),
        months=months,
        rate_bp=product.rate_bp,
        method=product.method,
        multiple=product.multiple,
        effective_bp=found.rate.nominal_bp,
        compounded_bp=found.rate.compounded_bp,
        rules=[kept(rule) for rule in (found.rule, bounds.require_member(is_member=True), *limits)],
    )
    for guarantor in behind:
        row = await LoanGuarantee.create(loan_id=id, account_id=guarantor)
        await outbox.record("loan.guarantee_asked", row.pk, {"loan_id": str(id), "account_id": str(guarantor)})
    await outbox.record("loan.applied", id, told(loan))
    return loan


async def require_within(bounds: Bounds, member: Membership, amount: int, months: int) -> tuple[RuleValue, ...]:
    """The by-laws that bound what this member may have. His savings count where the co-op keeps them here.

    Raises AgainstTheLaw.
    """
    owed, saved = await owed_by(member.pk), None
    if await SavingsStart.exists(pk=member.cooperative_id):
        saved = sum((await saved_by([member.pk]))[member.pk].values())
    return bounds.require_within(amount, months, owed, saved)


async def owed_by(membership_id: UUID) -> int:
    """What a member owes of all his loans, and what was promised to him."""
    loans = await Loan.filter(membership_id=membership_id, state__in=[*RUNNING, LoanState.APPROVED])
    rows = await LoanInstalment.filter(loan_id__in=[loan.pk for loan in loans], superseded_at=None) if loans else []
    promised = sum(loan.amount for loan in loans if loan.state is LoanState.APPROVED)
    return promised + sum(row.principal - row.principal_paid for row in rows)


def told(loan: Loan) -> dict[str, object]:
    """What an event of a loan says to those who are told of it."""
    return {
        "cooperative_id": str(loan.cooperative_id),
        "account_id": str(loan.account_id),
        "amount": loan.amount,
        "number": loan.number or "",
    }


async def _guarantors(product: LoanProduct, borrower_id: UUID, numbers: Sequence[int]) -> list[UUID]:
    """The accounts of these members. Raises Invalid, TooManyGuarantees."""
    wanted = list(dict.fromkeys(numbers))
    if len(wanted) != len(numbers) or len(wanted) != product.guarantors:
        many = product.guarantors
        raise Invalid.field("guarantors", Code.INVALID, f"{many} members, each once", f"{many} anggota yang berbeda")
    if not wanted:
        return []
    rows = await Membership.filter(
        cooperative_id=product.cooperative_id, number__in=wanted, state=MembershipState.ACTIVE
    ).order_by("number")
    if len(rows) != len(wanted) or any(row.account_id == borrower_id for row in rows):
        raise Invalid.field(
            "guarantors",
            Code.INVALID,
            "numbers of other active members",
            "nomor anggota aktif lain, bukan nomor sendiri",
        )
    for row in rows:
        behind = LoanGuarantee.filter(
            account_id=row.account_id, state=GuaranteeState.GIVEN, loan__state__in=list(OPEN)
        )
        if await behind.count() >= MOST_GUARANTEES:
            raise TooManyGuarantees(limit=MOST_GUARANTEES)
    return [row.account_id for row in rows]


async def withdraw_application(actor: Actor, *, loan_id: UUID) -> Loan:
    """The member takes it back before the money went out; done again it changes nothing.

    Raises NotFound, Forbidden, LoanWrongState.
    """
    await seen_loan(actor, loan_id)
    async with transaction():
        loan = await hold_loan(loan_id)
        if loan.account_id != actor.account_id:
            raise Forbidden(needs="the member himself")
        if loan.state is LoanState.WITHDRAWN:
            return loan
        await take_back(loan)
    return loan


async def take_back(loan: Loan) -> None:
    """A locked loan is not asked for any more. Caller's transaction. Raises LoanWrongState once money went out."""
    loan.state = after_event(loan.state, LoanEvent.WITHDRAW)
    loan.ended_at = clock.now()
    await loan.save(update_fields=["state", "ended_at"])
    await outbox.record("loan.withdrawn", loan.pk, told(loan))
    await release_guarantees(loan)


async def answer_guarantee(actor: Actor, *, loan_id: UUID, is_given: bool) -> Loan:
    """A member who was asked stands behind the loan, or does not. Given, it is taken back until the loan is approved.

    Raises NotFound, LoanWrongState, TooManyGuarantees.
    """
    account_id = signed_in(actor)
    async with transaction():
        loan = await hold_loan(loan_id)
        seen = await LoanGuarantee.get_or_none(loan_id=loan_id, account_id=account_id)
        if seen is None:
            raise NotFound("loan")
        row = await locked_one(LoanGuarantee, seen.pk)
        assert row is not None  # never removed
        state = GuaranteeState.GIVEN if is_given else GuaranteeState.REFUSED
        if row.state is state:
            return loan
        if loan.state is not LoanState.APPLIED:
            raise LoanWrongState(state=loan.state.value)
        others = LoanGuarantee.filter(account_id=account_id, state=GuaranteeState.GIVEN, loan__state__in=list(OPEN))
        if is_given and await others.count() >= MOST_GUARANTEES:
            raise TooManyGuarantees(limit=MOST_GUARANTEES)
        row.state, row.answered_at = state, clock.now()
        await row.save(update_fields=["state", "answered_at"])
        answer = {"loan_id": str(loan_id), "account_id": str(account_id), "is_given": is_given}
        await outbox.record("loan.guarantee_answered", row.pk, answer | {"borrower_id": str(loan.account_id)})
    return loan


async def release_guarantees(loan: Loan) -> None:
    """Nobody stands behind it any more, and no savings are kept for it. Caller's transaction; locks accounts."""
    given = LoanGuarantee.filter(loan_id=loan.pk, state__in=[GuaranteeState.ASKED, GuaranteeState.GIVEN])
    await given.update(state=GuaranteeState.RELEASED)
    await release(loan)
