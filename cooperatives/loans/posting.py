"""How lending stands in the ledger: which account is debited and credited by what happens to a loan. Pure."""

from datetime import date
from uuid import UUID, uuid5

from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.loans.kinds import MoneyWay

#: The cause under which a loan's instalment stands among the member's dues.
INSTALMENT = "loan.instalment"


def principal_of(book_id: UUID, loan_id: UUID) -> AccountRef:
    """What of the loan was lent and not yet paid back."""
    return AccountRef(book_id, Purpose.LOAN_PRINCIPAL, loan_id)


def interest_of(book_id: UUID, loan_id: UUID) -> AccountRef:
    """Interest that was earned and not yet paid; below zero what was paid ahead."""
    return AccountRef(book_id, Purpose.LOAN_INTEREST_DUE, loan_id)


def money_of(book_id: UUID, way: MoneyWay, account_id: UUID) -> AccountRef:
    """Where the money goes out of, or comes into; of EARNINGS what the co-op owes the member as its driver."""
    match way:
        case MoneyWay.CASH:
            return AccountRef(book_id, Purpose.CASH)
        case MoneyWay.TRANSFER:
            return AccountRef(book_id, Purpose.BANK)
        case MoneyWay.EARNINGS:
            return AccountRef(book_id, Purpose.DRIVER_PAYABLE, account_id)
        case MoneyWay.UNIT:
            raise ValueError("a unit is paid by its sale, and pays by taking it back")


def current_of(book_id: UUID, unit_id: UUID) -> AccountRef:
    """What the credit unit owes a unit that it paid for members, in its own books: below zero while it owes."""
    return AccountRef(book_id, Purpose.CREDIT_CURRENT, unit_id)


def disbursed(book_id: UUID, loan_id: UUID, source: AccountRef, amount: int) -> list[Entry]:
    """The money went out."""
    return [Entry(principal_of(book_id, loan_id), source, amount, "loan.disbursed")]


def accrued(book_id: UUID, loan_id: UUID, amount: int) -> list[Entry]:
    """Interest was earned: its month is over, or the loan was paid early."""
    income = AccountRef(book_id, Purpose.LOAN_INTEREST)
    return [Entry(interest_of(book_id, loan_id), income, amount, "loan.interest")]


def paid_early(book_id: UUID, loan_id: UUID, source: AccountRef, principal: int, interest: int) -> list[Entry]:
    """`principal + interest` rupiah came in. Interest below zero was paid ahead, and now pays principal."""
    ours, earned = principal_of(book_id, loan_id), interest_of(book_id, loan_id)
    if interest >= 0:
        return [
            Entry(source, earned, interest, "loan.paid_early"),
            Entry(source, ours, principal, "loan.paid_early"),
        ]
    return [
        Entry(source, ours, principal + interest, "loan.paid_early"),
        *paid_ahead(book_id, loan_id, -interest),
    ]


def paid_ahead(book_id: UUID, loan_id: UUID, amount: int) -> list[Entry]:
    """Interest that was paid ahead and is not owed any more pays principal."""
    return [Entry(interest_of(book_id, loan_id), principal_of(book_id, loan_id), amount, "loan.paid_ahead")]


def reserved(book_id: UUID, before: int, now: int) -> list[Entry]:
    """What is set aside for the loss of a loan grew or shrank."""
    reserve, expense = AccountRef(book_id, Purpose.LOAN_LOSS_RESERVE), AccountRef(book_id, Purpose.LOAN_LOSS_EXPENSE)
    if now >= before:
        return [Entry(expense, reserve, now - before, "loan.reserved")]
    return [Entry(reserve, expense, before - now, "loan.reserve_released")]


def written_off(book_id: UUID, loan_id: UUID, principal: int, interest: int, reserve: int) -> list[Entry]:
    """It will not be paid: out of what was set aside, the rest an expense. `interest` is zero or more."""
    held, expense = AccountRef(book_id, Purpose.LOAN_LOSS_RESERVE), AccountRef(book_id, Purpose.LOAN_LOSS_EXPENSE)
    entries, left = [], min(reserve, principal + interest)
    for account, amount in ((principal_of(book_id, loan_id), principal), (interest_of(book_id, loan_id), interest)):
        covered = min(left, amount)
        left -= covered
        entries += [
            Entry(held, account, covered, "loan.written_off"),
            Entry(expense, account, amount - covered, "loan.written_off"),
        ]
    spare = max(reserve - principal - interest, 0)
    return [*entries, *reserved(book_id, spare, 0)]


def reserve_cause(loan_id: UUID, month: date) -> Cause:
    """One reckoning a loan and month."""
    return Cause("loan.reserved", uuid5(loan_id, f"reserve:{month.isoformat()}"))
