"""`lumbung check-books`: does all that must hold of money, stock and custody hold? `print-books`: reports as files.

Both only read.
"""

import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cooperatives.books import files
from cooperatives.ledger import chain
from cooperatives.ledger.models import LedgerAccount, Transfer
from cooperatives.membership.service import cooperative_by_slug
from marketplace import checks
from marketplace.cli.node import on_node
from marketplace.deliveries.custody import Signer
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import SYSTEM
from marketplace.wiring import Adapters

commands = typer.Typer()


REPORTS = ", ".join((*files.REPORTS, "book"))


@commands.command("print-books")
def print_books(
    report: Annotated[str, typer.Argument(help=REPORTS)],
    file: Annotated[Path, typer.Argument(help="Where to write: .pdf, .xlsx, or .beancount for `book`.")],
    cooperative: Annotated[str, typer.Option(help="Slug of the co-op whose books they are.")],
    first: Annotated[str, typer.Option("--from", help="The first day; left out: the book year's.")] = "",
    last: Annotated[str, typer.Option("--to", help="The last day; left out: today.")] = "",
    compared: Annotated[bool, typer.Option("--compared", help="With the year before beside it.")] = False,
    details: Annotated[bool, typer.Option("--details", help="Account by account.")] = False,
    english: Annotated[bool, typer.Option("--english", help="In English.")] = False,
) -> None:
    """Write a report of a co-op's books to a file: the statements of SAK EP are `sak-ep`."""

    async def work(_: Adapters) -> bytes:
        found = await cooperative_by_slug(cooperative)
        if found is None:
            raise NotFound(f"cooperative {cooperative}")
        asked = await files.wish(
            SYSTEM,
            found.pk,
            first=_day(first, "from"),
            last=_day(last, "to"),
            language="en" if english else "id",
            compared=compared,
            details=details,
        )
        form = file.suffix.lower().lstrip(".")
        if (report, form) == ("book", "beancount"):
            return await files.export_beancount(SYSTEM, asked)
        return await files.export(SYSTEM, report, form, asked)

    content = on_node(work)
    file.write_bytes(content)
    print(f"{report}: {len(content)} bytes written to {file}")


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as cause:
        raise Invalid.field(name, Code.INVALID, "a day: 2026-11-30", "tanggal: 2026-11-30") from cause


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
