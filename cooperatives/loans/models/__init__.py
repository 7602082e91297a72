"""Rows of the credit unit: what it offers, whom it lent what, and what the co-op itself borrowed."""

from cooperatives.loans.models.borrowings import (
    Borrowing,
    BorrowingAccrual,
    BorrowingDraw,
    BorrowingInstalment,
    BorrowingState,
    Lender,
)
from cooperatives.loans.models.loans import (
    Loan,
    LoanApproval,
    LoanGuarantee,
    LoanInstalment,
    LoanPayment,
    LoanPledge,
    LoanRestructuring,
)
from cooperatives.loans.models.products import LoanProduct

__all__ = [
    "Borrowing",
    "BorrowingAccrual",
    "BorrowingDraw",
    "BorrowingInstalment",
    "BorrowingState",
    "Lender",
    "Loan",
    "LoanApproval",
    "LoanGuarantee",
    "LoanInstalment",
    "LoanPayment",
    "LoanPledge",
    "LoanProduct",
    "LoanRestructuring",
]
