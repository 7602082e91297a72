"""What the member does: apply, take the application back, and stand behind another's loan."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.loans.access import RELATED, hold_loan, seen_loan
from cooperatives.loans.kinds import GuaranteeState
from cooperatives.loans.lifecycle import AWAITED, OPEN, LoanEvent, LoanState, LoanWrongState, after_event
from cooperatives.loans.models import Loan, LoanGuarantee
from cooperatives.loans.models.loans import kept
from cooperatives.loans.pledging import release
from cooperatives.loans.weighing import MOST_GUARANTEES, Borrower, TooManyGuarantees, borrower_of, weigh
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, Forbidden, signed_in

REASON_LENGTH = 300


class PaysUnits(MarketplaceError):
    """Loans of this product pay for what is bought at the co-op's units: ask with what you want to buy there."""

    code = Code.WRONG_STATE
    pesan = "Pinjaman produk ini membayar belanja di unit koperasi: ajukan dengan menyebut barang atau servisnya."


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

    Raises the first of what `weigh` has against it.
    """
    member, product = borrower.member, borrower.product
    weighed = await weigh(borrower, amount, months, guarantors)
    found = weighed.required()
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
        rules=[kept(rule) for rule in weighed.rules],
    )
    for guarantor in weighed.guarantors:
        row = await LoanGuarantee.create(loan_id=id, account_id=guarantor)
        await outbox.record("loan.guarantee_asked", row.pk, {"loan_id": str(id), "account_id": str(guarantor)})
    await outbox.record("loan.applied", id, told(loan))
    return loan


def told(loan: Loan) -> dict[str, object]:
    """What an event of a loan says to those who are told of it."""
    return {
        "cooperative_id": str(loan.cooperative_id),
        "account_id": str(loan.account_id),
        "amount": loan.amount,
        "number": loan.number or "",
    }


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


async def call_off(loan_id: UUID, about: Mapping[str, str]) -> None:
    """What this loan was to pay will not be, and so it is asked for no more; one that is decided otherwise is left.

    `about` says why to who is told. Caller's transaction; locks the loan.
    """
    loan = await hold_loan(loan_id)
    if loan.state in AWAITED:
        await take_back(loan)
        await outbox.record("loan.called_off", loan.pk, {**told(loan), **about})


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
