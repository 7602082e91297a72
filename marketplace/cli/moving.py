"""`lumbung import cooperative` and `lumbung import --templates`: how a co-op moves in from its spreadsheets."""

import csv
import time
from pathlib import Path

import typer

from cooperatives.membership.service import cooperative_by_slug
from cooperatives.moving import reading, taking, templates
from cooperatives.moving.records import Told
from marketplace.cli.node import on_node
from marketplace.errors import NotFound
from marketplace.identity.actor import SYSTEM
from marketplace.money import format_rupiah
from marketplace.wiring import Adapters

SHOWN = 20


def write_templates(folder: Path) -> None:
    """Write the sheets to fill in."""
    for path in templates.write(folder):
        print(path)


def move_in(path: Path, slug: str, *, is_dry_run: bool, report: Path | None) -> None:
    """Take a co-op's sheets in, or say what would be done. Ends with 1 where something is refused."""
    sheets, began = reading.read(path), time.monotonic()

    async def work(adapters: Adapters) -> taking.Brought:
        found = await cooperative_by_slug(slug)
        if found is None:
            raise NotFound(f"cooperative {slug}")
        vault = adapters.rails.vault
        return await taking.bring(SYSTEM, sheets, cooperative_id=found.pk, vault=vault, is_dry_run=is_dry_run)

    brought = on_node(work)
    if brought.checked is None:
        print("moving in: this very set was moved in before; nothing was done")
        return
    found = brought.checked.found
    for line in brought.checked.proof:
        is_equal = "equal" if line.difference == 0 else f"DIFFERS by {line.difference:+d}"
        print(f"  {line.account:<40} {line.rows:>6} rows {format_rupiah(line.total):>20}  {is_equal}")
        for product, total in line.by_product if len(line.by_product) > 1 else ():
            print(f"    {product or '-':<38} {'':>11} {format_rupiah(total):>20}")
    _tell("note", found.notes)
    _tell("refused", found.refusals)
    if report is not None:
        _write(report, found.refusals, found.notes)
    done = "moved in" if brought.row is not None else "would be moved in" if brought.checked.is_proved else "refused"
    print(
        f"moving in: {done}, {len(found.members)} members, {len(found.deposits)} deposits, {len(found.loans)} loans, "
        f"{len(found.stock)} items of stock, {len(found.refusals)} cells refused, {time.monotonic() - began:.1f} s"
    )
    if found.refusals:
        raise typer.Exit(1)


def _tell(what: str, told: list[Told]) -> None:
    for one in told[:SHOWN]:
        print(f"  {what}: {one.sheet}, row {one.row}, {one.column}: {one.message} / {one.pesan}")
    if len(told) > SHOWN:
        print(f"  and {len(told) - SHOWN} more: see --report")


def _write(report: Path, refusals: list[Told], notes: list[Told]) -> None:
    with report.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["what", "sheet", "row", "column", "reason", "alasan"])
        for what, told in (("refused", refusals), ("note", notes)):
            writer.writerows([what, one.sheet, one.row, one.column, one.message, one.pesan] for one in told)
