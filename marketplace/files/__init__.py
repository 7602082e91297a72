"""Files by HTTP: the catalogue's pictures and tables, the books' reports and receipts, settlement's bank files,
and what proves a hand-over."""

from marketplace.files import books, catalogue, payments, proofs, settlements

ROUTES = [*proofs.ROUTES, *catalogue.ROUTES, *books.ROUTES, *payments.ROUTES, *settlements.ROUTES]
