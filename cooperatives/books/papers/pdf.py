"""Papers as a PDF on A4, to be read, signed and filed.

The fonts are those that every reader has; a sign that they lack is written by its nearest.
"""

from collections.abc import Sequence
from typing import Any

from cooperatives.books.papers import pdf_cover, pdf_shapes
from cooperatives.books.papers.drawing import Drawing
from cooperatives.books.papers.latin import plain
from cooperatives.books.papers.paper import HEADING, LINE, SUBTOTAL, TOTAL, Column, Folder, Paper, Row, words

MARGIN, FOOT = 16.0, 16.0
ROW, SMALL = 5.4, 4.6
#: Of a row: the size of its letters, and whether they are bold.
_LETTERS = {HEADING: (9.5, "B"), LINE: (9, ""), SUBTOTAL: (9, "B"), TOTAL: (9.5, "B")}
_GREY, _BLACK = 120, 0
#: Millimetres for a drawing's unit: smaller can't be read, larger is not needed.
_LEAST_SCALE, _MOST_SCALE = 0.19, 0.3


def write(folder: Folder) -> bytes:
    """The document's content. Takes time: call it off the loop."""
    import fpdf  # here, since a server must not wait for it at its start

    class Document(fpdf.FPDF):
        """Pages that end with where they stand and what proves them."""

        def footer(self) -> None:
            self.set_y(-FOOT)
            self.set_font("Helvetica", "", 7)
            self.set_text_color(_GREY)
            page = ("Page {} of {}" if folder.language == "en" else "Halaman {} dari {}").format(
                self.page_no(), "{nb}"
            )
            self.cell(0, 4, plain(folder.printed), align="L")
            self.set_x(self.l_margin)
            self.cell(0, 4, page, align="R", new_x="LMARGIN", new_y="NEXT")
            self.cell(0, 3.6, plain(folder.proof), align="L")
            self.set_text_color(_BLACK)

    def bound(pages: Sequence[int]) -> tuple[Document, list[int]]:
        """The document with these pages in its list of contents, and the pages on which its papers begin."""
        document = Document(format="A4")
        document.set_margins(MARGIN, MARGIN, MARGIN)
        document.set_auto_page_break(False)
        document.set_title(plain(f"{folder.cooperative}: {(folder.cover or folder.papers[0]).title}"))
        document.set_author(plain(folder.cooperative))
        document.set_creator("Lumbung")
        if folder.cover is not None:
            pdf_cover.draw(document, folder, folder.cover, pages)
        begins = []
        for paper in folder.papers:
            begins.append(document.page_no() + 1)
            _Sheet(document, folder, paper).draw()
        return document, begins

    document, begins = bound([0] * len(folder.papers))
    if folder.cover is not None:
        document, _ = bound(begins)  # once more, now that the pages are known
    return bytes(document.output())


class _Sheet:
    """One paper on as many pages as it takes."""

    def __init__(self, document: Any, folder: Folder, paper: Paper) -> None:
        self.document, self.folder, self.paper = document, folder, paper
        self.widths: list[float] = []

    def draw(self) -> None:
        self._page(has_head=not self.paper.prose)
        self._prose()
        for number, row in enumerate(self.paper.rows):
            # A heading is kept with what follows it.
            needed = ROW * (2.6 if row.kind is HEADING else 1.4)
            if self._left() < needed and number:
                self._page()
            self._row(row)
        self._notes()
        if self.paper.drawing is not None:
            self._drawing(self.paper.drawing)
        self._signatures()

    def _left(self) -> float:
        return float(self.document.h - FOOT - 4 - self.document.get_y())

    def _page(self, *, has_head: bool = True) -> None:
        """A new page with whose paper it is; `has_head`: and with the table's head, where it has one."""
        document, paper = self.document, self.paper
        document.add_page(orientation="L" if paper.is_wide else "P")
        whole = document.epw
        shares = sum(column.share for column in paper.columns)
        self.widths = [whole * column.share / shares for column in paper.columns]
        document.set_font("Helvetica", "B", 11)
        document.cell(0, 5.5, plain(self.folder.cooperative), align="C", new_x="LMARGIN", new_y="NEXT")
        if self.folder.registration_number:
            document.set_font("Helvetica", "", 8)
            number = f"NIK {self.folder.registration_number}"
            document.cell(0, 4, plain(number), align="C", new_x="LMARGIN", new_y="NEXT")
        document.set_font("Helvetica", "B", 14)
        document.cell(0, 7.5, plain(paper.title), align="C", new_x="LMARGIN", new_y="NEXT")
        document.set_font("Helvetica", "", 9)
        document.cell(0, 4.5, plain(paper.period), align="C", new_x="LMARGIN", new_y="NEXT")
        if any(column.is_amount for column in paper.columns):
            document.set_font("Helvetica", "I", 8)
            unit = "In whole rupiah" if self.folder.language == "en" else "Disajikan dalam rupiah penuh"
            document.cell(0, 4.5, unit, align="C", new_x="LMARGIN", new_y="NEXT")
        document.ln(3)
        if has_head and paper.columns:
            self._head()

    def _prose(self) -> None:
        """Paragraphs, and the headings over them, kept together with what they head."""
        document = self.document
        for passage in self.paper.prose:
            document.set_font("Helvetica", "B" if passage.is_heading else "", 10 if passage.is_heading else 9.5)
            text, height = plain(passage.text), 4.8
            needed = document.multi_cell(0, height, text, align="J", dry_run=True, output="HEIGHT")
            if self._left() < min(needed + (14 if passage.is_heading else 0), 60):
                self._page(has_head=False)
                document.set_font("Helvetica", "B" if passage.is_heading else "", 10 if passage.is_heading else 9.5)
            if passage.is_heading:
                document.ln(1.5)
            self._flow(text, height, align="L" if passage.is_heading else "J")
            document.ln(0.8 if passage.is_heading else 2.2)
        if self.paper.prose and self.paper.columns:
            document.ln(2)
            self._head()

    def _flow(self, text: str, height: float, *, align: str) -> None:
        """Text line by line, going on on the next page where this one ends."""
        document = self.document
        lines = document.multi_cell(0, height, text, align=align, dry_run=True, output="LINES")
        room = int(self._left() // height)
        if len(lines) <= room:
            document.multi_cell(0, height, text, align=align, new_x="LMARGIN", new_y="NEXT")
            return
        for line in lines:
            if self._left() < height:
                font = (document.font_family, document.font_style, document.font_size_pt)
                self._page(has_head=False)
                document.set_font(*font)
            document.cell(0, height, line, new_x="LMARGIN", new_y="NEXT")

    def _head(self) -> None:
        document = self.document
        document.set_font("Helvetica", "B", 8.5)
        document.set_fill_color(236, 240, 236)
        lines = max(len(self._wrapped(column)) for column in self.paper.columns)
        height = SMALL * lines + 1.6
        left, top = document.get_x(), document.get_y()
        document.rect(left, top, document.epw, height, style="F")
        for column, width in zip(self.paper.columns, self.widths, strict=True):
            for number, text in enumerate(self._wrapped(column)):
                document.set_xy(left, top + 0.8 + number * SMALL)
                document.cell(width, SMALL, text, align="R" if column.is_amount else "L")
            left += width
        document.line(document.l_margin, top, document.l_margin + document.epw, top)
        document.line(document.l_margin, top + height, document.l_margin + document.epw, top + height)
        document.set_xy(document.l_margin, top + height + 1)

    def _wrapped(self, column: Column) -> list[str]:
        return [plain(part) for part in column.title.split("\n")]

    def _row(self, row: Row) -> None:
        document = self.document
        size, style = _LETTERS[row.kind]
        if len(self.paper.columns) > 5:
            size -= 1
        if row.kind is HEADING:
            document.ln(1.2)
        document.set_font("Helvetica", style, size)
        left, top = document.l_margin, document.get_y()
        cells = zip(row.cells, self.paper.columns, self.widths, strict=True)
        for place, (cell, column, width) in enumerate(cells):
            indent = 4.0 * row.level if place == 0 else 0.0
            text = self._fitted(plain(words(cell, is_amount=column.is_amount)), width - indent - 1.5)
            document.set_xy(left + indent, top)
            document.cell(width - indent, ROW, text, align="R" if column.is_amount else "L")
            if column.is_amount and row.kind in (SUBTOTAL, TOTAL) and cell is not None:
                document.line(left + width * 0.12, top + 0.2, left + width, top + 0.2)
                if row.kind is TOTAL:
                    for gap in (0.0, 0.8):
                        document.line(left + width * 0.12, top + ROW + gap, left + width, top + ROW + gap)
            left += width
        document.set_xy(document.l_margin, top + ROW + (1.6 if row.kind in (SUBTOTAL, TOTAL) else 0))

    def _fitted(self, text: str, width: float) -> str:
        """The text cut so that it stays within its column."""
        if self.document.get_string_width(text) <= width:
            return text
        while text and self.document.get_string_width(text + "...") > width:
            text = text[:-1]
        return text + "..."

    def _drawing(self, drawing: Drawing) -> None:
        """As large as the page lets it be, in the middle; on a page of its own when too little is left."""
        document = self.document
        document.ln(4)
        if self._left() < drawing.height * _LEAST_SCALE:
            document.add_page()
        scale = min(self._left() / drawing.height, document.epw / drawing.width, _MOST_SCALE)
        left = document.l_margin + (document.epw - drawing.width * scale) / 2
        top = document.get_y()
        for shape in drawing.shapes:
            pdf_shapes.draw(document, shape, left, top, scale)
        document.set_text_color(_BLACK)
        document.set_draw_color(_BLACK)
        document.set_line_width(0.2)
        document.set_y(top + drawing.height * scale)

    def _notes(self) -> None:
        document = self.document
        document.ln(2)
        document.set_font("Helvetica", "I", 8)
        for note in self.paper.notes:
            if self._left() < SMALL * 2:
                self._page()
                document.set_font("Helvetica", "I", 8)
            document.multi_cell(0, 4.2, plain(note), align="L", new_x="LMARGIN", new_y="NEXT")

    def _signatures(self) -> None:
        document, signers = self.document, self.paper.signers or self.folder.signers
        if not signers:
            return
        if self._left() < 38:
            self._page()
        document.ln(8)
        width = document.epw / len(signers)
        document.set_font("Helvetica", "", 9)
        top = document.get_y()
        for number, signer in enumerate(signers):
            left = document.l_margin + number * width
            document.set_xy(left, top)
            office, _, name = signer.partition("\n")
            document.cell(width, 5, plain(office), align="C")
            document.line(left + width * 0.2, top + 24, left + width * 0.8, top + 24)
            document.set_xy(left, top + 24.5)
            document.cell(width, 5, plain(name), align="C")
        document.set_y(top + 30)
