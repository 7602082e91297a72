"""A drawing as a PNG, for documents that hold no vector drawing."""

import io
from typing import Any

from cooperatives.books.papers.drawing import Curve, Disc, Drawing, Point, Polygon, Shape, Words

#: Pixels for a drawing's unit: sharp on paper, and not a heavy file.
_SCALE = 3
_STEPS = 24  # of a curve


def write(drawing: Drawing) -> bytes:
    """The picture on white. Takes time: call it off the loop."""
    from PIL import Image, ImageDraw  # here, since a server must not wait for it at its start

    image = Image.new("RGB", (round(drawing.width * _SCALE), round(drawing.height * _SCALE)), "white")
    canvas = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _draw(canvas, shape)
    target = io.BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def _at(point: Point) -> Point:
    return (point[0] * _SCALE, point[1] * _SCALE)


def _draw(canvas: Any, shape: Shape) -> None:
    if isinstance(shape, Words):
        _write(canvas, shape)
    elif isinstance(shape, Polygon):
        canvas.polygon([_at(point) for point in shape.points], fill=shape.colour)
    elif isinstance(shape, Disc):
        x, y = _at(shape.centre)
        radius = shape.radius * _SCALE
        canvas.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shape.colour)
    else:
        canvas.line(
            [_at(point) for point in _way(shape)], fill=shape.colour, width=max(1, round(shape.width * _SCALE))
        )


def _way(curve: Curve) -> list[Point]:
    """The curve's points, as a quadratic Bezier runs."""
    found = []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        (x0, y0), (x1, y1), (x2, y2) = curve.start, curve.bend, curve.end
        found.append((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))
    return found


def _write(canvas: Any, words: Words) -> None:
    from PIL import ImageFont

    font = ImageFont.load_default(size=words.size * _SCALE)
    at, anchor = _at(words.at), "lm" if words.is_start else "mm"
    if words.has_ground:
        canvas.rectangle(canvas.textbbox(at, words.text, font=font, anchor=anchor), fill="white")
    bold = {"stroke_width": 1, "stroke_fill": words.colour} if words.is_bold else {}  # the letters have no bold ones
    canvas.text(at, words.text, fill=words.colour, font=font, anchor=anchor, **bold)
