"""How the fake finds: words, the last as a prefix, typos by word length, synonyms; then sorts."""

import re
from typing import Any

from search.places import haversine_m

Document = dict[str, Any]
#: By the rule "attribute", a word nearer to its attribute's beginning is worth more.
POSITION, MOST_POSITIONS = 0.001, 50
_GEO_SORT = re.compile(r"_geoPoint\(\s*([-\d.e]+)\s*,\s*([-\d.e]+)\s*\):(asc|desc)")


def score(document: Document, text: str, fields: list[str], settings: dict[str, Any], strategy: str) -> float | None:
    """The ranking score from 0 to 1, or None when a word of the query is nowhere.

    By the strategy "last", words are given up from the end; whoever has more of them stands first.
    """
    words = text.split()
    for kept in range(len(words), 0, -1):
        found = _score(document, " ".join(words[:kept]), fields, settings)
        if found is not None:
            return found * kept / len(words)
        if strategy == "all":
            return None
    return 1.0 if not words else None


def _score(document: Document, text: str, fields: list[str], settings: dict[str, Any]) -> float | None:
    words = text.split()
    wordings = [(words, 1.0)]
    for phrase, others in settings["synonyms"].items():
        for other in others:
            replaced = f" {text} ".replace(f" {phrase} ", f" {other} ").split()
            if replaced != words:
                wordings.append((replaced, 0.9))
    best = max(weight * _all(document, wording, fields, settings["typoTolerance"]) for wording, weight in wordings)
    return best or None


def _all(document: Document, words: list[str], fields: list[str], tolerance: dict[str, Any]) -> float:
    total = 1.0
    for place, word in enumerate(words):
        best = max(
            (
                _word(candidate, word, place == len(words) - 1, _sizes(field, tolerance))
                * (1 - 0.1 * rank - POSITION * min(at, MOST_POSITIONS))
                for rank, field in enumerate(fields)
                for at, candidate in enumerate(_text(document.get(field)).split())
            ),
            default=0.0,
        )
        total = min(total, best)
    return total


def _sizes(field: str, tolerance: dict[str, Any]) -> dict[str, int]:
    exact = {"oneTypo": 255, "twoTypos": 255}
    return exact if field in tolerance.get("disableOnAttributes", []) else tolerance["minWordSizeForTypos"]


def _word(candidate: str, word: str, is_last: bool, sizes: dict[str, int]) -> float:
    if candidate == word:
        return 1.0
    if is_last and candidate.startswith(word):
        return 0.9
    allowed = 2 if len(word) >= sizes["twoTypos"] else 1 if len(word) >= sizes["oneTypo"] else 0
    typos = distance(candidate, word)
    if is_last:
        typos = min(typos, *(distance(candidate[: len(word) + more], word) for more in (-1, 0, 1)))
    return 0.6 - 0.1 * typos if 0 < typos <= allowed else 0.0


def distance(a: str, b: str) -> int:
    """Damerau–Levenshtein, adjacent transpositions as one."""
    rows = [list(range(len(b) + 1))]
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def _text(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value or "")


def sort_key(document: Document, sorts: list[str]) -> list[Any]:
    """What `sort` orders by; ascending only, which is all that is asked."""
    key: list[Any] = []
    for sort in sorts:
        if found := _GEO_SORT.fullmatch(sort):
            lat, lon = float(found[1]), float(found[2])
            key.append(haversine_m(lat, lon, document["_geo"]["lat"], document["_geo"]["lng"]))
        else:
            field, _, order = sort.partition(":")
            assert order == "asc", sort
            key.append(document[field])
    return key


def sort_field(sort: str) -> str:
    return "_geo" if sort.startswith("_geoPoint") else sort.partition(":")[0]
