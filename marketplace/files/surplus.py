"""Surplus by HTTP: `GET /surplus/allocations.xlsx?cooperative=<id>` (or `.pdf`, `&language=en`), for officers."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cooperatives.surplus import files
from marketplace.files.answering import acting, download, language_of, refusing
from marketplace.identity.actor import signed_in
from schema.ids import from_id


@refusing
async def show_allocations(request: Request) -> Response:
    """How a co-op shared out its years, and the latest one's shares."""
    actor, form = await acting(request), request.path_params["form"]
    signed_in(actor)
    cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
    return download(await files.allocations(actor, cooperative_id, form, language_of(request)), "pembagian-shu", form)


ROUTES = [Route("/surplus/allocations.{form}", show_allocations)]
