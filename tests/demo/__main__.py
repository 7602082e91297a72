"""`make demo`: a node in a temporary folder, and the whole story through its public API."""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.demo.databases import lent_database
from tests.demo.story import Tally, tell_everything
from tests.demo.town import Town
from tests.node import Node

CROWD = int(os.environ.get("LUMBUNG_DEMO_ORDERS", "100"))


async def live_through(node: Node) -> Tally:
    limits = httpx.Limits(max_connections=32)
    async with httpx.AsyncClient(timeout=60, limits=limits) as http:
        town = Town(node, http)
        await town.sign_everyone_in()
        return await tell_everything(town, CROWD)


def main() -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lumbung-demo-") as folder, lent_database() as database:
        node = Node(Path(folder), **({"database_url": database} if database else {}))
        node.run("migrate")
        print(node.run("seed").stdout.splitlines()[0])
        try:
            node.start()
            tally = asyncio.run(live_through(node))
        except BaseException:
            print(node.log_tail(), file=sys.stderr)
            raise
        finally:
            node.stop()
        print(node.run("check-books").stdout.strip().splitlines()[-1])
    seconds = round(time.monotonic() - began)
    print(
        f"demo: ok orders={tally.orders} delivered={tally.delivered} cancelled={tally.cancelled} "
        f"returned={tally.returned} settled_rp={tally.settled_rp} books=balanced seconds={seconds}"
    )
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Exception as failure:
        print(f"demo: failed: {type(failure).__name__}: {failure}", file=sys.stderr)
        sys.exit(1)
