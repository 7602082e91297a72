"""One file that a node can be made again from: its database, uploads and keys, with a hash of each part.

The search index is left out: `lumbung reindex` makes it again. A backup holds keys: keep it as you keep them.
"""

import asyncio
import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from pathlib import Path

import asyncpg
import orjson

from marketplace import __version__, clock
from marketplace.errors import MarketplaceError
from marketplace.settings import Settings

MANIFEST = "manifest.json"
SQLITE, POSTGRES = "database.sqlite3", "database.dump"
FILES = "files/"
#: What can be made again, or means nothing elsewhere; and the database itself, which is copied apart.
LEFT_OUT = ("search", "migrate.lock", "lumbung.sqlite3", "lumbung.sqlite3-wal", "lumbung.sqlite3-shm")


class BackupRefused(MarketplaceError):
    """The backup can't be used: {why}."""

    pesan = "Cadangan tidak dapat dipakai: {why}."


async def back_up(settings: Settings, file: Path) -> dict[str, str]:
    """Write a backup of this node, which may be serving meanwhile; answers each part's SHA-256."""
    with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
        copied = await _copy_database(settings, Path(scratch))
        parts = {copied.name: copied} | {FILES + str(path): settings.folder / path for path in _files(settings)}
        whole = Path(scratch) / "backup.tar"
        hashes = await asyncio.to_thread(_pack, whole, parts)
        whole.replace(file)
    return hashes


async def restore(settings: Settings, file: Path, folder: Path) -> dict[str, str]:
    """Make a node again in an empty folder (and the empty database that the settings name, on PostgreSQL).

    Every part's hash is checked before anything is written. Raises BackupRefused.
    """
    _require_empty(folder)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        hashes = await asyncio.to_thread(_unpack, file, Path(scratch))
        if POSTGRES in hashes:
            await _fill_postgres(settings, Path(scratch) / POSTGRES)
        await asyncio.to_thread(_lay_out, Path(scratch), hashes, folder)
    return hashes


def _require_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise BackupRefused(why=f"{folder} is not empty")
    folder.parent.mkdir(parents=True, exist_ok=True)


def _lay_out(scratch: Path, hashes: dict[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if SQLITE in hashes:
        (scratch / SQLITE).replace(folder / "lumbung.sqlite3")
    for name in hashes:
        if name.startswith(FILES):
            target = folder / name.removeprefix(FILES)
            target.parent.mkdir(parents=True, exist_ok=True)
            (scratch / name).replace(target)


def _files(settings: Settings) -> list[Path]:
    found = (path.relative_to(settings.folder) for path in settings.folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path.parts[0] not in LEFT_OUT)


async def _copy_database(settings: Settings, scratch: Path) -> Path:
    if settings.database.startswith("sqlite://"):
        await asyncio.to_thread(_copy_sqlite, settings.database.removeprefix("sqlite://"), scratch / SQLITE)
        return scratch / SQLITE
    dump = scratch / POSTGRES
    await _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", settings.database)
    return dump


def _copy_sqlite(source: str, target: Path) -> None:
    """SQLite's online backup: one consistent moment, writers go on meanwhile (WAL)."""
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
    copy.close()
    live.close()


async def _fill_postgres(settings: Settings, dump: Path) -> None:
    if settings.database.startswith("sqlite://"):
        raise BackupRefused(why="it holds a PostgreSQL database: set LUMBUNG_DATABASE_URL to an empty one")
    connection = await asyncpg.connect(settings.database)
    try:
        if await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"):
            raise BackupRefused(why="the database that LUMBUNG_DATABASE_URL names is not empty")
    finally:
        await connection.close()
    await _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        f"--dbname={settings.database}",
        str(dump),
    )


async def _run(*command: str) -> None:
    """Run one of PostgreSQL's programs; raises BackupRefused with what it said."""
    try:
        running = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
    except FileNotFoundError as cause:
        raise BackupRefused(why=f"{command[0]} is not installed: apt-get install postgresql-client") from cause
    _, said = await running.communicate()
    if running.returncode:
        raise BackupRefused(why=f"{command[0]}: {said.decode(errors='replace').strip()}")


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _pack(whole: Path, parts: dict[str, Path]) -> dict[str, str]:
    hashes: dict[str, str] = {}
    with tarfile.open(whole, "w") as archive:
        os.chmod(whole, 0o600)
        for name, path in parts.items():
            try:
                archive.add(path, arcname=name, recursive=False)
                hashes[name] = _hash(path)
            except FileNotFoundError:
                continue  # an upload that was taken down meanwhile
        manifest = {"product": "lumbung", "version": __version__, "made_at": clock.now(), "sha256": hashes}
        text = orjson.dumps(manifest, option=orjson.OPT_INDENT_2)
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    return hashes


def _unpack(file: Path, scratch: Path) -> dict[str, str]:
    try:
        with tarfile.open(file) as archive:
            _extract(archive, scratch)
        hashes: dict[str, str] = orjson.loads((scratch / MANIFEST).read_bytes())["sha256"]
    except (tarfile.TarError, OSError, KeyError, orjson.JSONDecodeError) as cause:
        raise BackupRefused(why=f"{file} is not one, or is torn") from cause
    for name, expected in hashes.items():
        part = scratch / name
        if not part.is_file() or _hash(part) != expected:
            raise BackupRefused(why=f"{name} is not what was backed up")
    return hashes


def _extract(archive: tarfile.TarFile, scratch: Path) -> None:
    """Write the archive's files; a link, a device or a way out of the folder is none of a backup's.

    `extractall(filter="data")` would refuse the same, but Debian 12's Python 3.11.2 has no filters yet.
    """
    for member in archive:
        target = scratch / member.name
        opened = archive.extractfile(member) if member.isreg() else None
        if opened is None or not target.resolve().is_relative_to(scratch.resolve()):
            raise tarfile.TarError(member.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened, target.open("wb") as written:
            shutil.copyfileobj(opened, written)
