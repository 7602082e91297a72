"""A drawing as SVG: stands alone, runs nothing, loads nothing. Pure."""

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


def write(drawing: Drawing) -> str:
    """The picture; it takes the width that it is given, and keeps its shape."""
    title = _clean(drawing.title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" '
        f'width="100%" role="img" aria-label={quoteattr(title)} font-family="Helvetica, Arial, sans-serif">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_n(drawing.width)}" height="{_n(drawing.height)}" fill="#ffffff"/>',
        *(_shape(shape) for shape in drawing.shapes),
        "</svg>",
    ]
    return "\n".join(parts)


def _shape(shape: Shape) -> str:
    if isinstance(shape, Curve):
        way = f"M{_at(shape.start)} Q{_at(shape.bend)} {_at(shape.end)}"
        return f'<path d="{way}" fill="none" stroke="{_colour(shape.colour)}" stroke-width="{_n(shape.width)}"/>'
    if isinstance(shape, Polygon):
        points = " ".join(_at(point) for point in shape.points)
        return f'<polygon points="{points}" fill="{_colour(shape.colour)}"/>'
    if isinstance(shape, Disc):
        x, y = shape.centre
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(shape.radius)}" fill="{_colour(shape.colour)}"/>'
    return _words(shape)


def _words(shape: Words) -> str:
    x, y = shape.at
    weight = ' font-weight="bold"' if shape.is_bold else ""
    anchor = "" if shape.is_start else ' text-anchor="middle"'
    text = (
        f'<text x="{_n(x)}" y="{_n(y + shape.size * 0.35)}" font-size="{_n(shape.size)}"{anchor}{weight} '
        f'fill="{_colour(shape.colour)}">{escape(_clean(shape.text))}</text>'
    )
    if not shape.has_ground:
        return text
    width, height = letters_width(shape.text, shape.size, is_bold=shape.is_bold) + 4, shape.size * 1.2
    left = x - 2 if shape.is_start else x - width / 2
    ground = (
        f'<rect x="{_n(left)}" y="{_n(y - height / 2)}" width="{_n(width)}" height="{_n(height)}" fill="#ffffff"/>'
    )
    return ground + text


def _clean(text: str) -> str:
    """Without the signs that XML can't hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\n")


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _at(point: Point) -> str:
    return f"{_n(point[0])},{_n(point[1])}"


def _colour(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
