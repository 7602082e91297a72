"""Amounts as bars, for papers that people read: a few groups beside each other, or one amount below another. Pure.

Bars begin at one line; what is below zero goes to its other side and is coloured like a warning. Every bar has its
amount written at it in short (`12,4 jt`), so that nobody needs the scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cooperatives.books.papers.drawing import Colour, Drawing, Polygon, Shape, Words, letters_width

WIDTH = 560.0
INK: Colour = (33, 37, 41)
GREY: Colour = (110, 118, 124)
FIRST: Colour = (30, 110, 90)
SECOND: Colour = (206, 158, 70)
BELOW: Colour = (178, 58, 46)
_RULE: Colour = (210, 214, 216)
_ROW, _HEAD, _LABELS, _AMOUNT = 17.0, 44.0, 168.0, 62.0
_UNITS = ((1_000_000_000_000, "T", "tn"), (1_000_000_000, "M", "bn"), (1_000_000, "jt", "m"), (1_000, "rb", "k"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing and its amounts in rupiah, one a series."""

    label: str
    amounts: tuple[int, ...]


def short(amount: int, language: str) -> str:
    """A sum in short, as people say it: `12,4 jt`, in English `12.4 m`."""
    for size, id_unit, en_unit in _UNITS:
        if abs(amount) >= size:
            tenths = round(abs(amount) * 10 / size)
            whole, tenth = divmod(tenths, 10)
            point = "." if language == "en" else ","
            told = f"{whole}{point}{tenth}" if tenth and whole < 100 else str(round(abs(amount) / size))
            return f"{'-' if amount < 0 else ''}{told} {en_unit if language == 'en' else id_unit}"
    return str(amount)


def bars(title: str, series: Sequence[str], rows: Sequence[Bar], language: str) -> Drawing:
    """Each row's amounts as bars below each other, its label to their left; the series are named above."""
    largest = max((abs(amount) for row in rows for amount in row.amounts), default=0) or 1
    is_both = any(amount < 0 for row in rows for amount in row.amounts)
    room = WIDTH - _LABELS - _AMOUNT
    zero = _LABELS + (room * 0.35 if is_both else 0)
    scale = (room - (zero - _LABELS)) / largest if not is_both else room * 0.35 / largest
    shapes: list[Shape] = [Words((0, 10), title, 12, INK, is_bold=True, is_start=True)]
    shapes += _legend(series)
    top = _HEAD
    thick = min(11.0, (_ROW - 4) if len(series) == 1 else 9.0)
    for row in rows:
        height = max(_ROW, len(row.amounts) * (thick + 1) + 6)
        middle = top + height / 2
        shapes.append(Words((0, middle), _fitted(row.label), 9.5, INK, is_start=True))
        begins = middle - len(row.amounts) * (thick + 1) / 2
        for place, amount in enumerate(row.amounts):
            y = begins + place * (thick + 1)
            colour = BELOW if amount < 0 else (FIRST, SECOND)[place % 2]
            shapes += _bar(zero, y, amount * scale, thick, colour, short(amount, language))
        top += height
    shapes.append(_box(zero - 0.4, _HEAD - 2, 0.8, top - _HEAD + 4, _RULE))
    return Drawing(title, WIDTH, top + 6, tuple(shapes))


def _legend(series: Sequence[str]) -> list[Shape]:
    if len(series) < 2:
        return []
    shapes: list[Shape] = []
    left = 0.0
    for place, name in enumerate(series):
        shapes.append(_box(left, 24, 9, 9, (FIRST, SECOND)[place % 2]))
        shapes.append(Words((left + 13, 28.5), name, 9, GREY, is_start=True))
        left += 13 + letters_width(name, 9) + 16
    return shapes


def _bar(zero: float, y: float, long: float, thick: float, colour: Colour, told: str) -> list[Shape]:
    left, width = (zero, long) if long >= 0 else (zero + long, -long)
    at = zero + long + 4 if long >= 0 else zero + 4
    words = Words((at, y + thick / 2), told, 8.5, GREY, is_start=True)
    return [_box(left, y, max(width, 0.6), thick, colour), words]


def _box(left: float, top: float, width: float, height: float, colour: Colour) -> Polygon:
    right, bottom = left + width, top + height
    return Polygon(((left, top), (right, top), (right, bottom), (left, bottom)), colour)


def _fitted(label: str) -> str:
    """The label cut so that it stays left of its bars."""
    if letters_width(label, 9.5) <= _LABELS - 8:
        return label
    while label and letters_width(label + "...", 9.5) > _LABELS - 8:
        label = label[:-1]
    return label.rstrip() + "..."


def below(title: str, *drawings: Drawing) -> Drawing:
    """Charts below each other, as one drawing."""
    shapes: list[Shape] = []
    top = 0.0
    for drawing in drawings:
        shapes += [_lowered(shape, top) for shape in drawing.shapes]
        top += drawing.height + 14
    return Drawing(title, WIDTH, top, tuple(shapes))


def _lowered(shape: Shape, by: float) -> Shape:
    if isinstance(shape, Words):
        return replace(shape, at=(shape.at[0], shape.at[1] + by))
    assert isinstance(shape, Polygon)  # a chart has bars and words alone
    return replace(shape, points=tuple((x, y + by) for x, y in shape.points))
