"""Which parts of a text answer a query: as pieces, so that whoever shows them needs no markup. Pure."""

import re
from dataclasses import dataclass

from search import language, spelling

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text. All pieces joined are the text itself."""

    text: str
    is_match: bool


def pieces(text: str, asked: str) -> list[Piece]:
    """The text cut where words of the query, in any wording and with forgiven typos, begin and end."""
    found: list[Piece] = []
    end = 0
    matches = _Matches(asked)
    for word in _WORD.finditer(text):
        if matches.any_of(language.normalise(word[0]).split()):
            if word.start() > end:
                found.append(Piece(text[end : word.start()], is_match=False))
            found.append(Piece(word[0], is_match=True))
            end = word.end()
    if end < len(text) or not found:
        found.append(Piece(text[end:], is_match=False))
    return found


class _Matches:
    """What a query's words match, as the engines match them."""

    def __init__(self, asked: str) -> None:
        self._typed = language.query_words(asked)
        terms = language.terms(self._typed)
        self._exact = {word for term in terms for wording in (term.words, *term.others) for word in wording}

    def any_of(self, words: list[str]) -> bool:
        return any(self._match(word) for word in words)

    def _match(self, word: str) -> bool:
        return (
            word in self._exact
            or bool(self._typed and word.startswith(self._typed[-1]))
            or any(self._is_slip(word, typed) for typed in self._typed)
        )

    def _is_slip(self, word: str, typed: str) -> bool:
        forgiven = spelling.forgiven(typed)
        if forgiven and spelling.distance(word, typed, forgiven) <= forgiven:
            return True
        return language.is_bones(typed) and language.bones(word) == typed
