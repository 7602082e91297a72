"""`lumbung settings`: every setting as a table."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from marketplace.settings import DEVELOPMENT_SECRET, PREFIX, Settings

commands = typer.Typer()
FILE = Path("docs/settings.md")
HEAD = """# Settings

Made by `lumbung settings --write`. Any of them may stand in a file instead: `LUMBUNG_X_FILE=/path`.

| variable | takes | unless set |
|---|---|---|
"""


def table() -> str:
    """The settings as Markdown, made from `Settings` itself so that it can't go stale unseen."""
    return HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    usual = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    if usual == DEVELOPMENT_SECRET:
        shown = "one for development, refused in production"
    elif usual in ("", (), None):
        shown = "nothing"
    else:
        shown = f"`{str(usual).lower() if isinstance(usual, bool) else usual}`"
    takes = (field.description or "").replace("|", "\\|")
    return f"| `{PREFIX}{name.upper()}` | {takes} | {shown} |\n"


@commands.command()
def settings(
    write: Annotated[bool, typer.Option("--write", help=f"Write {FILE} anew.")] = False,
    check: Annotated[bool, typer.Option("--check", help=f"Fail when {FILE} is stale.")] = False,
) -> None:
    """Print every setting: its variable, what it takes, and what holds unless it is set."""
    text = table()
    if write:
        FILE.write_text(text, encoding="utf-8")
    elif check:
        if not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
            print(f"{FILE} is stale: lumbung settings --write")
            raise typer.Exit(1)
        print(f"{FILE} is fresh")
    else:
        print(text)
