"""A drawing as SVG: stands alone, runs nothing, loads nothing. Pure."""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from cooperatives.books.papers.drawing import (
    Colour,
    Curve,
    Disc,
    Drawing,
    Point,
    Polygon,
    Shape,
    Words,
    letters_width,
)

_WHITE: Colour = (255, 255, 255)


def write(drawing: Drawing) -> str:
    """The picture; it takes the width that it is given, and keeps its shape."""
    title = _clean(drawing.title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" '
        f'width="100%" role="img" aria-label={quoteattr(title)} font-family="Helvetica, Arial, sans-serif">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_n(drawing.width)}" height="{_n(drawing.height)}" {_fill(_WHITE, drawing.names)}/>',
        *(_shape(shape, drawing.names) for shape in drawing.shapes),
        "</svg>",
    ]
    return "\n".join(parts)


def _shape(shape: Shape, names: Mapping[Colour, str]) -> str:
    if isinstance(shape, Curve):
        way = f"M{_at(shape.start)} Q{_at(shape.bend)} {_at(shape.end)}"
        stroke = f'stroke="{_colour(shape.colour)}"{_named(shape.colour, names)}'
        return f'<path d="{way}" fill="none" {stroke} stroke-width="{_n(shape.width)}"/>'
    if isinstance(shape, Polygon):
        points = " ".join(_at(point) for point in shape.points)
        return f'<polygon points="{points}" {_fill(shape.colour, names)}/>'
    if isinstance(shape, Disc):
        x, y = shape.centre
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(shape.radius)}" {_fill(shape.colour, names)}/>'
    return _words(shape, names)


def _words(shape: Words, names: Mapping[Colour, str]) -> str:
    x, y = shape.at
    weight = ' font-weight="bold"' if shape.is_bold else ""
    anchor = "" if shape.is_start else ' text-anchor="middle"'
    text = (
        f'<text x="{_n(x)}" y="{_n(y + shape.size * 0.35)}" font-size="{_n(shape.size)}"{anchor}{weight} '
        f"{_fill(shape.colour, names)}>{escape(_clean(shape.text))}</text>"
    )
    if not shape.has_ground:
        return text
    width, height = letters_width(shape.text, shape.size, is_bold=shape.is_bold) + 4, shape.size * 1.2
    left = x - 2 if shape.is_start else x - width / 2
    box = f'x="{_n(left)}" y="{_n(y - height / 2)}" width="{_n(width)}" height="{_n(height)}"'
    return f"<rect {box} {_fill(_WHITE, names)}/>{text}"


def _fill(colour: Colour, names: Mapping[Colour, str]) -> str:
    return f'fill="{_colour(colour)}"{_named(colour, names)}'


def _named(colour: Colour, names: Mapping[Colour, str]) -> str:
    """What it is for, as a class: whoever shows the picture may draw it in another colour."""
    return f' class="{names[colour]}"' if colour in names else ""


def _clean(text: str) -> str:
    """Without the signs that XML can't hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\n")


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _at(point: Point) -> str:
    return f"{_n(point[0])},{_n(point[1])}"


def _colour(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
