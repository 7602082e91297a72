"""Tables in CSV and XLSX files, read line by line and bounded."""

import csv
import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from marketplace.errors import Code, MarketplaceError

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_BYTES = 64 * 1_048_576
LARGEST_UNPACKED_BYTES = 512 * 1_048_576
MOST_LINES = 500_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
EMPTY = "it is empty"


class UnreadableFile(MarketplaceError):
    """This file can't be imported: {reason}."""

    code = Code.INVALID
    pesan = "Berkas ini tidak dapat diimpor: {reason}."


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its number in the file (the header is 1) and its cells by column."""

    number: int
    cells: dict[str, str]


def fingerprint(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sheets(path: Path) -> list[str]:
    """The names of a workbook's sheets. Raises UnreadableFile."""
    _check_size(path)
    with _opened(path) as book:
        return list(book.sheetnames)


def lines(path: Path, sheet: str | None = None) -> Iterator[Line]:
    """The file's lines, of a workbook those of its first sheet or of `sheet`; empty ones are left out.

    Raises UnreadableFile.
    """
    _check_size(path)
    rows = _xlsx(path, sheet) if path.suffix.lower() == ".xlsx" else _csv(path)
    header: list[str] = []
    for number, cells in enumerate(rows, 1):
        if number == 1:
            header = [cell.strip() for cell in cells]
            _check_header(header)
            continue
        if number > MOST_LINES:
            raise UnreadableFile(reason=f"more than {MOST_LINES} lines")
        if any(cell.strip() for cell in cells):
            yield Line(number, {name: _cell(value) for name, value in zip(header, cells, strict=False) if name})
    if not header:
        raise UnreadableFile(reason=EMPTY)


def _check_size(path: Path) -> None:
    if not path.is_file():
        raise UnreadableFile(reason="there is no such file")
    if path.stat().st_size > LARGEST_BYTES:
        raise UnreadableFile(reason=f"larger than {LARGEST_BYTES} bytes")


def _check_header(header: Sequence[str]) -> None:
    named = [name for name in header if name]
    if not named or len(header) > MOST_COLUMNS:
        raise UnreadableFile(reason=f"its first line must name 1 to {MOST_COLUMNS} columns")
    if len(set(named)) < len(named):
        raise UnreadableFile(reason="two columns have the same name")


def _cell(value: str) -> str:
    """A cell's text; the apostrophe that keeps a spreadsheet from running it is taken off."""
    text = value.strip()[: LONGEST_CELL + 1]
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def _csv(path: Path) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            delimiter = ";" if head.count(";") > head.count(",") else ","
            file.seek(0)
            yield from csv.reader(file, delimiter=delimiter, strict=True)
    except UnicodeDecodeError as cause:
        raise UnreadableFile(reason="it is not UTF-8 text") from cause
    except csv.Error as cause:
        raise UnreadableFile(reason=f"it is not CSV: {cause}") from cause


@contextmanager
def _opened(path: Path) -> "Iterator[Workbook]":
    import openpyxl  # here, since a server must not wait for it at its start
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED_BYTES:
                raise UnreadableFile(reason=f"unpacked it is larger than {LARGEST_UNPACKED_BYTES} bytes")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as cause:
        raise UnreadableFile(reason="it is not an XLSX workbook") from cause
    try:
        if not book.worksheets:
            raise UnreadableFile(reason="it has no sheet")
        yield book
    finally:
        book.close()


def _xlsx(path: Path, sheet: str | None) -> Iterator[list[str]]:
    with _opened(path) as book:
        named = book.worksheets[0] if sheet is None else book[sheet]
        for row in named.iter_rows(values_only=True):
            yield [_written(value) for value in row]


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
