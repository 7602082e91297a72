"""A drawing's shapes on a page of a PDF."""

from typing import Any

from cooperatives.books.papers.drawing import Curve, Disc, Polygon, Shape, Words
from cooperatives.books.papers.latin import plain

_POINTS_A_MM = 72 / 25.4


def draw(document: Any, shape: Shape, left: float, top: float, scale: float) -> None:
    """One shape of a drawing whose box begins at `left`, `top`; `scale` in millimetres."""

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return (left + point[0] * scale, top + point[1] * scale)

    if isinstance(shape, Words):
        _write(document, shape, at(shape.at), scale)
        return
    document.set_fill_color(*shape.colour)
    if isinstance(shape, Curve):
        document.set_draw_color(*shape.colour)
        document.set_line_width(shape.width * scale)
        # as a cubic curve, since fpdf2 draws a quadratic one with a kink
        ways = [
            tuple(end + 2 / 3 * (bend - end) for end, bend in zip(one, shape.bend, strict=True))
            for one in (shape.start, shape.end)
        ]
        document.bezier([at(shape.start), *(at((x, y)) for x, y in ways), at(shape.end)], style="D")
    elif isinstance(shape, Polygon):
        document.polygon([at(point) for point in shape.points], style="F")
    elif isinstance(shape, Disc):
        document.circle(*at(shape.centre), shape.radius * scale, style="F")


def _write(document: Any, words: Words, at: tuple[float, float], scale: float) -> None:
    text, size = plain(words.text), words.size * scale
    document.set_font("Helvetica", "B" if words.is_bold else "", size * _POINTS_A_MM)
    width = document.get_string_width(text)
    x = at[0] if words.is_start else at[0] - width / 2
    if words.has_ground:
        document.set_fill_color(255)
        document.rect(x - scale * 2, at[1] - size * 0.6, width + scale * 4, size * 1.2, style="F")
    document.set_text_color(*words.colour)
    document.text(x, at[1] + size * 0.35, text)
