"""The HTTP application: routes, middleware, lifespan."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from marketplace import database, wiring
from marketplace.identity.actor import NOBODY
from marketplace.settings import Settings
from schema.context import Context
from schema.root import schema


class Endpoint(GraphQL[Context, None]):
    """`/graphql`: authenticates the request and gives resolvers their context."""

    async def get_context(self, request: Request | WebSocket, response: Any) -> Context:
        state = request.app.state
        return Context(settings=state.settings, adapters=state.adapters, actor=NOBODY)


async def healthz(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


def create_app(settings: Settings) -> Starlette:
    """The application for these settings."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await database.connect(settings)
        app.state.adapters = wiring.build(settings)
        yield
        await wiring.close(app.state.adapters)
        await database.disconnect()

    graphql: Any = Endpoint(schema)
    routes: list[BaseRoute] = [
        Route("/graphql", graphql),
        WebSocketRoute("/graphql", graphql),
        Route("/healthz", healthz),
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.settings = settings
    return app
