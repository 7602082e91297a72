"""How PostgreSQL is spoken to: Tortoise's client over asyncpg, with less of Python around each statement.

A transaction of three short statements cost more in the client than in the database. So connections are lent and
given back without a task for each (asyncpg's own pool makes one, and a proxy, and a timer), and BEGIN, COMMIT and
savepoints are statements as any other. A connection on which something went wrong goes back to asyncpg's pool, which
looks after it.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import NestedTransactionContext, TransactionContext
from tortoise.backends.base_postgres.client import translate_exceptions
from tortoise.context import require_context
from tortoise.exceptions import TransactionManagementError

from marketplace.errors import Code, MarketplaceError

#: After so many loans one connection goes through asyncpg's pool, which closes those that grew old.
LOANS = 1_000
#: Connections that rest here; those beyond, which only a rush needs, asyncpg's pool closes when they were idle long.
RESTING = 8


#: A new connection is not given: the server is full, starting or stopping, or not there.
UNREACHABLE = (asyncpg.TooManyConnectionsError, asyncpg.CannotConnectNowError, OSError)


class DatabaseAway(MarketplaceError):
    """The node can't reach its database just now. Nothing was changed: try again in a moment."""

    code = Code.UNAVAILABLE
    pesan = "Node sedang tidak dapat menjangkau basis datanya. Tidak ada yang diubah: coba lagi sebentar lagi."
    retryable = True


class Pooled(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """A connection of the pool. Nothing here leaves state behind in a session (settings, listeners, advisory
    locks are a transaction's own), so giving one back needs no round trip that wipes it; an open transaction
    is still rolled back."""

    def get_reset_query(self) -> str:
        return ""


class Copying(AsyncpgDBClient):
    """A client that can take rows as COPY."""

    @translate_exceptions
    async def copy_rows(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Write new rows of one table, each the values of `columns` as asyncpg takes them."""
        async with self.acquire_connection() as connection:
            self.log.debug("COPY %s (%s): %s", table, columns, rows)
            await connection.copy_records_to_table(table, records=rows, columns=columns)


class Client(Copying):
    """Tortoise's client of one pool. Connections that are at rest are lent from here, the last one first."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._resting: list[Any] = []
        self._waiting = 0
        self._loans = 0

    async def lend(self) -> Any:
        """A connection for one caller; waits for one where all are lent. It must be given back."""
        if self._pool is None:
            async with self._pool_init_lock:
                if self._pool is None:
                    await self.create_connection(with_db=True)
        assert self._pool is not None
        while self._resting:
            connection = self._resting.pop()
            if _is_open(connection):
                return connection
            await self._pool.release(connection)
        self._waiting += 1
        try:
            return await self._pool.acquire()
        except UNREACHABLE as away:
            raise DatabaseAway from away
        finally:
            self._waiting -= 1

    async def give_back(self, connection: Any, *, is_clean: bool) -> None:
        """`is_clean`: the caller came to a good end. Who waits is served by the pool, as is what broke."""
        self._loans += 1
        may_rest = is_clean and not self._waiting and len(self._resting) < RESTING and self._loans % LOANS
        if may_rest and _is_open(connection) and not connection.is_in_transaction():
            self._resting.append(connection)
        elif self._pool is not None:
            await self._pool.release(connection)

    async def _close(self) -> None:
        resting, self._resting = self._resting, []
        for connection in resting:
            await self.give_back(connection, is_clean=False)
        await super()._close()

    def acquire_connection(self) -> Any:
        return _Loan(self)

    def _in_transaction(self) -> TransactionContext:
        return _Outermost(Wrapper(self))


def _is_open(connection: Any) -> bool:
    """Whether it can be used; one that the server closed meanwhile asyncpg's pool has taken back already."""
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:
        return False


class _Loan:
    """A connection for one statement outside a transaction."""

    __slots__ = ("client", "connection")

    def __init__(self, client: Client) -> None:
        self.client = client

    async def __aenter__(self) -> Any:
        self.connection = await self.client.lend()
        return self.connection

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        await self.client.give_back(self.connection, is_clean=kind is None)


class Wrapper(Copying, TransactionWrapper):
    """A transaction, or a savepoint within one."""

    _parent: Client

    def __init__(self, connection: AsyncpgDBClient, depth: int = 0) -> None:
        super().__init__(connection)
        self._depth = depth

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(Wrapper(self, self._depth + 1))

    async def begin(self) -> None:
        await self._connection.execute("BEGIN")

    async def savepoint(self) -> None:
        await self._connection.execute(f"SAVEPOINT s{self._depth}")

    async def commit(self) -> None:
        await self._finish("COMMIT")

    async def rollback(self) -> None:
        await self._finish("ROLLBACK")

    async def release_savepoint(self) -> None:
        await self._finish(f"RELEASE SAVEPOINT s{self._depth}")

    async def savepoint_rollback(self) -> None:
        await self._finish(f"ROLLBACK TO SAVEPOINT s{self._depth}")

    async def _finish(self, how: str) -> None:
        if self._finalized:
            raise TransactionManagementError("Transaction already finalised")
        await self._connection.execute(how)
        self._finalized = True


class _Outermost(TransactionContext):
    """`async with` for a transaction on a connection of its own."""

    __slots__ = ("client", "token")

    def __init__(self, client: Wrapper) -> None:
        self.client: Wrapper = client

    async def __aenter__(self) -> Wrapper:
        client = self.client
        client._connection = await client._parent.lend()
        try:
            await client.begin()
        except BaseException:
            await client._parent.give_back(client._connection, is_clean=False)
            raise
        self.token = require_context().connections.set(client.connection_name, client)
        return client

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        client = self.client
        is_clean = False
        try:
            if not client._finalized:
                if kind is None:
                    await client.commit()
                    is_clean = True
                elif kind is not TransactionManagementError:
                    await client.rollback()
        finally:
            require_context().connections.reset(self.token)
            await client._parent.give_back(client._connection, is_clean=is_clean)


client_class = Client
