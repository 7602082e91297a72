"""Protection by HTTP: the registers `bills`, `remittances`, `claims` as `GET /protection/<register>.xlsx` and `.pdf`
with `?cooperative=<id>`; the file for a provider as `/protection/remittances/<id>.xlsx`; papers behind a claim:
`POST /protection/documents?claim=<id>&kind=<kind>&name=<file name>` and `GET /protection/documents/<id>`.
"""

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from cooperatives.protection import papers, service
from cooperatives.protection.kinds import ClaimDocument
from marketplace.errors import Code, Invalid
from marketplace.files.answering import acting, body_of, download, language_of, refusing
from marketplace.files.savings import showing
from marketplace.identity.actor import signed_in
from schema.ids import from_id, to_id


@refusing
async def show_remittance(request: Request) -> Response:
    """What goes to the provider with the money, for chair and treasurer."""
    actor, form = await acting(request), request.path_params["form"]
    signed_in(actor)
    id, vault = from_id("ProtectionBatch", request.path_params["id"]), request.app.state.adapters.rails.vault
    return download(await papers.remittance_file(actor, id, vault, form, language_of(request)), "setoran", form)


@refusing
async def add_document(request: Request) -> Response:
    """Keeps the body behind a claim; answers `{"id", "kind", "name", "size", "url"}`."""
    settings, wishes = request.app.state.settings, request.query_params
    actor, kind = await acting(request), wishes.get("kind", "")
    signed_in(actor)
    if kind not in ClaimDocument.__members__:
        known = ", ".join(ClaimDocument)
        raise Invalid.field("kind", Code.INVALID, f"one of {known}", f"salah satu dari {known}")
    row = await service.add_file(
        actor,
        claim_id=from_id("ProtectionClaim", wishes.get("claim", ""), "claim"),
        kind=ClaimDocument(kind),
        name=wishes.get("name", ""),
        content=await body_of(request, settings.max_upload_bytes),
        folder=settings.folder,
    )
    id = to_id("ClaimFile", row.pk)
    told = {"id": id, "kind": row.kind.value, "name": row.name, "size": row.size}
    return JSONResponse({**told, "url": f"/protection/documents/{id}"}, 201)


@refusing
async def show_document(request: Request) -> Response:
    """A paper behind a claim as a download, for those who may see the claim."""
    actor = await acting(request)
    signed_in(actor)
    id = from_id("ClaimFile", request.path_params["id"])
    row, path = await service.read_file(actor, id, request.app.state.settings.folder)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type=row.media_type, filename=row.name, headers=headers)


ROUTES = [
    Route("/protection/documents", add_document, methods=["POST"]),
    Route("/protection/documents/{id}", show_document),
    Route("/protection/remittances/{id:str}.{form:str}", show_remittance),
    Route("/protection/{register:str}.{form:str}", showing(papers.export)),
]
