"""`lumbung sandbox`: a node whose sellers, drivers and payers answer by themselves."""

import asyncio
import os
from typing import Annotated

import typer

from marketplace import migrating, sandbox, sandbox_meeting, seed, settings, wiring
from marketplace.cli.node import on_node
from marketplace.cli.seed import print_some
from marketplace.cli.serve import serve

commands = typer.Typer()
FOLDER = "var/sandbox"


@commands.command(name="sandbox")
def run_sandbox(
    speed: Annotated[float, typer.Option(min=1, max=100, help="How many times as fast the clock runs.")] = 1.0,
) -> None:
    """Serve a town for trying out a front end: it cooks and carries by itself, in its own folder (var/sandbox)."""
    os.environ.setdefault("LUMBUNG_FOLDER", FOLDER)
    os.environ.update(LUMBUNG_SANDBOX="true", LUMBUNG_WORKER_IN_PROCESS="true", LUMBUNG_PROCESSES="1")
    asyncio.run(migrating.migrate(settings.read()))
    print_some(on_node(lambda _: seed.plant()))
    on_node(lambda _: sandbox_meeting.call_together())
    print("Words in an order's note that make something go wrong:")
    for word, meaning in sandbox.TRIGGERS.items():
        print(f"  {word:<16} {meaning}")
    sandbox.run_clock_at(speed)
    wiring.TIMETABLE.append(("sandbox.live", sandbox.EVERY_S, sandbox.live))
    serve(migrate=False)
