"""`lumbung schema`: the GraphQL schema as text, its snapshot, and the gate against breaking clients."""

from pathlib import Path
from typing import Annotated

import typer

from marketplace import schema_gate

commands = typer.Typer()


@commands.command()
def schema(
    write: Annotated[bool, typer.Option("--write", help="Write schema/schema.graphql anew.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Fail when it is stale or breaks a client.")] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Make this the schema that later ones must not break.")
    ] = False,
) -> None:
    """Print the schema, or look after its snapshot."""
    text = schema_gate.current()
    if write or release:
        schema_gate.SNAPSHOT.write_text(text, encoding="utf-8")
    if release:
        schema_gate.RELEASED.write_text(text, encoding="utf-8")
    if check:
        faults = schema_gate.faults(text, Path("CHANGELOG.md"))
        for fault in faults:
            print(fault)
        if faults:
            raise typer.Exit(1)
        print("the schema's snapshot is fresh and breaks no client")
    elif not (write or release):
        print(text)
