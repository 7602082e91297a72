"""What is being typed: titles and sellers that go on so, and words that it may have been meant as.

Nothing here grows with what matches: a bounded sample of it is looked at, so that a letter typed costs as little in
a large index as in a small one.
"""

from collections import Counter
from uuid import UUID

import tantivy

from search import language, spelling
from search.embedded.typed import sellers_clause, titles_clause
from search.engine import MOST_SUGGESTIONS, told_apart
from search.places import Point

#: So many of the listings that match are looked at.
SAMPLE = 400
#: Of what they say, so much is read: titles may differ in form alone.
MOST_READ = 2 * MOST_SUGGESTIONS
#: Of the index's words that begin as a mistyped one does, the most frequent so many are looked at.
WORDS_LOOKED_AT = 400


def suggest(searcher: tantivy.Searcher, text: str, near: Point | None) -> list[str]:
    """The titles that most listings have, told apart by their normal form; near ones if there are any, and
    mistyped ones if there are none."""
    if not language.words_of(text):
        return []
    for forgives in (False, True):
        for place in (near, None) if near is not None else (None,):
            titles = _counted(searcher, titles_clause(text, place, forgives=forgives), "shown")
            if titles:
                return told_apart(titles)
    return []


def sellers(searcher: tantivy.Searcher, text: str, near: Point | None) -> list[UUID]:
    """The sellers whose names go on so, as typed before mistyped; near ones if there are any."""
    if not language.words_of(text):
        return []
    found = _counted(searcher, sellers_clause(text, near), "seller_id")
    if not found and near is not None:
        return sellers(searcher, text, None)
    return [UUID(id) for id in found[:MOST_SUGGESTIONS]]


def words_like(searcher: tantivy.Searcher, word: str) -> list[str]:
    """Words of titles that begin with the same letter."""
    if not spelling.slips_allowed(word):
        return []
    known = searcher.terms_with_prefix("title", word[: spelling.BEGINNING], limit=WORDS_LOOKED_AT)
    return spelling.likeliest(word, known, MOST_SUGGESTIONS)


def _counted(searcher: tantivy.Searcher, clause: tantivy.Query, field: str) -> list[str]:
    """The field's values in a sample of what matches best: the better match first, then the more frequent."""
    hits = searcher.search(clause, limit=SAMPLE, count=False).hits
    addresses = [address for _, address in hits]
    codes = searcher.fast_field_values(f"{field}_code", addresses) if addresses else []
    counts = Counter(codes)
    # The first hit of a value is its best. Only those that are told are read.
    best: dict[int | float | bool | None, tuple[float, tantivy.DocAddress]] = {}
    for code, hit in zip(codes, hits, strict=True):
        best.setdefault(code, hit)
    ranked = sorted(best, key=lambda code: (-best[code][0], -counts[code]))
    return [str(searcher.doc(best[code][1]).get_first(field)) for code in ranked[:MOST_READ]]
