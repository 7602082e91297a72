"""One process of the ledger's bench: posts as a server does, or seals as a worker does. Prints one line of JSON.

python -m tests.benchmarks.ledger_client URL uniform|hot|bulk|seal SECONDS
"""

import asyncio
import json
import random
import sys
import time
from uuid import UUID

import uvloop

from cooperatives.ledger import chain, timetable
from cooperatives.ledger.bulk import BulkQueue
from cooperatives.ledger.service import AccountRef, Cause, Compound, Entry, Outcome, Purpose, post
from marketplace import database
from marketplace.database import new_id, transaction
from marketplace.settings import Settings

BOOK = UUID(int=0xBE)
#: Accounts with a limit that money is taken from, and accounts that it goes to.
ACCOUNTS = 10_000
#: Callers in each of two processes: together as many as pgbench's clients, but for the queue.
CALLERS = {"uniform": 4, "hot": 4, "bulk": 500}


def payers() -> list[AccountRef]:
    return [AccountRef(BOOK, Purpose.CASH_WITH_DRIVER, UUID(int=n + 1)) for n in range(ACCOUNTS)]


def payees() -> list[AccountRef]:
    return [AccountRef(BOOK, Purpose.SELLER_PAYABLE, UUID(int=n + 1)) for n in range(ACCOUNTS)]


SOURCES, TARGETS = payers(), payees()


async def one_caller(mode: str, queue: BulkQueue, ends: float, took_ms: list[float]) -> int:
    count = 0
    hub = AccountRef(BOOK, Purpose.COMMISSION_INCOME)
    while (began := time.perf_counter()) < ends:
        entries = (Entry(hub if mode == "hot" else random.choice(TARGETS), random.choice(SOURCES), 1, "bench"),)
        cause = Cause("bench", new_id())
        if mode == "bulk":
            result = await queue.post(Compound(cause, entries))
            assert result.outcome is Outcome.POSTED, result
        else:
            async with transaction():
                await post(entries, cause=cause)
        took_ms.append((time.perf_counter() - began) * 1000)
        count += 1
    return count


async def begin() -> None:
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)


async def call(mode: str, seconds: float) -> dict[str, float]:
    took_ms: list[float] = []
    queue = BulkQueue()
    for _ in range(2):  # each connection plans its statements
        await asyncio.gather(*(one_caller(mode, queue, time.perf_counter() + 0.2, []) for _ in range(8)))
    await begin()
    began = time.perf_counter()
    callers = (one_caller(mode, queue, began + seconds, took_ms) for _ in range(CALLERS[mode]))
    count = sum(await asyncio.gather(*callers))
    took_ms.sort()
    return {
        "count": count,
        "p50_ms": took_ms[len(took_ms) // 2],
        "p99_ms": took_ms[len(took_ms) * 99 // 100],
    }


async def seal() -> dict[str, float]:
    """As the worker's timetable does, every second, until told to end; then what is left."""
    while await timetable.seal(None):  # what warmed the clients up
        pass
    lags_s, sealed = [0.0], 0
    await begin()
    ended = asyncio.create_task(asyncio.to_thread(sys.stdin.readline))
    while not ended.done():
        await asyncio.wait([ended], timeout=1.0)
        lags_s.append((await chain.lag()).total_seconds())
        sealed += await timetable.seal(None)
    while more := await timetable.seal(None):
        sealed += more
    return {"sealed": sealed, "lag_s": max(lags_s)}


async def main(url: str, mode: str, seconds: float) -> None:
    await database.connect(Settings(database_url=url, database_pool=4))
    print(json.dumps(await (seal() if mode == "seal" else call(mode, seconds))), flush=True)
    await database.disconnect()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
