"""The HTTP application: routes, middleware, lifespan."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.types.unset import UNSET

from cooperatives import ledger
from marketplace import database, live, uploads, wiring, worker
from marketplace.errors import MarketplaceError
from marketplace.identity import service as identity
from marketplace.identity.actor import NOBODY, Actor, Unauthenticated
from marketplace.settings import Settings, read
from schema.context import Context
from schema.root import schema


class Endpoint(GraphQL[Context, None]):
    """`/graphql`: authenticates the request and gives resolvers their context."""

    async def get_context(self, request: Request | WebSocket, response: Any) -> Context:
        state = request.app.state
        headers = request.headers
        return Context(
            settings=state.settings,
            adapters=state.adapters,
            actor=await bearer(headers.get("authorization")),
            token=headers.get("authorization", "").partition(" ")[2].strip() or None,
            language=preferred_language(headers.get("accept-language", "")),
            address=request.client.host if request.client else "",
            user_agent=headers.get("user-agent", ""),
        )

    async def run(self, request: Any, context: Any = UNSET, root_value: Any = UNSET) -> Any:
        """A token that proves nothing is answered like a GraphQL error, with 401."""
        if self.is_websocket_request(request):
            return await super().run(request, context, root_value)
        try:
            context = await self.get_context(request, None)
        except MarketplaceError as refused:
            return refusal(refused, preferred_language(request.headers.get("accept-language", "")))
        return await super().run(request, context, root_value)

    async def on_ws_connect(self, context: Context) -> Any:
        """A browser can't set headers on a WebSocket: its token comes in connection_init."""
        given = context.connection_params or {}
        header = given.get("Authorization") or given.get("authorization")
        if header is not None:
            try:
                context.actor = await bearer(str(header))
                context.token = str(header).partition(" ")[2].strip()
            except MarketplaceError as refused:
                raise ConnectionRejectionError({"code": refused.code.value}) from refused
        return UNSET


async def bearer(header: str | None) -> Actor:
    """Who an `Authorization: Bearer …` header proves; nobody without one. Raises MarketplaceError."""
    if header is None:
        return NOBODY
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated
    return await identity.authenticate(token.strip())


def preferred_language(header: str) -> str:
    """`en` when Accept-Language puts English before Indonesian, else `id`."""
    for part in header.split(","):
        language = part.split(";")[0].strip().lower()[:2]
        if language in {"en", "id"}:
            return language
    return "id"


def refusal(refused: MarketplaceError, language: str) -> Response:
    """A request refused before its query ran, shaped as GraphQL over HTTP shapes errors."""
    error = {
        "message": refused.message(language),
        "extensions": {"code": refused.code.value, "retryable": refused.retryable},
    }
    return JSONResponse({"errors": [error]}, status_code=401, headers={"WWW-Authenticate": "Bearer"})


async def healthz(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


def create_app(settings: Settings) -> Starlette:
    """The application for these settings."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await database.connect(settings)
        await ledger.require_guards()
        adapters = app.state.adapters = wiring.build(settings)
        async with AsyncExitStack() as running:
            running.push_async_callback(database.disconnect)
            running.push_async_callback(wiring.close, adapters)
            wakes_workers = not settings.worker_in_process
            await running.enter_async_context(live.running(adapters.live, wakes_workers=wakes_workers))
            if settings.worker_in_process:
                await running.enter_async_context(worker.beside(adapters))
            yield

    graphql: Any = Endpoint(schema)
    routes: list[BaseRoute] = [
        Route("/graphql", graphql),
        WebSocketRoute("/graphql", graphql),
        Route("/healthz", healthz),
        *uploads.ROUTES,
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.settings = settings
    return app


def from_environment() -> Starlette:
    """The application for the environment's settings: what a server process starts."""
    return create_app(read())
