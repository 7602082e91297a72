"""'Did you mean': what a query may have been meant as, by words that the index holds, where that finds more."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from search import language
from search.engine import EngineUnavailable, Query, SearchEngine, Words
from search.service import Found

#: So many words of a query are looked up at most.
MOST_DOUBTED = 3


@dataclass(frozen=True, slots=True)
class Correction:
    """Another query, and how many hits it has with the same conditions."""

    text: str
    total: int


async def corrected(engine: SearchEngine, query: Query, found: Found) -> Correction | None:
    """The query with each word that nothing shown holds put right; None where that finds no more."""
    if found.degraded:
        return None
    try:
        text = await _put_right(engine, query.text, _words_shown(found))
        if text is None:
            return None
        asked = replace(query, text=text, words=Words.ALL, first=1, after=None)
        total = (await engine.find(asked)).total
    except EngineUnavailable:
        return None
    # Hits that lack a word of the query are no measure: any that have all of them are better.
    least = 1 if found.is_widened else max(1, found.total)
    return Correction(text, total) if total >= least else None


async def _put_right(engine: SearchEngine, asked: str, shown: Collection[str]) -> str | None:
    words = list(language.words_of(asked))
    doubted = [word for word in language.query_words(asked) if not _is_held(word, words[-1], shown)]
    replaced = {}
    for word in doubted[:MOST_DOUBTED]:
        likely = await engine.words_like(word)
        if likely:
            replaced[word] = likely[0]
    return " ".join(replaced.get(word, word) for word in words) if replaced else None


def _is_held(word: str, last: str, shown: Collection[str]) -> bool:
    """Whether what is shown holds it, or begins so where it is still being typed; known wordings are no slips."""
    if word in shown or (word,) in language.variants() or language.is_bones(word):
        return True
    return word == last and any(one.startswith(word) for one in shown)


def _words_shown(found: Found) -> frozenset[str]:
    texts = (text for one in found.listings for text in (one.row.title, one.row.seller.name, one.row.section))
    return frozenset(word for text in texts for word in language.words_of(text))
