"""`lumbung reseal-credentials`: seal all that the vault keeps with the newest key."""

import typer

from marketplace.cli.node import on_node
from marketplace.resealing import reseal
from marketplace.wiring import Adapters

commands = typer.Typer()


@commands.command("reseal-credentials")
def reseal_credentials() -> None:
    """Seal payment credentials, payees' and participants' numbers, and members' details with the first of
    LUMBUNG_CREDENTIALS_KEYS."""
    print(f"reseal-credentials: {on_node(_reseal)} rows sealed anew")


async def _reseal(adapters: Adapters) -> int:
    return await reseal(adapters.rails.vault)
