"""Commands of search: the index built anew, what people looked for, a key for a Meilisearch server."""

import asyncio
import time
from pathlib import Path

import typer

from marketplace import clock, outbox
from marketplace.cli.node import on_node, read_settings
from marketplace.database import transaction
from marketplace.wiring import Adapters
from search import counting, projector
from search.meilisearch import keys
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


@commands.command("search-report")
def search_report(
    days: int = typer.Option(7, min=1, max=90, help="How many days, today included."),
    most: int = typer.Option(20, min=1, max=200, help="How many texts of each sort."),
) -> None:
    """What people searched for: how often in vain, for what, and at which position they opened something.

    Counted without saying by whom; a text that fewer than five asked for isn't shown.
    """
    found = on_node(lambda adapters: counting.report(days, most))
    all, vain = found.all, found.all.empty
    print(f"since {found.since}: {all.searches} searches, {vain} in vain, {all.widened} widened, {all.clicks} opened")
    for title, rows in (("searched for in vain", found.in_vain), ("searched for most", found.often)):
        print(f"\n{title}\n{'searches':>9}{'in vain':>9}{'widened':>9}{'opened':>9}  text")
        for row in rows:
            print(f"{row.searches:9}{row.empty:9}{row.widened:9}{row.clicks:9}  {row.text}")
    print(f"\nopened at\n{'position':>9}{'times':>9}{'share':>9}")
    opened = sum(times for _, times in found.clicks)
    for position, times in found.clicks:
        print(f"{position:9}{times:9}{times / opened:9.1%}")


@commands.command("search-key")
def search_key(
    master_key_file: Path = typer.Option(..., exists=True, help="A file that holds the server's master key."),
) -> None:
    """Make a key on the Meilisearch server that may do what this node does, and nothing else; print it.

    The server is the one at LUMBUNG_MEILISEARCH_URL. What is printed goes into the node's environment as it stands.
    """
    url = read_settings().meilisearch_url
    if not url:
        print("Set LUMBUNG_MEILISEARCH_URL first: http(s)://host:7700")
        raise typer.Exit(1)
    made = keys.make_key(url, master_key_file.read_text().strip())
    print(f"LUMBUNG_MEILISEARCH_KEY={made.key}\nLUMBUNG_MEILISEARCH_KEY_UID={made.uid}")
