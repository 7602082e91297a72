"""`lumbung rules`: the public rules that the node computes with."""

import typer

from marketplace import clock, rules
from marketplace.cli.node import read_settings

commands = typer.Typer()


@commands.command("rules")
def list_rules(
    all_dates: bool = typer.Option(False, "--all", help="Past and later values too."),
) -> None:
    """List each rule's value in force today, with its instrument; what is unsure is marked."""
    settings = read_settings()
    rules.use(rules.read_file(settings.folder / "rules.json"))
    today = clock.now().astimezone(settings.zone).date()
    for value in rules.all_values():
        in_force = value.since <= today and value == rules.value_on(value.name, today)
        if all_dates or in_force:
            mark = "" if value.confidence is rules.Confidence.HIGH else f"  UNSURE ({value.confidence})"
            article = f" art. {value.article}" if value.article else ""
            print(f"{value.name}\t{value.value} {value.unit}\tsince {value.since}\t{value.instrument}{article}{mark}")
