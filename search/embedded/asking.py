"""A query in tantivy's terms."""

from datetime import UTC, datetime
from typing import Any

from tantivy import FieldType, Occur
from tantivy import Query as Clause

from search import language, places, week
from search.embedded.fields import SCHEMA, WORD_FIELDS, seconds
from search.engine import Filters, Query
from search.places import Point

#: Below this length a typo makes another word; from the second on, two typos are forgiven.
ONE_TYPO_FROM, TWO_TYPOS_FROM = 4, 9
TYPO_SCORE, PREFIX_SCORE, OTHER_WORDING = 0.3, 0.6, 0.8
LARGEST_PRICE = 1 << 53
SUGGESTION_REACH_M = 25_000


def clause_of(query: Query, reach_m: float | None) -> Clause:
    """What the query asks for, and to lie in cells that reach `reach_m` around its `near`."""
    parts = [(Occur.Must, part) for part in _words(query.text)]
    parts += [(Occur.Must, Clause.const_score_query(part, 0.0)) for part in _filters(query.filters)]
    if reach_m is not None and query.near is not None:
        cells = places.disc(query.near, reach_m)
        if cells is not None:
            parts.append((Occur.Must, Clause.const_score_query(_any_of("cell", cells), 0.0)))
    if not parts:
        parts.append((Occur.Must, Clause.const_score_query(Clause.all_query(), 0.0)))
    return Clause.boolean_query(parts)


def titles_clause(text: str, near: Point | None) -> Clause:
    """Titles that hold every word of the text, the last one only begun; within reach of `near`."""
    words = language.query_words(text)
    parts = [
        (Occur.Must, Clause.fuzzy_term_query(SCHEMA, "title", word, distance=0, prefix=word is words[-1]))
        for word in words
    ]
    cells = places.disc(near, SUGGESTION_REACH_M) if near is not None else None
    if cells is not None:
        parts.append((Occur.Must, _any_of("cell", cells)))
    return Clause.boolean_query(parts)


def _is(field: str, value: Any) -> Clause:
    return Clause.term_query(SCHEMA, field, value)


def _any_of(field: str, values: list[Any]) -> Clause:
    return Clause.term_set_query(SCHEMA, field, values)


def _between(field: str, least: int, most: int) -> Clause:
    return Clause.range_query(SCHEMA, field, FieldType.Integer, least, most)


def _filters(filters: Filters) -> list[Clause]:
    named = {
        "kind": filters.kind,
        "categories": filters.category,
        "cooperative": None if filters.cooperative_id is None else str(filters.cooperative_id),
        "seller_id": None if filters.seller_id is None else str(filters.seller_id),
        "region": filters.region_code,
    }
    clauses = [_is(field, value) for field, value in named.items() if value is not None]
    if filters.price_min is not None:
        clauses.append(_between("price_max", filters.price_min, LARGEST_PRICE))
    if filters.price_max is not None:
        clauses.append(_between("price_min", 0, filters.price_max))
    if filters.open_at is not None:
        clauses.append(_open_at(filters.open_at))
        clauses.append(_between("paused_until", 0, seconds(filters.open_at)))
    return clauses


def _open_at(moment: datetime) -> Clause:
    """By the week and not closed for once, or opened for once."""
    spell = week.spell_blocks_at(moment)
    weekly = Clause.boolean_query(
        [
            (Occur.Must, _any_of("open", week.blocks_at(week.minute_of_week(moment.astimezone(UTC))))),
            (Occur.MustNot, _any_of("closed", spell)),
        ]
    )
    return Clause.boolean_query([(Occur.Should, weekly), (Occur.Should, _any_of("opened", spell))])


def _words(text: str) -> list[Clause]:
    """A clause for each term of the text, all of which must hold; and one that lifts the words in a row."""
    words = language.query_words(text)
    if not words:
        return []
    clauses = [_term(term, is_last=term.words[-1] == words[-1]) for term in language.terms(words)]
    if len(words) > 1:
        phrase = Clause.boost_query(Clause.phrase_query(SCHEMA, "title", list(words), slop=1), WORD_FIELDS["title"])
        clauses[0] = Clause.boolean_query([(Occur.Must, clauses[0]), (Occur.Should, phrase)])
    return clauses


def _term(term: language.Term, *, is_last: bool) -> Clause:
    wordings = [_all(term.words, is_last=is_last)]
    for other in term.others:
        # Scores add up over words: a longer wording must not win by its length.
        weight = OTHER_WORDING * len(term.words) / len(other)
        wordings.append(Clause.boost_query(_all(other, is_exact=True), weight))
    return wordings[0] if len(wordings) == 1 else Clause.disjunction_max_query(wordings)


def _all(words: tuple[str, ...], *, is_last: bool = False, is_exact: bool = False) -> Clause:
    clauses = [
        _word(word, is_last=is_last and place == len(words) - 1, is_exact=is_exact)
        for place, word in enumerate(words)
    ]
    return clauses[0] if len(clauses) == 1 else Clause.boolean_query([(Occur.Must, part) for part in clauses])


def _word(word: str, *, is_last: bool, is_exact: bool) -> Clause:
    """The word in any field; mistyped, or only begun when it is the last, at a lower score."""
    ways = [Clause.boost_query(_is(field, word), weight) for field, weight in WORD_FIELDS.items()]
    if is_exact:
        return Clause.disjunction_max_query(ways)
    typos = 0 if len(word) < ONE_TYPO_FROM else 1 if len(word) < TWO_TYPOS_FROM else 2
    for field in ("title", "seller"):
        if is_last:
            begun = Clause.fuzzy_term_query(SCHEMA, field, word, distance=0, prefix=True)
            ways.append(Clause.const_score_query(begun, PREFIX_SCORE))
        if typos:
            near = Clause.fuzzy_term_query(SCHEMA, field, word, distance=typos, prefix=is_last)
            ways.append(Clause.const_score_query(near, TYPO_SCORE))
    return Clause.disjunction_max_query(ways)
