"""A seeded node of its own for each test, on SQLite and on PostgreSQL.

The town is planted once a run, by whichever test process needs it first, and copied for each test.
"""

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import databases
from tests.node import Node
from tests.postgres import database_url, drop_database, make_database, scratch_postgres


@pytest.fixture(params=databases())
async def node(request: pytest.FixtureRequest) -> AsyncIterator[Node]:
    """A node with the seeded town, not yet started."""
    planted = await _planted(request.param)
    with tempfile.TemporaryDirectory(prefix="lumbung-node-") as folder:
        shutil.copytree(planted, folder, dirs_exist_ok=True)
        if request.param == "sqlite":
            yield Node(Path(folder))
            return
        async with scratch_postgres(template=_name()) as url:
            yield Node(Path(folder), database_url=url)


def _run() -> int:
    """The test run's number: its process, or the one that gives several processes their tests."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _name() -> str:
    return f"lumbung_town_{_run()}"


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / f"lumbung-town-{_run()}"


async def _planted(kind: str) -> Path:
    """The folder of a node in which the town stands; for PostgreSQL, its database is `_name()`."""
    folder = _folder() / kind
    _folder().mkdir(exist_ok=True)
    with (_folder() / f"{kind}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (folder / ".planted").exists():
            if kind == "postgres":
                await make_database(_name())
            town = Node(folder, **({"database_url": database_url(_name())} if kind == "postgres" else {}))
            town.lay_tables()
            town.run("seed")
            (folder / ".planted").touch()
    return folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Take the town away, once every test process is done."""
    if "PYTEST_XDIST_WORKER" in os.environ or not _folder().exists():
        return
    if (_folder() / "postgres").exists():
        asyncio.run(drop_database(_name()))
    shutil.rmtree(_folder(), ignore_errors=True)
