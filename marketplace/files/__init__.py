"""Files by HTTP: the catalogue's pictures and tables, the books' reports and receipts, settlement's bank files,
what proves a hand-over, drivers' papers, income, loans, budgets, the surplus, units, protection, and members'
passbooks."""

from marketplace.files import (
    annual,
    books,
    budgets,
    catalogue,
    income,
    loans,
    moving,
    papers,
    payments,
    proofs,
    protection,
    purchasing,
    register,
    savings,
    settlements,
    surplus,
    units,
)

ROUTES = [
    *annual.ROUTES,
    *proofs.ROUTES,
    *papers.ROUTES,
    *catalogue.ROUTES,
    *books.ROUTES,
    *budgets.ROUTES,
    *income.ROUTES,
    *loans.ROUTES,
    *payments.ROUTES,
    *protection.ROUTES,
    *savings.ROUTES,
    *register.ROUTES,
    *settlements.ROUTES,
    *moving.ROUTES,
    *surplus.ROUTES,
    *units.ROUTES,
    *purchasing.ROUTES,
]
