"""The migrations agree with the rows' classes, keep every row, and may be run by two at once."""

import asyncio
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cooperatives import ledger
from marketplace import database, migrating, migrations
from marketplace.database import connection
from marketplace.identity.models import Account
from marketplace.notices.models import Notice
from marketplace.settings import Settings
from tests.conftest import databases
from tests.postgres import scratch_postgres

pytestmark = pytest.mark.anyio


@pytest.fixture(params=databases())
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Settings of a node whose database has no tables yet."""
    if request.param == "sqlite":
        yield Settings(folder=tmp_path)
        return
    async with scratch_postgres() as url:
        yield Settings(folder=tmp_path, database_url=url)


async def tables() -> dict[str, set[tuple[str, str]]]:
    """Each table's columns with their types, Tortoise's own record aside."""
    if database.is_postgres():
        rows = await connection().execute_query_dict(
            "SELECT table_name AS t, column_name AS c, data_type || is_nullable AS d"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        )
    else:
        rows = await connection().execute_query_dict(
            'SELECT m.name AS t, c.name AS c, c.type || c."notnull" AS d'
            " FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        )
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row["t"], set()).add((row["c"], row["d"].upper()))
    found.pop("tortoise_migrations", None)
    return found


async def indexes() -> set[str]:
    """What each index covers: a name says nothing, since it may be made otherwise."""
    if database.is_postgres():
        rows = await connection().execute_query_dict(
            "SELECT tablename AS t, indexdef AS d FROM pg_indexes WHERE schemaname = 'public'"
        )
        return {f"{row['t']} {row['d'].split(' USING ')[1]} {'UNIQUE' in row['d']}" for row in rows}
    rows = await connection().execute_query_dict(
        'SELECT m.name AS t, l."unique" AS u, l.partial AS p, group_concat(i.name) AS d FROM sqlite_master m,'
        " pragma_index_list(m.name) l, pragma_index_info(l.name) i WHERE m.type = 'table' GROUP BY m.name, l.name"
    )
    return {f"{row['t']} {row['d']} {row['u']} {row['p']}" for row in rows}


async def test_migrations_make_the_tables_that_the_classes_describe(db: Settings, tmp_path: Path) -> None:
    described, covered = await tables(), await indexes()
    await database.disconnect()
    if db.database.startswith("sqlite"):
        await by_migration(Settings(folder=tmp_path / "migrated"), described, covered)
    else:
        async with scratch_postgres() as url:
            await by_migration(db.model_copy(update={"database_url": url}), described, covered)


async def by_migration(settings: Settings, described: Any, covered: set[str]) -> None:
    await migrating.migrate(settings)
    await database.connect(settings)
    assert await tables() == described
    assert {found for found in await indexes() if "tortoise_migrations" not in found} == covered
    assert await ledger.missing_guards() == []
    assert [writer.name for writer in await migrating.changes(settings)] == []
    assert await migrating.pending(settings) == []
    await database.disconnect()


def test_migrations_stand_in_one_line() -> None:
    """Each names the one before it, so that every node has come the same way."""
    names = sorted(path.stem for path in Path(migrations.__path__[0]).glob("0*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    for before, name in pairwise(names):
        step = import_module(f"{migrations.__name__}.{name}").Migration
        assert step.dependencies == [("lumbung", before)], f"{name} doesn't follow {before}"


async def test_migrating_again_keeps_every_row(empty: Settings) -> None:
    await migrating.migrate(empty)
    await database.connect(empty)
    await Account.create(phone="+6281200000001", name="Pak Joko")
    counts = {name: await count(name) for name in await tables()}
    await database.disconnect()
    assert await migrating.migrate(empty) == []
    await database.connect(empty)
    assert {name: await count(name) for name in await tables()} == counts
    assert counts["account"] == 1
    await database.disconnect()


async def count(table: str) -> int:
    (row,) = await connection().execute_query_dict(f'SELECT count(*) AS n FROM "{table}"')
    return int(row["n"])


async def test_two_may_migrate_at_once(empty: Settings) -> None:
    """Two machines are started together: one migrates, the other finds it done."""
    import sys

    environment = {"LUMBUNG_FOLDER": str(empty.folder), "LUMBUNG_DATABASE_URL": empty.database_url}
    running = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "marketplace.cli", "migrate", env=environment, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [(await process.communicate())[0].decode().strip() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert sorted(said)[-1] == "the database is up to date"


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ("SELECT 1; SELECT 2;", 2),
        ("SELECT 1 /* a; b */; SELECT ';'", 2),
        ("CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END; SELECT 3;", 2),
        (" ;; ", 0),
    ],
)
async def test_a_script_is_cut_between_statements_only(script: str, count: int) -> None:
    assert len(migrating.statements(script)) == count


async def test_an_enum_may_grow_and_no_column_changes_unseen(empty: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    await database.connect(empty)
    try:
        kind = Notice._meta.fields_map["kind"]
        monkeypatch.setattr(kind, "description", "one value more")
        assert await migrating.changes(empty) == []
        monkeypatch.setattr(kind, "null", True)
        (writer,) = await migrating.changes(empty)
        assert [type(operation).__name__ for operation in writer.operations] == ["AlterField"]
    finally:
        await database.disconnect()
