"""`lumbung audit-votes`: is the result of a vote what its ballots make? Of a results file, or of the whole node."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cooperatives.governance import publishing, results
from marketplace.cli.node import on_node
from marketplace.wiring import Adapters

commands = typer.Typer()
LARGEST_BYTES = 64 * 1_048_576


@commands.command("audit-votes")
def audit_votes(
    file: Annotated[
        Path | None,
        typer.Argument(help="What `Motion.results` gave; it needs no node. Left out: every vote of this node."),
    ] = None,
) -> None:
    """Recount votes and verify every secret ballot. Exits 1 and names what was added, changed or removed."""
    votes, faults = on_node(_of_node) if file is None else _of_file(file)
    for fault in faults:
        print(f"broken: {fault}")
    print(f"audit-votes: {'broken' if faults else 'ok'} votes={votes} faults={len(faults)}")
    if faults:
        raise typer.Exit(1)


async def _of_node(_: Adapters) -> tuple[int, list[str]]:
    votes, faults = 0, list[str]()
    async for motion, found in publishing.audited_all():
        votes += 1
        faults += [f"motion {motion}: {fault}" for fault in found]
    return votes, faults


def _of_file(file: Path) -> tuple[int, list[str]]:
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise ValueError(f"larger than {LARGEST_BYTES} bytes")
        said: Any = json.loads(file.read_text(encoding="utf-8"))
        faults = results.audit(said)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        print(f"unreadable: {cause}")
        raise typer.Exit(1) from cause
    print(f"{said['title']}: {json.dumps(said['result'])}")
    print(f"its SHA-256, as it was read out: {results.digest(said)}")
    return 1, faults
