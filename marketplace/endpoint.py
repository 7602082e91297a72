"""`/graphql`: who asks, in which language, how often, and by which document."""

import hashlib
import re
from pathlib import Path
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.unset import UNSET

from marketplace.errors import Code, MarketplaceError
from marketplace.headers import bearer, preferred_language, shown
from marketplace.origins import KNOWN_ORIGIN
from marketplace.settings import Settings
from marketplace.sockets import Frames, Socket
from schema.context import Context
from schema.root import schema

STATUS = {
    Code.UNAUTHENTICATED: 401,
    Code.TOKEN_EXPIRED: 401,
    Code.SUSPENDED: 403,
    Code.RATE_LIMITED: 429,
    Code.UNAVAILABLE: 503,
}
DOCUMENT_ID = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


class UnknownDocument(MarketplaceError):
    """This node runs registered documents only, and this is none of them: send the text of a registered one."""

    code = Code.NOT_FOUND
    pesan = "Node ini hanya menjalankan dokumen terdaftar, dan dokumen ini tidak terdaftar."


class Documents:
    """The trusted documents: a JSON file in the node's folder, `{"<sha256 of the text>": "<text>"}`."""

    def __init__(self, settings: Settings) -> None:
        self.required = settings.require_trusted_documents
        path = settings.folder / "trusted-documents.json"
        self._texts = self._read(path) if path.exists() else {}

    @staticmethod
    def _read(path: Path) -> dict[str, str]:
        texts: dict[str, str] = orjson.loads(path.read_bytes())
        return {hash: text for hash, text in texts.items() if hashlib.sha256(text.encode()).hexdigest() == hash}

    def resolve(self, query: str | None, id: str | None) -> str | None:
        """The document to run. Raises UnknownDocument."""
        if query is None and id is not None:
            found = DOCUMENT_ID.fullmatch(id)
            if found is None or found[1] not in self._texts:
                raise UnknownDocument
            return self._texts[found[1]]
        if self.required and query is not None and hashlib.sha256(query.encode()).hexdigest() not in self._texts:
            raise UnknownDocument
        return query


class Endpoint(GraphQL[Context, None]):
    """Authenticates a request and gives resolvers their context. GraphiQL is shown in development only.

    GraphiQL's own files come from a CDN, so that page needs the internet; the API doesn't.
    """

    websocket_adapter_class = Frames
    graphql_transport_ws_handler_class = Socket

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            schema,
            graphql_ide=None if settings.is_production else "graphiql",
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            max_subscriptions_per_connection=None,  # Socket counts them, with an answer that says what to do
        )
        self.documents = Documents(settings)

    async def get_context(self, request: Request | WebSocket, response: Any) -> Context:
        state = request.app.state
        headers = request.headers
        return Context(
            settings=state.settings,
            adapters=state.adapters,
            actor=await bearer(headers.get("authorization")),
            token=shown(headers.get("authorization")),
            language=preferred_language(headers.get("accept-language", "")),
            request_id=getattr(request.state, "request_id", ""),
            address=request.client.host if request.client else "",
            user_agent=headers.get("user-agent", "")[:300],
        )

    async def run(self, request: Any, context: Any = UNSET, root_value: Any = UNSET) -> Any:
        """A request refused before its query runs is answered like a GraphQL error, with its status."""
        if self.is_websocket_request(request):
            try:
                context = await self.get_context(request, None)
                await self.count(request, context)
            except MarketplaceError:  # of a header: a browser's token comes later, in connection_init
                return await self.reject_websocket(request)
            return await super().run(request, context, root_value)
        try:
            context = await self.get_context(request, None)
            await self.count(request, context)
            return await super().run(request, context, root_value)
        except MarketplaceError as refused:
            return refusal(refused, preferred_language(request.headers.get("accept-language", "")))

    async def count(self, request: Any, context: Context) -> None:
        """Count one request, or one operation of a WebSocket, against the caller's rate. Raises RateLimited."""
        await request.app.state.rates.take(caller(context))

    def is_websocket_origin_allowed(self, request: Any, origin: str) -> bool:
        """A page of another origin may open a WebSocket where CORS lets it send requests."""
        return bool(request.scope["state"].get(KNOWN_ORIGIN))

    async def parse_http_body(self, request: Any) -> GraphQLRequestData | list[GraphQLRequestData]:
        """The document may be named instead of sent: `documentId`, or Apollo's `persistedQuery`."""
        asked = await super().parse_http_body(request)
        if isinstance(asked, GraphQLRequestData):
            named: Any = None
            if asked.query is None:
                persisted = (asked.extensions or {}).get("persistedQuery")
                named = persisted.get("sha256Hash") if isinstance(persisted, dict) else await _document_id(request)
            asked.query = self.documents.resolve(asked.query, str(named) if named else None)
        return asked

    def encode_json(self, data: object) -> str | bytes:
        try:
            return orjson.dumps(data)
        except TypeError:  # half a character, or a number of more than 64 bits, in an error that repeats it
            return super().encode_json(data)

    def should_render_graphql_ide(self, request: Any) -> bool:
        """A GET that names its document asks for data, not for a page."""
        named = {"documentId", "extensions"} & set(request.query_params)
        return not named and super().should_render_graphql_ide(request)

    async def process_result(self, request: Any, result: Any) -> GraphQLHTTPResponse:
        """A document that doesn't parse or fit the schema gets a code, as every other refusal has one."""
        answer = await super().process_result(request, result)
        for error in answer.get("errors") or ():
            if isinstance(error, dict) and "path" not in error:
                error["extensions"] = {"code": Code.INVALID.value, "retryable": False, **error.get("extensions", {})}
        return answer

    async def on_ws_connect(self, context: Context) -> Any:
        """A browser can't set headers on a WebSocket: its token comes in connection_init."""
        given = context.connection_params or {}
        header = given.get("Authorization") or given.get("authorization")
        if header is not None:
            try:
                context.actor = await bearer(str(header))
                context.token = shown(str(header))
            except MarketplaceError as refused:
                raise ConnectionRejectionError({"code": refused.code.value}) from refused
        return UNSET


async def _document_id(request: Any) -> Any:
    if request.method == "GET":
        return request.query_params.get("documentId")
    sent = orjson.loads(await request.get_body())
    return sent.get("documentId") if isinstance(sent, dict) else None


def caller(context: Context) -> str:
    """Whose requests are counted together: an account's, else an address's."""
    account = context.actor.account_id
    return f"actor:{account}" if account else f"address:{context.address}"


def refusal(refused: MarketplaceError, language: str) -> Response:
    """A request refused before its query ran, shaped as GraphQL over HTTP shapes errors."""
    error = {
        "message": refused.message(language),
        "extensions": {"code": refused.code.value, "retryable": refused.retryable},
    }
    status = STATUS.get(refused.code, 400)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if status == 429:
        headers["Retry-After"] = str(refused.values["seconds"])
    return JSONResponse({"errors": [error]}, status_code=status, headers=headers)
