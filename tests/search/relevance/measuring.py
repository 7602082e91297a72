"""Asks an engine every judged query and says how well it answered."""

import asyncio
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from search import language
from search.documents import ListingDocument
from search.embedded import EmbeddedEngine
from search.engine import Changes, Query, SearchEngine, Words
from search.ranking.weights import Ranking, Weights
from tests.search.documents import NOON
from tests.search.relevance import grading
from tests.search.relevance.grading import Judged

BATCH = 2_000
#: As a node ranks: what is open, reliable and fresh is lifted, and must not spoil what the words found.
RANKING = Ranking.now(Weights(), NOON)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one query."""

    query: Judged
    ndcg: float
    succeeded: bool
    found: tuple[UUID, ...]
    worth: dict[UUID, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over some queries."""

    queries: int
    ndcg: float
    success: float


def figures(answers: Sequence[Answer]) -> Figures:
    count = len(answers)
    return Figures(
        count,
        sum(answer.ndcg for answer in answers) / count,
        sum(answer.succeeded for answer in answers) / count,
    )


def half(answers: Sequence[Answer], *, held_back: bool) -> list[Answer]:
    return [answer for answer in answers if answer.query.is_held_back is held_back]


@contextmanager
def without_our_language() -> Iterator[None]:
    """The engine as it comes: no variants, no stop words, `2` is a digit."""
    never = re.compile(r"(?!)()")
    with (
        patch.object(language, "variants", lambda: {}),
        patch.object(language, "STOP_WORDS", frozenset()),
        patch.object(language, "_DOUBLED", never),
    ):
        yield


def judge(documents: Sequence[ListingDocument]) -> dict[Judged, dict[UUID, int]]:
    """What each listing is worth for each query: a scan over all of them."""
    fields = [(document.id, grading.fields_of(document)) for document in documents]
    return {query: grading.grades(query.needs, fields) for query in grading.queries()}


def measure(documents: Sequence[ListingDocument], *, widens: bool = True) -> list[Answer]:
    """Every query's answer by the embedded engine over these listings; where it is empty, what is shown instead."""
    return asyncio.run(_measure(documents, widens))


async def _measure(documents: Sequence[ListingDocument], widens: bool) -> list[Answer]:
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder))
        try:
            await fill(engine, documents)
            return await ask(engine, judge(documents), widens)
        finally:
            await engine.close()


async def fill(engine: SearchEngine, documents: Sequence[ListingDocument]) -> None:
    async with engine.rebuild() as rebuild:
        for start in range(0, len(documents), BATCH):
            await rebuild.write(Changes(put=documents[start : start + BATCH]))
        await rebuild.swap()


async def ask(engine: SearchEngine, judged: dict[Judged, dict[UUID, int]], widens: bool) -> list[Answer]:
    answers = []
    for query, worth in judged.items():
        asked = Query(query.text, first=grading.DEPTH, ranking=RANKING)
        hits = await engine.find(asked)
        if widens and not hits.total:
            hits = await engine.find(replace(asked, words=Words.FEWER))
        found = tuple(hit.id for hit in hits.hits)
        answers.append(Answer(query, grading.ndcg(found, worth), grading.succeeds(found, worth), found, worth))
    return answers
