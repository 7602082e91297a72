"""Units by HTTP: `GET /units/<register>.xlsx?cooperative=<id>` (or `.pdf`, `&unit=<id>` for one of them, `&from=` and
`&to=`, `&language=en`) with the registers `stock`, `moves`, `purchases`, `sales`, `counts`, `jobs`, `results`.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cooperatives.units import files
from marketplace.files.answering import acting, download, language_of, refusing
from marketplace.files.payments import days_of
from marketplace.identity.actor import signed_in
from schema.ids import from_id


@refusing
async def show_register(request: Request) -> Response:
    """A register of a co-op's units as a file."""
    actor, name, form = await acting(request), request.path_params["register"], request.path_params["form"]
    signed_in(actor)
    cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
    asked = request.query_params.get("unit")
    content = await files.export(
        actor,
        name,
        form,
        cooperative_id,
        days_of(request),
        language_of(request),
        unit_id=None if asked is None else from_id("BusinessUnit", asked, "unit"),
    )
    return download(content, f"unit-{name}", form)


ROUTES = [Route("/units/{register:str}.{form:str}", show_register)]
