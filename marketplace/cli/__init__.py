"""The command `lumbung`.

Each file of this folder holds some of the sub-commands in a Typer named `commands`; they are found by
themselves. What a command needs of the node it takes from `marketplace.cli.node`.
"""

import gc
import importlib
import pkgutil
import sys

import typer

from marketplace import __version__
from marketplace.cli.node import NotMigrated
from marketplace.errors import MarketplaceError
from marketplace.settings import SettingsRefused

#: New objects between two looks for garbage. Laying all tables makes many that live until the end: by Python's own
#: 700 that takes twice as long.
SELDOM = 100_000

app = typer.Typer(
    name="lumbung",
    help="A marketplace node for co-operatives: serve it, fill it, look after it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


def _gather() -> None:
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        commands = getattr(importlib.import_module(f"{__name__}.{module.name}"), "commands", None)
        if isinstance(commands, typer.Typer):
            app.add_typer(commands)


def main() -> None:
    """Run the command line; a refusal is one plain message and exit code 1, never a traceback."""
    # What is imported stays for good: looking through it for garbage again and again costs a fifth of the start.
    gc.disable()
    _gather()
    gc.freeze()
    gc.enable()
    gc.set_threshold(SELDOM)
    try:
        app()
    except (SettingsRefused, MarketplaceError, NotMigrated) as refused:
        print(refused, file=sys.stderr)
        for fault in getattr(refused, "faults", ()):
            print(f"  {'.'.join(fault.path)}: {fault.message}", file=sys.stderr)
        sys.exit(1)
