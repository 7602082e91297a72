"""The API's promises: a fresh snapshot, no unannounced break, and the keys that other subgraphs rely on."""

from pathlib import Path

import pytest
from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType, is_enum_type

from marketplace import schema_gate
from marketplace.cli.settings import table
from schema.root import schema

BEFORE = 'type Query { a: Int b(x: Int): Int } type Order @key(fields: "id") { id: ID }'


def test_the_snapshot_is_fresh() -> None:
    assert schema_gate.faults(schema_gate.current(), Path("CHANGELOG.md")) == []


def test_the_keys_are_pinned() -> None:
    assert schema_gate.keys(schema_gate.current()) == {
        "Cooperative(id)",
        "Seller(id)",
        "Listing(id)",
        "Order(id)",
        "DeliveryJob(id)",
    }


def test_what_every_subgraph_shares() -> None:
    text = schema_gate.current()
    assert "type PageInfo @shareable {" in text
    assert (
        "node(id: ID!): Node @shareable @inaccessible" in " ".join(text.split()) or "@shareable @inaccessible" in text
    )


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ('type Query { a: Int b(x: Int): Int c: Int } type Order @key(fields: "id") { id: ID }', []),
        ('type Query { a: Int } type Order @key(fields: "id") { id: ID }', ["Query.b was removed."]),
        (
            'type Query { a: Int b(x: Int, y: Int!): Int } type Order @key(fields: "id") { id: ID }',
            ["A required argument 'y' on 'Query.b' was added."],
        ),
        ("type Query { a: Int b(x: Int): Int } type Order { id: ID }", ["@key was removed from Order(id)."]),
    ],
)
def test_a_break_is_found(after: str, found: list[str]) -> None:
    told = schema_gate.breaking(BEFORE, after)
    assert len(told) == len(found)
    for said, expected in zip(told, found, strict=True):
        assert all(word.strip("'\"") in said for word in expected.split()[:2])


def test_a_named_break_may_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    present = 'type Query { a: Int } type Order @key(fields: "id") { id: ID }'
    for name, text in (("SNAPSHOT", present), ("RELEASED", BEFORE)):
        (tmp_path / name).write_text(text)
        monkeypatch.setattr(schema_gate, name, tmp_path / name)
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("nothing")
    (fault,) = schema_gate.faults(present, changelog)
    assert fault.startswith("breaks a client")
    changelog.write_text("- " + schema_gate.breaking(BEFORE, present)[0])
    assert schema_gate.faults(present, changelog) == []
    (tmp_path / "SNAPSHOT").write_text("old")
    assert schema_gate.faults(present, changelog) == ["schema/schema.graphql is stale: make schema"]


def test_everything_is_described() -> None:
    """A stranger learns the API from GraphiQL alone."""
    bare = []
    for name, kind in schema._schema.type_map.items():
        if name.startswith(("_", "link__")) or name in {"Int", "Float", "String", "Boolean", "ID", "FieldSet"}:
            continue
        if not kind.description and not isinstance(kind, GraphQLUnionType):
            bare.append(name)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field, found in kind.fields.items():
                if not found.description and not field.startswith("_"):
                    bare.append(f"{name}.{field}")
                for argument, described in getattr(found, "args", {}).items():
                    if not described.description and not field.startswith("_"):
                        bare.append(f"{name}.{field}({argument})")
        if is_enum_type(kind):
            bare += [f"{name}.{value}" for value, found in kind.values.items() if not found.description]
    assert bare == []


def test_the_table_of_settings_is_fresh() -> None:
    assert Path("docs/settings.md").read_text(encoding="utf-8") == table()
