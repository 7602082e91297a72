"""A set's sheets out of files: one workbook, or a folder of CSV and XLSX files."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from cooperatives.moving.records import Told
from cooperatives.moving.sheets import SheetKind, kind_of
from marketplace import tables
from marketplace.errors import Code, MarketplaceError

#: The sheet of the templates that tells how to fill in the others.
GUIDE = "petunjuk"
MOST_FILES = 20


class NothingToMove(MarketplaceError):
    """There is no sheet to move in: name them {names}, as the templates do."""

    code = Code.INVALID
    pesan = "Tidak ada lembar yang dapat dipindahkan: beri nama {names}, seperti berkas contoh."


class SheetTwice(MarketplaceError):
    """The sheet {name} is there twice: leave one out."""

    code = Code.DUPLICATE
    pesan = "Lembar {name} ada dua: hapus salah satu."


@dataclass(slots=True)
class Sheets:
    """What the files hold: of each sheet its rows with their numbers, and which sheets were not read."""

    tables: dict[SheetKind, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    notes: list[Told] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """The same for the same cells, whatever files they came in."""
        return hashlib.sha256(orjson.dumps(self._plain, option=orjson.OPT_SORT_KEYS)).hexdigest()

    def as_text(self) -> str:
        """To be kept until a second officer agrees."""
        return orjson.dumps(self._plain).decode()

    @classmethod
    def from_text(cls, text: str) -> "Sheets":
        """The reverse of `as_text`."""
        kept = orjson.loads(text)
        return cls({SheetKind(name): [(int(row[0]), row[1]) for row in rows] for name, rows in kept.items()})

    @property
    def _plain(self) -> Mapping[str, list[tuple[int, dict[str, str]]]]:
        return {kind.value: rows for kind, rows in self.tables.items()}


def read(path: Path) -> Sheets:
    """Read a workbook, or every CSV and XLSX file of a folder. Raises UnreadableFile, SheetTwice, NothingToMove."""
    found = Sheets()
    for name, rows in _named(path):
        kind = kind_of(name)
        if kind is None:
            if name.strip().lower() != GUIDE:
                found.notes.append(Told(name[:40], 0, "", "this sheet was not read", "lembar ini tidak dibaca"))
            continue
        if kind in found.tables:
            raise SheetTwice(name=kind.value)
        found.tables[kind] = [(line.number, line.cells) for line in rows]
    if not any(found.tables.values()):
        raise NothingToMove(names=", ".join(SheetKind))
    return found


def _named(path: Path) -> Iterator[tuple[str, Iterable[tables.Line]]]:
    """Every sheet there is, by name."""
    paths = (
        sorted(one for one in path.iterdir() if one.suffix.lower() in (".csv", ".xlsx")) if path.is_dir() else [path]
    )
    if len(paths) > MOST_FILES:
        raise tables.UnreadableFile(reason=f"the folder holds more than {MOST_FILES} files")
    for one in paths:
        if one.suffix.lower() != ".xlsx":
            yield one.stem, tables.lines(one)
            continue
        names = tables.sheets(one)
        for name in names:
            # A workbook of one sheet may be named by its file, as spreadsheets call the sheet what they like.
            is_file = len(names) == 1 and kind_of(name) is None
            yield one.stem if is_file else name, _filled(one, name)


def _filled(path: Path, sheet: str) -> Iterable[tables.Line]:
    """The sheet's lines; none of a sheet that is empty, as treasurers leave those that they have no use for."""
    try:
        yield from tables.lines(path, sheet)
    except tables.UnreadableFile as refused:
        if refused.values["reason"] != tables.EMPTY:
            raise
