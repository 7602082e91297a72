"""Nodes at rest, to be copied: what took long to fill stands once and is begun from many times."""

import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

from marketplace.settings import Settings
from tests import conftest
from tests.postgres import database_url, drop_database, make_database


async def empty(dialect: str, within: Path, **chosen: Any) -> Settings:
    """The settings of a node in this folder that has its tables and no rows."""
    place = _place(within, dialect)
    place["folder"].mkdir()
    if dialect == "postgres":
        await make_database(place["folder"].name, await conftest._postgres_template())
    else:
        shutil.copy(await conftest._sqlite_template(), place["folder"] / "lumbung.sqlite3")
    return Settings(**place, worker_in_process=False, rate_per_minute=1_000_000, **chosen)


async def copied(settings: Settings) -> Settings:
    """The settings of another node that holds the same. Nobody may be in the first one's database."""
    place = _place(settings.folder.parent, "postgres" if settings.database_url else "sqlite")
    shutil.copytree(settings.folder, place["folder"])
    if settings.database_url:
        await make_database(place["folder"].name, settings.folder.name)
    return settings.model_copy(update=place)


async def remove(settings: Settings) -> None:
    """Take the node away, its folder and its database."""
    shutil.rmtree(settings.folder, ignore_errors=True)
    if settings.database_url:
        await drop_database(settings.folder.name)


def _place(within: Path, dialect: str) -> dict[str, Any]:
    """A folder that isn't there yet, and the URL of the database of the same name."""
    name = f"lumbung_copy_{uuid4().hex[:12]}"
    return {"folder": within / name, "database_url": database_url(name) if dialect == "postgres" else ""}
