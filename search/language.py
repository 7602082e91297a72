"""Bahasa Indonesia as people type it: one form for documents and queries, and other ways to say a thing.

`nasgor` is `nasi goreng`, `gado2` is `gado gado`, `kopi yg enak` asks for `kopi enak`.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

MOST_WORDS = 12
LONGEST_VARIANT = 3  # words
#: Kinds of pairs that mean the same either way round. Others (related, affix, order) only point one way,
#: or mean something else often enough to spoil a result.
SAME = frozenset({"spelling", "abbreviation", "typo", "english", "joined", "synonym", "regional"})
#: Words that say nothing about a listing; a query of nothing else keeps them.
STOP_WORDS = frozenset(
    {"yang", "yg", "di", "ke", "dari", "dan", "atau", "dengan", "dgn", "untuk", "utk", "buat", "pada", "ini"}
    | {"itu", "ada", "the", "of", "and", "with", "a", "saya", "aku", "mau", "ingin", "pengen", "cari", "beli"}
    | {"pesan", "dekat", "terdekat", "sekitar", "sini", "enak", "murah", "dong", "ya", "nih"}
)
_DOUBLED = re.compile(r"\b([^\W\d_]{2,})2\b")
_NOT_WORD = re.compile(r"[^\w]+|_+")


def normalise(text: str) -> str:
    """Lower case, no accents, no signs, one space between words, reduplication written out."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", _DOUBLED.sub(r"\1 \1", plain)).strip()


def words_of(text: str) -> tuple[str, ...]:
    """The normalised words of a text."""
    return tuple(normalise(text).split())


def query_words(text: str) -> tuple[str, ...]:
    """The words that a query asks for: stop words dropped unless nothing else is left; at most MOST_WORDS."""
    words = words_of(text)
    meaning = tuple(word for word in words if word not in STOP_WORDS)
    return (meaning or words)[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a query asks for, and other wordings of it, each some words that must all be there."""

    words: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()


def terms(words: tuple[str, ...]) -> list[Term]:
    """The words as terms: the longest wordings that are known, from the left, else single words."""
    found = []
    start = 0
    while start < len(words):
        for length in range(min(LONGEST_VARIANT, len(words) - start), 0, -1):
            phrase = words[start : start + length]
            if length == 1 or phrase in variants():
                found.append(Term(phrase, variants().get(phrase, ())))
                start += length
                break
    return found


@cache
def variants() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Every known wording -> the others that mean the same."""
    pairs: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    with resources.files("search").joinpath("data/search_variants_id.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            one, other = words_of(row["variant"]), words_of(row["canonical"])
            if row["kind"] in SAME and one != other:
                pairs.setdefault(one, []).append(other)
                pairs.setdefault(other, []).append(one)
    return {wording: tuple(dict.fromkeys(others)) for wording, others in pairs.items()}
