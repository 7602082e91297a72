"""A drawing of a few shapes, to be shown as SVG and printed. Pure.

Measures are those of the drawing's own box; y grows downwards. Text is plain: whoever draws it escapes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Red, green, blue.
Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line bent towards `bend` (a quadratic Bézier curve), `width` thick."""

    start: Point
    bend: Point
    end: Point
    width: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled shape."""

    points: tuple[Point, ...]
    colour: Colour


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle."""

    centre: Point
    radius: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Words:
    """Text, set around `at` (START: from it on); `has_ground`: on a white ground, so that lines don't run through."""

    at: Point
    text: str
    size: float
    colour: Colour
    is_bold: bool = False
    is_start: bool = False
    has_ground: bool = False


Shape = Curve | Polygon | Disc | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order in which they are drawn; `title` for one who can't see it.

    `names` says what its colours are for: whoever shows it may have others for the same.
    """

    title: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    names: Mapping[Colour, str] = field(default_factory=dict)


def letters_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """About how wide a text is in a sans-serif letter: enough to lay a ground under it."""
    narrow = sum(sign in " .,:;'|!ijltfI()" for sign in text)
    return size * (0.58 * (len(text) - narrow) + 0.3 * narrow) * (1.06 if is_bold else 1.0)
