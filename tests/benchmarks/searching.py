"""The embedded engine at many listings: building, size, questions as people type them, and an update to visible.

Sizes by LUMBUNG_BENCH_LISTINGS (20000 unless set; 200000,1000000 by hand). Beside each wall time stands the thread's
own time on the processor, which others at work on the machine lengthen less.
"""

import csv
import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import tantivy

from search.embedded import EmbeddedEngine
from search.embedded.completing import suggest
from search.embedded.finding import find
from search.engine import Changes, Filters, Query, Sort
from search.places import Point
from search.ranking.weights import Ranking, Weights
from tests.benchmarks.menus import many, towns

SIZES = [int(size) for size in os.environ.get("LUMBUNG_BENCH_LISTINGS", "20000").split(",")]
QUESTIONS = 100
UPSERTS = 20
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
RANKING = Ranking.now(Weights(), NOON)
TYPED = Path(__file__).parents[1] / "search" / "relevance" / "queries.csv"
#: A question put to a searcher.
Asks = Callable[[tantivy.Searcher], object]


@dataclass
class Times:
    """Milliseconds of each question: on the wall, and on the processor."""

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def of(self, asks: Asks, searcher: tantivy.Searcher) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        asks(searcher)
        self.cpu_ms.append((time.thread_time() - cpu) * 1000)
        self.wall_ms.append((time.perf_counter() - wall) * 1000)


def percentile(values: Sequence[float], percent: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def questions() -> dict[str, list[Asks]]:
    """What is asked, by its kind; the texts are those that relevance is judged by."""
    chance = random.Random(7)
    with TYPED.open(encoding="utf-8") as lines:
        texts = chance.sample([row["query"] for row in csv.DictReader(lines)], QUESTIONS)
    places = towns()
    weights = [1 / rank for rank in range(1, len(places) + 1)]

    def near() -> Point:
        (town,) = chance.choices(places, weights)
        return Point(town.lat + chance.gauss(0, 0.03), town.lon + chance.gauss(0, 0.03))

    def begun(text: str) -> str:
        return text[: chance.randint(min(3, len(text)), len(text))]

    def asked(make: Callable[[str], Query]) -> list[Asks]:
        return [_finding(replace(make(text), ranking=RANKING)) for text in texts]

    filters = Filters(kind="FOOD", price_max=30_000, open_at=NOON)
    return {
        "type-ahead": [_completing(begun(text), None) for text in texts],
        "type-ahead, near": [_completing(begun(text), near()) for text in texts],
        "words, facets": asked(Query),
        "words, filters, facets": asked(lambda text: Query(text, filters)),
        "words, near": asked(lambda text: Query(text, near=near())),
        "words, filters, 5 km": asked(lambda text: Query(text, replace(filters, radius_m=5_000), near=near())),
        "words, by distance": asked(lambda text: Query(text, near=near(), sort=Sort.DISTANCE)),
        "words, by price": asked(lambda text: Query(text, sort=Sort.PRICE)),
        "open within 5 km": asked(lambda _: Query("", Filters(open_at=NOON, radius_m=5_000), near=near())),
        "a category": asked(lambda _: Query("", Filters(category="food"))),
    }


def _finding(query: Query) -> Asks:
    return lambda searcher: find(searcher, query)


def _completing(text: str, near: Point | None) -> Asks:
    return lambda searcher: suggest(searcher, text, near)


async def measure() -> None:
    p99s: dict[str, list[float]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="lumbung-bench-search-") as folder:
            for kind, p99_ms in (await _measure(size, Path(folder))).items():
                p99s.setdefault(kind, []).append(p99_ms)
    if len(SIZES) > 1:
        print(f"growth from {SIZES[0]:,} to {SIZES[-1]:,}: {SIZES[-1] / SIZES[0]:.0f} times the listings")
        for kind, values in p99s.items():
            print(f"  {kind:28} {values[-1] / values[0]:8.1f} times as long at p99")


async def _measure(size: int, folder: Path) -> dict[str, float]:
    engine = EmbeddedEngine(folder)
    assert engine.can_write()
    wall, cpu = time.perf_counter(), time.process_time()
    await _build(engine, size)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    mb = _bytes_in(folder) / 1e6
    print(f"search: {size:,} listings indexed   {wall:8.1f} s   processor {cpu:.1f} s   {mb:.0f} MB")
    p99s = {}
    searcher = engine.searcher()
    for kind, asks in questions().items():
        times = Times()
        for ask in asks:
            times.of(ask, searcher)
        p99s[kind] = percentile(times.cpu_ms, 99)
        print(
            f"  {kind:28} p50 {percentile(times.wall_ms, 50):7.1f} ms  p99 {percentile(times.wall_ms, 99):7.1f} ms"
            f"   processor p50 {percentile(times.cpu_ms, 50):6.1f} ms  p99 {p99s[kind]:6.1f} ms"
        )
    p99s["upsert to visible"] = await _upserts(engine, size)
    await engine.close()
    return p99s


def _bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


async def _build(engine: EmbeddedEngine, size: int) -> None:
    stream = many(size)
    async with engine.rebuild() as rebuild:
        while batch := list(islice(stream, 500)):
            await rebuild.write(Changes(put=batch))
        await rebuild.swap()


async def _upserts(engine: EmbeddedEngine, size: int) -> float:
    """A new price of one listing, until a search finds it by that price."""
    listings = list(islice(many(size), UPSERTS))
    times = []
    for number, listing in enumerate(listings):
        price = 900_000_000 + number
        began = time.perf_counter()
        await engine.write(Changes(put=[replace(listing, price_min=price, price_max=price)]))
        found = await engine.find(Query("", Filters(price_min=price)))
        assert [hit.id for hit in found.hits] == [listing.id]
        times.append((time.perf_counter() - began) * 1000)
        await engine.write(Changes(put=[listing]))
    print(f"  {'upsert to visible':28} p50 {percentile(times, 50):7.1f} ms  p99 {percentile(times, 99):7.1f} ms")
    return percentile(times, 99)
