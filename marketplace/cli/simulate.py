"""`lumbung simulate`: what a dispatch policy would have meant on days that were, before members adopt it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cooperatives.books.papers import svg
from cooperatives.membership.service import cooperative_by_slug
from marketplace.cli.node import on_node
from marketplace.deliveries.dispatch.policy import Weights
from marketplace.deliveries.dispatch.replay import files, picture, recorded, tables, trying
from marketplace.deliveries.dispatch.replay.days import Day, Terms
from marketplace.deliveries.dispatch.replay.rounds import Rules
from marketplace.errors import Code, Invalid, NotFound
from marketplace.wiring import Adapters

commands = typer.Typer()
NAMES = ", ".join(trying.POLICIES)


@commands.command()
def simulate(
    orders: Annotated[Path | None, typer.Option(help="Orders of recorded days: CSV or XLSX.")] = None,
    couriers: Annotated[Path | None, typer.Option(help="Their couriers' shifts.")] = None,
    restaurants: Annotated[Path | None, typer.Option(help="Where the goods were fetched.")] = None,
    cooperative: Annotated[str, typer.Option(help="Or this node's own days: the slug of the co-op.")] = "",
    first: Annotated[str, typer.Option("--from", help="The first of its days: 2026-11-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="The last; left out: the first alone.")] = "",
    policies: Annotated[str, typer.Option(help=f"Which, by commas, the first to compare with: {NAMES}.")] = (
        "nearest,fair,batch"
    ),
    weights: Annotated[
        str,
        typer.Option(
            help="Your own beside them, in percent: nearness, waiting, equity, home, acceptance: 50,10,40,0,0."
        ),
    ] = "",
    at_once: Annotated[int, typer.Option(min=1, max=20, help="Offers of a job at once, with your own weights.")] = 1,
    opens_before: Annotated[int, typer.Option(min=0, max=120, help="Minutes before ready that a job opens.")] = 5,
    speed: Annotated[int, typer.Option(min=50, max=1_000, help="Metres a minute.")] = 320,
    json_file: Annotated[Path | None, typer.Option("--json", help="Where to write the result to be named.")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Where to write every figure.")] = None,
    picture_file: Annotated[Path | None, typer.Option("--picture", help="Where to draw it: .svg.")] = None,
    english: Annotated[bool, typer.Option("--english", help="In English.")] = False,
) -> None:
    """Try dispatch policies on recorded days; the same days and policies always give the same result.

    Days come from three tables of metres and minutes, or from what this node recorded of a co-op.
    """
    language = "en" if english else "id"
    _check_folders({"json": json_file, "csv": csv_file, "picture": picture_file})
    terms = Terms(metres_a_minute=speed, opens_before_s=60 * opens_before)
    chosen = _policies(policies, weights, at_once)
    days = _own_days(cooperative, first, last or first) if cooperative else _days(orders, couriers, restaurants)
    print(tables.heading(language))
    trials = []
    for trial in trying.attempt(days, chosen, terms):
        trials.append(trial)
        print("\n".join(tables.rows(trial, language)), flush=True)
    print(tables.note(language))
    replay = trying.gather(days, chosen, terms, trials)
    result = trying.document(replay)
    if json_file is not None:
        json_file.write_bytes(result)
    if csv_file is not None:
        csv_file.write_text(tables.as_csv(replay), encoding="utf-8")
    if picture_file is not None:
        picture_file.write_text(svg.write(picture.draw(replay, language)), encoding="utf-8")
    print(f"sha256 {trying.name_of(result)}")


def _check_folders(files: Mapping[str, Path | None]) -> None:
    """Before minutes of reckoning, not after."""
    for name, file in files.items():
        if file is not None and not file.absolute().parent.is_dir():
            folder = file.absolute().parent
            raise Invalid.field(name, Code.NOT_FOUND, f"there is no folder {folder}", f"tidak ada folder {folder}")


def _policies(names: str, weights: str, at_once: int) -> list[trying.Policy]:
    chosen: list[trying.Policy] = []
    for name in dict.fromkeys(part.strip() for part in names.split(",")):
        if name not in trying.POLICIES:
            raise Invalid.field("policies", Code.INVALID, f"one of {NAMES}", f"salah satu dari {NAMES}")
        chosen.append(trying.POLICIES[name])
    if weights:
        chosen.append(Rules("own", _weights(weights), at_once=at_once))
    return chosen


def _weights(text: str) -> Weights:
    """Raises Invalid, WrongWeights."""
    try:
        nearness, waiting, equity, home, acceptance = (round(100 * float(part)) for part in text.split(","))
    except ValueError as cause:
        message, pesan = "five percentages: 50,10,40,0,0", "lima persentase: 50,10,40,0,0"
        raise Invalid.field("weights", Code.INVALID, message, pesan) from cause
    return Weights(nearness, waiting, equity, home, acceptance)


def _own_days(slug: str, first: str, last: str) -> list[Day]:
    since, until = _date(first, "from"), _date(last, "to")

    async def work(adapters: Adapters) -> list[Day]:
        found = await cooperative_by_slug(slug)
        if found is None:
            raise NotFound(f"cooperative {slug}")
        return await recorded.past_days(found.pk, since, until, adapters.settings.zone)

    return on_node(work)


def _date(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise Invalid.field(name, Code.INVALID, "a day: 2026-11-30", "tanggal: 2026-11-30") from cause


def _days(orders: Path | None, couriers: Path | None, restaurants: Path | None) -> list[Day]:
    if orders is None or couriers is None or restaurants is None:
        message = "give --orders, --couriers and --restaurants, or --cooperative"
        pesan = "isi --orders, --couriers, dan --restaurants, atau --cooperative"
        raise Invalid.field("orders", Code.REQUIRED, message, pesan)
    return files.read(orders, couriers, restaurants, files.Pay())
