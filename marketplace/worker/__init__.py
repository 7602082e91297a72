"""Drains the outbox and runs the timetable.

`run()` is the worker: in the server's process by default, or apart (`lumbung worker`), in as many processes
as one likes. `drain()` does the same work once, for tests and the command line.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
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

#: Tasks at once, and events that they hold among them.
CONCURRENCY = 16
MOST_HELD = 64
#: Looks at the outbox come no closer than this: what is recorded meanwhile is claimed, done and marked together.
GATHER_S = 0.02
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
    """Events under way in this process, each under its own lease, in at most `concurrency` tasks at once."""

    adapters: Adapters
    concurrency: int = CONCURRENCY
    handlers: Mapping[str, Mapping[str, Handler]] = field(default_factory=_handlers)
    running: dict[asyncio.Task[list[OutboxEvent]], list[OutboxEvent]] = field(default_factory=dict)

    @property
    def held(self) -> list[OutboxEvent]:
        """The events under way."""
        return [event for events in self.running.values() for event in events]

    @property
    def is_full(self) -> bool:
        return len(self.running) >= self.concurrency

    async def start_claimed(self) -> int:
        """Claim what fits and start it; answers how much. Only what can be done together exceeds `concurrency`."""
        free = self.concurrency - len(self.running)
        able = [name for name in self.handlers if wiring.can_run(name, self.adapters)]
        together = [name for name in able if name in wiring.TOGETHER]
        claimed = await claims.claim(able, free)
        if together and len(claimed) == free and (more := MOST_HELD - len(self.held) - len(claimed)) > 0:
            claimed += await claims.claim(together, more)
        for events in _gathered(claimed):
            self.running[asyncio.create_task(self._carry_out(events))] = events
        return len(claimed)

    async def finish_done(self) -> int:
        """Mark in one statement all that was carried out since; answers how much has ended, well or badly."""
        ended = [task for task in self.running if task.done()]
        done = [event for task in ended if not task.cancelled() for event in task.result()]
        still_ours = await claims.finish(done)
        number = sum(len(self.running.pop(task)) for task in ended)
        for event in done:
            if event.id not in still_ours:
                log.warning("claim lost before it was finished", outbox_id=event.id, handler=event.handler)
        return number

    async def _carry_out(self, events: list[OutboxEvent]) -> list[OutboxEvent]:
        """Run the handler of these events; answers those that are done. Failing, puts one off or buries it."""
        left: Sequence[OutboxEvent] = events
        if _is_taken_with_others(events[0]):
            try:
                async with asyncio.timeout(HANDLER_TIMEOUT_S):
                    left = await wiring.TOGETHER[events[0].handler](self.adapters, events)
            except Exception as failure:
                if len(events) == 1:
                    await self._fail(events[0], failure)
                    return []
                log.warning("handler failed for several at once", handler=events[0].handler, exc_info=failure)
        failed = {event.id for event in left if not await self._carry_out_one(event)}
        return [event for event in events if event.id not in failed]

    async def _carry_out_one(self, event: OutboxEvent) -> bool:
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
        held = await claims.renew(self.held)
        given_back = []
        for task, events in self.running.items():
            if not task.done() and any(event.id not in held for event in events):
                task.cancel()
                given_back += [event for event in events if event.id in held]
        await claims.let_go(given_back)

    async def wait_for_one(self, timeout_s: float | None = None) -> None:
        if self.running:
            await asyncio.wait(self.running, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)

    async def stop(self, grace_s: float = GRACE_S) -> None:
        """Let what is under way end within `grace_s`; give back the rest, untried."""
        if self.running:
            await asyncio.wait(self.running, timeout=grace_s)
        given_back = [event for task, events in self.running.items() if not task.done() for event in events]
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)
        await self.finish_done()
        await claims.let_go(given_back)


def _is_taken_with_others(event: OutboxEvent) -> bool:
    """One that was tried before is carried out alone: it may be what failed, or ended the process."""
    return event.handler in wiring.TOGETHER and event.attempts == 1


def _gathered(claimed: Sequence[OutboxEvent]) -> Iterator[list[OutboxEvent]]:
    """What one task carries out: an event, or all those of a handler that takes several at once."""
    by_handler: dict[str, list[OutboxEvent]] = {}
    for event in claimed:
        if _is_taken_with_others(event):
            by_handler.setdefault(event.handler, []).append(event)
        else:
            yield [event]
    yield from by_handler.values()


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
        elif batch.is_full:
            await batch.wait_for_one()
        await asyncio.sleep(GATHER_S)


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
