"""`lumbung check-books`: does all that must hold of money, stock and custody hold?"""

import time

import typer

from cooperatives.ledger import chain
from cooperatives.ledger.models import LedgerAccount, Transfer
from marketplace import checks
from marketplace.cli.node import on_node
from marketplace.deliveries.custody import Signer
from marketplace.wiring import Adapters

commands = typer.Typer()


@commands.command("check-books")
def check_books() -> None:
    """Recompute the books and try every rule on live data. Exits 1 and names what is broken."""
    if on_node(_check):
        raise typer.Exit(1)


async def _check(adapters: Adapters) -> int:
    started = time.monotonic()
    broken = 0
    async for found in checks.findings(Signer.of(adapters.settings)):
        broken += 1
        print(f"broken: {found.rule}\n  {found.where}")
    books = len(await LedgerAccount.all().distinct().values_list("cooperative_id", flat=True))
    print(
        f"check-books: {'broken' if broken else 'ok'} findings={broken} rules={len(checks.CHECKS) + 4} books={books} "
        f"transfers={await Transfer.all().count()} seal_lag_s={(await chain.lag()).total_seconds():.1f} "
        f"seconds={time.monotonic() - started:.1f}"
    )
    return broken
