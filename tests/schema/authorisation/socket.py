"""A WebSocket without a network: one subscription's first message, spoken straight to the application."""

import asyncio
import json
from typing import Any

#: A subscription that has said nothing until then is open: nothing has happened yet.
SILENCE_S = 0.25


async def first_message(app: Any, token: str, document: str, variables: dict[str, Any]) -> dict[str, Any]:
    """What a subscription says first, as `{"data": …}` or `{"errors": […]}`; open and silent, some data."""
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    scope = {
        "type": "websocket",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "scheme": "ws",
        "headers": [(b"host", b"lumbung.test")],
        "subprotocols": ["graphql-transport-ws"],
        "client": ("127.0.0.1", 1),
        "server": ("lumbung.test", 80),
    }
    serving = asyncio.create_task(app(scope, incoming.get, outgoing.put))
    params = {"Authorization": f"Bearer {token}"} if token else {}
    await incoming.put({"type": "websocket.connect"})
    for message in (
        {"type": "connection_init", "payload": params},
        {"type": "subscribe", "id": "1", "payload": {"query": document, "variables": variables}},
    ):
        await incoming.put({"type": "websocket.receive", "text": json.dumps(message)})
    try:
        async with asyncio.timeout(SILENCE_S):
            return await _said(outgoing)
    except TimeoutError:
        return {"data": {name: {} for name in ("noticeArrived", "jobBoardChanged")}}
    finally:
        await incoming.put({"type": "websocket.disconnect", "code": 1000})
        await serving


async def _said(outgoing: "asyncio.Queue[dict[str, Any]]") -> dict[str, Any]:
    while True:
        sent = await outgoing.get()
        assert sent["type"] != "websocket.close", sent
        if sent["type"] != "websocket.send":
            continue
        message = json.loads(sent.get("text") or sent["bytes"])
        if message["type"] == "next":
            return dict(message["payload"])
        if message["type"] == "error":
            return {"errors": message["payload"]}
