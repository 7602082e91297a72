"""`make bench`: every figure a ratio to a baseline that was taken in the same run, on PostgreSQL.

On the loop that a node runs on.
"""

import os
import sys
import tempfile
from pathlib import Path

import uvloop

from tests.benchmarks import dispatch, ledger, listings, orders, process, rounds, searching, statements
from tests.node import Node
from tests.postgres import scratch_postgres

SECONDS = float(os.environ.get("LUMBUNG_BENCH_SECONDS", "5"))


async def measure_dispatch() -> None:
    dispatch.measure()
    await searching.measure()
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as folder:
        async with scratch_postgres() as url:
            node = Node(Path(folder), database_url=url, mode="production", secret_key="b" * 40)
            node.run("migrate")
            await rounds.measure(node)


async def measure() -> None:
    await measure_dispatch()
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as folder:
        async with scratch_postgres() as url:
            node = Node(Path(folder), database_url=url, mode="production", secret_key="b" * 40)
            node.run("migrate")
            node.run("seed")
            await statements.measure(node)
            started_s = process.start(node)
            try:
                print(f"start to ready                     {started_s:8.2f} s")
                await listings.measure(node, SECONDS)
                await orders.measure(node, url, SECONDS)
                print(f"memory of the server with worker   {process.resident_mib(node):8.0f} MiB")
            finally:
                node.stop()
    await ledger.measure(SECONDS)


if __name__ == "__main__":
    if sys.argv[1:] == ["search"]:
        uvloop.run(searching.measure())
        sys.exit()
    if not os.environ.get("LUMBUNG_TEST_POSTGRES_URL"):
        sys.exit("bench: set LUMBUNG_TEST_POSTGRES_URL=postgres://user:pw@host/db (a role that may create databases)")
    alone = {"ledger": lambda: ledger.measure(SECONDS), "fill": ledger.keep, "dispatch": measure_dispatch}
    uvloop.run(alone.get(" ".join(sys.argv[1:]), measure)())
