"""`lumbung seed`: a believable town to try the node on."""

from collections import Counter

import typer

from marketplace import seed as town
from marketplace.cli.node import on_node
from marketplace.seed import LogIn
from marketplace.wiring import Adapters

commands = typer.Typer()
SHOWN_A_ROLE = 3


@commands.command()
def seed() -> None:
    """Fill the node with one town (Surabaya: four co-ops, shops, drivers on shift) and print who can sign in."""

    async def work(adapters: Adapters) -> list[LogIn]:
        return await town.plant()

    print("Log-ins (a one-time code is asked for; a development node writes it to outgoing-codes.jsonl):")
    print_some(on_node(work))


def print_some(log_ins: list[LogIn]) -> None:
    """Print a few people of each role."""
    shown: Counter[tuple[str, str]] = Counter()
    for log_in in log_ins:
        shown[log_in.role, log_in.where] += 1
        if shown[log_in.role, log_in.where] <= SHOWN_A_ROLE:
            print(f"  {log_in.phone:<16} {log_in.role:<15} {log_in.name:<28} {log_in.where}")
