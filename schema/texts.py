"""Texts come in tame, whoever sends them and by whichever field: no service has to think of it."""

from collections.abc import Iterator
from typing import Any

from graphql import DocumentNode, GraphQLError, StringValueNode, Visitor, visit
from strawberry.extensions import SchemaExtension

from marketplace.errors import Code, FieldFault, Invalid
from marketplace.texts import CONTROL, TURNING, straight, untold
from schema.problems import as_graphql_error


class Texts(SchemaExtension):
    """Takes out of all variables the signs that turn text around, and refuses texts with control signs.

    What stands in the document itself is not changed, for documents are kept: it is refused for either.
    """

    def on_validate(self) -> Iterator[None]:
        asked: Any = self.execution_context
        if not asked.pre_execution_errors:
            faults = [_fault(path) for path in untold(asked.variables or {})]
            if faults or _is_untamed(asked.query or "", asked.graphql_document):
                refused = Invalid(faults=faults or [_fault(())])
                wrapped = GraphQLError(str(refused), original_error=refused)
                # Raised, it would end the whole connection of a WebSocket.
                asked.pre_execution_errors = [as_graphql_error(wrapped, asked.context.language)]
            elif asked.variables:
                asked.variables = straight(asked.variables)
        yield


def _fault(path: tuple[str, ...]) -> FieldFault:
    within = path[1:] if path[:1] == ("input",) else path
    return FieldFault(within, Code.INVALID, "holds control characters", "mengandung karakter terlarang")


def _is_untamed(text: str, document: DocumentNode) -> bool:
    """Whether a text in the document holds what no text may. Few documents are looked at: most are plain."""
    if text.isascii() and "\\u" not in text and not CONTROL.search(text):
        return False
    found = _Strings()
    visit(document, found)
    return any(CONTROL.search(one) or TURNING.search(one) for one in found.values)


class _Strings(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.values: list[str] = []

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        self.values.append(node.value)
