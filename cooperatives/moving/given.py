"""A sheet's rows as they are read: what can't be read is told with its cell, and the rest is read on. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from cooperatives.moving import cells
from cooperatives.moving.cells import NotReadable
from cooperatives.moving.records import Reading, Told
from cooperatives.moving.sheets import SHEETS, SheetKind, columns_of

T = TypeVar("T")
#: A sheet's rows: the number in the sheet, and the cells by heading.
Table = Sequence[tuple[int, Mapping[str, str]]]
MOST_ROWS = 10_000
#: Columns whose sum is held against the books, and against a row of totals.
SUMMED = ("pokok", "wajib", "sukarela", "saldo", "sisa_pokok", "tunggakan_jasa", "jumlah", "nilai")
#: Where people write that a row only adds up the others.
_TITLES = ("nomor_anggota", "unit", "kode", "nama")


class GivenRow:
    """One row while it is read: what can't be read is told, and the others are read on."""

    def __init__(self, found: Reading, kind: SheetKind, number: int, given: Mapping[str, str]) -> None:
        self.found, self.kind, self.number, self.given = found, kind, number, given
        self.is_right = True

    def refuse(self, column: str, message: str, pesan: str) -> None:
        self.is_right = False
        self.found.refusals.append(Told(self.kind.value, self.number, column, message, pesan))

    def note(self, column: str, message: str, pesan: str) -> None:
        self.found.notes.append(Told(self.kind.value, self.number, column, message, pesan))

    def read(self, column: str, how: Callable[[str], T], missing: T) -> T:
        """The cell's meaning; `missing` where it was refused."""
        text = self.given.get(column, "")
        if not cells.words(text) and any(c.heading == column and c.is_needed for c in SHEETS[self.kind]):
            self.refuse(column, "empty: fill it in", "kosong: isi dahulu")
            return missing
        try:
            return how(text)
        except NotReadable as cause:
            self.refuse(column, cause.message, cause.pesan)
            return missing

    def text(self, column: str, most: int) -> str:
        found = self.read(column, cells.words, "")
        if len(found) > most:
            self.refuse(column, f"longer than {most} characters", f"lebih dari {most} huruf")
        return found


def given_rows(found: Reading, kind: SheetKind, table: Table) -> list[GivenRow]:
    if not table:
        return []
    columns, missing = columns_of(kind, table[0][1])
    for heading in missing:
        pesan = f"kolom {heading} tidak ada: tambahkan, seperti di berkas contoh"
        found.refusals.append(Told(kind.value, 1, heading, f"no column {heading}: add it, as in the template", pesan))
    if len(table) > MOST_ROWS:
        found.refusals.append(
            Told(
                kind.value,
                table[MOST_ROWS][0],
                "",
                f"more than {MOST_ROWS} rows: bring them in several sets",
                f"lebih dari {MOST_ROWS} baris: pindahkan dalam beberapa bagian",
            )
        )
    if missing or len(table) > MOST_ROWS:
        return []
    made = [
        GivenRow(found, kind, number, {ours: given.get(theirs, "") for ours, theirs in columns.items()})
        for number, given in table
    ]
    filled = [row for row in made if any(cells.words(text) for text in row.given.values())]
    for row in filter(_is_total, filled):
        for heading in filter(lambda heading: cells.words(row.given.get(heading, "")), SUMMED):
            found.controls[kind.value, heading] = row.number, row.read(heading, cells.amount, 0)
    return [row for row in filled if not _is_total(row)]


def _is_total(row: GivenRow) -> bool:
    """Whether the row only adds the others up, as people write below a list: its sums are control totals."""
    said = {cells.words(row.given.get(column, "")).lower().rstrip(":") for column in _TITLES}
    return bool(said & {"jumlah", "total", "grand total"})
