"""Which hits are open at a moment, read by a column: many shops keep the same hours, which are read once for all."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

import tantivy

from search import week
from search.embedded.fields import column, seconds

#: Hours that are remembered, a kilobyte at most each; beyond, all are forgotten.
MOST_KNOWN = 10_000
#: The usual week, where it does not hold, and where it is open beyond it.
Hours: TypeAlias = tuple[Sequence[week.Interval], Sequence[week.Interval], Sequence[week.Interval]]
#: Code of a document's hours -> the hours.
_known: dict[int, Hours] = {}


def opens(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress], moment: datetime) -> list[bool]:
    """Of each of these whether it is open then: as `asking` filters by it."""
    now = seconds(moment)
    codes = column(searcher, "hours_code", addresses)
    is_open: dict[int, bool] = {}
    for code, address in zip(codes, addresses, strict=True):
        if code not in is_open:
            is_open[code] = week.is_open(*_hours(searcher, code, address), moment)
    paused = column(searcher, "paused_until", addresses)
    return [is_open[code] and until <= now for code, until in zip(codes, paused, strict=True)]


def _hours(searcher: tantivy.Searcher, code: int, address: tantivy.DocAddress) -> Hours:
    hours = _known.get(code)
    if hours is None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        hours = _known[code] = json.loads(searcher.doc(address).get_first("hours") or "")
    return hours
