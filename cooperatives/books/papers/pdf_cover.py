"""The first page of a folder that is read as a book."""

from collections.abc import Sequence
from typing import Any

from cooperatives.books.papers.latin import plain
from cooperatives.books.papers.paper import Cover, Folder


def draw(document: Any, folder: Folder, cover: Cover, pages: Sequence[int]) -> None:
    """The cover: whose it is, what, and on which page each paper begins, as links."""
    document.add_page()
    document.set_fill_color(30, 110, 90)
    document.rect(0, 0, document.w, 7, style="F")
    document.set_y(34)
    for text, size, style, height in (
        (folder.cooperative, 15, "B", 8.0),
        (f"NIK {folder.registration_number}" if folder.registration_number else "", 9, "", 6.0),
        ("", 9, "", 10.0),
        (cover.title, 20, "B", 10.0),
    ):
        document.set_font("Helvetica", style, size)
        document.multi_cell(0, height, plain(text), align="C", new_x="LMARGIN", new_y="NEXT")
    document.ln(3)
    document.set_font("Helvetica", "", 10.5)
    for line in cover.lines:
        document.multi_cell(0, 5.6, plain(line), align="C", new_x="LMARGIN", new_y="NEXT")
    document.ln(14)
    document.set_font("Helvetica", "B", 11)
    document.cell(0, 7, plain(cover.contents), new_x="LMARGIN", new_y="NEXT")
    document.set_draw_color(190)
    document.set_font("Helvetica", "", 10)
    for number, (paper, page) in enumerate(zip(folder.papers, pages, strict=True), start=1):
        link = document.add_link(page=page) if page else None
        top = document.get_y()
        document.cell(document.epw - 16, 6.6, plain(f"{number}.  {paper.title}"), link=link)
        document.cell(16, 6.6, str(page), align="R", link=link, new_x="LMARGIN", new_y="NEXT")
        document.line(document.l_margin, top + 6.6, document.l_margin + document.epw, top + 6.6)
    document.set_draw_color(0)
