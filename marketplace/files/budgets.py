"""Budgets by HTTP: `GET /budgets/use.pdf?cooperative=<id>` (or `.xlsx`, `&language=en`), for every member."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cooperatives.budgets import files
from marketplace.files.answering import acting, download, language_of, refusing
from schema.ids import from_id


@refusing
async def show_use(request: Request) -> Response:
    """The latest budget against what happened, month by month, and what officers are paid."""
    actor, form = await acting(request), request.path_params["form"]
    cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
    return download(await files.budget_file(actor, cooperative_id, form, language_of(request)), "rapb", form)


ROUTES = [Route("/budgets/use.{form}", show_use)]
