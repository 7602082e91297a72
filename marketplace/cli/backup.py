"""`lumbung backup` and `lumbung restore`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from marketplace import backup as backups
from marketplace.cli.node import read_settings

commands = typer.Typer()


@commands.command()
def backup(file: Annotated[Path, typer.Argument(help="Where to write it: lumbung-2026-11-24.tar")]) -> None:
    """Write one file with the database, uploads and keys. The node may serve meanwhile."""
    hashes = asyncio.run(backups.back_up(read_settings(), file.absolute()))
    print(f"wrote {file}: {len(hashes)} parts, {file.stat().st_size:,} bytes. It holds keys: keep it safe.")


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `lumbung backup` wrote.", exists=True)],
    into: Annotated[Path, typer.Option(help="An empty folder, the new LUMBUNG_FOLDER.")],
) -> None:
    """Make a node again from a backup; on PostgreSQL, LUMBUNG_DATABASE_URL names an empty database."""
    hashes = asyncio.run(backups.restore(read_settings(), file, into.absolute()))
    print(f"restored {len(hashes)} parts into {into}, each hash checked.")
    print(f"next: LUMBUNG_FOLDER={into} lumbung migrate; lumbung reindex; lumbung check-books")
