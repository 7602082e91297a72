"""`lumbung web`: build the web app, check its sources, run its own tests."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from marketplace.web import building

commands = typer.Typer()


class Work(StrEnum):
    """What to do with the sources of the web app."""

    BUILD = "build"
    CHECK = "check"
    TEST = "test"
    FORMAT = "format"
    PACK = "pack"


#: Where the packed client lies.
PACKED = Path("dist")


@commands.command()
def web(
    work: Work,
    if_possible: Annotated[bool, typer.Option(help="Where it can't be built, say so, and go on without it.")] = False,
) -> None:
    """Build the web app unless fresh; check types and style, run unit tests, lay sources out; pack its client."""
    if not building.has_sources():
        print("The web app's sources are not here; what was built of them is part of this installation.")
        return
    try:
        if work is Work.PACK:
            print(building.pack(PACKED.absolute()))
        elif work is not Work.BUILD:
            building.run(work)
        elif building.build():
            print("The web app is built.")
    except building.NotBuilt as refused:
        if not if_possible:
            raise
        print(refused, file=sys.stderr)
        print("The API is served all the same, WITHOUT the web app.", file=sys.stderr)
