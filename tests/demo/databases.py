"""Where the demo keeps its rows: SQLite in its folder, or a database of its own on the operator's PostgreSQL."""

import asyncio
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg


@contextmanager
def lent_database() -> Iterator[str]:
    """An empty database beside the one that LUMBUNG_DATABASE_URL names, dropped afterwards; "" without one."""
    url = os.environ.get("LUMBUNG_DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    name = f"lumbung_demo_{uuid.uuid4().hex[:8]}"
    asyncio.run(_say(url, f'CREATE DATABASE "{name}"'))
    try:
        yield url.rsplit("/", 1)[0] + "/" + name
    finally:
        asyncio.run(_say(url, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def _say(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url.replace("postgres://", "postgresql://", 1))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
