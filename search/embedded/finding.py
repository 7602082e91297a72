"""From a query to a page of hits, on one searcher.

The first hits by their words are weighed by what counts beside them, as are, with `near`, the nearest that have the
words; all others stand behind those in the order of their words. What is looked at so does not grow with the index.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

import tantivy

from search.embedded.asking import most_spared
from search.embedded.candidates import MOST_MEASURED, Asked, Candidates, column, last_place
from search.embedded.fields import FACET_FIELDS, LIFTING_FIELDS
from search.engine import MOST_FACET_VALUES, MOST_HITS, MOST_WEIGHED, Facets, Hit, Hits, Query, Sort, without_own
from search.ranking.weights import Ranking, Weights, lift, nearness, order

#: Code of a facet's value -> the value. Grows with the values ever seen, which are few.
_values: dict[int, str] = {}

#: Facet -> value -> how many hits have it.
Counts: TypeAlias = dict[str, dict[str, int]]
#: Of the hits that words and nearness rank first, so many are lifted by the rest that counts.
MOST_LIFTED = 300
#: A hit's rank, its id's halves, its place among the candidates, its distance.
Ranked: TypeAlias = tuple[float, int, int, int, float | None]


def find(searcher: tantivy.Searcher, query: Query) -> Hits:
    """The page that the query asks for, with its facets."""
    for spared in range(most_spared(query) + 1):
        asked = Asked(searcher, query, spared)
        wider = {facet: Asked(searcher, one, spared) for facet, one in without_own(query).items()}
        total, counts = _of_a_kind(asked, wider["kind"]) if "kind" in wider else _of_all(asked)
        if total:
            break
    candidates = asked.candidates(total)
    if asked.radius_m is not None and total <= MOST_MEASURED:  # of more, the circle's cells are counted: a bit more
        candidates = candidates.within(asked.radius_m)
        total = len(candidates.addresses)
        exact = _counted(searcher, candidates.addresses, FACET_FIELDS)
        counts |= {name: exact[name] for name in FACET_FIELDS if name not in wider}
    for facet, one in wider.items():
        counts[facet] = _without_own(one, facet, counts)
    ranked = _ranked(searcher, query, candidates)
    if query.ranking is not None and query.sort is Sort.RELEVANCE:
        ranked = _lifted(asked, query.ranking, candidates, ranked)
    for most in (MOST_WEIGHED, MOST_HITS):
        if len(ranked) < min(last_place(query), total) and query.sort is not Sort.DISTANCE:
            more = asked.best(most).without(candidates)
            ranked, candidates = ranked + _ranked(searcher, query, more), candidates.beside(more)
    start = _start(ranked, query)
    page = ranked[start : start + query.first]
    return Hits(
        hits=tuple(
            Hit(UUID(int=high << 64 | low), None if distance is None else round(distance))
            for _, high, low, _, distance in page
        ),
        offset=start,
        total=min(total, MOST_HITS),
        has_next=bool(page) and start + len(page) < min(total, MOST_HITS),
        facets=Facets.of(counts),
    )


def _ranked(searcher: tantivy.Searcher, query: Query, candidates: Candidates) -> list[Ranked]:
    """Least rank first; ties go by id, which is age."""
    addresses, distances = candidates.addresses, candidates.distances
    ranks: Sequence[float]
    if query.sort is Sort.PRICE:
        ranks = column(searcher, "price_min", addresses)
    elif distances is None:
        ranks = [-score - 1 for score in candidates.scores]
    elif query.sort is Sort.DISTANCE:
        ranks = distances
    else:
        # One is added so that without words, where every score is 0, the nearest still come first.
        half_worth_m = (query.ranking.weights if query.ranking else Weights()).half_worth_m
        ranks = [
            -(score + 1) * nearness(distance, half_worth_m)
            for score, distance in zip(candidates.scores, distances, strict=True)
        ]
    highs, lows = column(searcher, "id_high", addresses), column(searcher, "id_low", addresses)
    known: Sequence[float | None] = distances or [None] * len(addresses)
    return sorted(zip(ranks, highs, lows, range(len(addresses)), known, strict=True))


def _lifted(asked: Asked, ranking: Ranking, candidates: Candidates, ranked: list[Ranked]) -> list[Ranked]:
    """The first MOST_LIFTED in the order that their lifts make of them, before all others."""
    first = ranked[:MOST_LIFTED]
    if not first:
        return ranked
    ids = [(high, low) for _, high, low, _, _ in first]
    must_be_open = asked.query.filters.open_at is not None
    opens = set(ids) if must_be_open else asked.opens(ids, ranking.at)
    addresses = [candidates.addresses[place] for *_, place, _ in first]
    columns = [column(asked.searcher, field, addresses) for field in LIFTING_FIELDS]
    is_near = asked.query.near is not None
    keys = [
        order(
            -rank,
            lift(ranking, is_open=id in opens, reliability=sure, listed_s=since, is_member=bool(is_member)),
            is_near=is_near,
        )
        for (rank, *_), id, sure, since, is_member in zip(first, ids, *columns, strict=True)
    ]
    again = [hit for _, hit in sorted(zip(keys, first, strict=True), key=lambda one: (one[0], one[1][1:]))]
    return again + ranked[MOST_LIFTED:]


def _start(ranked: list[Ranked], query: Query) -> int:
    if query.after is None:
        return 0
    last = (query.after.last.int >> 64, query.after.last.int & (1 << 64) - 1)
    for place, (_, high, low, _, _) in enumerate(ranked):
        if (high, low) == last:
            return place + 1
    return min(query.after.offset, len(ranked))


def _of_all(asked: Asked) -> tuple[int, Counts]:
    """How many there are, and their facets."""
    counts = _aggregated(asked, {name: _terms(name) for name in FACET_FIELDS})
    return sum(counts["kind"].values()), counts


def _of_a_kind(asked: Asked, any_kind: Asked) -> tuple[int, Counts]:
    """The same where one kind is asked for: in one pass over all kinds, of which the others are counted too."""
    within = {name: _terms(name) for name in FACET_FIELDS if name != "kind"}
    found = asked.searcher.aggregate(any_kind.clause, {"kind": {**_terms("kind"), "aggs": within}})["kind"]
    kinds = {bucket["key"]: bucket for bucket in found["buckets"]}
    wanted = kinds.get(asked.query.filters.kind)
    if wanted is None:
        return 0, {"kind": _by_value(found)}
    return wanted["doc_count"], {"kind": _by_value(found), **{name: _by_value(wanted[name]) for name in within}}


def _without_own(asked: Asked, facet: str, counts: Counts) -> dict[str, int]:
    """The facet of all that is asked for: of few in a circle exactly, else by the cells that cover it."""
    if facet != "kind":  # of kinds there are few, so that they say how many there are
        counts = _aggregated(asked, {name: _terms(name) for name in ("kind", facet)})
    total = sum(counts["kind"].values())
    if asked.radius_m is not None and total <= MOST_MEASURED:
        counts = _counted(asked.searcher, asked.within_radius(total).addresses, [facet])
    return counts[facet]


def _aggregated(asked: Asked, wanted: dict[str, dict[str, Any]]) -> Counts:
    found = asked.searcher.aggregate(asked.clause, wanted)
    return {name: _by_value(found[name]) for name in wanted}


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": MOST_FACET_VALUES}}


def _by_value(found: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}


def _counted(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress], names: Sequence[str]) -> Counts:
    """Facets of exactly these: counted by code, the codes' values read from one document each."""
    counts = {}
    for name in names:
        codes = column(searcher, f"{name}_code", addresses)
        for code, address in zip(codes, addresses, strict=True):
            if code not in _values:
                _values[code] = searcher.doc(address).get_first(name) or ""
        counts[name] = {_values[code]: n for code, n in Counter(codes).most_common(MOST_FACET_VALUES)}
    return counts
