"""Loans by HTTP, as `.pdf` and `.xlsx`, in the language of `&language=en`.

`GET /loans/contract.pdf?loan=<id>`: a loan's contract and card of instalments, for who may see it. For officers:
`/loans/portfolio.xlsx?cooperative=<id>`, `/loans/borrowings.xlsx?cooperative=<id>`, for the lender of one
`/loans/on-lent.xlsx?borrowing=<id>`, and `/loans/unit.pdf?cooperative=<id>`, where wished with `&from=` and `&to=`.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cooperatives.books.periods import Period
from cooperatives.loans import files
from marketplace.files.answering import acting, download, language_of, refusing
from marketplace.files.books import day_of
from marketplace.identity.actor import signed_in
from schema.ids import from_id


@refusing
async def show_contract(request: Request) -> Response:
    """A loan's contract and card."""
    actor, form = await acting(request), request.path_params["form"]
    signed_in(actor)
    loan_id = from_id("Loan", request.query_params.get("loan", ""), "loan")
    return download(await files.contract(actor, loan_id, form, language_of(request)), "pinjaman", form)


@refusing
async def show_portfolio(request: Request) -> Response:
    """A co-op's running loans."""
    actor, form = await acting(request), request.path_params["form"]
    signed_in(actor)
    cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
    return download(await files.portfolio(actor, cooperative_id, form, language_of(request)), "daftar-pinjaman", form)


@refusing
async def show_borrowings(request: Request) -> Response:
    """What a co-op itself borrowed."""
    actor, form = await acting(request), request.path_params["form"]
    signed_in(actor)
    cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
    content = await files.borrowings(actor, cooperative_id, form, language_of(request))
    return download(content, "pinjaman-koperasi", form)


@refusing
async def show_on_lent(request: Request) -> Response:
    """To whom what a co-op borrowed was lent on."""
    actor, form = await acting(request), request.path_params["form"]
    borrowing_id = from_id("Borrowing", request.query_params.get("borrowing", ""), "borrowing")
    return download(await files.on_lent(actor, borrowing_id, form, language_of(request)), "penyaluran-pinjaman", form)


@refusing
async def show_unit(request: Request) -> Response:
    """The savings-and-loan unit's trial balance."""
    actor, form = await acting(request), request.path_params["form"]
    signed_in(actor)
    cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
    first, last = day_of(request, "from"), day_of(request, "to")
    period = Period(first, last) if first is not None and last is not None else None
    content = await files.trial_balance(actor, cooperative_id, period, form, language_of(request))
    return download(content, "unit-simpan-pinjam", form)


ROUTES = [
    Route("/loans/contract.{form}", show_contract),
    Route("/loans/portfolio.{form}", show_portfolio),
    Route("/loans/borrowings.{form}", show_borrowings),
    Route("/loans/on-lent.{form}", show_on_lent),
    Route("/loans/unit.{form}", show_unit),
]
