"""Joint purchasing by HTTP: `GET /purchasing/rounds.xlsx?cooperative=<id>` (or `commitments`, `.pdf`,
`&language=en`), for those who read the figures of a co-op's units.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cooperatives.purchasing import files
from marketplace.files.answering import acting, download, language_of, refusing
from marketplace.identity.actor import signed_in
from schema.ids import from_id


@refusing
async def show_register(request: Request) -> Response:
    """A register of joint purchases as a file."""
    actor, name, form = await acting(request), request.path_params["register"], request.path_params["form"]
    signed_in(actor)
    cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
    return download(await files.export(actor, name, form, cooperative_id, language_of(request)), name, form)


ROUTES = [Route("/purchasing/{register:str}.{form:str}", show_register)]
