"""Tables in CSV and XLSX files, read line by line and bounded."""

import csv
import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from marketplace.errors import Code, MarketplaceError

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_BYTES = 64 * 1_048_576
LARGEST_UNPACKED_BYTES = 512 * 1_048_576
MOST_LINES = 500_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
EMPTY = "it is empty"
NO_WORKBOOK = ("it is not an XLSX workbook", "ini bukan lembar kerja XLSX yang utuh")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a file may be, as it comes and unpacked."""

    bytes: int = LARGEST_BYTES
    unpacked_bytes: int = LARGEST_UNPACKED_BYTES


AS_A_RULE = Bounds()


class UnreadableFile(MarketplaceError):
    """This file can't be imported: {reason}."""

    code = Code.INVALID
    pesan = "Berkas ini tidak dapat diimpor: {alasan}."

    def __init__(self, *, reason: str, alasan: str | None = None) -> None:
        super().__init__(reason=reason, alasan=alasan or reason)


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
    _check_size(path, AS_A_RULE)
    with _opened(path, AS_A_RULE) as book:
        return list(book.sheetnames)


def lines(path: Path, sheet: str | None = None, *, bounds: Bounds = AS_A_RULE) -> Iterator[Line]:
    """The file's lines, of a workbook those of its first sheet or of `sheet`; empty ones are left out.

    Raises UnreadableFile.
    """
    _check_size(path, bounds)
    rows = _xlsx(path, sheet, bounds) if path.suffix.lower() == ".xlsx" else _csv(path)
    header: list[str] = []
    for number, cells in enumerate(rows, 1):
        if number == 1:
            header = [cell.strip() for cell in cells]
            _check_header(header)
            continue
        if number > MOST_LINES:
            raise UnreadableFile(reason=f"more than {MOST_LINES} lines", alasan=f"lebih dari {MOST_LINES} baris")
        if any(cell.strip() for cell in cells):
            yield Line(number, {name: _cell(value) for name, value in zip(header, cells, strict=False) if name})
    if not header:
        raise UnreadableFile(reason=EMPTY, alasan="isinya kosong")


def _check_size(path: Path, bounds: Bounds) -> None:
    if not path.is_file():
        raise UnreadableFile(reason="there is no such file", alasan="berkasnya tidak ada")
    if path.stat().st_size > bounds.bytes:
        raise UnreadableFile(reason=f"larger than {bounds.bytes} bytes", alasan=f"lebih dari {bounds.bytes} bita")


def _check_header(header: Sequence[str]) -> None:
    named = [name for name in header if name]
    if not named or len(header) > MOST_COLUMNS:
        raise UnreadableFile(
            reason=f"its first line must name 1 to {MOST_COLUMNS} columns",
            alasan=f"baris pertamanya harus berisi 1 sampai {MOST_COLUMNS} nama kolom",
        )
    if len(set(named)) < len(named):
        raise UnreadableFile(reason="two columns have the same name", alasan="ada dua kolom yang namanya sama")


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
        raise UnreadableFile(
            reason="it is not UTF-8 text: save it as XLSX or as CSV UTF-8",
            alasan="hurufnya bukan UTF-8: simpan sebagai XLSX atau CSV UTF-8",
        ) from cause
    except csv.Error as cause:
        raise UnreadableFile(reason=f"it is not CSV: {cause}", alasan="ini bukan CSV yang utuh") from cause


@contextmanager
def _opened(path: Path, bounds: Bounds) -> "Iterator[Workbook]":
    import openpyxl  # here, since a server must not wait for it at its start
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > bounds.unpacked_bytes:
                most = bounds.unpacked_bytes
                raise UnreadableFile(
                    reason=f"unpacked it is larger than {most} bytes", alasan=f"isinya lebih dari {most} bita"
                )
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as cause:
        raise UnreadableFile(reason=NO_WORKBOOK[0], alasan=NO_WORKBOOK[1]) from cause
    try:
        if not book.worksheets:
            raise UnreadableFile(reason="it has no sheet", alasan="tidak ada lembar di dalamnya")
        yield book
    finally:
        book.close()


def _xlsx(path: Path, sheet: str | None, bounds: Bounds) -> Iterator[list[str]]:
    with _opened(path, bounds) as book:
        named = book.worksheets[0] if sheet is None else book[sheet]
        try:  # a sheet is first read here
            for row in named.iter_rows(values_only=True):
                yield [_written(value) for value in row]
        except (ParseError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError) as cause:
            raise UnreadableFile(reason=NO_WORKBOOK[0], alasan=NO_WORKBOOK[1]) from cause


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
