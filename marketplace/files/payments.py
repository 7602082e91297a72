"""What treasurers see of payments, as files: `GET /payments/<register>.xlsx` and `.pdf` with `?cooperative=<id>`, and
where one wishes `&from=`, `&to=` (days where the node stands) and `&language=en`.

The registers are those of `marketplace.payments.registers`: `takings` (with their sums by month and way), `payouts`,
`refunds`, `stray-money`, `cash-shortages`, and `accounts`, the book's accounts with whom each is about.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cooperatives.books.periods import Period, between
from marketplace.files.answering import acting, download, language_of, refusing
from marketplace.files.books import day_of
from marketplace.identity.actor import signed_in
from marketplace.payments import registers
from schema.ids import from_id


@refusing
async def show_register(request: Request) -> Response:
    """A register of a co-op as a file."""
    actor, wishes = await acting(request), request.query_params
    signed_in(actor)
    name, form = request.path_params["register"], request.path_params["form"]
    content = await registers.export(
        actor,
        name,
        form,
        from_id("Cooperative", wishes.get("cooperative", ""), "cooperative"),
        days_of(request),
        request.app.state.settings.zone,
        language_of(request),
    )
    return download(content, name, form)


def days_of(request: Request) -> Period | None:
    """The days asked for by `from` and `to`; None without either. Raises Invalid."""
    return between(day_of(request, "from"), day_of(request, "to"))


ROUTES = [Route("/payments/{register:str}.{form:str}", show_register)]
