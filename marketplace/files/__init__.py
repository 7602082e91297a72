"""Files by HTTP: the catalogue's pictures and tables, the books' reports and receipts, settlement's bank files."""

from marketplace.files import books, catalogue, payments, settlements

ROUTES = [*catalogue.ROUTES, *books.ROUTES, *payments.ROUTES, *settlements.ROUTES]
