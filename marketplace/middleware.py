"""What every HTTP request goes through: an id, a bound on its body, safe headers, a line in the log."""

import re
import time
from typing import Any

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils.compat import uuid7

from marketplace import logs
from marketplace.errors import Code, MarketplaceError
from marketplace.settings import Settings

log = structlog.get_logger()
REQUESTS = Counter("lumbung_requests", "HTTP requests answered.", ["method", "route", "status"])
SECONDS = Histogram("lumbung_request_seconds", "Time to answer a request, in seconds.", ["route"])
#: Paths that have a time series of their own; others are counted together.
ROUTES = {"/graphql", "/healthz", "/readyz", "/metrics", "/schema.graphql"}
UPLOADS = "/uploads/"
#: Links that people tap in a message (`one_tap`): what follows is a token, and not written down.
TAPPED = re.compile(r"(?<=^/[amu]/).+")
REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class BodyTooLarge(MarketplaceError):
    """A request's body is at most {most} bytes."""

    code = Code.BODY_TOO_LARGE
    pesan = "Isi permintaan paling besar {most} bita."


class Edge:
    """The outermost layer, as bare ASGI: it costs a request a few microseconds."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.safe = dict(SAFE)
        if settings.is_production and settings.public_url.startswith("https:"):
            self.safe["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if REQUEST_ID.fullmatch(given) else str(uuid7())
        scope.setdefault("state", {})["request_id"] = request_id
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            if scope["type"] == "websocket":
                await self.app(scope, receive, send)
            else:
                await self._answer(scope, headers, receive, send, request_id)

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, send: Send, request_id: str) -> None:
        started, status = time.perf_counter(), 0
        path = scope["path"]
        most = self.settings.max_upload_bytes if path.startswith(UPLOADS) else self.settings.max_body_bytes
        body = _Body(receive, most)
        silent = logs.listen_for_silence()

        async def dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answer = MutableHeaders(scope=message)
                answer["X-Request-ID"] = request_id
                for name, value in self.safe.items():
                    answer.setdefault(name, value)
            await send(message)

        async def unless_refused(message: Message) -> None:
            if not body.is_too_large:  # else what the application made of the torn body is not sent
                await dressed(message)

        try:
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > most:
                raise BodyTooLarge(most=most)
            await self.app(scope, body, unless_refused)
        except BodyTooLarge:
            body.is_too_large = True
        finally:
            if body.is_too_large and not status:
                await _refuse(BodyTooLarge(most=most))(scope, receive, dressed)
            self._note(scope, status or 500, time.perf_counter() - started, is_logged=not silent)

    @staticmethod
    def _note(scope: Scope, status: int, seconds: float, *, is_logged: bool) -> None:
        route = scope["path"] if scope["path"] in ROUTES else "other"
        REQUESTS.labels(scope["method"], route, status).inc()
        SECONDS.labels(route).observe(seconds)
        if is_logged:
            path = TAPPED.sub("[hidden]", scope["path"])
            log.info("request", method=scope["method"], path=path, status=status, ms=round(seconds * 1000, 1))


class _Body:
    """Hands a body on until it grows too large."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.most = receive, most
        self.read, self.is_too_large = 0, False

    async def __call__(self) -> Message:
        message = await self.receive()
        self.read += len(message.get("body", b""))
        if self.read > self.most:
            self.is_too_large = True
            raise BodyTooLarge(most=self.most)
        return message


def _refuse(refused: MarketplaceError) -> Any:
    error = {"message": refused.message("id"), "extensions": {"code": refused.code.value, "retryable": False}}
    return JSONResponse({"errors": [error]}, status_code=413)
