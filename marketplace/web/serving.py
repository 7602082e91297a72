"""The built web app over HTTP: its files, and its page for every address that no other route of the node has.

What is built is read once, at start: a request looks a name up among what was read, so that no path leads out of it.
"""

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from marketplace.web import BUILT, cards, tiles

#: The app's page; an area's own (`/jual.html`) names its files, and is chosen by where an address begins.
PAGE = "/index.html"
#: Files whose names hold a digest of what is in them.
FOREVER = "/assets/"
#: How a browser may ask for a file; in this order where it takes several.
ENCODINGS = {"br": ".br", "gzip": ".gz"}
PICTURES = "img-src 'self' blob: data:"  # a photo before it is sent; a QRIS picture that came with an answer
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        PICTURES,
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PAGE_HEADERS = {
    "Content-Security-Policy": CSP,
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=()",
}
ABSENT = (
    "Aplikasi web belum dibangun di node ini (lumbung web build). API-nya ada di /graphql.\n"
    "The web app is not built on this node (lumbung web build). Its API is at /graphql.\n"
)


@dataclass(frozen=True)
class File:
    """One built file: its bytes plain and, by encoding, compressed."""

    media_type: str
    etag: str
    plain: bytes
    compressed: dict[str, bytes]


@cache
def built(folder: Path = BUILT) -> dict[str, File]:
    """What is built, by its address; nothing where nothing was."""
    mimetypes.add_type("application/manifest+json", ".webmanifest")
    mimetypes.add_type("text/javascript", ".js")
    named = {f"/{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*") if path.is_file()}
    return {
        address: File(
            media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            etag=f'"{hashlib.sha256(path.read_bytes()).hexdigest()[:32]}"',
            plain=path.read_bytes(),
            compressed={
                encoding: named[address + ending].read_bytes()
                for encoding, ending in ENCODINGS.items()
                if address + ending in named
            },
        )
        for address, path in named.items()
        if path.suffix not in ENCODINGS.values() and not address.startswith("/.")
    }


class WebApp:
    """What answers where no route does: a file of the app, its page, or `otherwise`."""

    def __init__(self, otherwise: ASGIApp, files: dict[str, File] | None = None) -> None:
        self.otherwise = otherwise
        self.files = built() if files is None else files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_asked = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        answer = await self._answer(scope) if is_asked else None
        await (answer or self.otherwise)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        request = Request(scope)
        path = scope["path"]
        if not path.endswith(".html") and (file := self.files.get(path)):
            return _of_file(file, request.headers, lasts=path.startswith(FOREVER))
        is_page = "." not in path.rpartition("/")[2] and "text/html" in request.headers.get("accept", "")
        if not is_page:
            return None
        if file := self.files.get(f"/{path.split('/')[1]}.html") or self.files.get(PAGE):
            settings = scope["app"].state.settings
            head = await cards.head_of(path, settings.public_url.rstrip("/")) + tiles.head_of(settings)
            headers = _page_headers(tiles.source_of(settings))
            if head:
                page = file.plain.decode().replace("</head>", f"{head}</head>", 1)
                return Response(page, media_type=file.media_type, headers={"Cache-Control": "no-cache", **headers})
            return _of_file(file, request.headers, more=headers)
        return PlainTextResponse(ABSENT, status_code=404)


def _page_headers(pictures_of: str) -> dict[str, str]:
    """A page's headers; where map tiles have a host, its pictures are let in."""
    if not pictures_of:
        return PAGE_HEADERS
    policy = CSP.replace(PICTURES, f"{PICTURES} {pictures_of}")
    return {**PAGE_HEADERS, "Content-Security-Policy": policy}


def _of_file(file: File, asked: Headers, *, lasts: bool = False, more: dict[str, str] | None = None) -> Response:
    headers = {
        "ETag": file.etag,
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=31536000, immutable" if lasts else "no-cache",
        **(more or {}),
    }
    if asked.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    taken = {part.split(";")[0].strip() for part in asked.get("accept-encoding", "").split(",")}
    for encoding, content in file.compressed.items():
        if encoding in taken:
            return Response(content, media_type=file.media_type, headers={**headers, "Content-Encoding": encoding})
    return Response(file.plain, media_type=file.media_type, headers=headers)
