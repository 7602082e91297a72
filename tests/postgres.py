"""PostgreSQL databases for tests, beside the one that the run was given.

`scratch_postgres()` is a database of its own, gone afterwards. `wiped_postgres()` is one with all tables and no rows:
to wipe one and hand it to the next test costs a tenth of making one and dropping it, and some 2,000 tests ask.
"""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from tests.servers import SERVERS

POSTGRES_URL = SERVERS["postgres"].url
#: How often one database is wiped before it is dropped: rows that are gone still take their place in its files.
WIPES = 100

#: Databases without rows, waiting for a test, and how often each was wiped.
_waiting: dict[str, int] = {}
#: By template: the shape of a database that nobody has altered.
_shapes: dict[str, asyncpg.Record] = {}

#: How much each catalog holds and when it last took something in. Whoever alters a table, a trigger or a function, or
#: drops one, spoils the database for others.
CATALOGS = ("pg_class", "pg_attribute", "pg_constraint", "pg_index", "pg_proc", "pg_trigger")
SHAPE = "SELECT " + ", ".join(f"(SELECT (count(*), max(xmin::text::bigint)) FROM {name})" for name in CATALOGS)
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
#: Without foreign keys and the ledger's triggers, which forbid what follows.
WIPE = """SET session_replication_role = replica;
DO $$ DECLARE it record; BEGIN
    FOR it IN SELECT relname FROM pg_class
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 0
    LOOP
        EXECUTE format('DELETE FROM %I', it.relname);
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences
        WHERE schemaname = current_schema();
END $$"""


def database_url(name: str) -> str:
    """The URL of a database beside the one that the tests were given."""
    return POSTGRES_URL.rsplit("/", 1)[0] + "/" + name


async def make_database(name: str, template: str = "template1") -> None:
    async with _opened(POSTGRES_URL) as admin:
        # Copying files is a third cheaper than writing them through the log, unless the disk must have them for sure.
        strategy = "WAL_LOG" if await admin.fetchval("SHOW fsync") == "on" else "FILE_COPY"
        await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY {strategy}')


async def drop_database(name: str) -> None:
    async with _opened(POSTGRES_URL) as admin:
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def rename_database(name: str, new: str) -> None:
    async with _opened(POSTGRES_URL) as admin:
        await admin.execute(f'ALTER DATABASE "{name}" RENAME TO "{new}"')


class scratch_postgres:
    """`async with scratch_postgres(template) as url:` a database of its own, gone afterwards."""

    def __init__(self, template: str = "template1") -> None:
        self.template, self.name = template, _new_name()

    async def __aenter__(self) -> str:
        await make_database(self.name, self.template)
        return database_url(self.name)

    async def __aexit__(self, *_: object) -> None:
        await drop_database(self.name)


@asynccontextmanager
async def wiped_postgres(template: str) -> AsyncIterator[str]:
    """The URL of a database with the template's tables and no rows. The template has none either."""
    name, wipes = _waiting.popitem() if _waiting else (_new_name(), 0)
    if template not in _shapes:
        async with _opened(database_url(template)) as opened:
            _shapes[template] = await opened.fetchrow(SHAPE)
    if not wipes:
        await make_database(name, template)
    try:
        yield database_url(name)
    finally:
        if wipes < WIPES and await _wipe(name, template):
            _waiting[name] = wipes + 1
        else:
            await drop_database(name)


async def drop_waiting() -> None:
    """Drop the databases that wait for a test. None will come."""
    while _waiting:
        await drop_database(_waiting.popitem()[0])


async def _wipe(name: str, template: str) -> bool:
    """Take every row out; False where that can't be, or someone still is in there, or its shape has changed."""
    async with _opened(database_url(name)) as opened:
        if await opened.fetchval(OTHERS) or await opened.fetchrow(SHAPE) != _shapes[template]:
            return False
        try:
            await opened.execute(WIPE)
        except asyncpg.InsufficientPrivilegeError:  # the role is no superuser
            return False
    return True


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(url)
    try:
        yield opened
    finally:
        await opened.close()


def _new_name() -> str:
    return f"lumbung_{uuid.uuid4().hex[:12]}"
