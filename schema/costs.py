"""What a document asks for: depth, aliases, mutations, entities, and its cost, declared beside each field.

A field costs its `@cost` (1 where none is declared and it has a selection, else 0); below a field with
`first`, everything costs `first` times as much, and below a list without one as many times as its `@cost`
says that it has rows. What a document costs is known before it runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)
from strawberry.schema_directive import Location

#: A mutation locks, writes and posts: worth that many fields read.
MUTATION_COST = 10


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], name="cost", description="What reading this field costs, in points."
)
class Cost:
    weight: int = strawberry.directive_field(name="weight")
    rows: int | None = strawberry.directive_field(name="rows", default=strawberry.UNSET)


def cost(weight: int = 1, *, rows: int | None = None) -> Cost:
    """For `strawberry.field(directives=[cost(5)])`: this field costs `weight` points.

    `rows`: for a list without `first`, how many it has in a busy shop or co-op; what is asked of each costs so many
    times as much.
    """
    return Cost(weight=weight, rows=rows or strawberry.UNSET)


#: A question to the search engine.
SEARCHED = cost(10)
#: A list that hangs on a thing: no loader gathers it, each thing costs statements of its own.
LISTED = cost(5)
#: Added up from the ledger or counted, for each thing.
RECKONED = cost(3)
#: The whole past of a thing: gathered for all things at once, but of many rows each.
HISTORY = cost(2, rows=5)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a document asks for."""

    depth: int = 0
    cost: int = 0
    aliases: int = 0
    root_fields: int = 0
    entities: int = 0
    introspects: bool = False

    def beside(self, other: "Measure") -> "Measure":
        return Measure(
            max(self.depth, other.depth),
            self.cost + other.cost,
            self.aliases + other.aliases,
            self.root_fields + other.root_fields,
            max(self.entities, other.entities),
            self.introspects or other.introspects,
        )


class Measuring:
    """Walks a valid document once; a fragment is measured once however often it is spread."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self.schema, self.variables = schema, variables
        self.fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._measured: dict[str, Measure] = {}

    def operation(self, node: OperationDefinitionNode) -> Measure:
        self.variables = {**_defaults(node), **self.variables}
        root = self.schema.get_root_type(node.operation)
        found = self._selections(node.selection_set, root)
        if node.operation is OperationType.MUTATION:
            found = found.beside(Measure(cost=MUTATION_COST * found.root_fields))
        return found

    def _selections(self, selections: SelectionSetNode, parent: Any) -> Measure:
        total = Measure()
        for node in selections.selections:
            if isinstance(node, FieldNode):
                total = total.beside(self._field(node, parent))
            elif isinstance(node, InlineFragmentNode):
                narrowed = node.type_condition
                inner = self.schema.get_type(narrowed.name.value) if narrowed else parent
                total = total.beside(self._selections(node.selection_set, inner))
            elif isinstance(node, FragmentSpreadNode):
                total = total.beside(self._fragment(node.name.value))
        return total

    def _fragment(self, name: str) -> Measure:
        if name not in self._measured:
            node = self.fragments[name]
            inner = self.schema.get_type(node.type_condition.name.value)
            self._measured[name] = self._selections(node.selection_set, inner)
        return self._measured[name]

    def _field(self, node: FieldNode, parent: Any) -> Measure:
        name = node.name.value
        if name.startswith("__"):
            return Measure(introspects=name != "__typename", aliases=int(node.alias is not None), root_fields=1)
        field = getattr(parent, "fields", {}).get(name)
        inner = (
            self._selections(node.selection_set, get_named_type(field.type))
            if node.selection_set and field
            else Measure()
        )
        entities = self._length(node, "representations") if name == "_entities" else 0
        declared = _declared(field)
        times = max(1, self._first(node, field), entities, (declared and declared.rows) or 1)
        weight = declared.weight if declared else int(bool(node.selection_set))
        return Measure(
            depth=1 + inner.depth,
            cost=weight + times * inner.cost,
            aliases=inner.aliases + int(node.alias is not None),
            root_fields=1,
            entities=max(entities, inner.entities),
            introspects=inner.introspects,
        )

    def _argument(self, node: FieldNode, name: str) -> Any:
        for argument in node.arguments or ():
            if argument.name.value == name:
                value = argument.value
                return self.variables.get(value.name.value) if isinstance(value, VariableNode) else value
        return None

    def _first(self, node: FieldNode, field: GraphQLField | None) -> int:
        if field is None or "first" not in field.args:
            return 1
        value = self._argument(node, "first")
        if isinstance(value, IntValueNode):
            return int(value.value)
        if isinstance(value, int):
            return value
        usual = field.args["first"].default_value
        return usual if isinstance(usual, int) else 1

    def _length(self, node: FieldNode, name: str) -> int:
        value = self._argument(node, name)
        if isinstance(value, ListValueNode):
            return len(value.values)
        return len(value) if isinstance(value, list | range) else 0


def _defaults(node: OperationDefinitionNode) -> dict[str, int]:
    return {
        defined.variable.name.value: int(defined.default_value.value)
        for defined in node.variable_definitions or ()
        if isinstance(defined.default_value, IntValueNode)
    }


def _declared(field: GraphQLField | None) -> Cost | None:
    """What is declared beside the field."""
    definition = field.extensions.get("strawberry-definition") if field else None
    return next((one for one in getattr(definition, "directives", ()) if isinstance(one, Cost)), None)
