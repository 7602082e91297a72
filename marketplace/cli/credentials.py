"""`lumbung reseal-credentials`: seal co-ops' payment credentials with the newest key."""

import typer

from marketplace.cli.node import on_node
from marketplace.payments.rails import accounts
from marketplace.wiring import Adapters

commands = typer.Typer()


@commands.command("reseal-credentials")
def reseal_credentials() -> None:
    """Seal all stored payment credentials with the first of LUMBUNG_CREDENTIALS_KEYS; then drop the others."""
    print(f"reseal-credentials: {on_node(_reseal)} rows sealed anew")


async def _reseal(adapters: Adapters) -> int:
    return await accounts.reseal_all(adapters.rails.vault)
