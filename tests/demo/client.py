"""A person with a phone: signs in and speaks GraphQL over HTTP and WebSocket. Knows only the public API."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import websockets

SIGN_IN = """mutation($phone: String!, $code: String!) {
  signIn(input: {phone: $phone, code: $code}) {
    __typename ... on SignedIn { accessToken } ... on Problem { code message } } }"""
REQUEST_CODE = """mutation($phone: String!) {
  requestCode(input: {phone: $phone}) { __typename ... on Problem { code message } } }"""


class Refused(Exception):
    """The API answered a Problem or an error."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(f"{code}: {message}")


def key() -> str:
    """A fresh idempotency key."""
    return uuid.uuid4().hex


class Phone:
    """One person's client. `say` sends a document; a Problem raises Refused."""

    def __init__(self, http: httpx.AsyncClient, base: str, number: str, name: str) -> None:
        self.http, self.base, self.number, self.name = http, base, number, name
        self.token: str | None = None

    async def sign_in(self, codes: Path) -> None:
        """Ask for a code and read it where the development node writes what it would have sent."""
        await self.say(REQUEST_CODE, phone=self.number)
        for _ in range(100):
            if code := last_code(codes, self.number):
                break
            await asyncio.sleep(0.05)
        else:
            raise RuntimeError(f"no code came for {self.number}")
        self.token = (await self.say(SIGN_IN, phone=self.number, code=code))["accessToken"]

    async def say(self, document: str, **variables: Any) -> Any:
        """The answer's first field; raises Refused when it is a Problem or an error."""
        answer = await self.ask(document, **variables)
        if answer.get("errors"):
            error = answer["errors"][0]
            raise Refused(error.get("extensions", {}).get("code", "ERROR"), error["message"])
        field = next(iter(answer["data"].values()))
        if isinstance(field, dict) and field.get("__typename") == "Problem":
            raise Refused(field["code"], field["message"])
        return field

    async def ask(self, document: str, **variables: Any) -> Any:
        try:
            return await self._post(document, variables)
        except (httpx.ReadError, httpx.RemoteProtocolError):
            # The connection may be of a server that is gone: as a phone does, what only reads is asked again.
            if not document.lstrip().startswith("query"):
                raise
            return await self._post(document, variables)

    async def _post(self, document: str, variables: dict[str, Any]) -> Any:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        asked = {"query": document, "variables": variables}
        return (await self.http.post(f"{self.base}/graphql", json=asked, headers=headers)).json()

    @asynccontextmanager
    async def listen(self, document: str, **variables: Any) -> AsyncIterator[AsyncIterator[Any]]:
        """A subscription over graphql-transport-ws."""
        url = self.base.replace("http", "ws", 1) + "/graphql"
        async with websockets.connect(url, subprotocols=[websockets.Subprotocol("graphql-transport-ws")]) as socket:
            await socket.send(
                json.dumps({"type": "connection_init", "payload": {"authorization": f"Bearer {self.token}"}})
            )
            await socket.recv()
            await socket.send(
                json.dumps({"id": "1", "type": "subscribe", "payload": {"query": document, "variables": variables}})
            )

            async def messages() -> AsyncIterator[Any]:
                async for text in socket:
                    message = json.loads(text)
                    if message["type"] == "next":
                        yield message["payload"]["data"]
                    elif message["type"] == "error":
                        raise Refused("SUBSCRIPTION", json.dumps(message["payload"]))

            yield messages()


def last_code(codes: Path, number: str) -> str | None:
    """The newest code written for this number, or None."""
    if not codes.exists():
        return None
    found = [json.loads(line) for line in codes.read_text().splitlines() if line]
    mine = [row for row in found if row.get("phone") == number]
    return mine[-1]["code"] if mine else None
