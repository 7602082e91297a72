"""Orders placed, paid and accepted a second through HTTP, beside pgbench's TPC-B on the same server."""

import asyncio
import json
import re
import shutil
import subprocess
import time
from glob import glob
from typing import Any

import asyncpg
import httpx

from tests.benchmarks import load, process
from tests.demo import words
from tests.demo.client import Phone, key
from tests.demo.town import ADDRESS, SELLER_NUMBERS
from tests.node import Node
from tests.system.people import signed_in

CLIENTS = 8


async def measure(node: Node, url: str, seconds: float) -> None:
    async with httpx.AsyncClient(timeout=60) as http:
        slug, number = next(iter(SELLER_NUMBERS.items()))
        seller = Phone(http, node.base, number, slug)
        buyers = [Phone(http, node.base, f"+628126{n:07}", f"pembeli {n}") for n in range(CLIENTS)]
        await signed_in(node, [seller, *buyers])
        shop = await seller.say(words.SELLER, slug=slug)
    variants = [listing["variants"][0]["id"] for listing in shop["listings"]["nodes"][:2]]
    before = await _statements(url)
    spent_s = process.cpu_s(node)
    began, ends = time.perf_counter(), time.perf_counter() + seconds
    counts = await asyncio.gather(*(_one_client(node, buyer, seller, variants, ends) for buyer in buyers))
    rate = sum(counts) / (time.perf_counter() - began)
    await _drained(url)
    spent_s = process.cpu_s(node) - spent_s
    statements = (await _statements(url) - before) / max(1, sum(counts))
    tpcb = _pgbench(url, seconds)
    print(f"orders placed, paid, accepted      {rate:8.1f} /s   {CLIENTS} clients, 2 requests an order")
    print(f"  transactions of the database     {statements:8.1f} an order, worker included")
    print(
        f"  CPU of the server                {1000 * spent_s / max(1, sum(counts)):8.1f} ms an order, worker included"
    )
    if tpcb:
        print(f"pgbench TPC-B                      {tpcb:8.0f} /s   {CLIENTS} clients")
        print(f"  orders ÷ TPC-B                   {rate / tpcb:8.3f}")


async def _drained(url: str) -> None:
    """Wait until the worker has done what the orders left it, 60 seconds at most."""
    connection = await asyncpg.connect(url.replace("postgres://", "postgresql://", 1))
    try:
        for _ in range(600):
            waiting = "SELECT EXISTS (SELECT 1 FROM outbox_event WHERE done_at IS NULL AND dead_at IS NULL)"
            if not await connection.fetchval(waiting):
                return
            await asyncio.sleep(0.1)
    finally:
        await connection.close()
    raise RuntimeError("the worker did not get done")


def an_order(variants: list[str]) -> dict[str, Any]:
    """The input of an order of these, in cash."""
    lines = [{"variantId": variant} for variant in variants]
    return {"idempotencyKey": key(), "lines": lines, "address": ADDRESS, "payment": "CASH"}


async def _one_client(node: Node, buyer: Phone, seller: Phone, variants: list[str], ends: float) -> int:
    wire, count = load.Wire(node.base), 0
    while time.perf_counter() < ends:
        placed = await _said(wire, words.PLACE, an_order(variants), buyer)
        accept = {"idempotencyKey": key(), "subOrderId": placed["subOrders"][0]["id"]}
        await _said(wire, words.ACCEPT, accept, seller)
        count += 1
    wire.close()
    return count


async def _said(wire: load.Wire, document: str, input: object, phone: Phone) -> dict[str, list[dict[str, str]]]:
    status, body = await wire.send(load.post("/graphql", document, {"input": input}, phone.token))
    answer = next(iter(json.loads(body)["data"].values()))
    if status != 200 or answer["__typename"] == "Problem":
        raise RuntimeError(f"{status}: {answer}")
    return dict(answer)


async def _statements(url: str) -> int:
    """Transactions committed in this database so far."""
    connection = await asyncpg.connect(url.replace("postgres://", "postgresql://", 1))
    try:
        await asyncio.sleep(1)  # statistics are written at most once a second
        return int(
            await connection.fetchval("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
        )
    finally:
        await connection.close()


def _pgbench(url: str, seconds: float) -> float:
    """TPC-B transactions a second, scale 10, on a scratch database of the same server; 0 without pgbench."""
    found = shutil.which("pgbench") or next(iter(sorted(glob("/usr/lib/postgresql/*/bin/pgbench"))), None)
    if found is None:
        print("pgbench is not installed: no ratio to TPC-B")
        return 0.0
    target = url.replace("postgres://", "postgresql://", 1)
    subprocess.run([found, "-i", "-q", "-s", "10", target], check=True, capture_output=True)
    ran = subprocess.run(
        [found, "-c", str(CLIENTS), "-j", "2", "-T", str(max(1, int(seconds))), target],
        check=True,
        capture_output=True,
        text=True,
    )
    match = re.search(r"tps = ([\d.]+)", ran.stdout)
    assert match, ran.stdout
    return float(match.group(1))
