"""A restored node equals the one that was backed up, row by row, on both databases."""

import asyncio
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest

from cooperatives import ledger
from marketplace import database
from marketplace.backup import BackupRefused, back_up, restore
from marketplace.database import connection
from marketplace.identity.models import Account
from marketplace.settings import Settings
from tests.postgres import scratch_postgres

pytestmark = pytest.mark.anyio


async def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in an order of its own."""
    of_postgres = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    of_sqlite = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = await connection().execute_query_dict(of_postgres if database.is_postgres() else of_sqlite)
    return {
        table["name"]: sorted(await connection().execute_query_dict(f'SELECT * FROM "{table["name"]}"'), key=str)
        for table in tables
    }


async def fill(settings: Settings) -> None:
    for n in range(50):
        await Account.create(phone=f"+62812000{n:05}", name=f"Bu Sri {n}")
    for path in ("uploads/a.jpg", "keys/signing.json"):
        (settings.folder / path).parent.mkdir(exist_ok=True)
        (settings.folder / path).write_bytes(path.encode() * 1000)
    (settings.folder / "search").mkdir(exist_ok=True)
    (settings.folder / "search" / "CURRENT").write_text("made again by reindex")


async def test_a_restored_node_is_equal(db: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    await fill(db)
    before = await everything()
    await back_up(db, elsewhere / "node.tar")
    if database.is_postgres():
        async with scratch_postgres() as url:
            await prove(db.model_copy(update={"database_url": url}), elsewhere, before)
    else:
        await prove(db, elsewhere, before)


async def prove(settings: Settings, elsewhere: Path, before: dict[str, Any]) -> None:
    again = elsewhere / "again"
    await restore(settings, elsewhere / "node.tar", again)
    await database.disconnect()
    await database.connect(settings.model_copy(update={"folder": again}))
    assert await everything() == before
    assert await ledger.missing_guards() == []
    assert (again / "uploads/a.jpg").read_bytes() == b"uploads/a.jpg" * 1000
    assert not (again / "search").exists()
    await database.disconnect()


async def test_a_backup_under_load_holds_every_write_acknowledged_before_it(
    db: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    acknowledged: list[str] = []
    stopped, begun = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        while not stopped.is_set():
            phone = f"+62813{len(acknowledged):08}"
            await Account.create(phone=phone)
            acknowledged.append(phone)
            if len(acknowledged) == 50:
                begun.set()

    writing = asyncio.create_task(write())
    await begun.wait()
    by_then = list(acknowledged)
    await back_up(db, elsewhere / "node.tar")
    stopped.set()
    await writing
    if database.is_postgres():
        async with scratch_postgres() as url:
            await holds(db.model_copy(update={"database_url": url}), elsewhere, by_then)
    else:
        await holds(db, elsewhere, by_then)
        (check,) = await connection().execute_query_dict("PRAGMA integrity_check")
        assert check == {"integrity_check": "ok"}


async def holds(settings: Settings, elsewhere: Path, phones: list[str]) -> None:
    """The backup, restored, has these accounts; it is left open."""
    again = elsewhere / "again"
    await restore(settings, elsewhere / "node.tar", again)
    await database.disconnect()
    await database.connect(settings.model_copy(update={"folder": again}))
    assert set(await Account.all().values_list("phone", flat=True)) >= set(phones)


async def test_a_torn_or_changed_backup_writes_nothing(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "node")
    torn = tmp_path / "torn.tar"
    torn.write_bytes(b"not an archive")
    with pytest.raises(BackupRefused):
        await restore(settings, torn, tmp_path / "again")
    changed = tmp_path / "changed.tar"
    (tmp_path / "manifest.json").write_text('{"sha256": {"database.sqlite3": "00"}}')
    with tarfile.open(changed, "w") as archive:
        archive.add(tmp_path / "manifest.json", "manifest.json")
        archive.add(torn, "database.sqlite3")
    with pytest.raises(BackupRefused):
        await restore(settings, changed, tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("../outside", tarfile.REGTYPE), ("/tmp/outside", tarfile.REGTYPE), ("files/a", tarfile.SYMTYPE)],
)
async def test_what_leads_out_of_a_backup_is_refused(tmp_path: Path, name: str, kind: bytes) -> None:
    with tarfile.open(tmp_path / "made.tar", "w") as archive:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, "/etc/passwd"
        archive.addfile(entry)
    (tmp_path / "new").mkdir()
    with pytest.raises(BackupRefused):
        await restore(Settings(folder=tmp_path / "node"), tmp_path / "made.tar", tmp_path / "new" / "again")
    assert sorted(os.listdir(tmp_path)) == ["made.tar", "new"]
    assert os.listdir(tmp_path / "new") == []


async def test_a_filled_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("x")
    with pytest.raises(BackupRefused):
        await restore(Settings(folder=tmp_path), tmp_path / "any.tar", tmp_path)
