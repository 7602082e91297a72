"""What is searched for, counted without saying by whom: how often, how often in vain, and what is opened then.

A process counts in memory and writes every WRITE_EVERY_S; what it counted last is lost with it. Nothing that may tell
of a person is kept: no account, device, address or place; a text with as many digits as a telephone number, with an
`@`, or as long as a sentence isn't counted by itself; and what few asked for is forgotten after its day.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from tortoise.functions import Sum
from tortoise.queryset import QuerySet

from marketplace import clock
from marketplace.database import M, connection, transaction
from marketplace.errors import Code, Invalid
from marketplace.inserts import upsert
from search import language
from search.models import SearchClickCount, SearchCount
from search.service import LONGEST_TEXT, Found, check_text

WRITE_EVERY_S = 10.0
#: Texts that a process counts apart between two writings; more are counted in the sum alone.
MOST_TEXTS = 1_000
#: A text that fewer searched for on a day is forgotten after it; all counts are forgotten after KEPT.
FEWEST, KEPT = 5, timedelta(days=90)
LONGEST_COUNTED, MOST_DIGITS = 60, 6
MOST_POSITION = 100
BATCH = 1_000
#: What all searches are counted under.
ALL = ""

log = structlog.get_logger()
#: (day, text, what) -> how often; (day, position) -> how often.
_searches: Counter[tuple[date, str, str]] = Counter()
_clicks: Counter[tuple[date, int]] = Counter()


def count_search(text: str, found: Found) -> None:
    """Count a first page that was asked for with words."""
    if not language.words_of(text) or found.degraded:
        return
    whats = ["searches"]
    if not found.total:
        whats.append("empty")
    elif found.is_widened:
        whats.append("widened")
    for name in (ALL, *_named(text)):
        _searches.update((_today(), name, what) for what in whats)


def count_click(text: str, position: int) -> None:
    """Count that what stood at this position of a page (from 1) was opened; raises Invalid."""
    check_text(text)
    if not 1 <= position <= MOST_POSITION:
        raise Invalid.field("position", Code.OUT_OF_RANGE, "1 to 100", "1 sampai 100")
    _clicks[_today(), position] += 1
    for name in (ALL, *_named(text)):
        _searches[_today(), name, "clicks"] += 1


def countable(text: str) -> str | None:
    """The text's normal form, where it can't tell of a person; None: it is counted in the sum alone."""
    digits = sum(letter.isdigit() for letter in text)
    if "@" in text or digits > MOST_DIGITS or len(text) > LONGEST_COUNTED:
        return None
    return language.normalise(text)[:LONGEST_TEXT] or None


@asynccontextmanager
async def writing() -> AsyncIterator[None]:
    """Write what this process counts, from time to time and at its end."""
    task = asyncio.create_task(_write_on())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await write()


async def write() -> int:
    """Add what was counted to the rows; answers how many were written."""
    searches, clicks = dict(_searches), dict(_clicks)
    _searches.clear()
    _clicks.clear()
    rows: dict[tuple[date, str], SearchCount] = {}
    for (day, text, what), number in searches.items():
        row = rows.setdefault((day, text), SearchCount(day=day, text=text))
        setattr(row, what, number)
    positions = [SearchClickCount(day=day, position=at, clicks=number) for (day, at), number in clicks.items()]
    if rows or positions:
        async with transaction():
            numbers = ("searches", "empty", "widened", "clicks")
            await upsert(list(rows.values()), connection(), by=("day", "text"), add=numbers)
            await upsert(positions, connection(), by=("day", "position"), add=("clicks",))
    return len(rows) + len(positions)


async def forget_old(adapters: object = None) -> int:
    """Sweep of the timetable: erase what few asked for, after its day, and what is old. Bounded."""
    today = _today()
    done = await _forget(SearchCount.filter(day__lt=today, searches__lt=FEWEST).exclude(text=ALL))
    done += await _forget(SearchCount.filter(day__lt=today - KEPT))
    return done + await _forget(SearchClickCount.filter(day__lt=today - KEPT))


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, or all of them, over some days."""

    text: str
    searches: int
    empty: int
    widened: int
    clicks: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was searched for over some days. Texts that fewer than FEWEST asked for are left out."""

    since: date
    all: Asked
    in_vain: Sequence[Asked]
    often: Sequence[Asked]
    clicks: Sequence[tuple[int, int]]  # position, how often what stood there was opened


async def report(days: int, most: int) -> Report:
    """The last so many days, today included, with at most `most` texts of each sort. Four statements."""
    since = _today() - timedelta(days=days - 1)
    sums = {name: Sum(name) for name in ("searches", "empty", "widened", "clicks")}
    grouped = SearchCount.filter(day__gte=since).annotate(
        **{f"sum_{name}": function for name, function in sums.items()}
    )
    names = ("text", *(f"sum_{name}" for name in sums))
    by_text = grouped.exclude(text=ALL).group_by("text").filter(sum_searches__gte=FEWEST)
    everything = await grouped.filter(text=ALL).group_by("text").values(*names)
    in_vain = await by_text.filter(sum_empty__gt=0).order_by("-sum_empty", "text").limit(most).values(*names)
    often = await by_text.order_by("-sum_searches", "text").limit(most).values(*names)
    clicked = SearchClickCount.filter(day__gte=since).annotate(number=Sum("clicks")).group_by("position")
    positions = await clicked.order_by("position").values("position", "number")
    return Report(
        since,
        _asked(everything[0]) if everything else Asked(ALL, 0, 0, 0, 0),
        [_asked(row) for row in in_vain],
        [_asked(row) for row in often],
        [(row["position"], int(row["number"])) for row in positions],
    )


def _asked(row: dict[str, object]) -> Asked:
    numbers = (int(str(row[f"sum_{name}"])) for name in ("searches", "empty", "widened", "clicks"))
    return Asked(str(row["text"]), *numbers)


async def _write_on() -> None:
    while True:
        await asyncio.sleep(WRITE_EVERY_S)
        try:
            await write()
        except Exception as cause:  # what is counted is worth no more than a line in the log
            log.warning("search_counts_lost", error=type(cause).__name__)


async def _forget(rows: QuerySet[M]) -> int:
    ids = await rows.limit(BATCH).values_list("id", flat=True)
    return await rows.model.filter(pk__in=list(ids)).delete() if ids else 0


def _named(text: str) -> list[str]:
    """The text to count apart, if any: none that may tell of a person, none where too many are counted."""
    name = countable(text)
    is_new = name is not None and (_today(), name, "searches") not in _searches
    return [] if name is None or (is_new and len(_searches) >= MOST_TEXTS) else [name]


def _today() -> date:
    return clock.now().date()
