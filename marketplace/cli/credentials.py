"""`lumbung reseal-credentials`: seal co-ops' payment credentials with the newest key."""

import typer

from cooperatives.membership.entries import reseal_entries
from marketplace.cli.node import on_node
from marketplace.payments.rails import accounts
from marketplace.wiring import Adapters

commands = typer.Typer()


@commands.command("reseal-credentials")
def reseal_credentials() -> None:
    """Seal payment credentials and members' details with the first of LUMBUNG_CREDENTIALS_KEYS."""
    print(f"reseal-credentials: {on_node(_reseal)} rows sealed anew")


async def _reseal(adapters: Adapters) -> int:
    vault = adapters.rails.vault
    return await accounts.reseal_all(vault) + await reseal_entries(vault)
