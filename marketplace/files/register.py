"""The register by HTTP: `GET /register/members.pdf?cooperative=<id>` (or `.xlsx`) for officers and pengawas, and
`GET /register/my-data.json`, all that co-ops keep of the one who asks."""

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cooperatives.register import service
from marketplace.files.answering import acting, download, language_of, refusing
from marketplace.identity.actor import signed_in
from marketplace.ratings.reading import my_ratings
from schema.ids import from_id


@refusing
async def show_register(request: Request) -> Response:
    """Buku daftar anggota."""
    actor, form = await acting(request), request.path_params["form"]
    signed_in(actor)
    cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
    vault = request.app.state.adapters.rails.vault
    content = await service.register_file(actor, cooperative_id, form, language_of(request), vault)
    return download(content, "daftar-anggota", form)


@refusing
async def show_my_data(request: Request) -> Response:
    """One's own data, to take home."""
    actor = await acting(request)
    found = await service.my_data(actor, request.app.state.adapters.rails.vault)
    found["ratings"] = await my_ratings(actor)
    return download(orjson.dumps(found, option=orjson.OPT_INDENT_2, default=str), "data-saya", "json")


ROUTES = [
    Route("/register/members.{form}", show_register),
    Route("/register/my-data.json", show_my_data),
]
