"""Whom a WebSocket serves, and that it stops with the token that opened it."""

import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from marketplace import clock
from marketplace.identity.models import Session
from tests.cooperatives.membership.people import person
from tests.live.conftest import token_of, watching_as

pytestmark = pytest.mark.anyio
VIEWER = "{ viewer { account { name } } }"


async def test_the_token_of_connection_init_proves_who_asks(url: str) -> None:
    async with watching_as(url, await token_of(await person("Sari")), VIEWER) as watcher:
        assert await watcher.data() == {"account": {"name": "Sari"}}


async def test_an_operation_after_signing_out_is_refused(url: str) -> None:
    token = await token_of(await person())
    async with watching_as(url, token, VIEWER) as watcher:
        await watcher.data()
        assert (await watcher.next())["type"] == "complete"
        await Session.all().update(ended_at=clock.now())
        body: dict[str, Any] = {"id": "2", "type": "subscribe", "payload": {"query": VIEWER}}
        await watcher.socket.send(json.dumps(body))
        message = await watcher.next()
        errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
        assert errors[0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_token_that_proves_nothing_opens_nothing(url: str) -> None:
    with pytest.raises(InvalidStatus):
        await connect(
            url,
            subprotocols=["graphql-transport-ws"],  # type: ignore[list-item]
            additional_headers={"Authorization": "Bearer x"},
        )
    async with connect(url, subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
        await socket.send(json.dumps({"type": "connection_init", "payload": {"Authorization": "Bearer x"}}))
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4403
