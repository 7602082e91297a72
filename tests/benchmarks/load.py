"""A small HTTP/1.1 load generator: it must cost less than what it measures."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Load:
    """What a run saw: answers, seconds, and each answer's latency in milliseconds."""

    answers: int = 0
    seconds: float = 0.0
    latencies_ms: list[float] = field(default_factory=list)
    largest_body: int = 0

    @property
    def rate(self) -> float:
        return self.answers / self.seconds if self.seconds else 0.0

    def percentile(self, percent: float) -> float:
        ranked = sorted(self.latencies_ms)
        return ranked[min(len(ranked) - 1, int(len(ranked) * percent / 100))] if ranked else 0.0


class Wire:
    """One kept-alive connection."""

    def __init__(self, base: str) -> None:
        self.parts = urlsplit(base)
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """The answer's status and body."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.parts.hostname, self.parts.port)
        assert self.reader is not None
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return int(head[9:12]), await self.reader.readexactly(length)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()


def post(path: str, document: str, variables: object, token: str | None = None) -> bytes:
    """The bytes of a GraphQL request."""
    body = json.dumps({"query": document, "variables": variables}).encode()
    authorization = f"authorization: Bearer {token}\r\n" if token else ""
    head = f"POST {path} HTTP/1.1\r\nhost: node\r\ncontent-type: application/json\r\n{authorization}"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nhost: node\r\n\r\n".encode()


async def run(base: str, request: Callable[[], bytes], *, seconds: float, connections: int = 8) -> Load:
    """Send `request()` over and over on several connections for so many seconds; any status but 200 raises."""
    load = Load()
    began = time.perf_counter()
    ends = began + seconds

    async def one() -> None:
        wire = Wire(base)
        while (now := time.perf_counter()) < ends:
            status, body = await wire.send(request())
            if status != 200 or b'"errors"' in body[:200]:
                raise RuntimeError(f"{status}: {body[:300]!r}")
            load.answers += 1
            load.largest_body = max(load.largest_body, len(body))
            load.latencies_ms.append((time.perf_counter() - now) * 1000)
        wire.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    load.seconds = time.perf_counter() - began
    return load
