"""Sweeps that run every so often, each in one process of the node at a time.

A sweep's row says when it runs next and who runs it now: a lease, renewed while it runs and fenced by a
number, as for the outbox. When it runs next goes by the node's clock; the lease by the machine's.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import structlog

from marketplace import clock
from marketplace.outbox import TimetableEntry
from marketplace.worker.claims import ERROR_LENGTH, LEASE_S

log = structlog.get_logger()

Sweep: TypeAlias = tuple[str, float, Callable[[Any], Awaitable[Any]]]
LOOK_EVERY_S = 0.5
AT_ONCE = 4


async def enter(sweeps: Sequence[Sweep]) -> None:
    """Write the rows of sweeps that have none yet."""
    known = {entry.name for entry in await TimetableEntry.all()}
    new = [TimetableEntry(name=name) for name, _, _ in sweeps if name not in known]
    if new:
        await TimetableEntry.bulk_create(new, ignore_conflicts=True)


async def due(sweeps: Sequence[Sweep]) -> list[Sweep]:
    """The sweeps whose time has come and that nobody runs."""
    rows = await TimetableEntry.filter(next_at__lte=clock.now()).values("name", "claimed_until")
    free = {row["name"] for row in rows if row["claimed_until"] is None or row["claimed_until"] < clock.machine()}
    return [sweep for sweep in sweeps if sweep[0] in free]


async def claim(name: str) -> int | None:
    """The number of the claim on this sweep, or None when it isn't due or someone else was faster."""
    entry = await TimetableEntry.get(name=name)
    is_held = entry.claimed_until is not None and entry.claimed_until >= clock.machine()
    if is_held or entry.next_at > clock.now():
        return None
    number = entry.claim_number + 1
    taken = await TimetableEntry.filter(name=name, claim_number=entry.claim_number).update(
        claimed_until=_lease_end(), claim_number=number
    )
    return number if taken else None


def _lease_end() -> datetime:
    return clock.machine() + timedelta(seconds=LEASE_S)


async def run_sweep(sweep: Sweep, adapters: Any) -> bool:
    """Run this sweep if it is due and free; answers whether it was run here."""
    name, every_s, function = sweep
    number = await claim(name)
    if number is None:
        return False
    held = TimetableEntry.filter(name=name, claim_number=number)
    renewing = asyncio.create_task(_renew(name, number))
    error: str | None = None
    try:
        await function(adapters)
    except asyncio.CancelledError:
        await held.update(claimed_until=None)
        raise
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"[:ERROR_LENGTH]
        log.error("sweep failed", sweep=name, exc_info=failure)
    finally:
        renewing.cancel()
    now = clock.now()
    await held.update(claimed_until=None, next_at=now + timedelta(seconds=every_s), last_run_at=now, error=error)
    return True


async def _renew(name: str, number: int) -> None:
    while True:
        await asyncio.sleep(LEASE_S / 3)
        try:
            await TimetableEntry.filter(name=name, claim_number=number).update(claimed_until=_lease_end())
        except Exception as failure:
            log.warning("lease not renewed", sweep=name, error=str(failure))


async def run_due(sweeps: Sequence[Sweep], adapters: Any) -> int:
    """Run what is due now, one after the other; answers how many ran here."""
    await enter(sweeps)
    return sum([await run_sweep(sweep, adapters) for sweep in await due(sweeps)])


async def run(sweeps: Sequence[Sweep], adapters: Any, stop: asyncio.Event) -> None:
    """Run sweeps as they fall due until `stop` is set; then let those under way be cancelled."""
    running: dict[str, asyncio.Task[bool]] = {}
    is_entered = False
    try:
        while not stop.is_set():
            running = {name: task for name, task in running.items() if not task.done()}
            try:
                if not is_entered:
                    await enter(sweeps)
                    is_entered = True
                for sweep in await due(sweeps):
                    if sweep[0] not in running and len(running) < AT_ONCE:
                        running[sweep[0]] = asyncio.create_task(_guarded(sweep, adapters))
            except Exception as failure:
                log.error("timetable stalled", exc_info=failure)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_EVERY_S)
    finally:
        for task in running.values():
            task.cancel()
        await asyncio.gather(*running.values(), return_exceptions=True)


async def _guarded(sweep: Sweep, adapters: Any) -> bool:
    try:
        return await run_sweep(sweep, adapters)
    except Exception as failure:
        log.error("sweep lost its row", sweep=sweep[0], exc_info=failure)
        return False
