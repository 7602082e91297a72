"""GraphQL over a WebSocket (graphql-transport-ws): each operation is bounded as a request over HTTP is.

What one operation may not do is answered by an `error` message for that operation; the connection and the other
operations on it go on. Only what breaks the protocol itself ends the connection, with the protocol's own codes
(44xx; 1009 for a message far beyond any bound).
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from json import JSONDecodeError
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.websockets import WebSocketDisconnect, WebSocketState
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived, WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import Message, SubscribeMessage
from strawberry.types.execution import PreExecutionError

from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.middleware import BodyTooLarge
from marketplace.settings import Settings
from schema.context import Context
from schema.problems import as_graphql_error

#: Beyond so many times the largest body a message is not even read: the server closes the connection (1009).
READ_AT_MOST = 2


class TooManyOperations(MarketplaceError):
    """At most {most} operations stand open on one connection: complete one, or open another connection."""

    code = Code.TOO_MANY
    pesan = "Paling banyak {most} operasi terbuka pada satu sambungan: akhiri satu, atau buka sambungan lain."


def largest_message(settings: Settings) -> int:
    """For the server's `ws_max_size`: what is read whole, so that its operation can be told that it is too large."""
    return READ_AT_MOST * max(settings.max_body_bytes, 65_536)


class Frames(ASGIWebSocketAdapter):
    """Text frames, whose size is noted. The library would send the bytes of orjson as binary frames, which no
    browser's client reads."""

    size = 0  # of the message read last, in bytes

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        try:
            while self.ws.application_state is not WebSocketState.DISCONNECTED:
                text = await self.ws.receive_text()
                self.size = len(text.encode())
                yield orjson.loads(text)
        except JSONDecodeError as error:
            raise NonJsonMessageReceived from error
        except KeyError as error:
            raise NonTextMessageReceived from error
        except WebSocketDisconnect:
            return

    async def send_json(self, message: Mapping[str, object]) -> None:
        encoded = self.view.encode_json(message)
        try:
            await self.ws.send_text(encoded.decode() if isinstance(encoded, bytes) else encoded)
        except WebSocketDisconnect as gone:
            raise WebSocketDisconnected from gone


class Socket(BaseGraphQLTransportWSHandler[Context, None]):
    """One connection; its view is the `Endpoint`."""

    async def handle_message(self, message: Message) -> None:
        if not _is_message(message):
            await self.handle_invalid_message("Not a message of graphql-transport-ws")
            return
        await super().handle_message(message)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        if self.connection_acknowledged and message["id"] not in self.operations:
            try:
                await self._admit(message)
            except MarketplaceError as refused:
                error = as_graphql_error(GraphQLError("", original_error=refused), self.context.language)
                await self.send_message({"type": "error", "id": message["id"], "payload": [error.formatted]})
                return
        await super().handle_subscribe(message)

    async def _admit(self, message: SubscribeMessage) -> None:
        """Raises BodyTooLarge, TooManyOperations, RateLimited, UnknownDocument, Invalid."""
        settings = self.context.settings
        view: Any = self.view
        frames: Any = self.websocket
        if frames.size > settings.max_body_bytes:
            raise BodyTooLarge(most=settings.max_body_bytes)
        if len(self.operations) >= settings.max_socket_operations:
            raise TooManyOperations(most=settings.max_socket_operations)
        await view.count(frames.ws, self.context)
        payload: dict[str, Any] = dict(message["payload"])
        query = view.documents.resolve(payload.get("query"), payload.get("documentId"))
        if not isinstance(query, str) or not query:
            raise Invalid.field("query", Code.REQUIRED, "the document to run", "dokumen yang dijalankan")
        message["payload"]["query"] = query

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """With a context of its own: operations of one connection run beside each other.

        The library's would end the connection, or end the operation in silence, when a document doesn't parse or
        something unexpected is raised.
        """
        context = self.context.beside()
        try:
            results = await self.schema.stream(
                operation.query,
                variable_values=operation.variables,
                context_value=context,
                operation_name=operation.operation_name,
            )
            async with aclosing(results):
                await self._send_result_stream(operation, results)
            await operation.send_operation_message({"type": "complete", "id": operation.id})
        except WebSocketDisconnected:
            self.operations.pop(operation.id, None)
        except Exception as error:
            known = error if isinstance(error, GraphQLError) else GraphQLError("", original_error=error)
            with suppress(WebSocketDisconnected):
                await self._send_errors(operation, [as_graphql_error(known, context.language)])

    async def _handle_pre_execution_error(
        self, operation: Operation[Context, None], result: PreExecutionError
    ) -> None:
        await self._send_errors(operation, result.errors or [])

    @staticmethod
    async def _send_errors(operation: Operation[Context, None], errors: list[GraphQLError]) -> None:
        """The `error` message; what doesn't parse or fit the schema has a code too."""
        for error in errors:
            error.extensions = {"code": Code.INVALID.value, "retryable": False, **(error.extensions or {})}
        await operation.send_initial_errors(errors)


def _is_message(message: object) -> bool:
    """Whether it has the form that the protocol gives each message, as far as the handler relies on it."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] == "subscribe":
        payload = message.get("payload")
        variables = payload.get("variables") if isinstance(payload, dict) else ()
        return isinstance(message.get("id"), str) and (variables is None or isinstance(variables, dict))
    return message["type"] != "complete" or isinstance(message.get("id"), str)
