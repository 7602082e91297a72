"""Files by HTTP: the catalogue's pictures and tables, the books' reports and receipts, settlement's bank files,
what proves a hand-over, drivers' papers, loans, and members' passbooks."""

from marketplace.files import books, catalogue, loans, papers, payments, proofs, savings, settlements

ROUTES = [
    *proofs.ROUTES,
    *papers.ROUTES,
    *catalogue.ROUTES,
    *books.ROUTES,
    *loans.ROUTES,
    *payments.ROUTES,
    *savings.ROUTES,
    *settlements.ROUTES,
]
