"""A query in tantivy's terms."""

from collections.abc import Iterable

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from search import places
from search.embedded.conditions import Parts, parts_of
from search.embedded.plain import has_any, unscored
from search.embedded.vocabulary import Vocabulary
from search.embedded.wording import Wording
from search.engine import Filters, Query


class Clauses:
    """The clauses of a query. A page takes up to ten searches, which share most of their parts: each is made once."""

    def __init__(self, searcher: tantivy.Searcher, query: Query) -> None:
        self.searcher, self.query = searcher, query
        self.vocabulary = Vocabulary(searcher)
        self._words: dict[tuple[int, tuple[str, ...]], Parts] = {}
        self._conditions: dict[Filters, Parts] = {}
        self._circles: dict[float | None, Parts] = {}

    def clause(
        self, filters: Filters, reach_m: float | None, spared: int = 0, *, scored: Iterable[str] = ()
    ) -> Clause:
        """The query's words under these filters, in cells that reach `reach_m` around its `near`.

        Of its terms, `spared` may be missing. Only where fields are `scored` does it tell what matches better, and
        asks for the words in those alone: each costs as much as all words together do without a score.
        """
        worded = spared, tuple(scored)
        if worded not in self._words:
            clauses = Wording(self.vocabulary, worded[1]).clauses(self.query.text, spared)
            self._words[worded] = [(Occur.Must, clause) for clause in clauses]
        if filters not in self._conditions:
            self._conditions[filters] = parts_of(filters, self.vocabulary)
        if reach_m not in self._circles:
            self._circles[reach_m] = self._circle(reach_m)
        parts = self._words[worded] + self._conditions[filters] + self._circles[reach_m]
        return Clause.boolean_query(parts or [(Occur.Must, unscored(Clause.all_query()))])

    def _circle(self, reach_m: float | None) -> Parts:
        near = self.query.near
        cells = None if reach_m is None or near is None else places.disc(near, reach_m)
        return [] if cells is None else [(Occur.Must, unscored(has_any("cell", cells)))]
