"""`lumbung seed`: a believable town to try the node on."""

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

    shown: dict[str, int] = {}
    print("Log-ins (a one-time code is asked for; a development node writes it to outgoing-codes.jsonl):")
    for log_in in on_node(work):
        key = f"{log_in.role} {log_in.where}"
        shown[key] = shown.get(key, 0) + 1
        if shown[key] <= SHOWN_A_ROLE:
            print(f"  {log_in.phone:<16} {log_in.role:<15} {log_in.name:<28} {log_in.where}")
