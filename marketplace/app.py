"""The HTTP application: routes, middleware, lifespan."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from cooperatives import ledger
from marketplace import (
    database,
    files,
    health,
    live,
    logs,
    one_tap,
    webhooks,
    wiring,
    worker,
)
from marketplace.endpoint import Endpoint
from marketplace.middleware import Edge
from marketplace.origins import AppOrigins
from marketplace.rates import Rates
from marketplace.settings import Settings
from marketplace.web import cards
from marketplace.web.serving import WebApp
from search import counting


def create_app(settings: Settings) -> Starlette:
    """The application for these settings."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await database.connect(settings)
        await ledger.require_guards()
        adapters = app.state.adapters = wiring.build(settings)
        logs.tell_of_unsure_rules(settings)
        async with AsyncExitStack() as running:
            running.push_async_callback(database.disconnect)
            running.push_async_callback(wiring.close, adapters)
            running.push_async_callback(app.state.rates.close)
            await running.enter_async_context(counting.writing())
            wakes_workers = not settings.worker_in_process
            await running.enter_async_context(live.running(adapters.live, wakes_workers=wakes_workers))
            if settings.worker_in_process:
                await running.enter_async_context(worker.beside(adapters))
            yield

    graphql: Any = Endpoint(settings)
    routes: list[BaseRoute] = [
        Route("/graphql", graphql),
        WebSocketRoute("/graphql", graphql),
        Route("/healthz", health.healthz),
        Route("/readyz", health.readyz),
        Route("/metrics", health.metrics),
        Route("/schema.graphql", health.schema_file),
        *files.ROUTES,
        *one_tap.routes(),
        *webhooks.routes(),
        *cards.routes(),
    ]
    app = Starlette(routes=routes, middleware=_middleware(settings), lifespan=lifespan)
    app.router.default = WebApp(otherwise=app.router.not_found)
    app.state.settings = settings
    app.state.rates = Rates(settings)
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    return [
        Middleware(Edge, settings=settings),
        Middleware(
            AppOrigins,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Accept-Language", "X-Request-ID"],
            expose_headers=["X-Request-ID", "Retry-After"],
            max_age=600,
        ),
    ]
