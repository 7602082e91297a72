"""Drains the outbox and runs the timetable.

`run()` is the worker: in the server's process by default, or apart (`lumbung worker`), in as many processes
as one likes. `drain()` does the same work once, for tests and the command line.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import structlog

from marketplace import live, outbox, wiring
from marketplace.live import Hub
from marketplace.outbox import OutboxEvent, Recorded
from marketplace.wiring import Adapters, Handler
from marketplace.worker import claims, timetable
from marketplace.worker.claims import dead_letters, lag_seconds

__all__ = ["beside", "dead_letters", "drain", "drain_once", "lag_seconds", "run", "run_timetable_once"]

log = structlog.get_logger()

CONCURRENCY = 16
HANDLER_TIMEOUT_S = 300.0
GRACE_S = 20.0


def _handlers() -> Mapping[str, Mapping[str, Handler]]:
    """handler's name -> event -> function."""
    by_name: dict[str, dict[str, Handler]] = {}
    for event, handlers in wiring.HANDLERS.items():
        for name, function in handlers.items():
            by_name.setdefault(name, {})[event] = function
    return by_name


@dataclass(slots=True)
class Drain:
    """Events under way in this process: at most `concurrency`, each with its own task and lease."""

    adapters: Adapters
    concurrency: int = CONCURRENCY
    handlers: Mapping[str, Mapping[str, Handler]] = field(default_factory=_handlers)
    running: dict[asyncio.Task[bool], OutboxEvent] = field(default_factory=dict)

    async def start_claimed(self) -> int:
        """Claim what fits and start it; answers how much."""
        able = [name for name in self.handlers if wiring.can_run(name, self.adapters)]
        claimed = await claims.claim(able, self.concurrency - len(self.running))
        for event in claimed:
            self.running[asyncio.create_task(self._carry_out(event))] = event
        return len(claimed)

    async def finish_done(self) -> int:
        """Mark in one statement all that was carried out since; answers how much has ended, well or badly."""
        ended = [task for task in self.running if task.done()]
        done = [self.running[task] for task in ended if not task.cancelled() and task.result()]
        still_ours = await claims.finish(done)
        for task in ended:
            del self.running[task]
        for event in done:
            if event.id not in still_ours:
                log.warning("claim lost before it was finished", outbox_id=event.id, handler=event.handler)
        return len(ended)

    async def _carry_out(self, event: OutboxEvent) -> bool:
        """Run the handler; answers whether the event is done. Failing, puts it off or buries it."""
        try:
            function = self.handlers[event.handler].get(event.event)
            if function is None:
                raise LookupError(f"{event.handler} no longer takes {event.event}")
            if event.attempts > claims.MAX_ATTEMPTS:
                raise RuntimeError("its process ended again and again while carrying it out")
            async with asyncio.timeout(HANDLER_TIMEOUT_S):
                await function(self.adapters, event)
        except Exception as failure:
            return await self._fail(event, failure)
        return True

    async def _fail(self, event: OutboxEvent, failure: Exception) -> bool:
        is_dead = False
        with suppress(Exception):  # a database that is away: the lease runs out and the event comes again
            is_dead = await claims.fail(event, f"{type(failure).__name__}: {failure}")
        say = log.error if is_dead else log.warning
        say(
            "dead letter" if is_dead else "handler failed",
            outbox_id=event.id,
            event_name=event.event,
            handler=event.handler,
            attempts=event.attempts,
            exc_info=failure,
        )
        return False

    async def renew(self) -> None:
        """Lengthen the leases; whatever was lost to another worker is stopped here."""
        held = await claims.renew(list(self.running.values()))
        for task, event in self.running.items():
            if event.id not in held and not task.done():
                task.cancel()

    async def wait_for_one(self, timeout_s: float | None = None) -> None:
        if self.running:
            await asyncio.wait(self.running, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)

    async def stop(self, grace_s: float = GRACE_S) -> None:
        """Let what is under way end within `grace_s`; give back the rest, untried."""
        if self.running:
            await asyncio.wait(self.running, timeout=grace_s)
        given_back = [event for task, event in self.running.items() if not task.done()]
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)
        await self.finish_done()
        await claims.let_go(given_back)


async def drain_once(adapters: Adapters, *, concurrency: int = CONCURRENCY) -> int:
    """Carry out one batch of what is claimable now; answers how many were tried."""
    batch = Drain(adapters, concurrency)
    started = await batch.start_claimed()
    if batch.running:
        await asyncio.wait(batch.running)
    await batch.finish_done()
    return started


async def drain(adapters: Adapters, *, most: int = 100_000) -> int:
    """Carry out all that is claimable now and what follows from it; answers how many were tried."""
    tried = 0
    while tried < most and (batch := await drain_once(adapters)):
        tried += batch
    return tried


async def run_timetable_once(adapters: Adapters) -> int:
    """Run the sweeps that are due now; answers how many."""
    return await timetable.run_due(wiring.TIMETABLE, adapters)


async def run(adapters: Adapters, stop: asyncio.Event, *, concurrency: int = CONCURRENCY) -> None:
    """Drain the outbox and run the timetable until `stop` is set, then end in order."""
    wake = asyncio.Event()
    batch = Drain(adapters, concurrency)

    def on_recorded(said: Recorded) -> None:
        if said.has_handlers:
            wake.set()

    unlisten = outbox.listen(on_recorded)
    beside = [
        asyncio.create_task(_wake_by_hint(adapters.live, wake)),
        asyncio.create_task(timetable.run(wiring.TIMETABLE, adapters, stop)),
        asyncio.create_task(_renew(batch)),
        asyncio.create_task(_set_when(stop, wake)),
    ]
    try:
        await _drain_until(stop, wake, batch)
    finally:
        unlisten()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await batch.stop()


@asynccontextmanager
async def beside(adapters: Adapters) -> AsyncIterator[None]:
    """Run a worker in this process until the block ends."""
    stop = asyncio.Event()
    running = asyncio.create_task(run(adapters, stop))
    try:
        yield
    finally:
        stop.set()
        await running


async def _drain_until(stop: asyncio.Event, wake: asyncio.Event, batch: Drain) -> None:
    failures = 0
    while not stop.is_set():
        try:
            wake.clear()
            ended = await batch.finish_done()
            started = await batch.start_claimed()
            failures = 0
        except Exception as failure:
            failures += 1
            log.error("worker stalled", exc_info=failure)
            await asyncio.sleep(claims.back_off_s(failures, 0.5))
            continue
        if not ended and not started:
            await _idle(wake, batch)
        elif len(batch.running) >= batch.concurrency:
            await batch.wait_for_one()
        else:
            await asyncio.sleep(0)


async def _idle(wake: asyncio.Event, batch: Drain) -> None:
    """Wait for a new event, for one under way to end, or for the next look."""
    waking = asyncio.create_task(wake.wait())
    try:
        await asyncio.wait(
            {waking, *batch.running}, timeout=batch.adapters.live.worker_poll_s, return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        waking.cancel()


async def _renew(batch: Drain) -> None:
    while True:
        await asyncio.sleep(claims.LEASE_S / 3)
        try:
            await batch.renew()
        except Exception as failure:
            log.warning("leases not renewed", error=str(failure))


async def _wake_by_hint(hub: Hub, wake: asyncio.Event) -> None:
    """Other processes tell when they recorded something."""
    with hub.watch(live.topics.OUTBOX) as watch:
        while True:
            await watch.next()
            wake.set()


async def _set_when(stop: asyncio.Event, wake: asyncio.Event) -> None:
    await stop.wait()
    wake.set()
