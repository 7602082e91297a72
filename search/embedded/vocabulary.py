"""What the index is written with: it says which other words one that is typed may be, and what nothing has."""

from collections.abc import Iterable

import tantivy

from search import language

#: A word that so many listings have is not taken for a slip of another.
COMMON = 200
#: Up to so many words that begin so are asked for each by itself, which lets the search skip what lies elsewhere.
MOST_ENDINGS = 12
#: Words typed wrong, or only begun, are looked for here.
FIELDS = ("title", "seller")


class Vocabulary:
    """The words of one searcher."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def is_common(self, word: str) -> bool:
        return sum(self._searcher.doc_freq(field, word) for field in FIELDS) >= COMMON

    def may_title(self, text: str, spared: int) -> bool:
        """Whether titles often hold the text's terms but so many, each in one of its wordings as it is typed."""
        terms = language.terms(language.query_words(text))
        held = sum(any(map(self._titles_hold, (term.words, *term.others))) for term in terms)
        return held >= len(terms) - spared

    def _titles_hold(self, wording: tuple[str, ...]) -> bool:
        return all(self._searcher.doc_freq("title", word) >= COMMON for word in wording)

    def held(self, field: str, values: Iterable[int]) -> list[int]:
        """Those of the values that any document has."""
        return [value for value in values if self._searcher.doc_freq(field, value)]

    def endings(self, field: str, word: str) -> list[str] | None:
        """The field's words that begin with this one, itself among them; None when they are many."""
        found = self._searcher.terms_with_prefix(field, word, limit=MOST_ENDINGS + 1)
        return [ending for ending, _ in found] if len(found) <= MOST_ENDINGS else None
