"""Papers as a DOCX, for those who go on writing in them: a cover, headings, prose, tables, pictures, page numbers."""

import io
from collections.abc import Sequence
from typing import Any

from cooperatives.books.papers import raster
from cooperatives.books.papers.paper import HEADING, LINE, TOTAL, Folder, Paper, Row, words
from cooperatives.books.papers.texts import held

_MARGIN_CM, _WIDTH_CM, _HEIGHT_CM = 2.0, 21.0, 29.7
_FILL = "E6EEEA"


def write(folder: Folder) -> bytes:
    """The document's content. Takes time: call it off the loop."""
    import docx  # here, since a server must not wait for it at its start
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(9.5)
    style.paragraph_format.space_after = Pt(4)
    title = (folder.cover or folder.papers[0]).title
    document.core_properties.title = held(f"{folder.cooperative}: {title}")
    document.core_properties.author = held(folder.cooperative)
    section = document.sections[0]
    _foot(section, folder)
    _size(section, _WIDTH_CM, _HEIGHT_CM)
    if folder.cover is not None:
        _cover(document, folder)
    for number, paper in enumerate(folder.papers):
        if number or folder.cover is not None:
            section = document.add_section(WD_SECTION.NEW_PAGE)
        width, height = (_HEIGHT_CM, _WIDTH_CM) if paper.is_wide else (_WIDTH_CM, _HEIGHT_CM)
        section.orientation = WD_ORIENT.LANDSCAPE if paper.is_wide else WD_ORIENT.PORTRAIT
        _size(section, width, height)
        _paper(document, folder, paper, width - 2 * _MARGIN_CM)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _size(section: Any, width_cm: float, height_cm: float) -> None:
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(width_cm), Cm(height_cm)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)


def _foot(section: Any, folder: Folder) -> None:
    """Printed when, by which seal, and the page's number, on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = section.footer.paragraphs[0]
    page = "Page" if folder.language == "en" else "Halaman"
    run = paragraph.add_run(held(f"{folder.printed}   {folder.proof}   {page} "))
    run.font.size = Pt(7)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        number = paragraph.add_run()  # each in a run of its own: else some programs draw the number in their own size
        number.font.size = Pt(7)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        number._r.append(element)


def _line(document: Any, text: str, size: float, *, is_bold: bool = False, is_centred: bool = True) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(held(text))
    run.font.size, run.font.bold = Pt(size), is_bold
    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _cover(document: Any, folder: Folder) -> None:
    assert folder.cover is not None
    _line(document, "", 40)
    _line(document, folder.cooperative, 16, is_bold=True)
    if folder.registration_number:
        _line(document, f"NIK {folder.registration_number}", 9)
    _line(document, "", 20)
    _line(document, folder.cover.title, 20, is_bold=True)
    for text in folder.cover.lines:
        _line(document, text, 11)
    _line(document, "", 20)
    _line(document, folder.cover.contents, 11, is_bold=True, is_centred=False)
    for number, paper in enumerate(folder.papers, start=1):
        _line(document, f"{number}.  {paper.title}", 10, is_centred=False)


def _paper(document: Any, folder: Folder, paper: Paper, width_cm: float) -> None:
    from docx.shared import Cm, Pt, RGBColor

    heading = document.add_heading(held(paper.title), level=1)
    for run in heading.runs:
        run.font.color.rgb = RGBColor(30, 110, 90)
        run.font.name = "Arial"
    if paper.period:
        _line(document, paper.period, 9, is_centred=False)
    for passage in paper.prose:
        _line(
            document, passage.text, 10.5 if passage.is_heading else 9.5, is_bold=passage.is_heading, is_centred=False
        )
    if paper.columns:
        _table(document, paper, width_cm)
    for note in paper.notes:
        _line(document, note, 8, is_centred=False).runs[0].font.italic = True
    if paper.drawing is not None:
        picture = io.BytesIO(raster.write(paper.drawing))
        document.add_picture(picture, width=Cm(min(width_cm, 16.5)))
        document.paragraphs[-1].paragraph_format.space_before = Pt(10)
    _signatures(document, paper.signers or folder.signers)


def _table(document: Any, paper: Paper, width_cm: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    shares = sum(column.share for column in paper.columns)
    widths = [Cm(width_cm * column.share / shares) for column in paper.columns]
    table = document.add_table(rows=1 + len(paper.rows), cols=len(paper.columns))
    table.style, table.autofit = "Table Grid", False
    for made_column, wide in zip(table.columns, widths, strict=True):
        made_column.width = wide  # Word goes by the cells' widths, others by the columns'
    head = Row(tuple(column.title.replace("\n", " ") for column in paper.columns), HEADING)
    for place, (row, made) in enumerate(zip([head, *paper.rows], table.rows, strict=True)):
        for number, (cell, column) in enumerate(zip(row.cells, paper.columns, strict=True)):
            box = made.cells[number]
            box.width = widths[number]
            paragraph = box.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            if number == 0 and row.level:
                paragraph.paragraph_format.left_indent = Cm(0.4 * row.level)
            run = paragraph.add_run(held(words(cell, is_amount=column.is_amount)))
            run.font.size, run.font.bold = Pt(8.5), row.kind is not LINE
            if column.is_amount:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if place == 0 or row.kind is TOTAL:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), _FILL)
                box._tc.get_or_add_tcPr().append(shade)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)


def _signatures(document: Any, signers: Sequence[str]) -> None:
    if not signers:
        return
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _line(document, "", 9)
    table = document.add_table(rows=1, cols=len(signers))
    for box, signer in zip(table.rows[0].cells, signers, strict=True):
        office, _, name = signer.partition("\n")
        box.text = held(f"{office}\n\n\n\n( {name or '................................'} )")
        box.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
