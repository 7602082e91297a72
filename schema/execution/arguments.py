"""A resolver's arguments, from graphql-core's values to Strawberry's classes: worked out once a field."""

from collections.abc import Callable
from dataclasses import MISSING
from typing import Any, TypeAlias

from strawberry.relay.types import GlobalID
from strawberry.types.base import StrawberryList, StrawberryMaybe, StrawberryOptional, has_object_definition
from strawberry.types.lazy_type import LazyType
from strawberry.types.unset import UNSET

Convert: TypeAlias = Callable[[Any], Any]


class Unknown(Exception):
    """A type that is left to Strawberry."""


def converting(run: Any, field: Any) -> Callable[[dict[str, Any]], dict[str, Any]] | None:
    """From the values given to the keyword arguments that the resolver takes; None: leave it to Strawberry."""
    schema, made = run.schema._strawberry_schema, dict[Any, Convert]()
    named = schema.config.name_converter
    try:
        arguments = [
            (named.from_argument(one), one.python_name, _convert(schema, one.type, made)) for one in field.arguments
        ]
    except Unknown:
        return None

    def convert(values: dict[str, Any]) -> dict[str, Any]:
        return {python: into(values[name]) for name, python, into in arguments if name in values}

    return convert


def _convert(schema: Any, type_: Any, made: dict[Any, Convert]) -> Convert:
    """As `strawberry.types.arguments.convert_argument` does it."""
    if isinstance(type_, StrawberryMaybe) or type_ is GlobalID:
        raise Unknown
    if isinstance(type_, StrawberryOptional):
        return _convert(schema, type_.of_type, made)
    if isinstance(type_, LazyType):
        return _convert(schema, type_.resolve_type(), made)
    if isinstance(type_, StrawberryList):
        into = _convert(schema, type_.of_type, made)
        return lambda value: value if value is None or value is UNSET else [into(item) for item in value]
    if has_object_definition(type_):
        return made[type_] if type_ in made else _input(schema, type_, made)
    return lambda value: value


def _input(schema: Any, type_: Any, made: dict[Any, Convert]) -> Convert:
    definition = type_.__strawberry_definition__
    if definition.from_input is not None or not definition.is_input:
        raise Unknown
    nulls = {
        one.python_name: None
        for one in definition.fields
        if one.default_value is MISSING and one.default_factory is MISSING
    }
    fields: list[tuple[str, str, Convert]] = []

    def convert(value: Any) -> Any:
        if value is None or value is UNSET:
            return value
        return type_(**{**nulls, **{python: into(value[name]) for name, python, into in fields if name in value}})

    made[type_] = convert  # before its fields: an input may hold itself
    for one in definition.fields:
        into = _convert(schema, one.resolve_type(type_definition=definition), made)
        fields.append((schema.config.name_converter.from_field(one), one.python_name, into))
    return convert
