"""Which parts of a text answer a query: as pieces, so that whoever shows them needs no markup. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from search import language, spelling

#: Words of titles that are kept in their normal form: a node's menus are written with few.
MOST_KEPT = 10_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text. All pieces joined are the text itself."""

    text: str
    is_match: bool


class Marks:
    """What a query's words match, as the engines match them, in any wording and with forgiven typos.

    One for all texts of a page: the same words stand in many of them, and each is looked at once.
    """

    def __init__(self, asked: str) -> None:
        self._typed = language.query_words(asked)
        terms = language.terms(self._typed)
        self._exact = {word for term in terms for wording in (term.words, *term.others) for word in wording}
        self._known: dict[str, bool] = {}

    def pieces(self, text: str) -> list[Piece]:
        """The text cut where words of the query begin and end."""
        found: list[Piece] = []
        end = 0
        for word in _WORD.finditer(text):
            if self._is_match(word[0]):
                if word.start() > end:
                    found.append(Piece(text[end : word.start()], is_match=False))
                found.append(Piece(word[0], is_match=True))
                end = word.end()
        if end < len(text) or not found:
            found.append(Piece(text[end:], is_match=False))
        return found

    def _is_match(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = any(map(self._match, _normal(word)))
        return known

    def _match(self, word: str) -> bool:
        return (
            word in self._exact
            or bool(self._typed and word.startswith(self._typed[-1]))
            or any(_is_slip(word, typed) for typed in self._typed)
        )


@lru_cache(maxsize=MOST_KEPT)
def _normal(word: str) -> tuple[str, ...]:
    return language.words_of(word)


def _is_slip(word: str, typed: str) -> bool:
    forgiven = spelling.forgiven(typed)
    if forgiven and spelling.distance(word, typed, forgiven) <= forgiven:
        return True
    return language.is_bones(typed) and language.bones(word) == typed
