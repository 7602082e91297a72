"""A page of twenty listings with seller, price and picture: through GraphQL ÷ by hand."""

import asyncio
import base64
import json
import os
import subprocess
import sys

from tests.benchmarks import load
from tests.node import Node, free_port

DOCUMENT = """query Page { listings(search: {text: ""}, first: 20) { nodes {
  id title price { least most } cover { url } seller { id name slug } } } }"""
PAGE = 20


async def measure(node: Node, seconds: float) -> None:
    request = load.post("/graphql", DOCUMENT, {})
    wire = load.Wire(node.base)
    nodes = await _filled_page(wire, request)
    ids = [base64.urlsafe_b64decode(row["id"] + "==").decode().partition(":")[2] for row in nodes]
    port = free_port()
    server = _serve_by_hand(node.environment["LUMBUNG_DATABASE_URL"], port)
    base = f"http://127.0.0.1:{port}"
    by_hand_request = load.get("/page?ids=" + ",".join(ids))
    try:
        by_hand_body = await _first_answer(base, by_hand_request)
        assert json.loads(by_hand_body)["data"]["listings"]["nodes"] == nodes, "the two pages must be the same"
        by_hand = await load.run(base, lambda: by_hand_request, seconds=seconds)
        graphql = await load.run(node.base, lambda: request, seconds=seconds)
    finally:
        server.terminate()
        server.wait()
    print(f"listings page by hand              {by_hand.rate:8.0f} /s   p99 {by_hand.percentile(99):6.1f} ms")
    print(f"listings page through GraphQL      {graphql.rate:8.0f} /s   p99 {graphql.percentile(99):6.1f} ms")
    print(f"  GraphQL ÷ by hand                {graphql.rate / by_hand.rate:8.3f}")


def _serve_by_hand(url: str, port: int) -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ,
        "BASELINE_DATABASE_URL": url.replace("postgres://", "postgresql://", 1),
        "BASELINE_PORT": str(port),
    }
    return subprocess.Popen([sys.executable, "-m", "tests.benchmarks.baseline"], env=environment)


async def _filled_page(wire: load.Wire, request: bytes) -> list[dict[str, str]]:
    """The page once the worker has indexed the town."""
    for _ in range(300):
        _, body = await wire.send(request)
        nodes: list[dict[str, str]] = json.loads(body)["data"]["listings"]["nodes"]
        if len(nodes) == PAGE:
            await asyncio.sleep(3)
            _, body = await wire.send(request)
            return list(json.loads(body)["data"]["listings"]["nodes"])
        await asyncio.sleep(0.1)
    raise RuntimeError("the index did not fill")


async def _first_answer(base: str, request: bytes) -> bytes:
    for _ in range(100):
        try:
            return (await load.Wire(base).send(request))[1]
        except OSError:
            await asyncio.sleep(0.1)
    raise RuntimeError("the baseline server did not start")
