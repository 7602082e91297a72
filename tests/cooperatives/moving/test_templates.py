"""The sheets to fill in, all or one of them, and which sheet a file that comes back is."""

import io

import openpyxl
import pytest

from cooperatives.moving import templates
from cooperatives.moving.sheets import SheetKind
from marketplace.files.moving import name_of


@pytest.mark.parametrize("kinds", [tuple(SheetKind), (SheetKind.STOCK,)])
def test_a_template_has_these_sheets_and_a_guide_to_them(kinds: tuple[SheetKind, ...]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(templates.workbook(kinds)))
    assert book.sheetnames == ["petunjuk", *(kind.value for kind in kinds)]
    assert {row[0].value for row in book["petunjuk"].iter_rows(min_row=2)} == {kind.value for kind in kinds}


@pytest.mark.parametrize(
    ("given", "read_as"),
    [
        ("", "pindahan.xlsx"),
        ("Anggota.CSV", "anggota.csv"),
        ("Simpanan Berjangka.xlsx", "simpanan_berjangka.xlsx"),
        ("../../etc/passwd", "pindahan.xlsx"),
        ("../persediaan.csv", "persediaan.csv"),
        ("..", "pindahan.xlsx"),
        ("a" * 5000 + ".csv", "pindahan.csv"),
    ],
)
def test_of_a_name_only_the_kind_and_the_sheet_are_believed(given: str, read_as: str) -> None:
    assert name_of(given) == read_as
