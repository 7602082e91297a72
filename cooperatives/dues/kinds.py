"""What dues are for, where they stand, and the ways in which they are paid. Pure."""

from enum import StrEnum


class DueKind(StrEnum):
    """What a due is for."""

    PRINCIPAL_SAVINGS = "PRINCIPAL_SAVINGS"  # simpanan pokok
    MANDATORY_SAVINGS = "MANDATORY_SAVINGS"  # simpanan wajib
    VOLUNTARY_SAVINGS = "VOLUNTARY_SAVINGS"  # what a member promised himself to save
    LOAN = "LOAN"
    PROTECTION = "PROTECTION"
    PURCHASE = "PURCHASE"  # bought at a unit on credit
    OPERATING = "OPERATING"  # iuran


class DueState(StrEnum):
    """Where a due stands."""

    OPEN = "OPEN"
    PAID = "PAID"
    LET_GO = "LET_GO"  # no longer owed; what was paid of it stays paid


class PaymentWay(StrEnum):
    """How money for dues reached the co-op."""

    DEDUCTION = "DEDUCTION"  # from what the co-op owes the member of his earnings
    CASH = "CASH"
    TRANSFER = "TRANSFER"  # a line of the bank's statement
    VIRTUAL_ACCOUNT = "VIRTUAL_ACCOUNT"
    QRIS = "QRIS"
    ONLINE = "ONLINE"  # otherwise through a provider
    CREDIT = "CREDIT"  # what was held for him, from paying more than he owed
    SAVINGS = "SAVINGS"  # his simpanan sukarela

    @property
    def has_receipt(self) -> bool:
        """Whether money came from outside, so that it gets a numbered receipt."""
        return self not in (PaymentWay.DEDUCTION, PaymentWay.CREDIT, PaymentWay.SAVINGS)
