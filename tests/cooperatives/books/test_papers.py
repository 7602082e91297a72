"""Papers as workbook and PDF: nothing runs, nothing is lost, nothing overflows."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperatives.books.papers import pdf, xlsx
from cooperatives.books.papers.paper import Column, Folder, Paper, Row, amount
from cooperatives.books.statements import RowKind
from tests.journeys.test_treasurer_month import text_of

COLUMNS = (Column("Tanggal", 0.8), Column("Uraian", 3), Column("Jumlah", 1, is_amount=True))


def folder(rows: list[Row], *, is_wide: bool = False, signers: tuple[str, ...] = ("Ketua",)) -> Folder:
    paper = Paper("Jurnal", "Jurnal", "November 2026", COLUMNS, rows, ("Catatan",), is_wide)
    return Folder("Koperasi Uji", "3578010020001", "id", [paper], signers, "Segel terakhir buku: 1 / ab", "Dicetak")


def test_what_a_person_wrote_does_not_run_in_a_spreadsheet() -> None:
    told = ["=HYPERLINK(1)", "+1", "-1+1", "@x", "bia\x07sa"]
    rows = [Row((date(2026, 11, 1), text, -5)) for text in told]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write(folder(rows))))["Jurnal"]
    cells = [row[1] for row in sheet.iter_rows(min_row=6, max_row=10)]
    assert [cell.data_type for cell in cells] == ["s"] * 5
    assert [cell.value for cell in cells] == ["'=HYPERLINK(1)", "'+1", "'-1+1", "'@x", "bia sa"]
    assert sheet["C6"].value == -5


def test_a_sheets_name_is_one_that_a_workbook_takes() -> None:
    names = ["0001 Warung / Bu [Sri]: *?", "x" * 80, "0001 Warung / Bu [Sri]: *?"]
    papers = [Paper(name, "Judul", "", COLUMNS, [Row((None, "a", 1))]) for name in names]
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(Folder("K", None, "id", papers))))
    assert len(set(book.sheetnames)) == 3
    assert all(len(name) <= 31 for name in book.sheetnames)


@pytest.mark.parametrize(("value", "told"), [(0, "-"), (1_234_567, "1.234.567"), (-1_000, "(1.000)")])
def test_amounts_as_bookkeepers_write_them(value: int, told: str) -> None:
    assert amount(value) == told


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=200), st.integers(-(10**15), 10**15), st.sampled_from(RowKind))
def test_any_words_print(text: str, value: int, kind: RowKind) -> None:
    content = pdf.write(folder([Row((date(2026, 11, 1), text, value), kind)]))
    assert content.startswith(b"%PDF-")


def test_a_long_paper_goes_on_with_its_head_on_each_page() -> None:
    rows = [Row((date(2026, 11, 1), f"Baris {number}", number)) for number in range(1, 121)]
    told = text_of(pdf.write(folder(rows, is_wide=True)))
    pages = told.count("(Tanggal)")
    assert pages == told.count("(Koperasi Uji)") > 3
    assert all(f"(Baris {number})" in told for number in range(1, 121))
    assert "Segel terakhir buku: 1 / ab" in told
