"""`python -m tests.released`: keep a filled database of this version, on SQLite and on PostgreSQL.

PostgreSQL is the one at LUMBUNG_TEST_POSTGRES_URL, with `pg_dump` at hand.
"""

import asyncio
import contextlib
import lzma
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

from marketplace import __version__
from tests.demo.town import Town
from tests.node import Node
from tests.postgres import POSTGRES_URL, scratch_postgres
from tests.released import HERE, POSTGRES, SQLITE
from tests.released.life import live


async def lived(node: Node) -> None:
    node.run("migrate")
    node.run("seed")
    try:
        node.start()
        async with httpx.AsyncClient(timeout=60) as http:
            await live(Town(node, http))
    finally:
        node.stop()
    print(node.run("check-books").stdout.strip().splitlines()[-1])


async def of_sqlite(folder: Path) -> bytes:
    await lived(Node(folder))
    kept = folder / "kept.sqlite3"
    with contextlib.closing(sqlite3.connect(folder / "lumbung.sqlite3")) as database:
        database.execute("VACUUM INTO ?", (str(kept),))
    return kept.read_bytes()


async def of_postgres(folder: Path) -> bytes:
    async with scratch_postgres() as url:
        await lived(Node(folder, database_url=url))
        command = ["pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=200", url]
        dumped = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True)
    # psql's own commands (\restrict) are no SQL: the tests send this as statements.
    return b"".join(line for line in dumped.stdout.splitlines(keepends=True) if not line.startswith(b"\\"))


async def main() -> int:
    if not POSTGRES_URL:
        print("set LUMBUNG_TEST_POSTGRES_URL: a release keeps a database of each kind")
        return 1
    target = HERE / __version__
    if target.exists():
        print(f"{target} is kept already, and a release never changes; remove it only before it is out")
        return 1
    made = {}
    for name, make in ((SQLITE, of_sqlite), (POSTGRES, of_postgres)):
        with tempfile.TemporaryDirectory(prefix="lumbung-released-") as folder:
            made[name] = lzma.compress(await make(Path(folder)), preset=9 | lzma.PRESET_EXTREME)
    target.mkdir()
    for name, packed in made.items():
        (target / name).write_bytes(packed)
        print(f"wrote {target / name}: {len(packed):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
