"""What is asked of a search, as people type it, and how long an answer takes.

Of each kind LUMBUNG_BENCH_QUESTIONS (100 unless set; there are 361 texts). Of a hundred, p99 is the slowest.
"""

import csv
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import tantivy

from search.embedded.completing import suggest
from search.embedded.finding import find
from search.engine import Filters, Query, Sort
from search.places import Point
from search.ranking.weights import Ranking, Weights
from tests.benchmarks.menus import towns

QUESTIONS = int(os.environ.get("LUMBUNG_BENCH_QUESTIONS", "100"))
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
RANKING = Ranking.now(Weights(), NOON)
TYPED = Path(__file__).parents[1] / "search" / "relevance" / "queries.csv"


@dataclass(frozen=True)
class Typed:
    """What is typed so far."""

    text: str
    near: Point | None


Question: TypeAlias = Query | Typed


@dataclass
class Times:
    """Milliseconds of each question: on the wall, and on the processor."""

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def of(self, question: Question, searcher: tantivy.Searcher) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        asked(question, searcher)
        self.cpu_ms.append((time.thread_time() - cpu) * 1000)
        self.wall_ms.append((time.perf_counter() - wall) * 1000)

    def told(self, kind: str) -> str:
        return (
            f"  {kind:34} p50 {percentile(self.wall_ms, 50):7.1f} ms  p99 {percentile(self.wall_ms, 99):7.1f} ms"
            f"  slowest {max(self.wall_ms):7.1f} ms"
            f"   processor p50 {percentile(self.cpu_ms, 50):6.1f} ms  p99 {percentile(self.cpu_ms, 99):6.1f} ms"
        )


def asked(question: Question, searcher: tantivy.Searcher) -> object:
    """The engine's answer, kept by nobody."""
    if isinstance(question, Typed):
        return suggest(searcher, question.text, question.near)
    return find(searcher, question)


def percentile(values: Sequence[float], percent: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def questions() -> dict[str, list[Question]]:
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

    def of_each(make: Callable[[str], Query]) -> list[Question]:
        return [replace(make(text), ranking=RANKING) for text in texts]

    filters = Filters(kind="FOOD", price_max=30_000, open_at=NOON)
    return {
        "type-ahead": [Typed(begun(text), None) for text in texts],
        "type-ahead, near": [Typed(begun(text), near()) for text in texts],
        "words, facets": of_each(Query),
        "words, filters, facets": of_each(lambda text: Query(text, filters)),
        "words, near": of_each(lambda text: Query(text, near=near())),
        "words, filters, 5 km": of_each(lambda text: Query(text, replace(filters, radius_m=5_000), near=near())),
        "words, by distance": of_each(lambda text: Query(text, near=near(), sort=Sort.DISTANCE)),
        "words, by price": of_each(lambda text: Query(text, sort=Sort.PRICE)),
        "open within 5 km": of_each(lambda _: Query("", Filters(open_at=NOON, radius_m=5_000), near=near())),
        "a category": of_each(lambda _: Query("", Filters(category="food"))),
    }
