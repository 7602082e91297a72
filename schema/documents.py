"""Documents that were asked before: their text is parsed, validated and measured once."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document

from schema.costs import Measure

#: Documents kept, and the longest that is: an app has some dozens, of some hundred letters each.
MOST, LONGEST = 512, 20_000
#: Measures of one document, by the variables on which they depend; beyond, it starts anew.
MOST_MEASURES = 32


@dataclass(slots=True)
class Known:
    """A text's document; its errors once it was validated; what it was found to ask for."""

    document: DocumentNode
    errors: list[GraphQLError] | None = None
    measures: dict[tuple[Any, ...], Measure] = field(default_factory=dict)

    def measured(self, setting: tuple[Any, ...], found: Measure) -> None:
        if len(self.measures) >= MOST_MEASURES:
            self.measures.clear()
        self.measures[setting] = found


class Documents:
    """The documents last asked of one schema."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Known] = OrderedDict()

    def find(self, text: str) -> Known | None:
        known = self._known.get(text)
        if known is not None:
            self._known.move_to_end(text)
        return known

    def keep(self, text: str, document: DocumentNode) -> Known:
        known = Known(document)
        if len(text) <= LONGEST:
            self._known[text] = known
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        return known


class AskedBefore(SchemaExtension):
    """Takes from `documents` what is known of the text."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self._known: Known | None = None

    def on_parse(self) -> Iterator[None]:
        asked: Any = self.execution_context
        self._known = self.documents.find(asked.query) if asked.query else None
        if self._known is not None:
            asked.graphql_document = self._known.document
        yield

    def on_validate(self) -> Iterator[None]:
        asked: Any = self.execution_context
        known = self._known or self.documents.keep(asked.query or "", asked.graphql_document)
        if known.errors is None:
            known.errors = validate_document(asked.schema._schema, known.document, asked.validation_rules)
        asked.pre_execution_errors = known.errors
        yield
