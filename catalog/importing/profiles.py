"""What a file's columns and words mean here: a profile, in TOML, with a part for sellers and one for listings.

    [sellers.columns]               # field = a column of the file, or several: the first that is filled
    external_id = "seller_id"
    region_code = ["district_code", "regency_code"]

    [listings.constants]            # field = the same text for every line, where its column gives none
    kind = "FOOD"

    [listings.values.unit]          # words of a column -> ours; others stay as they are
    "kg" = "KILOGRAM"

    [listings.words.category_code]  # the first of these words that stands in one of the columns decides
    columns = ["item_name", "section"]
    otherwise = "food"
    [listings.words.category_code.map]
    "kopi" = "food.coffee"

Without a profile a file has our own columns, as `lumbung export` writes them. Profiles that ship with the
node stand in `catalog/profiles/` and are called by name.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marketplace.tables import Line, UnreadableFile

SHIPPED = Path(__file__).parent.parent / "profiles"


@dataclass(frozen=True, slots=True)
class Words:
    """A field told by the words in some columns."""

    columns: tuple[str, ...]
    map: Mapping[str, str]
    otherwise: str = ""

    def find(self, cells: Mapping[str, str]) -> str:
        for column in self.columns:
            text = f" {' '.join(re.findall(r'[a-z0-9]+', cells.get(column, '').lower()))} "
            for word, value in self.map.items():
                if f" {word} " in text:
                    return value
        return self.otherwise


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile. `columns` None: the file's columns are our fields."""

    columns: Mapping[str, tuple[str, ...]] | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)

    def read(self, line: Line) -> dict[str, str]:
        """The line's texts by our fields; empty texts are left out, unless their column is there."""
        if self.columns is None:
            found = dict(line.cells)
        else:
            found = {}
            for name, columns in self.columns.items():
                filled = [text for column in columns if (text := line.cells.get(column, ""))]
                if filled or any(column in line.cells for column in columns):
                    found[name] = filled[0] if filled else ""
        for name, words in self.values.items():
            if name in found:
                found[name] = words.get(found[name].lower(), found[name])
        for name, rule in self.words.items():
            found[name] = found.get(name) or rule.find(line.cells)
        for name, text in self.constants.items():
            found[name] = found.get(name) or text
        return found

    def column_of(self, name: str) -> str:
        """The file's column that a field comes from, for a report."""
        if self.columns is not None and name in self.columns:
            return "/".join(self.columns[name])
        return "/".join(self.words[name].columns) if name in self.words else name


def shipped(name: str, what: str) -> Profile:
    """The part for `what` (sellers, listings) of a profile that ships with the node. Raises UnreadableFile."""
    path = SHIPPED / f"{name}.toml"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        known = ", ".join(sorted(found.stem for found in SHIPPED.glob("*.toml")))
        raise UnreadableFile(reason=f"there is no profile {name!r}; shipped ones: {known}")
    return _part(path, what)


def load(name: str, what: str) -> Profile:
    """The same, or of a TOML file where `name` is a path. Raises UnreadableFile."""
    return _part(Path(name), what) if name.endswith(".toml") else shipped(name, what)


def _part(path: Path, what: str) -> Profile:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise UnreadableFile(reason=f"profile {path}: {cause}") from cause
    if not isinstance(written.get(what), dict):
        raise UnreadableFile(reason=f"profile {path} has no part for {what}")
    return of(written[what])


def of(written: Mapping[str, Any]) -> Profile:
    """A profile from its TOML."""
    try:
        return Profile(
            columns={name: _several(given) for name, given in written["columns"].items()}
            if "columns" in written
            else None,
            constants={name: str(text) for name, text in written.get("constants", {}).items()},
            values={
                name: {word.lower(): str(value) for word, value in words.items()}
                for name, words in written.get("values", {}).items()
            },
            words={
                name: Words(
                    columns=_several(rule["columns"]),
                    map={word.lower(): str(value) for word, value in rule.get("map", {}).items()},
                    otherwise=str(rule.get("otherwise", "")),
                )
                for name, rule in written.get("words", {}).items()
            },
        )
    except (AttributeError, KeyError, TypeError) as cause:
        raise UnreadableFile(reason=f"the profile is not of the documented form ({cause})") from cause


def _several(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
