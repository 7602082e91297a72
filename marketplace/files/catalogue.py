"""The catalogue's pictures and tables by HTTP, each the whole body of a request or an answer.

Pictures: `POST /uploads/images?listing=<id>`, `GET /images/…`. Tables: `POST /uploads/sellers` and
`/uploads/listings`, `GET /exports/sellers.csv`, `/exports/listings.xlsx`, each with `?cooperative=<id>`.
"""

import asyncio
import tempfile
from collections.abc import Container
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from catalog import exporting, images
from catalog.importing import profiles
from catalog.importing.listings import import_listings
from catalog.importing.sellers import import_sellers
from marketplace.errors import Code, NotFound
from marketplace.files.answering import acting, body_of, download, reads_english, refusing
from marketplace.identity.actor import signed_in
from schema.ids import from_id, to_id

#: A name is a hash of the content, so that what it names never changes.
FOR_EVER = "public, max-age=31536000, immutable"
WHATS = ("sellers", "listings")
FORMS = ("csv", "xlsx")


@refusing
async def upload_image(request: Request) -> Response:
    """Adds a picture to a listing; answers `{"id", "url", "small", "medium", "large", "width", "height"}`.

    `?description=` says what the picture shows.
    """
    settings = request.app.state.settings
    actor = await acting(request)
    signed_in(actor)
    image = await images.add_image(
        actor,
        listing_id=from_id("Listing", request.query_params.get("listing", ""), "listing"),
        content=await body_of(request, settings.max_upload_bytes),
        folder=settings.folder,
        description=request.query_params.get("description", ""),
    )
    sizes = {size: images.path_of(image.hash, size) for size in images.SIZES}
    answer = {"id": to_id("Image", image.pk), "url": images.path_of(image.hash), **sizes}
    return JSONResponse({**answer, "width": image.width, "height": image.height}, 201)


@refusing
async def import_table(request: Request) -> Response:
    """Takes a co-op's sellers or listings from a CSV or XLSX body, as `lumbung import` does; answers its report.

    `?cooperative=<id>`, `&profile=<shipped profile>`, `&dryRun=true`. A workbook is told by its first bytes. Reasons
    are in the reader's language.
    """
    what, wishes = _known(request.path_params["what"], WHATS), request.query_params
    actor = await acting(request)
    signed_in(actor)
    cooperative_id = from_id("Cooperative", wishes.get("cooperative", ""), "cooperative")
    profile = profiles.shipped(wishes["profile"], what) if wishes.get("profile") else None
    content = await body_of(request, request.app.state.settings.max_upload_bytes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("table.xlsx" if content.startswith(b"PK\x03\x04") else "table.csv")
        await asyncio.to_thread(path.write_bytes, content)
        run = import_sellers if what == "sellers" else import_listings
        is_dry_run = wishes.get("dryRun") == "true"
        report = await run(actor, path, cooperative_id=cooperative_id, profile=profile, is_dry_run=is_dry_run)
    is_english = reads_english(request)
    return JSONResponse(
        {
            "isDryRun": report.is_dry_run,
            "created": report.created,
            "changed": report.changed,
            "unchanged": report.unchanged,
            "refusedLines": report.refused_lines,
            "refusals": [
                {"line": one.line, "column": one.column, "reason": one.message if is_english else one.pesan}
                for one in report.refusals
            ],
        }
    )


@refusing
async def export_table(request: Request) -> Response:
    """A co-op's sellers or listings as a file that `import_table` takes."""
    what, form = _known(request.path_params["what"], WHATS), _known(request.path_params["form"], FORMS)
    actor = await acting(request)
    signed_in(actor)
    cooperative_id = from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{what}.{form}"
        run = exporting.export_sellers if what == "sellers" else exporting.export_listings
        await run(actor, path, cooperative_id=cooperative_id)
        content = await asyncio.to_thread(path.read_bytes)
    return download(content, what, form)


def _known(word: str, known: Container[str]) -> str:
    if word not in known:
        raise NotFound("address")
    return word


async def show_image(request: Request) -> Response:
    """A picture or one of its thumbnails; may be kept by caches for ever."""
    name = request.path_params["name"]
    path = images.file_of(request.app.state.settings.folder, name)
    if not images.NAME.fullmatch(name) or not path.is_file():
        return JSONResponse({"code": Code.NOT_FOUND.value, "message": NotFound("image").message("en")}, 404)
    etag = f'"{name}"'
    headers = {"Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff", "ETag": etag}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type="image/webp", headers=headers)


ROUTES = [
    Route("/uploads/images", upload_image, methods=["POST"]),
    Route("/images/{name}", show_image),
    Route("/uploads/{what}", import_table, methods=["POST"]),
    Route("/exports/{what}.{form}", export_table),
]
