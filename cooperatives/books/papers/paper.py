"""A printed table: who, what, when, columns and rows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cooperatives.books.papers.drawing import Drawing
from cooperatives.books.statements import RowKind

#: What stands in a cell: words, whole rupiah, a day, or nothing.
Cell = str | int | date | None

LINE, HEADING, SUBTOTAL, TOTAL = RowKind.LINE, RowKind.HEADING, RowKind.SUBTOTAL, RowKind.TOTAL


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `share` is its part of the paper's width, against the others'."""

    title: str
    share: float = 1.0
    is_amount: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, one a column."""

    cells: tuple[Cell, ...]
    kind: RowKind = LINE
    level: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of prose, or the heading over some."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One table with its head, the prose above it and what stands below it; without columns it is prose alone."""

    name: str  # of the sheet in a workbook
    title: str
    period: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    notes: tuple[str, ...] = ()
    is_wide: bool = False
    drawing: Drawing | None = None  # printed below all
    prose: tuple[Passage, ...] = ()
    signers: tuple[str, ...] = ()  # who signs below it (office, and his name in a second line); else the folder's


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a folder that is read as a book: below it the papers' titles with their pages."""

    title: str
    lines: tuple[str, ...]
    contents: str  # heading of the list


@dataclass(frozen=True, slots=True)
class Folder:
    """Papers of one co-op that are printed together, in the order given."""

    cooperative: str
    registration_number: str | None
    language: str
    papers: Sequence[Paper]
    signers: tuple[str, ...] = ()
    proof: str = ""
    printed: str = ""
    cover: Cover | None = None
    file_name: str = field(default="pembukuan")


def amount(value: int) -> str:
    """As bookkeepers write it: 1.234.567, what is below zero in brackets, nothing as a dash."""
    if value == 0:
        return "-"
    digits = f"{abs(value):,}".replace(",", ".")
    return f"({digits})" if value < 0 else digits


def words(cell: Cell, *, is_amount: bool) -> str:
    """A cell as it is printed."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year}"
    return amount(cell) if isinstance(cell, int) and is_amount else str(cell)
