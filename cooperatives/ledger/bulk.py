"""A queue that gathers callers into batches, for postings that are the whole act: interest, deductions, imports.

Each caller waits for the verdict on his own compound. A batch is one transaction of its own, so what happens beside
the posting can't hang on it: where something else must commit with the posting, call `service.post` instead.

What is asked while a batch is written goes into the next, so batches grow with the load. A compound that the ledger
refuses fails alone; one that the database itself refuses undoes its batch, which is then halved until that one
stands alone. A process that dies loses no verdict that was given: what was not answered is asked again by its cause.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.exceptions import IntegrityError, OperationalError

from cooperatives.ledger.compounds import Compound, Outcome
from cooperatives.ledger.service import PostedOtherwise, Result, TooMuch, post_batch
from marketplace.database import connection, transaction
from marketplace.errors import Code, MarketplaceError

#: Transfers in one batch: beyond some hundred a statement gets no cheaper, and others wait for its accounts.
BATCH_TRANSFERS = 500
#: Compounds that may wait; who comes then is told to come again.
LONGEST_QUEUE = 20_000
#: One compound's transfers: a larger one belongs into several.
LARGEST_COMPOUND = 2_000


class QueueFull(MarketplaceError):
    """Too many postings wait already: try again in a moment."""

    code = Code.UNAVAILABLE
    pesan = "Terlalu banyak pembukuan menunggu: coba lagi sebentar lagi."


@dataclass(slots=True)
class _Waiting:
    compound: Compound
    verdict: asyncio.Future[Result]


@dataclass(slots=True)
class BulkQueue:
    """Callers of one event loop. It writes while somebody waits, and holds nothing between."""

    batch_transfers: int = BATCH_TRANSFERS
    longest: int = LONGEST_QUEUE
    _waiting: deque[_Waiting] = field(default_factory=deque)
    _writing: asyncio.Task[None] | None = None

    async def post(self, compound: Compound) -> Result:
        """Post this compound with whatever else waits; answers what became of it once that is committed.

        Raises QueueFull, and RuntimeError within a transaction, which this could not be part of. A caller that is
        cancelled no longer hears the verdict; the compound may be posted all the same.
        """
        self._check([compound])
        return await self._join(compound)

    async def post_many(self, compounds: Sequence[Compound]) -> list[Result]:
        """The verdict on each of these, in their order. Raises as `post` does, before any of them was posted; later
        only what the database itself fails with."""
        self._check(compounds)
        return await asyncio.gather(*[self._join(compound) for compound in compounds])

    def _check(self, compounds: Sequence[Compound]) -> None:
        if isinstance(connection(), TransactionalDBClient):
            raise RuntimeError("the bulk queue commits by itself: within a transaction call service.post")
        if any(len(compound.entries) > LARGEST_COMPOUND for compound in compounds):
            raise ValueError(f"a compound has at most {LARGEST_COMPOUND} entries")
        if len(self._waiting) + len(compounds) > self.longest:
            raise QueueFull

    def _join(self, compound: Compound) -> asyncio.Future[Result]:
        waiting = _Waiting(compound, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._writing is None or self._writing.done():
            # In a context of its own: nothing of the caller's transaction, locale or request may reach the others.
            self._writing = asyncio.create_task(self._write(), context=contextvars.Context())
        return waiting.verdict

    async def _write(self) -> None:
        while self._waiting:
            batch = self._next_batch()
            try:
                verdicts: Sequence[Result | Exception] = await _verdicts([waiting.compound for waiting in batch])
            except Exception as failure:  # a database that is away: whoever waits must hear of it
                verdicts = [failure] * len(batch)
            except BaseException:  # the loop ends: nobody will hear a verdict any more
                for waiting in batch:
                    waiting.verdict.cancel()
                raise
            for waiting, verdict in zip(batch, verdicts, strict=True):
                if waiting.verdict.done():  # its caller was cancelled
                    continue
                if isinstance(verdict, Exception):
                    waiting.verdict.set_exception(verdict)
                else:
                    waiting.verdict.set_result(verdict)

    def _next_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        transfers = 0
        while self._waiting:
            transfers += max(1, len(self._waiting[0].compound.entries))
            if batch and transfers > self.batch_transfers:
                break
            batch.append(self._waiting.popleft())
        return batch


async def _verdicts(compounds: Sequence[Compound]) -> Sequence[Result | Exception]:
    """Post these in one transaction; when the database refuses it, each half in its own."""
    try:
        async with transaction():
            return await post_batch(compounds)
    except (PostedOtherwise, TooMuch, IntegrityError, OperationalError) as refused:
        if len(compounds) == 1:
            return [_alone(refused)]
    middle = len(compounds) // 2
    return [*await _verdicts(compounds[:middle]), *await _verdicts(compounds[middle:])]


def _alone(refused: Exception) -> Result | Exception:
    if isinstance(refused, TooMuch):
        return Result(Outcome.OVERFLOW)
    if isinstance(refused, PostedOtherwise):
        return Result(Outcome.MISMATCH)
    return refused
