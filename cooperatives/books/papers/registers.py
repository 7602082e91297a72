"""Plain lists of the books as papers: what there is, a row each, with a sum where one means something. Pure."""

from collections.abc import Sequence

from cooperatives.books.papers.paper import TOTAL, Cell, Column, Paper, Row
from cooperatives.books.papers.statements import say

#: A column's title in both languages, its part of the width, and whether it holds rupiah.
Heading = tuple[str, str, float, bool]
Words = tuple[str, str]


def register(
    title: Words,
    headings: Sequence[Heading],
    rows: Sequence[tuple[Cell, ...]],
    language: str,
    *,
    period: str = "",
    sums: Sequence[int] = (),
    notes: tuple[str, ...] = (),
) -> Paper:
    """A register. `sums`: the columns' places that are added up below."""
    name = say(language, title)
    columns = tuple(Column(say(language, (id, en)), share, is_amount) for id, en, share, is_amount in headings)
    made = [Row(cells) for cells in rows]
    if sums and rows:
        total: list[Cell] = [None] * len(columns)
        total[0] = say(language, ("Jumlah", "Total"))
        for place in sums:
            total[place] = sum(cell for row in rows if isinstance(cell := row[place], int))
        made.append(Row(tuple(total), TOTAL))
    return Paper(name[:31], name, period, columns, made, notes, is_wide=len(columns) > 6)
