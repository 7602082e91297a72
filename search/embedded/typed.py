"""What is being typed, in tantivy's terms: titles and sellers' names that go on so."""

from tantivy import Occur
from tantivy import Query as Clause

from search import language, places, spelling
from search.embedded.fields import SCHEMA
from search.embedded.plain import has, has_any, unscored
from search.embedded.wording import TYPO_SCORE
from search.places import Point

SUGGESTION_REACH_M = 25_000


def titles_clause(text: str, near: Point | None, *, forgives: bool = False) -> Clause:
    """Titles that hold every word of the text in some wording, the last one perhaps only begun; within reach of
    `near`. Typos only where it `forgives`."""
    return _typed("title", language.query_words(text), near, forgives)


def sellers_clause(text: str, near: Point | None) -> Clause:
    """Sellers whose names hold every word of the text, typos forgiven for less; within reach of `near`."""
    return _typed("seller", language.words_of(text)[: language.MOST_WORDS], near, forgives=True)


def _typed(field: str, words: tuple[str, ...], near: Point | None, forgives: bool) -> Clause:
    parts = []
    terms = language.terms(words)
    for term in terms:
        last = len(term.words) - 1 if term is terms[-1] else None
        own = [(Occur.Must, _begun(field, word, place == last, forgives)) for place, word in enumerate(term.words)]
        others = [
            Clause.boolean_query([(Occur.Must, has(field, word)) for word in wording]) for wording in term.others
        ]
        # All alike: by rarity a wording that few use would stand first.
        ways = [Clause.const_score_query(way, float(len(term.words))) for way in others]
        parts.append((Occur.Must, Clause.disjunction_max_query([Clause.boolean_query(own), *ways])))
    cells = places.disc(near, SUGGESTION_REACH_M) if near is not None else None
    if cells is not None:
        parts.append((Occur.Must, unscored(has_any("cell", cells))))
    return Clause.boolean_query(parts)


def _begun(field: str, word: str, is_last: bool, forgives: bool) -> Clause:
    as_typed = Clause.const_score_query(Clause.fuzzy_term_query(SCHEMA, field, word, distance=0, prefix=is_last), 1.0)
    typos = spelling.forgiven(word) if forgives else 0
    if not typos:
        return as_typed
    mistyped = Clause.fuzzy_term_query(SCHEMA, field, word, distance=typos, prefix=is_last)
    return Clause.disjunction_max_query([as_typed, Clause.const_score_query(mistyped, TYPO_SCORE)])
