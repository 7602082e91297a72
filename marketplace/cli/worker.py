"""`lumbung worker` and `lumbung outbox`."""

import asyncio
import signal
from typing import Annotated

import typer
import uvloop

from marketplace import clock, database, dead_letters, live, logs, wiring, worker
from marketplace.cli.node import on_node, read_settings
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from marketplace.wiring import Adapters

commands = typer.Typer()
outbox_commands = typer.Typer(help="Events that wait, and dead letters.", no_args_is_help=True)
commands.add_typer(outbox_commands, name="outbox")


@commands.command(name="worker")
def run_worker(
    concurrency: Annotated[int, typer.Option(min=1, max=256, help="Events carried out at once.")] = 16,
) -> None:
    """Drain the outbox and run the timetable until SIGTERM. Run as many as you like.

    Set LUMBUNG_WORKER_IN_PROCESS=false for the server, so that it leaves the work to this one.
    """
    settings = read_settings().model_copy(update={"worker_in_process": False})
    uvloop.run(_work(settings, concurrency))


async def _work(settings: Settings, concurrency: int) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await database.connect(settings)
    adapters = wiring.build(settings)
    logs.tell_of_unsure_rules(settings)
    try:
        async with live.running(adapters.live, wakes_workers=False):
            await worker.run(adapters, stop, concurrency=concurrency)
    finally:
        await wiring.close(adapters)
        await database.disconnect()


@outbox_commands.command("list")
def list_events(
    dead: Annotated[bool, typer.Option("--dead", help="Dead letters only.")] = False,
    handler: Annotated[str, typer.Option(help="Of this handler only.")] = "",
    first: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 100,
) -> None:
    """List what is not done, oldest first. Exits 1 when there are dead letters."""
    if on_node(lambda adapters: _list(dead, handler, first)):
        raise typer.Exit(1)


async def _list(dead: bool, handler: str, first: int) -> int:
    rows = OutboxEvent.filter(done_at=None)
    if dead:
        rows = rows.filter(dead_at__isnull=False)
    if handler:
        rows = rows.filter(handler=handler)
    for event in await rows.order_by("id").limit(first):
        print(
            f"{event.id}\t{_state(event)}\t{event.event}\t{event.handler}\t{event.aggregate_id}\t"
            f"{event.attempts} attempts\t{(event.error or '').splitlines()[0] if event.error else ''}"
        )
    letters = await worker.dead_letters()
    print(
        f"waiting: {await OutboxEvent.filter(done_at=None, dead_at=None).count()}, dead: {letters}, "
        f"lag: {await worker.lag_seconds():.1f} s"
    )
    return letters


def _state(event: OutboxEvent) -> str:
    if event.dead_at is not None:
        return "dead"
    if event.claimed_until is not None and event.claimed_until > clock.machine():
        return "running"
    return "waiting"


@outbox_commands.command()
def show(id: Annotated[int, typer.Argument(help="Its number, from `lumbung outbox list`.")]) -> None:
    """Show one event whole, and what it blocks."""
    on_node(lambda adapters: _show(id))


async def _show(id: int) -> None:
    event = await OutboxEvent.get_or_none(id=id)
    if event is None:
        raise typer.BadParameter(f"there is no event {id} (what is done is pruned after a day)")
    for name in ("event", "handler", "aggregate_id", "payload", "created_at", "available_at", "attempts"):
        print(f"{name}: {getattr(event, name)}")
    print(f"state: {'done' if event.done_at else _state(event)}\nerror: {event.error or '-'}")
    behind = OutboxEvent.filter(done_at=None, handler=event.handler, aggregate_id=event.aggregate_id, id__gt=event.id)
    print(f"events behind it: {0 if event.done_at else await behind.count()}")


@outbox_commands.command()
def retry(
    ids: Annotated[list[int] | None, typer.Argument(help="Numbers, from `lumbung outbox list`.")] = None,
    all_dead: Annotated[bool, typer.Option("--all-dead", help="Every dead letter.")] = False,
) -> None:
    """Give dead letters a fresh start. The worker takes them within a second."""
    if not ids and not all_dead:
        raise typer.BadParameter("name the events to retry, or pass --all-dead")
    print(f"retried: {on_node(lambda adapters: _retry(adapters, ids or [], all_dead))}")


async def _retry(adapters: Adapters, ids: list[int], all_dead: bool) -> int:
    if all_dead:
        dead = await OutboxEvent.filter(done_at=None, dead_at__isnull=False).values("id")
        ids = [row["id"] for row in dead]
    return await dead_letters.retry(ids)
