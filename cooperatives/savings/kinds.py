"""Kinds of savings and where each stands in the ledger. Pure."""

from enum import StrEnum

from cooperatives.ledger.accounts import Purpose


class SavingsKind(StrEnum):
    """What a member's savings account is."""

    PRINCIPAL = "PRINCIPAL"  # simpanan pokok: once, on joining
    MANDATORY = "MANDATORY"  # simpanan wajib: each month
    VOLUNTARY = "VOLUNTARY"  # simpanan sukarela
    TERM = "TERM"  # simpanan berjangka

    @property
    def purpose(self) -> Purpose:
        return PURPOSES[self]

    @property
    def is_capital(self) -> bool:
        """Whether it is the co-op's own capital: it earns no interest, and is given back only on leaving."""
        return self in (SavingsKind.PRINCIPAL, SavingsKind.MANDATORY)


PURPOSES = {
    SavingsKind.PRINCIPAL: Purpose.PRINCIPAL_SAVINGS,
    SavingsKind.MANDATORY: Purpose.MANDATORY_SAVINGS,
    SavingsKind.VOLUNTARY: Purpose.VOLUNTARY_SAVINGS,
    SavingsKind.TERM: Purpose.TERM_SAVINGS,
}


class Rollover(StrEnum):
    """What becomes of a deposit when its term ends."""

    TO_SAVINGS = "TO_SAVINGS"  # back to the voluntary savings it came from
    AGAIN = "AGAIN"  # for the same term, at the rate of that day


class WithdrawalState(StrEnum):
    """Where a withdrawal stands."""

    REQUESTED = "REQUESTED"
    PAID = "PAID"
    CANCELLED = "CANCELLED"  # by the member
    REFUSED = "REFUSED"  # by an officer


class WithdrawalWay(StrEnum):
    """How a member gets what he withdraws."""

    CASH = "CASH"  # at the counter
    EARNINGS = "EARNINGS"  # to what the co-op owes him, from where it is paid out like his earnings
