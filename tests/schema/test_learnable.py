"""A stranger learns the API from GraphiQL alone: everything in it says what it is."""

from collections.abc import Iterator

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType

from schema.root import schema


def undescribed() -> Iterator[str]:
    """The coordinates of everything that has no description."""
    for name, kind in schema._schema.type_map.items():
        if name.startswith("_") or "__" in name or name in ("Boolean", "Float", "ID", "Int", "String"):
            continue
        if not kind.description and not name.endswith("Result") and name not in ("FieldSet",):
            yield name
        if isinstance(kind, GraphQLEnumType):
            yield from (f"{name}.{value}" for value, held in kind.values.items() if not held.description)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in kind.fields.items():
                if field_name.startswith("_"):
                    continue
                if not field.description:
                    yield f"{name}.{field_name}"
                if isinstance(kind, GraphQLInputObjectType):
                    continue
                for argument_name, argument in field.args.items():  # type: ignore[union-attr]
                    # A mutation has one argument, `input`: its type says what it takes.
                    if argument_name != "input" and not argument.description:
                        yield f"{name}.{field_name}({argument_name})"


def test_everything_says_what_it_is() -> None:
    assert sorted(undescribed()) == []
