"""Which web pages may call this node: the operator's own origins, and those that belong to an app's key."""

import asyncio
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from marketplace.identity import api_keys

#: A new key's pages wait at most so long; a revoked key's pages are let in at most so long.
READ_EVERY_S = 10.0
#: In the state of a request from a page: whether that page's origin may call this node.
KNOWN_ORIGIN = "is_known_origin"


class AppOrigins(CORSMiddleware):
    """CORS by the operator's list and by the living API keys, which are read again every few seconds."""

    def __init__(
        self,
        app: ASGIApp,
        allow_origins: Sequence[str],
        allow_methods: Sequence[str],
        allow_headers: Sequence[str],
        expose_headers: Sequence[str],
        max_age: int,
    ) -> None:
        super().__init__(
            app,
            allow_origins=allow_origins,
            allow_methods=allow_methods,
            allow_headers=allow_headers,
            expose_headers=expose_headers,
            max_age=max_age,
        )
        self._of_apps: frozenset[str] = frozenset()
        self._read_at = float("-inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin") if scope["type"] in {"http", "websocket"} else None
        if origin is not None:
            now = asyncio.get_running_loop().time()
            if now - self._read_at >= READ_EVERY_S:
                self._read_at = now
                self._of_apps = await api_keys.app_origins()
            scope.setdefault("state", {})[KNOWN_ORIGIN] = self.is_allowed_origin(origin)
        await super().__call__(scope, receive, send)

    def is_allowed_origin(self, origin: str) -> bool:
        return origin in self._of_apps or super().is_allowed_origin(origin)
