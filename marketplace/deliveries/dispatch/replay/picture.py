"""A replay as a drawing for a telephone's width: how evenly earnings fall, and how long buyers wait. Pure.

A row a day, the least loaded first, a bar a policy.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from cooperatives.books.papers.drawing import Colour, Drawing, Polygon, Shape, Words
from marketplace.deliveries.dispatch.replay.measures import Figures
from marketplace.deliveries.dispatch.replay.tables import called, number
from marketplace.deliveries.dispatch.replay.trying import Replay, Trial

WIDTH = 360.0
#: More days than these are drawn as their mean alone.
MOST_DAYS = 14
_LEFT, _RIGHT, _BAR, _GAP, _HEAD = 62.0, 316.0, 5.5, 6.0, 40.0
_INK: Colour = (33, 37, 41)
_GREY: Colour = (90, 98, 104)
_COLOURS: Sequence[Colour] = ((178, 58, 46), (30, 110, 70), (40, 96, 160), (196, 140, 60), (110, 80, 150))


@dataclass(frozen=True, slots=True)
class _Panel:
    names: tuple[str, str]
    hints: tuple[str, str]
    value: Callable[[Figures], float]
    show: Callable[[float], str]


_PANELS = (
    _Panel(
        ("Ketimpangan penghasilan per jam (Gini)", "How unevenly an hour pays (Gini)"),
        (
            "makin pendek makin merata; kiri: hari, pesanan per jam kurir",
            "shorter is more even; left: day, orders an hour",
        ),
        lambda figures: figures.gini,
        lambda value: f"{value:.2f}",
    ),
    _Panel(
        ("Dari pesan sampai pintu, menit", "From order to door, minutes"),
        ("rata-rata; kiri: hari, pesanan per jam kurir", "mean; left: day, orders an hour of couriers"),
        lambda figures: figures.click_to_door,
        lambda value: f"{value:.0f}",
    ),
)


def draw(replay: Replay, language: str = "id") -> Drawing:
    """Both panels, one above the other."""
    english = language == "en"
    rows = _rows(replay, language)
    names = [policy.name for policy in replay.policies]
    shapes: list[Shape] = []
    top = 0.0
    for panel in _PANELS:
        drawn, top = _panel(panel, rows, names, top, language)
        shapes += drawn
    for place, name in enumerate(names):
        x, y = 12 + (place % 2) * 170, top + 12 + (place // 2) * 18
        shapes += [_bar(x, y - 4, 10, 8, _COLOURS[place % len(_COLOURS)])]
        shapes.append(Words((x + 16, y), called(name, language), 11, _GREY, is_start=True))
    title = "Policies tried on recorded days" if english else "Kebijakan dicoba pada hari yang tercatat"
    return Drawing(title, WIDTH, top + 12 + 18 * ((len(names) + 1) // 2), tuple(shapes))


def _rows(replay: Replay, language: str) -> list[tuple[str, Sequence[Trial]]]:
    if len(replay.trials) > MOST_DAYS:
        count = len(replay.trials)
        return [(f"{count} {'days' if language == 'en' else 'hari'}", replay.trials)]
    return [(trial.day, (trial,)) for trial in replay.trials]


def _panel(
    panel: _Panel, rows: Sequence[tuple[str, Sequence[Trial]]], names: Sequence[str], top: float, language: str
) -> tuple[list[Shape], float]:
    """The panel's shapes and where the next begins."""
    english = language == "en"
    shapes: list[Shape] = [
        Words((12, top + 16), panel.names[english], 14, _INK, is_bold=True, is_start=True),
        Words((12, top + 32), panel.hints[english], 10.5, _GREY, is_start=True),
    ]
    values = [[fmean(panel.value(trial.figures[name]) for trial in trials) for name in names] for _, trials in rows]
    largest = max((value for row in values for value in row), default=0.0) or 1.0
    y = top + _HEAD + 4
    for (label, trials), row in zip(rows, values, strict=True):
        middle = y + _BAR * len(names) / 2
        shapes.append(Words((12, middle), _short(label), 11, _INK, is_start=True))
        if len(trials) == 1:
            shapes.append(Words((36, middle), number(f"{trials[0].load:.1f}", language), 9, _GREY, is_start=True))
        for place, value in enumerate(row):
            width = (_RIGHT - _LEFT) * value / largest
            shapes.append(_bar(_LEFT, y + place * _BAR, width, _BAR - 1, _COLOURS[place % len(_COLOURS)]))
            at = (_LEFT + width + 4, y + place * _BAR + _BAR / 2 - 0.5)
            shapes.append(Words(at, number(panel.show(value), language), 6.5, _GREY, is_start=True))
        y += _BAR * len(names) + _GAP
    return shapes, y + 8


def _bar(x: float, y: float, width: float, height: float, colour: Colour) -> Polygon:
    return Polygon(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), colour)


def _short(label: str) -> str:
    return label if len(label) <= 10 else label[-10:]
