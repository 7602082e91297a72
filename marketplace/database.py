"""Rows, transactions and locks, the same on SQLite and PostgreSQL.

A public service function opens `transaction()`, locks what it will change with `locked()` in the house's
one order (shift, job, sub-order, stock, window, accounts), and leaves no task running behind it.
"""

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, TypeVar
from uuid import UUID

import uuid_utils.compat as uuid_utils
from tortoise import Tortoise, fields
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.backends.sqlite.client import SqliteTransactionWrapper
from tortoise.context import require_context
from tortoise.models import Model
from tortoise.queryset import QuerySet
from uuid_utils import uuid7

from marketplace import clock, postgres
from marketplace.batches import rows_by
from marketplace.inserts import ChangedRow, NewRow, insert, save
from marketplace.settings import Settings

APP = "lumbung"
#: Every module that holds rows. A new one is added here and gets a migration.
MODELS = [
    "marketplace.outbox",
    "marketplace.live.models",
    "marketplace.idempotency",
    "marketplace.identity.models",
    "cooperatives.ledger.models",
    "cooperatives.membership.models",
    "cooperatives.governance.models",
    "cooperatives.settlements.models",
    "cooperatives.books.models",
    "cooperatives.dues.models",
    "cooperatives.savings.models",
    "cooperatives.loans.models",
    "cooperatives.surplus.models",
    "cooperatives.departures.models",
    "cooperatives.moving.models",
    "cooperatives.budgets.models",
    "cooperatives.protection.models",
    "cooperatives.protection.claim_models",
    "cooperatives.protection.benefit_models",
    "cooperatives.income.models",
    "cooperatives.replays.models",
    "cooperatives.annual.models",
    "catalog.models",
    "cooperatives.units.models",
    "cooperatives.units.financing.models",
    "cooperatives.units.workshop.models",
    "cooperatives.purchasing.models",
    "marketplace.tariffs.models",
    "marketplace.orders.models",
    "marketplace.payments.models",
    "marketplace.payments.proofs",
    "marketplace.payments.payouts.models",
    "marketplace.payments.takings.models",
    "marketplace.taxes.models",
    "marketplace.deliveries.models",
    "marketplace.deliveries.signing.models",
    "marketplace.deliveries.relay.models",
    "marketplace.deliveries.waiting.models",
    "marketplace.deliveries.roster.models",
    "marketplace.deliveries.dispatch.models",
    "marketplace.deliveries.times.models",
    "marketplace.deliveries.bookings.models",
    "marketplace.deliveries.courier.models",
    "marketplace.ratings.models",
    "marketplace.notices.models",
    "marketplace.webhooks.models",
    "search.models",
]

SQLITE_BUSY_MS = 10_000
#: Within one machine a statement is encrypted only where the server insists: TLS costs as much as a small read.
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def new_id() -> UUID:
    """A uuid7: sorts by the time it was made, so a list by id is a list by age."""
    return uuid_utils.uuid7()


def new_id_text() -> str:
    """A `new_id` as text, for rows that are written by the thousand: an object would cost as much as all the rest."""
    return str(uuid7())


class Row(Model):
    """The base of every row: a uuid7 and the moment it was made."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        abstract = True


def config(settings: Settings) -> dict[str, Any]:
    """Tortoise's configuration for these settings."""
    return {
        "connections": {"default": _connection(settings)},
        "apps": {APP: {"models": MODELS, "default_connection": "default", "migrations": "marketplace.migrations"}},
        "use_tz": True,
        "timezone": "UTC",
    }


def _connection(settings: Settings) -> Any:
    url = settings.database
    if url.startswith("sqlite://"):
        return {
            "engine": "tortoise.backends.sqlite",
            "credentials": {
                "file_path": url.removeprefix("sqlite://"),
                "journal_mode": "WAL",
                "synchronous": "FULL",
                "busy_timeout": SQLITE_BUSY_MS,
                "recursive_triggers": "ON",
                "foreign_keys": "ON",
            },
        }
    pooled = expand_db_url(url.replace("postgresql://", "postgres://", 1))
    credentials = pooled["credentials"]
    pooled["engine"] = postgres.__name__
    credentials |= {"minsize": 1, "maxsize": settings.database_pool, "connection_class": postgres.Pooled}
    if credentials["host"] in LOOPBACK:
        credentials.setdefault("ssl", "allow")
    return pooled


async def connect(settings: Settings) -> None:
    """Open the database; a request's task sees the same context as the one that called."""
    if settings.database.startswith("sqlite://"):
        settings.folder.mkdir(parents=True, exist_ok=True)
    # Tortoise keeps its INSERT texts by connection name alone: another database's dialect must not linger.
    EXECUTOR_CACHE.clear()
    await Tortoise.init(config=config(settings), _enable_global_fallback=True)


async def disconnect() -> None:
    await Tortoise.close_connections()


async def _begin_immediate(self: SqliteTransactionWrapper) -> None:
    """Take SQLite's write lock at the start: a read that later writes can't then be refused half-way."""
    await self._connection.commit()
    await self._connection.execute("BEGIN IMMEDIATE")


SqliteTransactionWrapper.begin = _begin_immediate  # type: ignore[method-assign]


@dataclass(slots=True)
class _Open:
    """What the outermost transaction has yet to do."""

    #: Written together as it commits.
    rows: list[NewRow | ChangedRow] = field(default_factory=list)
    #: Called once it has committed.
    calls: list[Callable[[], None]] = field(default_factory=list)


_open: ContextVar[_Open | None] = ContextVar("open_transaction", default=None)


class transaction:
    """One all-or-nothing change. Nested, it is a savepoint of the outer one.

    A class, not a generator: the machinery of a generator costs as much as what is done here.
    """

    __slots__ = ("_calls", "_context", "_outer", "_own", "_rows", "_token")

    async def __aenter__(self) -> BaseDBAsyncClient:
        self._outer = _open.get()
        if self._outer is None:
            self._own = _Open()
            self._token = _open.set(self._own)
        else:
            self._rows, self._calls = len(self._outer.rows), len(self._outer.calls)
        self._context = connection()._in_transaction()
        try:
            return await self._context.__aenter__()
        except BaseException:
            if self._outer is None:
                _open.reset(self._token)
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._outer is None:
                await self._write_now()
            await self._context.__aexit__(kind, error, trace)
        except BaseException as failed:
            kind = type(failed)
            raise
        finally:
            if self._outer is None:
                _open.reset(self._token)
            elif kind is not None:
                del self._outer.rows[self._rows :], self._outer.calls[self._calls :]
        if kind is None and self._outer is None:
            for call in self._own.calls:
                call()

    async def _write_now(self) -> None:
        """What was held back, still within the transaction: it is undone where that fails."""
        try:
            await write_now()
        except BaseException as failed:
            await self._context.__aexit__(type(failed), failed, failed.__traceback__)
            raise


def in_transaction_now() -> bool:
    """Whether the caller stands inside a transaction."""
    return _open.get() is not None


async def write(*rows: Model | NewRow) -> None:
    """Write these new rows with all others of the transaction, in one statement as it commits.

    For rows that nothing in the transaction reads again (else `write_now`). At once outside a transaction.
    Name the rows that are referred to before those that refer to them.
    """
    new = [row if isinstance(row, NewRow) else NewRow.of(row) for row in rows]
    for row in rows:
        if isinstance(row, Model):
            row._saved_in_db = True
    opened = _open.get()
    if opened is None:
        await insert(new, connection())
    else:
        opened.rows += new


async def write_now() -> None:
    """Write what `write` holds back so far."""
    opened = _open.get()
    if opened is not None and opened.rows:
        rows, opened.rows = opened.rows, []
        await save(rows, connection())


async def change(row: Model, names: Sequence[str]) -> None:
    """Write these fields of a row that the transaction holds locked, as it commits, with what `write` holds back.

    For a row that nothing in the transaction reads again. One change goes along; another is written after it.
    """
    opened = _open.get()
    changed = ChangedRow.of(row, names)
    if opened is None:
        await save([changed], connection())
        return
    if any(isinstance(held, ChangedRow) or held.table == changed.table for held in opened.rows):
        await write_now()
    opened.rows.append(changed)


def after_commit(call: Callable[[], None]) -> None:
    """Call this once the outermost transaction has committed; never if it rolls back. At once outside one.

    A process that dies between the two never calls: what must happen belongs in the outbox.
    """
    opened = _open.get()
    if opened is None:
        call()
    else:
        opened.calls.append(call)


def connection() -> BaseDBAsyncClient:
    """The connection of the transaction one is in, else of the pool."""
    return require_context().connections.get("default")  # Tortoise's short form imports anew at each call


def is_postgres() -> bool:
    return connection().capabilities.dialect == "postgres"


M = TypeVar("M", bound=Model)


def for_update(queryset: QuerySet[M], *, skip_locked: bool = False) -> QuerySet[M]:
    """Lock what the queryset finds until the transaction ends (SQLite's one writer holds all already)."""
    return queryset.select_for_update(skip_locked=skip_locked, no_key=True) if is_postgres() else queryset


async def locked(model: type[M], ids: Iterable[UUID]) -> dict[UUID, M]:
    """The rows with these ids, locked in id order so that two callers can't wait for each other."""
    return {row.pk: row for row in await rows_by(model, "id", sorted(set(ids)), order="id", lock=True)}


async def locked_one(model: type[M], id: UUID) -> M | None:
    """The row with this id, locked, or None."""
    return (await locked(model, [id])).get(id)


def as_utc(value: datetime | str) -> datetime:
    """A moment read by raw SQL: SQLite gives it as text."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def as_uuid(value: Any) -> UUID:
    """An id read by raw SQL: SQLite gives it as text. One that asyncpg made is kept: it is hashed and told faster."""
    return value if isinstance(value, UUID) else UUID(value)
