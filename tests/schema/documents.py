"""Queries that Hypothesis makes up over a schema: aliases, fragments, directives, variables, arguments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_required_argument,
)
from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]
META = (
    ("__typename", ""),
    ("__schema", "{queryType{name}types{kind}}"),
    ('__type(name:"Query")', "{fields{name args{name}}}"),
)


@dataclass
class Made:
    """A document on its way: what it defines beside its operation, and what its variables are given."""

    draw: Draw
    schema: GraphQLSchema
    pool: Mapping[str, Sequence[Any]]
    fragments: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    names: int = 0

    def chance(self, of: int) -> bool:
        return bool(self.draw(st.integers(1, of)) == 1)

    def name(self, letter: str) -> str:
        self.names += 1
        return f"{letter}{self.names}"

    def selections(self, parent: Any, depth: int) -> str:
        parts = [self._part(parent, depth) for _ in range(self.draw(st.integers(1, 5)))]
        return "{" + " ".join(parts) + "}"

    def _part(self, parent: Any, depth: int) -> str:
        kind = self.draw(st.integers(1, 12))
        if kind <= 2 and depth > 0:
            return self._fragment(parent, depth, named=kind == 2)
        fields = [] if isinstance(parent, GraphQLUnionType) else list(parent.fields.items())
        fields = [(name, of) for name, of in fields if depth > 0 or not is_composite_type(get_named_type(of.type))]
        if not fields or kind == 3:
            meta = META if parent is self.schema.query_type else META[:1]
            name, below = self.draw(st.sampled_from(meta))
            return f"{self.name('a')}:{name}{self._directive()}{below}"
        name, of = self.draw(st.sampled_from(fields))
        return self._field(name, of, depth)

    def _field(self, name: str, of: GraphQLField, depth: int) -> str:
        arguments = self._arguments(of)
        alias = self.name("a") + ":" if arguments or self.chance(4) else ""
        inner, below = get_named_type(of.type), ""
        if is_composite_type(inner):
            below = self.selections(inner, depth - 1)
            alias = alias or self.name("a") + ":"
            if self.chance(4):  # asked for twice under one name: the two are one
                return f"{alias}{name}{arguments}{below} {alias}{name}{arguments}{self.selections(inner, 0)}"
        return f"{alias}{name}{arguments}{self._directive()}{below}"

    def _fragment(self, parent: Any, depth: int, *, named: bool) -> str:
        on = parent
        if is_abstract_type(parent):
            on = self.draw(st.sampled_from([parent, *self.schema.get_possible_types(parent)]))
        elif isinstance(parent, GraphQLObjectType) and parent.interfaces:
            on = self.draw(st.sampled_from([parent, *parent.interfaces]))
        inside = self.selections(on, depth - 1)
        if not named:
            return f"... on {on.name}{self._directive()}{inside}"
        name = self.name("F")
        self.fragments.append(f"fragment {name} on {on.name}{inside}")
        return f"...{name}{self._directive()}"

    def _directive(self) -> str:
        if not self.chance(6):
            return ""
        word, value = self.draw(st.sampled_from(["skip", "include"])), self.draw(st.booleans())
        if self.chance(2):
            return f" @{word}(if:{str(value).lower()})"
        name = self.name("b")
        self.declared.append(f"${name}:Boolean!")
        self.variables[name] = value
        return f" @{word}(if:${name})"

    def _arguments(self, of: GraphQLField) -> str:
        given = [
            f"{name}:{self._argument(argument)}"
            for name, argument in of.args.items()
            if is_required_argument(argument) or self.chance(3)
        ]
        return "(" + ",".join(given) + ")" if given else ""

    def _argument(self, argument: GraphQLArgument) -> str:
        value = self._value(argument.type)
        if not self.chance(2):
            return literal(value)
        name = self.name("v")
        self.declared.append(f"${name}:{argument.type}")
        self.variables[name] = plain(value)
        return f"${name}"

    def _value(self, of: Any) -> Any:
        if isinstance(of, GraphQLNonNull):
            return self._value(of.of_type)
        if isinstance(of, GraphQLList):
            return [self._value(of.of_type) for _ in range(self.draw(st.integers(0, 2)))]
        if isinstance(of, GraphQLEnumType):
            return Word(self.draw(st.sampled_from(list(of.values))))
        if isinstance(of, GraphQLInputObjectType):
            return {
                name: self._value(one.type)
                for name, one in of.fields.items()
                if isinstance(one.type, GraphQLNonNull) or self.chance(3)
            }
        return self.draw(st.sampled_from(self.pool[of.name]))


class Word(str):
    """An enum's value: bare in a document, quoted in its variables."""


def literal(value: Any) -> str:
    if isinstance(value, Word):
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(map(literal, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{literal(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    return str(value) if isinstance(value, Word) else value


@st.composite
def documents(draw: Draw, schema: GraphQLSchema, pool: Mapping[str, Sequence[Any]]) -> tuple[str, dict[str, Any]]:
    """A query and its variables; most are valid. `pool`: what each scalar's arguments are given."""
    made = Made(draw, schema, pool)
    assert schema.query_type is not None
    selections = made.selections(schema.query_type, draw(st.integers(1, 6)))
    declared = "(" + ",".join(made.declared) + ")" if made.declared else ""
    return " ".join([f"query Q{declared}{selections}", *made.fragments]), made.variables
