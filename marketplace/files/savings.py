"""What members and treasurers take home of dues and savings: `GET /savings/passbooks/<id>.pdf` (or `.xlsx`, with
`from` and `to`), `/savings/receipts/<id>.pdf`, and the registers `dues`, `payments`, `accounts`, `withdrawals` as
`/savings/<register>.xlsx` and `.pdf` with `?cooperative=<id>`. `language=en` gives English.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cooperatives.books.periods import EARLIEST, LATEST, Period
from cooperatives.savings import papers
from marketplace.files.answering import acting, download, language_of, refusing
from marketplace.files.payments import days_of
from marketplace.identity.actor import Actor, signed_in
from schema.ids import from_id


@refusing
async def show_passbook(request: Request) -> Response:
    """A passbook, for its member and those who read his co-op's."""
    actor, form = await acting(request), request.path_params["form"]
    signed_in(actor)
    id = from_id("SavingsAccount", request.path_params["id"])
    days = days_of(request) or Period(EARLIEST, LATEST)
    return download(await papers.passbook_file(actor, id, days, form, language_of(request)), "buku-simpanan", form)


@refusing
async def show_receipt(request: Request) -> Response:
    """The receipt of a payment."""
    actor, form = await acting(request), request.path_params["form"]
    signed_in(actor)
    id = from_id("DuePayment", request.path_params["id"])
    return download(await papers.receipt_file(actor, id, form, language_of(request)), "kuitansi", form)


Export = Callable[[Actor, str, str, UUID, tuple[date, date] | None, str], Awaitable[bytes]]


def showing(export: Export) -> Callable[[Request], Awaitable[Response]]:
    """Answers a register of a co-op as a file, by what makes it."""

    @refusing
    async def show_register(request: Request) -> Response:
        actor, name, form = await acting(request), request.path_params["register"], request.path_params["form"]
        signed_in(actor)
        cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
        days = days_of(request)
        between = (days.first, days.last) if days else None
        return download(await export(actor, name, form, cooperative_id, between, language_of(request)), name, form)

    return show_register


ROUTES = [
    Route("/savings/passbooks/{id:str}.{form:str}", show_passbook),
    Route("/savings/receipts/{id:str}.{form:str}", show_receipt),
    Route("/savings/{register:str}.{form:str}", showing(papers.export)),
]
