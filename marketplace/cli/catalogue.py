"""`lumbung import` and `lumbung export`: sellers and listings from files, and to files; a co-op that moves in."""

import csv
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from catalog import exporting
from catalog.importing import profiles
from catalog.importing.listings import import_listings
from catalog.importing.runs import Report
from catalog.importing.sellers import import_sellers
from cooperatives.membership import models as membership
from cooperatives.membership.service import cooperative_by_slug
from marketplace.cli import moving
from marketplace.cli.node import on_node
from marketplace.errors import NotFound
from marketplace.identity.actor import SYSTEM
from marketplace.wiring import Adapters

commands = typer.Typer()
REFUSALS_SHOWN = 20


class What(StrEnum):
    SELLERS = "sellers"
    LISTINGS = "listings"
    COOPERATIVE = "cooperative"


class Kept(StrEnum):
    """What is written to files as well."""

    SELLERS = "sellers"
    LISTINGS = "listings"


Slug = Annotated[str, typer.Option("--cooperative", help="Slug of the co-op whose book they belong to.")]


async def _cooperative_or_refuse(slug: str) -> membership.Cooperative:
    found = await cooperative_by_slug(slug)
    if found is None:
        raise NotFound(f"cooperative {slug}")
    return found


@commands.command("import")
def import_file(
    what: Annotated[What | None, typer.Argument(help="sellers | listings | cooperative, which moves in")] = None,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A CSV (UTF-8) or XLSX file whose first line names the columns; of a co-op a folder too."
        ),
    ] = None,
    cooperative: Slug = "",
    profile: Annotated[
        str, typer.Option(help="What its columns mean: a shipped profile (food-directory) or a TOML file.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write every refused line here, as CSV.")] = None,
    templates: Annotated[
        Path | None, typer.Option(help="Write the sheets by which a co-op moves in here, to be filled in.")
    ] = None,
) -> None:
    """Take sellers, listings or a whole co-op from files. Repeating it changes nothing; after a cut it goes on."""
    if templates is not None:
        moving.write_templates(templates)
        return
    if what is None or file is None or not cooperative:
        raise typer.BadParameter("say what, from which file, and --cooperative; or --templates FOLDER")
    if what is What.COOPERATIVE:
        moving.move_in(file, cooperative, is_dry_run=dry_run, report=report)
        return
    mapping = profiles.load(profile, what.value) if profile else None
    began = time.monotonic()

    async def work(adapters: Adapters) -> Report:
        id = (await _cooperative_or_refuse(cooperative)).pk
        run = import_sellers if what is What.SELLERS else import_listings
        return await run(SYSTEM, file, cooperative_id=id, profile=mapping, is_dry_run=dry_run)

    done = on_node(work)
    would = "would be " if dry_run else ""
    if done.resumed_after_line:
        print(f"resumed after line {done.resumed_after_line}")
    print(
        f"{what.value}: {done.created} {would}created, {done.changed} {would}changed, {done.unchanged} unchanged, "
        f"{done.refused_lines} lines refused, {time.monotonic() - began:.1f} s"
    )
    for refusal in done.refusals[:REFUSALS_SHOWN]:
        print(f"  line {refusal.line}, {refusal.column}: {refusal.message}")
    if report is not None:
        with report.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(["line", "column", "reason"])
            writer.writerows([refusal.line, refusal.column, refusal.message] for refusal in done.refusals)


@commands.command("export")
def export_file(
    what: Annotated[Kept, typer.Argument(help="sellers | listings")],
    file: Annotated[Path, typer.Argument(help="Where to write: .csv or .xlsx.")],
    cooperative: Slug,
) -> None:
    """Write a co-op's sellers or listings to a file that `import` takes."""

    async def work(adapters: Adapters) -> int:
        id = (await _cooperative_or_refuse(cooperative)).pk
        run = exporting.export_sellers if what is Kept.SELLERS else exporting.export_listings
        return await run(SYSTEM, file, cooperative_id=id)

    print(f"{what.value}: {on_node(work)} lines written to {file}")
