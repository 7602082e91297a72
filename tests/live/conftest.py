"""A served node and a client that speaks graphql-transport-ws as browsers do."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from marketplace.app import create_app
from marketplace.identity import service as identity
from marketplace.identity.models import Account
from marketplace.settings import Settings
from marketplace.sockets import largest_message
from tests.node import free_port


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[str]:
    """A node served over TCP, and the address of its WebSocket; the test shares its process."""
    port = free_port()
    config = uvicorn.Config(
        create_app(settings),
        port=port,
        ws="websockets-sansio",
        ws_max_size=largest_message(settings),
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn tells by this flag only)
        await asyncio.sleep(0.01)
    yield f"ws://127.0.0.1:{port}/graphql"
    server.should_exit = True
    await serving


@pytest.fixture
async def url(settings: Settings) -> AsyncIterator[str]:
    """A served node; the test shares its process, so it may write rows beside it."""
    async with served(settings) as address:
        yield address


async def token_of(account: Account) -> str:
    return (await identity.issue_tokens(account)).access_token


class Watcher:
    """One subscription's messages."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            while (message := json.loads(await self.socket.recv()))["type"] == "ping":
                await self.socket.send('{"type":"pong"}')
        return dict(message)

    async def data(self) -> dict[str, Any]:
        message = await self.next()
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        (value,) = message["payload"]["data"].values()
        return dict(value)

    async def refusal(self) -> str:
        message = await self.next()
        (error,) = message["payload"]["errors"] if message["type"] == "next" else message["payload"]
        assert (await self.next())["type"] == "complete"
        return str(error["extensions"]["code"])

    async def is_silent(self) -> bool:
        try:
            async with asyncio.timeout(0.3):
                await self.socket.recv()
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def watching_as(url: str, token: str | None, query: str, **variables: object) -> AsyncIterator[Watcher]:
    async with connect(url, subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
        params = {"Authorization": f"Bearer {token}"} if token else {}
        await socket.send(json.dumps({"type": "connection_init", "payload": params}))
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        body = {"query": query, "variables": variables}
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": body}))
        yield Watcher(socket)
