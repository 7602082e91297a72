"""`lumbung reindex`: build the search index anew."""

import asyncio
import time

import typer

from marketplace import clock, outbox
from marketplace.cli.node import on_node
from marketplace.database import transaction
from marketplace.wiring import Adapters
from search import projector
from search.models import SearchIndexState

commands = typer.Typer()


class NotRebuilt(Exception):
    """Nobody rebuilt the index in time."""


@commands.command()
def reindex(
    wait_s: int = typer.Option(600, min=1, help="How long to wait for a running node to do it, in seconds."),
) -> None:
    """Build the search index anew beside the one in use, then put it in its place. Nothing stops meanwhile.

    Where a running process writes the index, that process is asked to do it.
    """
    started = time.monotonic()
    try:
        count = on_node(lambda adapters: _reindex(adapters, wait_s))
    except NotRebuilt:
        print(f"The process that writes the index did not rebuild it within {wait_s} s: is its worker running?")
        raise typer.Exit(1) from None
    print(f"reindex: documents={count} seconds={time.monotonic() - started:.1f}")


async def _reindex(adapters: Adapters, wait_s: int) -> int:
    if adapters.engine.can_write():
        return await projector.reindex(adapters.engine)
    asked_at = clock.now()
    async with transaction():
        await outbox.record(projector.REINDEX_ASKED, projector.WHOLE_INDEX)
    deadline = time.monotonic() + wait_s
    while time.monotonic() < deadline:
        state = await SearchIndexState.get_or_none(name=adapters.engine.name)
        if state is not None and state.started_at >= asked_at:
            return state.documents
        await asyncio.sleep(0.5)
    raise NotRebuilt
