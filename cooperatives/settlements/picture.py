"""Who owes whom in a window, before netting and once reckoned after it, as a drawing for a telephone's width. Pure.

A card on a phone of 360 has just this WIDTH for it: nothing is drawn smaller there, and the sizes are the text's own.
Co-ops stand on a ring; an arrow runs from the one that owes, the thicker the more.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from cooperatives.books.papers.drawing import Colour, Curve, Disc, Drawing, Point, Polygon, Shape, Words
from cooperatives.settlements.netting import Debt
from marketplace.money import format_rupiah

WIDTH = 296.0
#: So many stand on a ring; the rest are one, by what they owe and are owed.
MOST = 6
_RING, _DISC, _PANEL, _HEAD = 116.0, 27.0, 350.0, 46.0
_LINE = 20.0
_INK: Colour = (33, 37, 41)
_GREY: Colour = (90, 98, 104)
_OWES: Colour = (178, 58, 46)
_OWED: Colour = (30, 110, 70)
_EVEN: Colour = (84, 96, 110)
_BEFORE: Colour = (196, 140, 60)
_AFTER: Colour = (40, 96, 160)
_WHITE: Colour = (255, 255, 255)
_MARKS = (_OWES, _OWED)
#: What each is for: an app draws them in its own, by light and by night.
NAMES = {
    _INK: "ink",
    _GREY: "soft",
    _OWES: "owes",
    _OWED: "owed",
    _EVEN: "even",
    _BEFORE: "before",
    _AFTER: "after",
    _WHITE: "ground",
}
OTHERS = "LAIN"
#: Each arrow's sum is written while there are no more than these.
_MOST_SUMS = 12

_SAYS = {
    "id": (
        "Siapa berutang kepada siapa",
        "Sebelum kliring",
        "Sesudah kliring",
        "utang",
        "pembayaran",
    ),
    "en": ("Who owes whom", "Before netting", "After netting", "debts", "payments"),
}
_LEGEND = {
    "id": ("harus membayar", "akan menerima", "yang lain", "Angka dalam ribuan rupiah"),
    "en": ("has to pay", "will receive", "all others", "Figures in thousands of rupiah"),
}
_NOTHING = {"id": "Tidak ada", "en": "None"}


def draw(debts: Sequence[Debt[str]], payments: Sequence[Debt[str]], language: str = "id") -> Drawing:
    """The debts of a window and the payments that clear them, by the co-ops' codes, one ring above the other.

    Before it is reckoned (debts that nothing clears yet) there is the first ring alone.
    """
    title, before, after, of_debts, of_payments = _SAYS[language]
    keep = _largest([*debts, *payments])
    debts, payments = _merged(debts, keep), _merged(payments, keep)
    parties = sorted({party for debt in debts for party in (debt.debtor, debt.creditor)} | _parties(payments))
    net: dict[str, int] = defaultdict(int)
    for debt in debts:
        net[debt.debtor] -= debt.amount
        net[debt.creditor] += debt.amount
    panels = [(before, of_debts, debts, _BEFORE)]
    if payments or not any(net.values()):
        panels.append((after, of_payments, payments, _AFTER))
    shapes: list[Shape] = []
    largest = max((debt.amount for debt in debts), default=1)
    for place, (name, what, found, colour) in enumerate(panels):
        top = place * (_PANEL + 8)
        total = sum(debt.amount for debt in found)
        shapes.append(Words((4, top + 14), name, 17, _INK, is_bold=True, is_start=True))
        told = f"{len(found)} {what}, {format_rupiah(total)}"
        shapes.append(Words((4, top + 36), told, 14, _GREY, is_start=True))
        shapes += _ring(found, parties, net, (WIDTH / 2, top + _HEAD + (_PANEL - _HEAD) / 2), colour, largest)
        if not found:
            centre = (WIDTH / 2, top + _HEAD + (_PANEL - _HEAD) / 2)
            shapes.append(Words(centre, _NOTHING[language], 14, _GREY, has_ground=True))
    below = len(panels) * (_PANEL + 8) - 8
    legend = _legend(below + 12, language, has_others=OTHERS in parties)
    height = below + _LINE * (len(legend) - len(_MARKS)) + 4
    return Drawing(
        f"{title}: {', '.join(panel[0].lower() for panel in panels)}", WIDTH, height, (*shapes, *legend), NAMES
    )


def _legend(y: float, language: str, *, has_others: bool) -> list[Shape]:
    """Lines below each other, the first of them with their marks."""
    *of_marks, others, unit = _LEGEND[language]
    lines = [*of_marks, *([f"{OTHERS}: {others}"] if has_others else []), unit]
    marks = [Disc((11, y + _LINE * line), 7, colour) for line, colour in enumerate(_MARKS)]
    words = [
        Words((24 if line < len(_MARKS) else 4, y + _LINE * line), text, 14, _GREY, is_start=True)
        for line, text in enumerate(lines)
    ]
    return [*marks, *words]


def _parties(debts: Sequence[Debt[str]]) -> set[str]:
    return {party for debt in debts for party in (debt.debtor, debt.creditor)}


def _largest(debts: Sequence[Debt[str]]) -> set[str]:
    """Who stands on the ring by his own name: those who owe and are owed most."""
    moved: dict[str, int] = defaultdict(int)
    for debt in debts:
        moved[debt.debtor] += debt.amount
        moved[debt.creditor] += debt.amount
    ranked = sorted(moved, key=lambda party: (-moved[party], party))
    return set(ranked if len(ranked) <= MOST else ranked[: MOST - 1])


def _merged(debts: Sequence[Debt[str]], keep: set[str]) -> list[Debt[str]]:
    """Debts of the same pair as one; what is between those left out is not drawn."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for debt in debts:
        pair = tuple(party if party in keep else OTHERS for party in (debt.debtor, debt.creditor))
        if pair[0] != pair[1]:
            sums[pair[0], pair[1]] += debt.amount
    return [Debt(debtor, creditor, amount) for (debtor, creditor), amount in sorted(sums.items())]


def _ring(
    debts: Sequence[Debt[str]],
    parties: Sequence[str],
    net: Mapping[str, int],
    centre: Point,
    colour: Colour,
    largest: int,
) -> list[Shape]:
    angles = {party: math.tau * place / max(len(parties), 1) - math.pi / 2 for place, party in enumerate(parties)}
    at = {
        party: (centre[0] + 0.96 * _RING * math.cos(angle), centre[1] + _RING * math.sin(angle))
        for party, angle in angles.items()
    }
    lines: list[Shape] = []
    sums: list[Shape] = []
    for debt in sorted(debts, key=lambda debt: -debt.amount):
        drawn, label = _arrow(at[debt.debtor], at[debt.creditor], 1.2 + 6 * debt.amount / largest, colour)
        lines += drawn
        if len(debts) <= _MOST_SUMS:
            sums.append(Words(label, thousands(debt.amount), 13 if len(debts) <= MOST else 11, _INK, has_ground=True))
    discs: list[Shape] = []
    for party in parties:
        owed = net.get(party, 0)
        shade = _OWES if owed < 0 else _OWED if owed > 0 else _EVEN
        x, y = at[party]
        size = 14.0 if len(party) <= 5 else 11.0 if len(party) <= 7 else 9.0
        discs.append(Disc((x, y), _DISC, shade))
        discs.append(Words((x, y - 6), _short(party), size, _WHITE, is_bold=True))
        discs.append(Words((x, y + 9), thousands(owed, is_signed=True), 11.5, _WHITE))
    return [*lines, *discs, *sums]


def _arrow(start: Point, end: Point, width: float, colour: Colour) -> tuple[list[Shape], Point]:
    """The arrow between two discs, bent to its right so that its counterpart stands apart; and where its sum goes."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = math.hypot(dx, dy) or 1.0
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    bend = (middle[0] - dy * 0.2, middle[1] + dx * 0.2)
    out = _towards(start, bend, _DISC)
    head = 7 + width
    tip = _towards(end, bend, _DISC + 1)
    back = _towards(tip, bend, head)
    across = ((bend[0] - tip[0]), (bend[1] - tip[1]))
    size = math.hypot(*across) or 1.0
    side = (-across[1] / size * (3 + width * 0.75), across[0] / size * (3 + width * 0.75))
    wings = (tip, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1]))
    # Neighbours leave room between them alone; of two that cross the ring, each label keeps to its debtor.
    part = 0.5 if far < 1.45 * _RING else 0.36 if far < 2.1 * _RING else 0.3
    label = tuple(
        (1 - part) ** 2 * out[axis] + 2 * part * (1 - part) * bend[axis] + part**2 * back[axis] for axis in (0, 1)
    )
    return [Curve(out, bend, back, width, colour), Polygon(wings, colour)], (label[0], label[1])


def _towards(start: Point, end: Point, far: float) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    whole = math.hypot(dx, dy) or 1.0
    return (start[0] + dx / whole * far, start[1] + dy / whole * far)


def thousands(amount: int, *, is_signed: bool = False) -> str:
    """Rupiah in thousands, as a picture writes them: 4.175, below one thousand with a comma: 0,5."""
    whole, rest = divmod(abs(amount), 1000)
    digits = f"{whole:,}".replace(",", ".")
    if rest and whole < 100:
        digits += f",{rest // 100}"
    sign = "-" if amount < 0 else "+" if is_signed and amount > 0 else ""
    return sign + digits


def _short(party: str) -> str:
    return party if len(party) <= 9 else f"{party[:8]}…"
