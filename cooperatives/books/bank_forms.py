"""Templates: how one bank writes its statements. Those that ship stand in banks/*.toml, each with its source. Pure.

A template says by which names a bank calls its columns, how it writes days, and how it says in or out. A node
may keep templates of its own beside those that ship (`LUMBUNG_FOLDER/banks/*.toml`), and a co-op in its books.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any


class UnknownForm(ValueError):
    """No template of this name, or none that fits the file."""


@dataclass(frozen=True, slots=True)
class Template:
    """How one bank writes its statement."""

    name: str
    title: str
    header: tuple[str, ...]  # words that all stand in the row of names; `a|b`: either
    days: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    marks_in: tuple[str, ...] = ()
    marks_out: tuple[str, ...] = ()
    period: str = ""
    period_day: str = "%d/%m/%Y"
    opening: str = ""
    closing: str = ""
    pending: tuple[str, ...] = ()
    source: str = ""  # whence its columns are known


def template_of(name: str, text: str) -> Template:
    """A template from its TOML. Raises UnknownForm when it is none."""
    try:
        found: dict[str, Any] = tomllib.loads(text)
        return Template(
            name=name,
            title=found["title"],
            header=tuple(found["header"]),
            days=tuple(found["days"]),
            columns={ours: tuple(theirs) for ours, theirs in found["columns"].items()},
            marks_in=tuple(found.get("marks_in", ())),
            marks_out=tuple(found.get("marks_out", ())),
            period=found.get("period", ""),
            period_day=found.get("period_day", "%d/%m/%Y"),
            opening=found.get("opening", ""),
            closing=found.get("closing", ""),
            pending=tuple(found.get("pending", ())),
            source=found.get("source", ""),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as cause:
        raise UnknownForm(f"{name}: {cause}") from cause


@cache
def shipped() -> tuple[Template, ...]:
    """The templates that ship, by name."""
    folder = files("cooperatives.books").joinpath("banks")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        template_of(name.removesuffix(".toml"), folder.joinpath(name).read_text(encoding="utf-8")) for name in names
    )


def templates(folder: Path | None) -> list[Template]:
    """Those that ship and the node's own, which come first."""
    own = sorted((folder / "banks").glob("*.toml")) if folder is not None else []
    return [template_of(path.stem, path.read_text(encoding="utf-8")) for path in own] + list(shipped())
