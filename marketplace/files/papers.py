"""Drivers' papers by HTTP: `POST /uploads/driver-papers/<id>` with a picture as body, `GET /driver-papers/<id>`."""

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from marketplace.deliveries.roster import papers
from marketplace.files.answering import acting, body_of, refusing
from marketplace.identity.actor import signed_in
from schema.ids import from_id, to_id


@refusing
async def add_photo(request: Request) -> Response:
    """Keeps the paper's photo and puts it before the officers; answers `{"id", "state", "url"}`."""
    settings = request.app.state.settings
    actor = await acting(request)
    signed_in(actor)
    paper_id = from_id("DriverPaper", request.path_params["id"])
    content = await body_of(request, settings.max_upload_bytes)
    row = await papers.add_photo(actor, paper_id=paper_id, content=content, folder=settings.folder)
    id = to_id("DriverPaper", row.pk)
    return JSONResponse({"id": id, "state": row.state.value, "url": f"/driver-papers/{id}"}, 201)


@refusing
async def show_photo(request: Request) -> Response:
    """The photo as a download, for the driver and his co-op's officers."""
    actor = await acting(request)
    signed_in(actor)
    paper_id = from_id("DriverPaper", request.path_params["id"])
    path = await papers.read_photo(actor, paper_id, request.app.state.settings.folder)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type="image/webp", filename="paper.webp", headers=headers)


ROUTES = [
    Route("/uploads/driver-papers/{id}", add_photo, methods=["POST"]),
    Route("/driver-papers/{id}", show_photo, methods=["GET"]),
]
