"""Papers as a workbook: a sheet each, amounts as numbers, so that a treasurer can go on reckoning."""

import io
import re
from datetime import date
from typing import Any

from cooperatives.books.papers import raster
from cooperatives.books.papers.paper import HEADING, LINE, SUBTOTAL, TOTAL, Cell, Folder, Paper
from cooperatives.books.papers.texts import held

NUMBER = '#,##0;(#,##0);"-"'
DAY = "dd/mm/yyyy"


def write(folder: Folder) -> bytes:
    """The workbook's content. Takes time: call it off the loop."""
    import openpyxl  # here, since a server must not wait for it at its start

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for paper in folder.papers:
        _sheet(book.create_sheet(_name(paper.name)), folder, paper)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def safe(cell: Cell) -> Cell:
    """Text that a spreadsheet will not run as a formula, without signs that a workbook can't hold."""
    if not isinstance(cell, str):
        return cell
    bare = held(cell)
    return f"'{bare}" if bare[:1] in tuple("=+-@") and bare != "-" else bare


def _name(text: str) -> str:
    """The text as a sheet's name: short, without the signs that mean something in a formula."""
    return re.sub(r"[\[\]:*?/\\']", " ", held(text))[:28].strip() or "-"


def _sheet(sheet: Any, folder: Folder, paper: Paper) -> None:
    from openpyxl.drawing.image import Image
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    bold, thin, double = Font(bold=True), Side(style="thin"), Side(style="double")
    for number, text in enumerate((folder.cooperative, paper.title, paper.period), start=1):
        sheet.cell(number, 1, safe(text)).font = Font(bold=True, size=14 if number == 2 else 11)
    top = 5
    for passage in paper.prose:
        cell = sheet.cell(top, 1, safe(passage.text))
        cell.font, cell.alignment = Font(bold=passage.is_heading), Alignment(wrap_text=True, vertical="top")
        if not passage.is_heading:
            sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=max(1, len(paper.columns)))
            sheet.row_dimensions[top].height = 15 * (1 + len(passage.text) // 90 + passage.text.count("\n"))
        top += 1
    if not paper.columns:
        sheet.column_dimensions["A"].width = 100
    for place, column in enumerate(paper.columns, start=1):
        head = sheet.cell(top, place, safe(column.title))
        head.font, head.border = bold, Border(top=thin, bottom=thin)
        head.alignment = Alignment(horizontal="right" if column.is_amount else "left", wrap_text=True)
        widest = max((len(str(row.cells[place - 1] or "")) for row in paper.rows[:500]), default=10)
        sheet.column_dimensions[get_column_letter(place)].width = min(60, max(12, len(column.title), widest * 1.3))
    for number, row in enumerate(paper.rows, start=top + 1):
        for place, (value, column) in enumerate(zip(row.cells, paper.columns, strict=True), start=1):
            cell = sheet.cell(number, place, safe(value))
            if row.kind is not LINE:
                cell.font = bold
            if place == 1 and row.level:
                cell.alignment = Alignment(indent=row.level * 2)
            if column.is_amount:
                cell.number_format = NUMBER
                if row.kind in (SUBTOTAL, TOTAL):
                    cell.border = Border(top=thin, bottom=double if row.kind is TOTAL else None)
            elif isinstance(value, date):
                cell.number_format = DAY
    for number, note in enumerate(paper.notes, start=top + len(paper.rows) + 2):
        sheet.cell(number, 1, safe(note)).font = Font(italic=True)
    if paper.drawing is not None:
        picture = Image(io.BytesIO(raster.write(paper.drawing)))
        picture.width, picture.height = round(paper.drawing.width), round(paper.drawing.height)
        sheet.add_image(picture, f"{get_column_letter(len(paper.columns) + 2)}4")
    sheet.freeze_panes = sheet.cell(top + 1, 1) if paper.columns else None
    sheet.page_setup.orientation = "landscape" if paper.is_wide else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"


__all__ = ["HEADING", "safe", "write"]
