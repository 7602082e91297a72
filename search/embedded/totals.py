"""How much there is of what is asked for, and of each kind, category and co-op.

In a circle that holds few, each is measured and counted; in a wider one the cells that cover it are counted, which
reach a bit beyond.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import tantivy

from search.embedded.candidates import MOST_MEASURED, Asked, Candidates
from search.embedded.fields import FACET_FIELDS, code_of, column
from search.engine import MOST_FACET_VALUES

#: Code of a facet's value -> the value. Grows with the values ever seen, which are few.
_values: dict[int, str] = {}

#: Facet -> value -> how many hits have it.
Counts: TypeAlias = dict[str, dict[str, int]]


@dataclass(slots=True)
class Totals:
    """How many hits, their facets, and where each was measured all of them, the oldest first."""

    total: int
    counts: Counts
    measured: Candidates | None = None


def totals_of(asked: Asked, wider: Mapping[str, Asked]) -> Totals:
    """Of what is asked; by each facet that it narrows, in `wider` the same without that."""
    any_kind = wider.get("kind")
    found = None
    if asked.radius_m is not None and asked.has_words:  # few places have many that answer words
        found = _in_circle(asked, any_kind, wider)
    if found is None:
        found = _of_all(asked, wider) if any_kind is None else _of_a_kind(asked, any_kind, wider)
        if asked.radius_m is not None and found.total <= MOST_MEASURED:
            exact = _in_circle(asked, None, wider)
            found = found if exact is None else Totals(exact.total, found.counts | exact.counts, exact.measured)
    for facet, one in wider.items():
        if facet not in found.counts:
            found.counts[facet] = _facet(one, facet)
    return found


def _in_circle(asked: Asked, any_kind: Asked | None, wider: Iterable[str]) -> Totals | None:
    """By measuring, where they are few enough all kinds at once; None where there are too many."""
    whole = (any_kind or asked).in_circle()
    measured = whole if whole is None or any_kind is None else _of_kind(asked, whole)
    if measured is None:
        return None
    counts = {name: _counted(asked.searcher, measured, name) for name in FACET_FIELDS if name not in wider}
    if any_kind is not None and whole is not None:
        counts["kind"] = _counted(asked.searcher, whole, "kind")
    return Totals(len(measured.addresses), counts, measured)


def _of_kind(asked: Asked, whole: Candidates) -> Candidates:
    wanted = code_of(asked.query.filters.kind or "")
    codes = column(asked.searcher, "kind_code", whole.addresses)
    return whole.of([place for place, code in enumerate(codes) if code == wanted])


def _of_all(asked: Asked, wider: Iterable[str]) -> Totals:
    """Of kinds there are few, so that they say how many there are."""
    counts = _aggregated(asked, [name for name in FACET_FIELDS if name not in wider])
    return Totals(sum(counts["kind"].values()), counts)


def _of_a_kind(asked: Asked, any_kind: Asked, wider: Iterable[str]) -> Totals:
    """Where one kind is asked for: in one pass over all kinds, of which the others are counted too."""
    within = {name: _terms(name) for name in FACET_FIELDS if name not in wider}
    found = asked.searcher.aggregate(any_kind.clause, {"kind": {**_terms("kind"), "aggs": within}})["kind"]
    kinds = _by_value(found)
    (wanted,) = [one for one in found["buckets"] if one["key"] == asked.query.filters.kind] or [{}]
    return Totals(
        kinds.get(asked.query.filters.kind or "", 0),
        {"kind": kinds, **{name: _by_value(wanted.get(name, {"buckets": ()})) for name in within}},
    )


def _facet(asked: Asked, facet: str) -> dict[str, int]:
    measured = asked.in_circle() if asked.radius_m is not None else None
    if measured is not None:
        return _counted(asked.searcher, measured, facet)
    return _aggregated(asked, [facet])[facet]


def _aggregated(asked: Asked, names: Sequence[str]) -> Counts:
    found = asked.searcher.aggregate(asked.clause, {name: _terms(name) for name in names})
    return {name: _by_value(found[name]) for name in names}


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": MOST_FACET_VALUES}}


def _by_value(found: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}


def _counted(searcher: tantivy.Searcher, hits: Candidates, name: str) -> dict[str, int]:
    """The facet of exactly these: counted by code, the codes' values read from one document each."""
    codes = column(searcher, f"{name}_code", hits.addresses)
    for code, address in zip(codes, hits.addresses, strict=True):
        if code not in _values:
            _values[code] = searcher.doc(address).get_first(name) or ""
    return {_values[code]: n for code, n in Counter(codes).most_common(MOST_FACET_VALUES)}
