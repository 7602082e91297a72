"""A query in tantivy's terms."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from tantivy import FieldType, Occur
from tantivy import Query as Clause

from search import language, places, spelling, week
from search.embedded.fields import ALL_WORDS, SCHEMA, WORD_FIELDS, seconds
from search.embedded.vocabulary import FIELDS, Vocabulary
from search.engine import Filters, Query, Words
from search.places import Bounds, Point

#: What a match counts that isn't the word itself, as a part of what the word would.
TYPO_SCORE, PREFIX_SCORE, OTHER_WORDING = 0.5, 0.9, 0.95
#: A title that begins with what is asked for; its words in a row; the first term, when not every one must hold.
BEGINS, IN_A_ROW, FIRST_TERM = 3.0, 1.0, 1.5
#: How much of the title's own score is added, to break ties; it comes to no more than this.
TIE, MOST_TIE = 0.02, 0.5
LARGEST_PRICE = 1 << 53
SUGGESTION_REACH_M = 25_000


def clause_of(
    query: Query, reach_m: float | None, vocabulary: Vocabulary, spared: int = 0, *, scored: Iterable[str] = ()
) -> Clause:
    """What the query asks for, and to lie in cells that reach `reach_m` around its `near`.

    Of its terms, `spared` may be missing. Only where fields are `scored` does it tell what matches better, and asks
    for the words in those alone: each costs as much as all words together do without a score.
    """
    parts = [(Occur.Must, part) for part in _Wording(vocabulary, scored).clauses(query.text, spared)]
    parts += [(Occur.Must, Clause.const_score_query(part, 0.0)) for part in _filters(query.filters)]
    if reach_m is not None and query.near is not None:
        cells = places.disc(query.near, reach_m)
        if cells is not None:
            parts.append((Occur.Must, Clause.const_score_query(_any_of("cell", cells), 0.0)))
    if not parts:
        parts.append((Occur.Must, Clause.const_score_query(Clause.all_query(), 0.0)))
    return Clause.boolean_query(parts)


def among(ids: Sequence[str], clause: Clause) -> Clause:
    """Of the listings with these ids those that the clause is about, with its scores."""
    return Clause.boolean_query(
        [(Occur.Must, Clause.const_score_query(_one_of("id", ids), 0.0)), (Occur.Must, clause)]
    )


def titles_clause(text: str, near: Point | None, *, forgives: bool = False) -> Clause:
    """Titles that hold every word of the text in some wording, the last one perhaps only begun; within reach of
    `near`. Typos only where it `forgives`."""
    return _typed("title", language.query_words(text), near, forgives)


def sellers_clause(text: str, near: Point | None) -> Clause:
    """Sellers whose names hold every word of the text, typos forgiven for less; within reach of `near`."""
    return _typed("seller", language.words_of(text)[: language.MOST_WORDS], near, forgives=True)


def _typed(field: str, words: tuple[str, ...], near: Point | None, forgives: bool) -> Clause:
    parts = []
    for term in language.terms(words):
        own = [(Occur.Must, _begun(field, word, word is words[-1], forgives)) for word in term.words]
        others = [
            Clause.boolean_query([(Occur.Must, _is(field, word)) for word in wording]) for wording in term.others
        ]
        # All alike: by rarity a wording that few use would stand first.
        ways = [Clause.const_score_query(way, float(len(term.words))) for way in others]
        parts.append((Occur.Must, Clause.disjunction_max_query([Clause.boolean_query(own), *ways])))
    cells = places.disc(near, SUGGESTION_REACH_M) if near is not None else None
    if cells is not None:
        parts.append((Occur.Must, Clause.const_score_query(_any_of("cell", cells), 0.0)))
    return Clause.boolean_query(parts)


def _begun(field: str, word: str, is_last: bool, forgives: bool) -> Clause:
    as_typed = Clause.const_score_query(Clause.fuzzy_term_query(SCHEMA, field, word, distance=0, prefix=is_last), 1.0)
    typos = spelling.forgiven(word) if forgives else 0
    if not typos:
        return as_typed
    mistyped = Clause.fuzzy_term_query(SCHEMA, field, word, distance=typos, prefix=is_last)
    return Clause.disjunction_max_query([as_typed, Clause.const_score_query(mistyped, TYPO_SCORE)])


def _is(field: str, value: Any) -> Clause:
    return Clause.term_query(SCHEMA, field, value)


def _any_of(field: str, values: list[Any]) -> Clause:
    return Clause.term_set_query(SCHEMA, field, values)


def _one_of(field: str, values: Sequence[Any]) -> Clause:
    """As `_any_of`, for few values: which documents have them is asked one by one, not for all beforehand."""
    return Clause.boolean_query([(Occur.Should, _is(field, value)) for value in values])


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
    if filters.bounds is not None:
        clauses += _within(filters.bounds)
    return clauses


def _within(bounds: Bounds) -> list[Clause]:
    """By cells, and then by the degrees themselves."""
    cells = places.disc(bounds.centre, bounds.reach_m)
    return [
        *([] if cells is None else [_any_of("cell", cells)]),
        Clause.range_query(SCHEMA, "lat", FieldType.Float, bounds.south, bounds.north),
        Clause.range_query(SCHEMA, "lon", FieldType.Float, bounds.west, bounds.east),
    ]


def _open_at(moment: datetime) -> Clause:
    """By the week and not closed for once, or opened for once; and not paused."""
    spell = week.spell_blocks_at(moment)
    weekly = Clause.boolean_query(
        [
            (Occur.Must, _one_of("open", week.blocks_at(week.minute_of_week(moment.astimezone(UTC))))),
            (Occur.MustNot, _one_of("closed", spell)),
        ]
    )
    either = Clause.boolean_query([(Occur.Should, weekly), (Occur.Should, _one_of("opened", spell))])
    return Clause.boolean_query([(Occur.Must, either), (Occur.Must, _between("paused_until", 0, seconds(moment)))])


def best_beside_title(query: Query, spared: int) -> float:
    """The most that a hit can score that has some word of the query elsewhere than in its title; with so many terms
    missing where none has more."""
    terms = language.terms(language.query_words(query.text))
    counted = sum(sorted((len(term.words) for term in terms), reverse=True)[: len(terms) - spared])
    elsewhere = max(weight for field, weight in WORD_FIELDS.items() if field != "title")
    words = WORD_FIELDS["title"] * (counted - 1) + elsewhere
    begins = BEGINS if len(terms) - spared > 1 else 0.0
    return words * (FIRST_TERM if spared else 1.0) + begins + MOST_TIE


def most_spared(query: Query) -> int:
    """How many of the query's terms a hit may miss at most: all but one, where it asks for most of its words."""
    return max(0, len(language.terms(language.query_words(query.text))) - 1) if query.words is Words.MOST else 0


class _Wording:
    """The words of a query, as an index with this vocabulary has them."""

    def __init__(self, vocabulary: Vocabulary, scored: Iterable[str]) -> None:
        self._vocabulary = vocabulary
        self._scored = {field: WORD_FIELDS[field] for field in scored}
        self._guessed = [field for field in FIELDS if field in self._scored or not self._scored]

    def clauses(self, text: str, spared: int) -> list[Clause]:
        """A clause for each term of the text, all of which must hold; and what lifts a title that says just that.

        A match counts by where it is, not by how rare the word is: every hit has every word, so rarity would only
        favour whoever writes `nasgor` over those who write `nasi goreng`. The title's own score breaks ties, shorter
        ones first.
        """
        words = language.query_words(text)
        if not words:
            return []
        terms = language.terms(words)
        clauses = [self._term(term, is_last=term.words[-1] == words[-1]) for term in terms]
        if spared:
            clauses[0] = Clause.boost_query(clauses[0], FIRST_TERM)
            needed = len(clauses) - spared
            clauses = [Clause.boolean_query([(Occur.Should, clause) for clause in clauses], needed)]
        if self._scored:
            lifts = ((Occur.Should, lift) for lift in _lifts(words, terms[0]))
            clauses[0] = Clause.boolean_query([(Occur.Must, clauses[0]), *lifts])
        return clauses

    def _term(self, term: language.Term, *, is_last: bool) -> Clause:
        """The term in the best of its wordings, which stand in one row: a choice within a choice costs half as much
        again. Scores add up over words: a longer wording must not win by its length."""
        words = term.words
        ways = self._ways(words[0], is_last=is_last) if len(words) == 1 else [self._all(words, is_last=is_last)]
        for other in term.others:
            worth = OTHER_WORDING * len(words) / len(other)
            ways += self._anywhere(other[0], worth) if len(other) == 1 else [self._exactly(other, worth)]
        return Clause.disjunction_max_query(ways)

    def _all(self, words: tuple[str, ...], *, is_last: bool) -> Clause:
        last = len(words) - 1
        each = [self._ways(word, is_last=is_last and place == last) for place, word in enumerate(words)]
        return _every([Clause.disjunction_max_query(ways) for ways in each])

    def _exactly(self, words: tuple[str, ...], worth: float) -> Clause:
        every = _every([Clause.disjunction_max_query(self._anywhere(word)) for word in words])
        return Clause.boost_query(every, worth)

    def _ways(self, word: str, *, is_last: bool) -> list[Clause]:
        """The word in any field; mistyped, without its vowels, or only begun when it is the last, for less."""
        ways = self._anywhere(word)
        typos = 0 if self._vocabulary.is_common(word) else spelling.forgiven(word)
        for field in self._guessed:
            if is_last:
                ways += self._begun(field, word)
            if typos:
                near = Clause.fuzzy_term_query(SCHEMA, field, word, distance=typos, prefix=is_last)
                ways.append(Clause.const_score_query(near, WORD_FIELDS[field] * TYPO_SCORE))
        if language.is_bones(word):
            ways.append(Clause.const_score_query(_is("bones", word), WORD_FIELDS["title"] * TYPO_SCORE))
        return ways

    def _anywhere(self, word: str, worth: float = 1.0) -> list[Clause]:
        """The word in any field: where it scores, by what each counts."""
        if not self._scored:
            return [_is(ALL_WORDS, word)]
        return [Clause.const_score_query(_is(field, word), weight * worth) for field, weight in self._scored.items()]

    def _begun(self, field: str, word: str) -> list[Clause]:
        weight = WORD_FIELDS[field] * PREFIX_SCORE
        endings = self._vocabulary.endings(field, word)
        if endings is None:
            begun = Clause.fuzzy_term_query(SCHEMA, field, word, distance=0, prefix=True)
            return [Clause.const_score_query(begun, weight)]
        return [Clause.const_score_query(_is(field, ending), weight) for ending in endings if ending != word]


def _lifts(words: tuple[str, ...], first: language.Term) -> list[Clause]:
    lifts = [Clause.boost_query(Clause.const_score_query(_begins(first), 1.0), BEGINS)]
    lifts.append(
        Clause.boost_query(Clause.boolean_query([(Occur.Should, _is("title", word)) for word in words]), TIE)
    )
    if len(words) > 1:
        lifts.append(Clause.const_score_query(Clause.phrase_query(SCHEMA, "title", list(words), slop=1), IN_A_ROW))
    return lifts


def _begins(term: language.Term) -> Clause:
    return _any_of("heads", [" ".join(wording) for wording in (term.words, *term.others)])


def _every(clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else Clause.boolean_query([(Occur.Must, part) for part in clauses])
