"""`lumbung verify-receipt`: is a file of custody receipts what it says? Needs no node, no database, no network."""

from pathlib import Path
from typing import Annotated

import typer

from marketplace.deliveries.signing import files
from marketplace.deliveries.signing.attesting import is_key

commands = typer.Typer()


@commands.command("verify-receipt")
def verify_receipt(
    file: Annotated[Path, typer.Argument(help="What `DeliveryJob.custodyFile` gave.")],
    key: Annotated[list[str] | None, typer.Option(help="A device key that you trust; repeatable.")] = None,
    node_key: Annotated[list[str] | None, typer.Option(help="The node key (`custodyNodeKey`); repeatable.")] = None,
) -> None:
    """Verify hashes, signatures and chain of custody receipts. Exits 1 and names what is wrong."""
    given = [*(key or []), *(node_key or [])]
    wrong = [one for one in given if not is_key(one)]
    if wrong:
        raise typer.BadParameter(f"a public key is 64 lower-case hexadecimal digits, not {wrong[0]!r}")
    try:
        if file.stat().st_size > files.LARGEST_BYTES:
            raise files.Unreadable(f"larger than {files.LARGEST_BYTES} bytes")
        filed = files.read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, files.Unreadable) as cause:
        print(f"unreadable: {cause}")
        raise typer.Exit(1) from cause
    verdict = files.verify(filed, trusted=frozenset(key or []), node_keys=frozenset(node_key or []))
    for line in verdict.lines:
        print(line)
    for fault in verdict.faults:
        print(f"broken: {fault}")
    if not key or not node_key:
        print("held against itself alone: ask giver, taker and node for their keys, and name them")
    for public_key in sorted(verdict.keys):
        print(f"device key {public_key}")
    for public_key in sorted({one.node_key for one in filed if one.node_key}):
        print(f"node key {public_key}")
    print(
        f"verify-receipt: {'broken' if verdict.faults else 'ok'} receipts={len(filed)} faults={len(verdict.faults)}"
    )
    if verdict.faults:
        raise typer.Exit(1)
