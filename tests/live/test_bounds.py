"""What one operation over a WebSocket may not do is told to that operation; the connection goes on."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from marketplace import clock
from marketplace.identity import api_keys
from marketplace.identity.actor import Actor
from marketplace.identity.api_keys import Scope
from marketplace.identity.models import Session
from marketplace.settings import Settings
from tests.cooperatives.membership.people import person
from tests.live.conftest import served, token_of

pytestmark = pytest.mark.anyio
VIEWER = "{ viewer { account { name } } }"
WATCH = "subscription { noticeArrived { id } }"


class Client:
    """Speaks the protocol by hand, as a front end's library does."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.number = socket, 0

    async def send(self, message: object) -> None:
        await self.socket.send(message if isinstance(message, str) else json.dumps(message))

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            frame = await self.socket.recv()
        assert isinstance(frame, str), "a browser reads text frames only"
        return dict(json.loads(frame))

    async def start(self, query: str | None, **payload: Any) -> str:
        self.number += 1
        asked = {**({} if query is None else {"query": query}), **payload}
        await self.send({"id": str(self.number), "type": "subscribe", "payload": asked})
        return str(self.number)

    async def ask(self, query: str | None, **payload: Any) -> dict[str, Any]:
        """What an operation is answered first: `next` or `error`; of `next`, the `complete` behind it is read."""
        id = await self.start(query, **payload)
        message = await self.next()
        assert message["id"] == id
        if message["type"] == "next":
            assert await self.next() == {"type": "complete", "id": id}
        return message

    async def refusal(self, query: str | None, **payload: Any) -> str:
        """The code of the `error` message that the operation gets."""
        message = await self.ask(query, **payload)
        assert message["type"] == "error", message
        (error,) = message["payload"]
        return str(error["extensions"]["code"])

    async def lives(self) -> bool:
        return (await self.ask("{ __typename }"))["payload"]["data"] == {"__typename": "Query"}

    @classmethod
    @asynccontextmanager
    async def at(cls, url: str, token: str = "", **headers: str) -> AsyncIterator[Self]:
        protocol: Any = ["graphql-transport-ws"]
        async with connect(url, subprotocols=protocol, additional_headers=headers) as socket:
            client = cls(socket)
            params = {"Authorization": f"Bearer {token}"} if token else {}
            await client.send({"type": "connection_init", "payload": params})
            assert (await client.next())["type"] == "connection_ack"
            yield client


async def test_what_asks_too_much_is_refused(url: str) -> None:
    deep, levels = "name", 1
    while levels <= 12:
        deep, levels = f"cooperative{{sellers(first:1){{nodes{{{deep}}}}}}}", levels + 3
    watched = f'subscription{{orderChanged(id:"x"){{order{{subOrders{{seller{{{deep}}}}}}}}}}}'
    aliases = " ".join(f"a{n}: id" for n in range(31))
    async with Client.at(url) as client:
        assert await client.refusal(f'{{node(id:"x"){{{aliases}}}}}') == "TOO_MANY"
        assert await client.refusal(f"subscription{{noticeArrived{{{aliases}}}}}") == "TOO_MANY"
        assert await client.refusal(f'{{node(id:"x"){{... on Seller{{{deep}}}}}}}') == "QUERY_TOO_DEEP"
        assert await client.refusal(watched) == "QUERY_TOO_DEEP"
        assert await client.refusal("{cooperatives(first:5000){nodes{code}}}") == "QUERY_TOO_COSTLY"
        assert await client.refusal("mutation{" + " ".join(f"m{n}:__typename" for n in range(6)) + "}") == "TOO_MANY"
        assert await client.lives()


async def test_what_is_no_document_is_refused(url: str) -> None:
    async with Client.at(url) as client:
        assert await client.refusal("{") == "INVALID"
        assert await client.refusal("{ nothing }") == "INVALID"
        assert await client.refusal("query A { __typename }", operationName="B") == "INVALID"
        assert await client.refusal("fragment F on Query { __typename }") == "INVALID"
        assert await client.refusal(None) == "INVALID"
        assert await client.refusal("") == "INVALID"
        assert await client.lives()


async def test_the_cost_is_reported(url: str) -> None:
    async with Client.at(url) as client:
        message = await client.ask("{cooperatives(first:10){nodes{id}}}")
        assert message["payload"]["extensions"]["cost"] == {"spent": 11, "limit": 5000}


async def test_a_message_too_large_is_refused(settings: Settings) -> None:
    bounded = settings.model_copy(update={"max_body_bytes": 10_000})
    async with served(bounded) as url, Client.at(url) as client:
        assert await client.refusal("{ __typename } #" + "x" * 20_000) == "BODY_TOO_LARGE"
        assert await client.lives()
        await client.send("x" * 1_000_000)
        with pytest.raises(ConnectionClosed) as closed:
            await client.next()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009


async def test_so_many_operations_stand_open_and_no_more(settings: Settings) -> None:
    bounded = settings.model_copy(update={"max_socket_operations": 3})
    async with served(bounded) as url, Client.at(url, await token_of(await person())) as client:
        open_now = [await client.start(WATCH) for _ in range(3)]
        assert await client.refusal(WATCH) == "TOO_MANY"
        assert await client.refusal("{ __typename }") == "TOO_MANY"
        await client.send({"type": "complete", "id": open_now[0]})
        assert await client.lives()


async def test_operations_are_counted_against_the_rate(settings: Settings) -> None:
    bounded = settings.model_copy(update={"rate_per_minute": 4})
    async with served(bounded) as url:
        token = await token_of(await person())
        async with Client.at(url, token) as client:
            answers = [await client.ask(VIEWER) for _ in range(6)]
            assert [message["type"] for message in answers] == ["next"] * 4 + ["error"] * 2
            assert answers[-1]["payload"][0]["extensions"]["code"] == "RATE_LIMITED"
            assert answers[-1]["payload"][0]["extensions"]["retryable"] is True
            await client.send({"type": "ping"})
            assert await client.next() == {"type": "pong"}
        for _ in range(3):
            async with Client.at(url, token):
                pass
        with pytest.raises(InvalidStatus):
            async with Client.at(url, token):
                pass


async def test_the_token_ends_and_the_connection_goes_on(url: str) -> None:
    async with Client.at(url, await token_of(await person())) as client:
        assert (await client.ask(VIEWER))["type"] == "next"
        await Session.all().update(ended_at=clock.now())
        for query in (VIEWER, WATCH, "mutation { signOut(input: {}) { __typename } }"):
            assert await client.refusal(query) == "UNAUTHENTICATED"
        await client.send({"type": "ping"})
        assert await client.next() == {"type": "pong"}


async def test_operations_beside_each_other_do_not_share_what_they_loaded(url: str) -> None:
    async with Client.at(url, await token_of(await person("Sari"))) as client:
        ids = {await client.start(VIEWER) for _ in range(10)}
        answered = set()
        while answered < ids:
            message = await client.next()
            if message["type"] == "next":
                assert message["payload"]["data"]["viewer"]["account"] == {"name": "Sari"}
                answered.add(message["id"])


async def test_trusted_documents_bind_a_websocket_too(settings: Settings) -> None:
    known = hashlib.sha256(VIEWER.encode()).hexdigest()
    (settings.folder / "trusted-documents.json").write_text(json.dumps({known: VIEWER}))
    bound = settings.model_copy(update={"require_trusted_documents": True})
    async with served(bound) as url, Client.at(url) as client:
        assert await client.refusal("{ __typename }") == "NOT_FOUND"
        assert (await client.ask(VIEWER))["type"] == "next"
        assert (await client.ask(None, documentId=known))["type"] == "next"


@pytest.mark.parametrize(
    "message",
    [
        "[]",
        '"x"',
        "{",
        "[" * 5_000,
        {"type": "subscribe", "id": "1"},
        {"type": "subscribe", "id": 1, "payload": {"query": VIEWER}},
        {"type": "subscribe", "id": "1", "payload": {"query": VIEWER, "variables": []}},
        {"type": "complete"},
        {"type": "nonsense"},
    ],
)
async def test_what_is_no_message_ends_the_connection_by_the_protocol(url: str, message: object) -> None:
    async with Client.at(url) as client:
        await client.send(message)
        with pytest.raises(ConnectionClosed) as closed:
            await client.next()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4400


async def test_a_page_of_an_app_may_connect_and_another_may_not(url: str) -> None:
    owner = Actor(account_id=(await person()).pk)
    await api_keys.create_api_key(owner, name="app", scopes=[Scope.READ], origins=["https://app.example"])
    async with Client.at(url, Origin="https://app.example") as client:
        assert await client.lives()
    with pytest.raises(InvalidStatus):
        async with Client.at(url, Origin="https://else.example"):
            pass


async def test_only_the_protocol_that_is_promised_is_spoken(url: str) -> None:
    old: Any = ["graphql-ws"]
    with pytest.raises((ConnectionClosed, InvalidStatus)):
        async with connect(url, subprotocols=old) as socket:
            await socket.recv()
