"""The sheets of a set: what each is called, its columns (data/sheets.csv), and what to write in them. Pure."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files


class SheetKind(StrEnum):
    """What a sheet brings. The value is its name, and that of its file where each is one of its own."""

    MEMBERS = "anggota"
    SAVINGS = "simpanan"
    DEPOSITS = "simpanan_berjangka"
    LOANS = "pinjaman"
    STOCK = "persediaan"
    BALANCES = "neraca_saldo"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, other headings that mean it, whether a row must fill it, and what to write."""

    heading: str
    also: tuple[str, ...]
    is_needed: bool
    help_id: str
    help_en: str
    example: str


def _read() -> Mapping[SheetKind, tuple[Column, ...]]:
    text = files("cooperatives.moving").joinpath("data/sheets.csv").read_text(encoding="utf-8")
    found: dict[SheetKind, tuple[Column, ...]] = dict.fromkeys(SheetKind, ())
    for row in csv.DictReader(text.splitlines()):
        also = tuple(name for name in row["also"].split("|") if name)
        column = Column(row["heading"], also, bool(row["needed"]), row["id"], row["en"], row["example"])
        found[SheetKind(row["sheet"])] += (column,)
    return found


SHEETS = _read()


def kind_of(name: str) -> SheetKind | None:
    """Which sheet a name means: `Simpanan Berjangka` as `simpanan_berjangka`."""
    bare = "_".join(name.lower().replace("-", " ").replace("_", " ").split())
    return next((kind for kind in SheetKind if kind.value == bare), None)


def columns_of(kind: SheetKind, header: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Which of the sheet's headings is which of ours (ours to theirs), and which needed ones are missing."""
    found: dict[str, str] = {}
    for theirs in header:
        bare = " ".join(theirs.lower().replace("_", " ").split())
        for column in SHEETS[kind]:
            ours = column.heading.replace("_", " ")
            if column.heading not in found and (bare == ours or bare in column.also):
                found[column.heading] = theirs
    return found, [column.heading for column in SHEETS[kind] if column.is_needed and column.heading not in found]
