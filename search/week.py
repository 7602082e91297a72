"""Opening hours as numbers that any index can match exactly to the minute. Pure.

A week has 10,080 minutes, counted from Monday 00:00 UTC. The blocks of 1, 2, 4 … 16,384 minutes that start
at multiples of their length form a binary tree. An interval is the union of few blocks (at most 2 a level);
a minute lies in exactly one block a level. A seller's blocks are indexed; "open at m" asks for any of m's.
(The canonical cover of a segment tree: de Berg et al., Computational Geometry, ch. 10.)

What differs from the week (holidays) is indexed the same way as spells, in minutes since 1970.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

WEEK_MINUTES = 7 * 24 * 60
LEVELS = 15  # 2^14 minutes hold a week
SPELL_LEVELS = 12  # 2^11 minutes hold a day
SPELL_STRIDE = 1 << 32  # sets the levels apart
#: A whole half-open range of minutes of the week: [opens, closes), 0 <= opens < closes <= WEEK_MINUTES.
Interval = tuple[int, int]


def minute_of_week(moment: datetime) -> int:
    """Minutes since Monday 00:00 of the moment's own zone."""
    return moment.weekday() * 1440 + moment.hour * 60 + moment.minute


def shifted(intervals: Iterable[Interval], minutes: int) -> list[Interval]:
    """The intervals moved by `minutes` around the week, cut where they pass its end."""
    moved = []
    for opens, closes in intervals:
        length = min(closes - opens, WEEK_MINUTES)
        start = (opens + minutes) % WEEK_MINUTES
        end = start + length
        moved.append((start, min(end, WEEK_MINUTES)))
        if end > WEEK_MINUTES:
            moved.append((0, end - WEEK_MINUTES))
    return merged(moved)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same minutes in as few intervals as there can be, in order."""
    result: list[Interval] = []
    for opens, closes in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if result and opens <= result[-1][1]:
            result[-1] = (result[-1][0], max(closes, result[-1][1]))
        else:
            result.append((opens, closes))
    return result


def minus(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """The minutes of `intervals` that are in none of `taken`."""
    left = merged(intervals)
    for start, end in merged(taken):
        left = [
            part
            for opens, closes in left
            for part in ((opens, min(closes, start)), (max(opens, end), closes))
            if part[0] < part[1]
        ]
    return left


def outside(intervals: Iterable[Interval]) -> list[Interval]:
    """The minutes of the week that are in none of these."""
    return minus([(0, WEEK_MINUTES)], intervals)


def blocks(intervals: Iterable[Interval]) -> list[int]:
    """The fewest blocks that together are these intervals of the week."""
    return [level * WEEK_MINUTES + place for level, place in _cover(merged(intervals))]


def blocks_at(minute: int) -> list[int]:
    """Every block of the week that holds the minute."""
    return [level * WEEK_MINUTES + (minute >> level) for level in range(LEVELS)]


def spell_blocks(spells: Iterable[Interval]) -> list[int]:
    """The same for spells of minutes since 1970, in blocks of at most 2^(SPELL_LEVELS-1) minutes."""
    longest = 1 << (SPELL_LEVELS - 1)
    pieces = [
        (max(start, cut), min(end, cut + longest))
        for start, end in merged(spells)
        for cut in range(start - start % longest, end, longest)
    ]
    return [level * SPELL_STRIDE + place for level, place in _cover(pieces)]


def spell_blocks_at(moment: datetime) -> list[int]:
    """Every block of spells that holds the moment."""
    minute = epoch_minute(moment)
    return [level * SPELL_STRIDE + (minute >> level) for level in range(SPELL_LEVELS)]


def epoch_minute(moment: datetime) -> int:
    """Whole minutes since 1970 in UTC."""
    return int(moment.timestamp()) // 60


def is_open(
    weekly: Iterable[Interval], closed: Iterable[Interval], opened: Iterable[Interval], moment: datetime
) -> bool:
    """By the week and not closed for once, or opened for once: what the blocks say, of one."""
    minute = epoch_minute(moment)
    if _holds(opened, minute):
        return True
    return _holds(weekly, minute_of_week(moment.astimezone(UTC))) and not _holds(closed, minute)


def _holds(intervals: Iterable[Interval], minute: int) -> bool:
    return any(start <= minute < end for start, end in intervals)


def _cover(intervals: Iterable[Interval]) -> list[tuple[int, int]]:
    """(level, place) of the blocks: climb the tree, taking the odd block at each end."""
    found = []
    for opens, closes in intervals:
        level = 0
        start, end = opens, closes
        while start < end:
            if start & 1:
                found.append((level, start))
                start += 1
            if end & 1:
                end -= 1
                found.append((level, end))
            start, end, level = start >> 1, end >> 1, level + 1
    return found
