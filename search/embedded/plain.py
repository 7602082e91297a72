"""The plainest of tantivy's clauses, on this index's fields."""

from collections.abc import Sequence
from typing import Any

from tantivy import FieldType, Occur
from tantivy import Query as Clause

from search.embedded.fields import SCHEMA


def has(field: str, value: Any) -> Clause:
    return Clause.term_query(SCHEMA, field, value)


def has_any(field: str, values: list[Any]) -> Clause:
    """One of many values: the documents of all are gathered beforehand."""
    return Clause.term_set_query(SCHEMA, field, values)


def has_one(field: str, values: Sequence[Any]) -> Clause:
    """As `has_any`, for few values: which documents have them is asked one by one, not for all beforehand."""
    return Clause.boolean_query([(Occur.Should, has(field, value)) for value in values])


def between(field: str, least: int, most: int) -> Clause:
    return Clause.range_query(SCHEMA, field, FieldType.Integer, least, most)


def every(clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else Clause.boolean_query([(Occur.Must, part) for part in clauses])


def unscored(clause: Clause) -> Clause:
    """What must hold, and says nothing of which match is better."""
    return Clause.const_score_query(clause, 0.0)


def among(ids: Sequence[str], clause: Clause) -> Clause:
    """Of the listings with these ids those that the clause is about, with its scores."""
    return Clause.boolean_query([(Occur.Must, unscored(has_one("id", ids))), (Occur.Must, clause)])
