"""`lumbung migrate`: bring the database up to date; and, for developers, write the next migration."""

import asyncio
from typing import Annotated

import typer

from marketplace import database, migrating
from marketplace.cli.node import read_settings
from marketplace.settings import Settings

commands = typer.Typer()


@commands.command()
def migrate() -> None:
    """Bring the database to this version. Safe to run twice, and from two machines at once."""
    done = asyncio.run(migrating.migrate(read_settings()))
    for name in done:
        print(f"migrated {name}")
    if not done:
        print("the database is up to date")


@commands.command("make-migration")
def make_migration(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when one is lacking.")] = False,
) -> None:
    """Write the next migration from what the rows' classes say. Read it before you commit it."""

    async def write() -> list[str]:
        await database.connect(Settings(database_url="sqlite://:memory:"))
        try:
            found = await migrating.changes(Settings())
            return [writer.name if check else migrating.write(writer) for writer in found]
        finally:
            await database.disconnect()

    names = asyncio.run(write())
    if not names:
        print("the migrations agree with the rows' classes")
        return
    print("\n".join(f"{'lacking' if check else 'wrote'}: {name}" for name in names))
    if check:
        raise typer.Exit(1)
