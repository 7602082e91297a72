"""Opening hours as numbers that any index can match exactly to the minute. Pure.

A week has 10,080 minutes, counted from Monday 00:00 UTC. The blocks of 1, 2, 4 … 16,384 minutes that start
at multiples of their length form a binary tree. An interval is the union of few blocks (at most 2 a level);
a minute lies in exactly one block a level. A seller's blocks are indexed; "open at m" asks for any of m's.
(The canonical cover of a segment tree: de Berg et al., Computational Geometry, ch. 10.)
"""

from collections.abc import Iterable
from datetime import datetime

WEEK_MINUTES = 7 * 24 * 60
LEVELS = 15  # 2^14 minutes hold a week
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


def _block(level: int, minute: int) -> int:
    return level * WEEK_MINUTES + (minute >> level)


def blocks(intervals: Iterable[Interval]) -> list[int]:
    """The fewest blocks that together are these intervals."""
    found = []
    for opens, closes in merged(intervals):
        level = 0
        while opens < closes:
            if opens >> level & 1:
                found.append(_block(level, opens))
                opens += 1 << level
            if closes >> level & 1 and opens < closes:
                closes -= 1 << level
                found.append(_block(level, closes))
            level += 1
    return found


def blocks_at(minute: int) -> list[int]:
    """Every block that holds the minute."""
    return [_block(level, minute) for level in range(LEVELS)]
