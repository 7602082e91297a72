"""How good a listing is for a query, by a written rule on its fields over every listing. Knows no search engine.

A query *needs* some things, judged by a person and written beside it (`queries.csv`): `nasi goreng + jawa`.
A need is met where one of its wordings (`concepts.csv`, or `a|b` in place) stands as whole words in a row.

3  it is the thing: every need stands in the title, the first of them at its beginning
2  every need stands in the title, somewhere
1  every need stands in title, seller's name, category or description, the first of them not in the description
0  anything else

`@name` needs the seller of that name, and what he sells is then as good as a title that begins right.
"""

import csv
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from search.documents import ListingDocument

FOLDER = Path(__file__).parent
DEPTH = 10
SUCCESS_DEPTH, SUCCESS_GRADE = 3, 2
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_NUMBER_AND_UNIT = re.compile(r"(\d)([a-z])")
_UNITS = {"gr": "g", "gram": "g", "lt": "liter", "kilo": "kg"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A query as people type it, and what it needs."""

    text: str
    kind: str
    needs: tuple[str, ...]
    is_held_back: bool
    """Never looked at while tuning: every second query of its kind."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A listing's texts, each with a space around it so that whole words are found by `in`."""

    title: str
    seller: str
    category: str
    description: str


def plain(text: str) -> str:
    """Lower case, no accents or signs, `5kg` as `5 kg`."""
    folded = unicodedata.normalize("NFKD", text).lower()
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = _NUMBER_AND_UNIT.sub(r"\1 \2", _NOT_WORD.sub(" ", letters)).split()
    return " ".join(_UNITS.get(word, word) for word in words)


@cache
def concepts() -> Mapping[str, tuple[str, ...]]:
    """What a need may be called, first as most people write it."""
    with (FOLDER / "concepts.csv").open(encoding="utf-8") as lines:
        return {row["concept"]: tuple(row["wordings"].split("|")) for row in csv.DictReader(lines)}


@cache
def queries() -> tuple[Judged, ...]:
    """Every judged query; of each kind every second one is held back."""
    seen: dict[str, int] = {}
    found = []
    with (FOLDER / "queries.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            number = seen[row["kind"]] = seen.get(row["kind"], 0) + 1
            needs = tuple(need.strip() for need in row["needs"].split(" + "))
            found.append(Judged(row["query"], row["kind"], needs, number % 2 == 0))
    return tuple(found)


def fields_of(document: ListingDocument) -> Fields:
    names = " ".join(document.category_names)
    texts = (document.title, document.seller_name, names, document.description)
    return Fields(*(f" {plain(text)} " for text in texts))


def grade(needs: Sequence[str], fields: Fields) -> int:
    """0 to 3, by the rule above."""
    in_title, begins, anywhere = True, False, True
    for place, need in enumerate(needs):
        if need.startswith("@"):
            if need[1:] not in fields.seller:
                return 0
            begins = begins or place == 0
            continue
        ways = [f" {way} " for way in _wordings(need)]
        here = any(way in fields.title for way in ways)
        in_title = in_title and here
        if place == 0:
            begins = any(fields.title.startswith(way) for way in ways)
        elsewhere = (fields.seller, fields.category, *((fields.description,) if place else ()))
        anywhere = anywhere and (here or any(way in text for way in ways for text in elsewhere))
    if in_title:
        return 3 if begins else 2
    return 1 if anywhere else 0


@cache
def _wordings(need: str) -> tuple[str, ...]:
    return tuple(way for name in need.split("|") for way in concepts().get(name, (name,)))


def grades(needs: Sequence[str], listings: Iterable[tuple[UUID, Fields]]) -> dict[UUID, int]:
    """Every listing that is worth something for the query."""
    judged = ((id, grade(needs, fields)) for id, fields in listings)
    return {id: worth for id, worth in judged if worth}


def ndcg(found: Sequence[UUID], worth: Mapping[UUID, int]) -> float:
    """Discounted cumulative gain of the first ten, as a part of the best there could be (gain 2^grade - 1).

    Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), in the form with
    exponential gain of Burges et al. (2005).
    """
    best = _gained(sorted(worth.values(), reverse=True))
    return _gained([worth.get(id, 0) for id in found]) / best if best else 0.0


def _gained(values: Sequence[int]) -> float:
    return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values[:DEPTH]))


def succeeds(found: Sequence[UUID], worth: Mapping[UUID, int]) -> bool:
    """Whether one of the first three is the thing, or has all that was asked in its title."""
    return any(worth.get(id, 0) >= SUCCESS_GRADE for id in found[:SUCCESS_DEPTH])
