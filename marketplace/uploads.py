"""Pictures by HTTP: `POST /uploads/images?listing=<id>` with the file as the body, and `GET /images/…`."""

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from catalog import images
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity import service as identity
from marketplace.identity.actor import NOBODY, Actor, Unauthenticated, signed_in
from schema.ids import from_id, to_id

#: A name is a hash of the content, so that what it names never changes.
FOR_EVER = "public, max-age=31536000, immutable"
STATUS = {
    Code.UNAUTHENTICATED: 401,
    Code.TOKEN_EXPIRED: 401,
    Code.FORBIDDEN: 403,
    Code.SUSPENDED: 403,
    Code.NOT_FOUND: 404,
    Code.CONFLICT: 409,
    Code.BODY_TOO_LARGE: 413,
    Code.UNSUPPORTED_MEDIA: 415,
}


class UploadTooLarge(MarketplaceError):
    """The file is larger than {most} bytes."""

    code = Code.BODY_TOO_LARGE
    pesan = "Berkas lebih besar dari {most} bita."


async def upload_image(request: Request) -> Response:
    """Adds a picture to a listing; answers `{"id", "url", "small", "medium", "large", "width", "height"}`.

    A refusal is `{"code", "message"}` with a 4xx status. `?description=` says what the picture shows.
    """
    settings = request.app.state.settings
    try:
        actor = await _actor(request)
        signed_in(actor)
        image = await images.add_image(
            actor,
            listing_id=from_id("Listing", request.query_params.get("listing", ""), "listing"),
            content=await _body(request, settings.max_upload_bytes),
            folder=settings.folder,
            description=request.query_params.get("description", ""),
        )
    except MarketplaceError as refused:
        language = "en" if request.headers.get("accept-language", "").lower().startswith("en") else "id"
        faults = [
            {"path": list(f.path), "code": f.code.value, "message": f.message if language == "en" else f.pesan}
            for f in refused.faults
        ]
        problem = {"code": refused.code.value, "message": refused.message(language), "fields": faults}
        return JSONResponse(problem, STATUS.get(refused.code, 400))
    sizes = {size: images.path_of(image.hash, size) for size in images.SIZES}
    answer = {"id": to_id("Image", image.pk), "url": images.path_of(image.hash), **sizes}
    return JSONResponse({**answer, "width": image.width, "height": image.height}, 201)


async def _actor(request: Request) -> Actor:
    header = request.headers.get("authorization")
    if header is None:
        return NOBODY
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated
    return await identity.authenticate(token.strip())


async def _body(request: Request, most: int) -> bytes:
    """The body, read no further than `most` bytes; raises UploadTooLarge."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise UploadTooLarge(most=most)
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > most:
            raise UploadTooLarge(most=most)
    return bytes(read)


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
]
