"""The words of a query in tantivy's terms: what matches, and what matches better."""

from collections.abc import Iterable
from itertools import combinations

from tantivy import Occur
from tantivy import Query as Clause

from search import language, spelling
from search.embedded.fields import ALL_WORDS, SCHEMA, WORD_FIELDS
from search.embedded.plain import every, has, has_any
from search.embedded.vocabulary import FIELDS, Vocabulary
from search.engine import Query, Words

#: What a match counts that isn't the word itself, as a part of what the word would.
TYPO_SCORE, PREFIX_SCORE, OTHER_WORDING = 0.5, 0.9, 0.95
#: A title that begins with what is asked for; its words in a row; the first term, when not every one must hold.
BEGINS, IN_A_ROW, FIRST_TERM = 3.0, 1.0, 1.5
#: How much of the title's own score is added, to break ties; it comes to no more than this.
TIE, MOST_TIE = 0.02, 0.5


def best_beside_title(query: Query, spared: int) -> float:
    """The most that a hit can score that has some word of the query elsewhere than in its title; with so many terms
    missing where none has more."""
    terms = language.terms(language.query_words(query.text))
    counted = sum(sorted((len(term.words) for term in terms), reverse=True)[: len(terms) - spared])
    elsewhere = max(weight for field, weight in WORD_FIELDS.items() if field != "title")
    words = WORD_FIELDS["title"] * (counted - 1) + elsewhere
    begins = BEGINS if len(terms) - spared > 1 else 0.0
    return words * (FIRST_TERM if spared else 1.0) + begins + MOST_TIE


def may_miss(query: Query) -> range:
    """How many of the query's terms a hit may miss, the least first: at most all but one."""
    terms = max(1, len(language.terms(language.query_words(query.text))))
    return {Words.ALL: range(1), Words.MOST: range(terms), Words.FEWER: range(1, terms)}[query.words]


class Wording:
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
        if spared == 1 and not self._scored:
            # Each choice of all but one: half the cost of counting how many a hit has.
            rests = [every(list(rest)) for rest in combinations(clauses, len(clauses) - 1)]
            return [Clause.boolean_query([(Occur.Should, rest) for rest in rests])]
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
        return every([Clause.disjunction_max_query(ways) for ways in each])

    def _exactly(self, words: tuple[str, ...], worth: float) -> Clause:
        all_words = every([Clause.disjunction_max_query(self._anywhere(word)) for word in words])
        return Clause.boost_query(all_words, worth)

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
            ways.append(Clause.const_score_query(has("bones", word), WORD_FIELDS["title"] * TYPO_SCORE))
        return ways

    def _anywhere(self, word: str, worth: float = 1.0) -> list[Clause]:
        """The word in any field: where it scores, by what each counts."""
        if not self._scored:
            return [has(ALL_WORDS, word)]
        return [Clause.const_score_query(has(field, word), weight * worth) for field, weight in self._scored.items()]

    def _begun(self, field: str, word: str) -> list[Clause]:
        weight = WORD_FIELDS[field] * PREFIX_SCORE
        endings = self._vocabulary.endings(field, word)
        if endings is None:
            begun = Clause.fuzzy_term_query(SCHEMA, field, word, distance=0, prefix=True)
            return [Clause.const_score_query(begun, weight)]
        return [Clause.const_score_query(has(field, ending), weight) for ending in endings if ending != word]


def _lifts(words: tuple[str, ...], first: language.Term) -> list[Clause]:
    lifts = [Clause.boost_query(Clause.const_score_query(_begins(first), 1.0), BEGINS)]
    lifts.append(
        Clause.boost_query(Clause.boolean_query([(Occur.Should, has("title", word)) for word in words]), TIE)
    )
    if len(words) > 1:
        lifts.append(Clause.const_score_query(Clause.phrase_query(SCHEMA, "title", list(words), slop=1), IN_A_ROW))
    return lifts


def _begins(term: language.Term) -> Clause:
    return has_any("heads", [" ".join(wording) for wording in (term.words, *term.others)])
