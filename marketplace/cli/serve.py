"""`lumbung serve`: the HTTP server."""

import asyncio
from typing import Annotated

import typer
import uvicorn

from marketplace import migrating
from marketplace.cli.node import read_settings
from marketplace.sockets import largest_message

commands = typer.Typer()

GRACE_S = 20
#: Longer than the proxies before a node keep theirs (nginx: 60 s): else one speaks into a closing door.
KEEP_ALIVE_S = 75
#: A serving process that answers its parent no more for so long is ended; a busy machine may take over 5 s.
HUNG_AFTER_S = 30


@commands.command()
def serve(
    migrate: Annotated[bool, typer.Option(help="Bring the database up to date first.")] = False,
) -> None:
    """Serve the API (LUMBUNG_HOST, LUMBUNG_PORT, LUMBUNG_PROCESSES). Stops gracefully on SIGTERM."""
    settings = read_settings()
    if migrate:
        for name in asyncio.run(migrating.migrate(settings)):
            print(f"migrated {name}")
    uvicorn.run(
        "marketplace.starting:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.processes if settings.processes > 1 else None,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=largest_message(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_worker_healthcheck=HUNG_AFTER_S,
    )
