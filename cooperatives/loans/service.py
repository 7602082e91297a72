"""The public functions of the credit unit, for those above it."""

from cooperatives.loans.access import visible_loan
from cooperatives.loans.applying import (
    answer_guarantee,
    apply_for_loan,
    call_off,
    checked_reason,
    withdraw_application,
    write_application,
)
from cooperatives.loans.borrowing import (
    answer_borrowing,
    instalments_by_borrowing,
    list_borrowings,
    pay_borrowing,
    record_borrowing,
)
from cooperatives.loans.deciding import Foreseen, approve_loan, foresee, reject_loan
from cooperatives.loans.disbursing import disburse_loan, pay_unit
from cooperatives.loans.drawing import answer_draw, draw_borrowing, draws_by_borrowing
from cooperatives.loans.on_lending import on_lent_by_borrowing
from cooperatives.loans.products import (
    offer_product,
    products_by_cooperative,
    products_by_id,
    quote_product,
    retire_product,
)
from cooperatives.loans.reading import (
    approvals_by_loan,
    guarantees_by_loan,
    instalments_by_loan,
    list_loans,
    loans_behind,
    loans_by_id,
    my_loans,
    payments_by_loan,
    portfolio_of,
    restructurings_by_loan,
)
from cooperatives.loans.repaying import repay_early
from cooperatives.loans.restructuring import answer_restructuring, propose_restructuring, write_off_loan
from cooperatives.loans.returning import pay_by_return
from cooperatives.loans.unit_books import unit_books
from cooperatives.loans.weighing import Borrower, Weighed, borrower_of, gathering, weigh

__all__ = [
    "Borrower",
    "Foreseen",
    "Weighed",
    "answer_borrowing",
    "answer_draw",
    "answer_guarantee",
    "answer_restructuring",
    "apply_for_loan",
    "approvals_by_loan",
    "approve_loan",
    "borrower_of",
    "call_off",
    "checked_reason",
    "disburse_loan",
    "draw_borrowing",
    "draws_by_borrowing",
    "foresee",
    "gathering",
    "guarantees_by_loan",
    "instalments_by_borrowing",
    "instalments_by_loan",
    "list_borrowings",
    "list_loans",
    "loans_behind",
    "loans_by_id",
    "my_loans",
    "offer_product",
    "on_lent_by_borrowing",
    "pay_borrowing",
    "pay_by_return",
    "pay_unit",
    "payments_by_loan",
    "portfolio_of",
    "products_by_cooperative",
    "products_by_id",
    "propose_restructuring",
    "quote_product",
    "record_borrowing",
    "reject_loan",
    "repay_early",
    "restructurings_by_loan",
    "retire_product",
    "unit_books",
    "visible_loan",
    "weigh",
    "withdraw_application",
    "write_application",
    "write_off_loan",
]
