"""Fixtures: a fresh database for each test, on SQLite always and on PostgreSQL where one is at hand."""

import os
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cooperatives import ledger
from marketplace import database
from marketplace.settings import Settings

POSTGRES_URL = os.environ.get("LUMBUNG_TEST_POSTGRES_URL", "")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def databases() -> list[object]:
    """The databases that this run can reach; PostgreSQL is shown as skipped with its reason when absent."""
    reason = "set LUMBUNG_TEST_POSTGRES_URL=postgres://user:pw@host/db (a role that may create databases)"
    return [
        "sqlite",
        pytest.param(
            "postgres", marks=[pytest.mark.postgres, pytest.mark.skipif(not POSTGRES_URL, reason=reason)]
        ),
    ]


@pytest.fixture(params=databases())
async def settings(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Settings]:
    """Settings of a node in a temporary folder with an empty, migrated database."""
    if request.param == "sqlite":
        yield Settings(folder=tmp_path, worker_in_process=False)
        return
    import asyncpg

    name = f"lumbung_{uuid.uuid4().hex[:12]}"
    admin = await asyncpg.connect(POSTGRES_URL)
    await admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield Settings(
            folder=tmp_path, database_url=POSTGRES_URL.rsplit("/", 1)[0] + "/" + name, worker_in_process=False
        )
    finally:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.close()


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Settings]:
    """An open, empty database."""
    from tortoise import Tortoise

    await database.connect(settings)
    await Tortoise.generate_schemas()
    await ledger.install()
    yield settings
    await database.disconnect()
