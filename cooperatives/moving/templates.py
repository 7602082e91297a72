"""Empty sheets to fill in: one workbook with a guide, or a CSV file each."""

import csv
import io
from collections.abc import Collection
from pathlib import Path

from cooperatives.moving.reading import GUIDE
from cooperatives.moving.sheets import SHEETS, Column, SheetKind

_GUIDE_HEADS = ("Lembar", "Kolom", "Wajib", "Isi dengan", "What to write", "Contoh")
WORKBOOK = "pindahan.xlsx"
#: Rows that are set as text, so that a NIK keeps its digits and a phone its zero.
_TEXT_ROWS = 2_000
_AS_TEXT = frozenset({"nik", "telepon", "nomor_pinjaman", "nomor", "kode"})


def workbook(kinds: Collection[SheetKind] = tuple(SheetKind)) -> bytes:
    """A workbook of these sheets, their headings alone, and a guide with an example of every column."""
    import openpyxl  # here, since a server must not wait for it at its start
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    guide = book.active
    assert guide is not None  # a new workbook has one
    guide.title = GUIDE
    guide.append(_GUIDE_HEADS)
    for kind in kinds:
        columns = SHEETS[kind]
        for column in columns:
            guide.append(_guided(kind, column))
        sheet = book.create_sheet(kind.value)
        sheet.append([column.heading for column in columns])
        sheet.freeze_panes = "A2"
        for place, column in enumerate(columns, start=1):
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = max(14, len(column.heading) + 2)
            sheet[f"{letter}1"].font = Font(bold=True)
            if column.is_needed:
                sheet[f"{letter}1"].fill = PatternFill("solid", fgColor="FFF2CC")
            if column.heading in _AS_TEXT:
                for row in range(2, _TEXT_ROWS + 2):
                    sheet[f"{letter}{row}"].number_format = "@"
    for place, width in enumerate((20, 18, 8, 46, 46, 26), start=1):
        guide.column_dimensions[get_column_letter(place)].width = width
    for cell in guide[1]:
        cell.font = Font(bold=True)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def write(folder: Path) -> list[Path]:
    """Write the workbook, and each sheet as a CSV file beside it in a folder of its own; answers the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / WORKBOOK]
    made[0].write_bytes(workbook())
    apart = folder / "csv"
    apart.mkdir(exist_ok=True)
    for kind, columns in SHEETS.items():
        path = apart / f"{kind.value}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerow([column.heading for column in columns])
        made.append(path)
    return made


def _guided(kind: SheetKind, column: Column) -> tuple[str, ...]:
    return (
        kind.value,
        column.heading,
        "ya" if column.is_needed else "",
        column.help_id,
        column.help_en,
        column.example,
    )
