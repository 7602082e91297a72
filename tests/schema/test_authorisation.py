"""Who may do what, of every operation: `authorisation/table.txt` says it, and here everyone tries it.

Each scene stands where the scene before it has left off; what an attempt changes is rolled back before the next one.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type

from marketplace import database
from marketplace.database import is_postgres, transaction
from marketplace.identity.models import Account
from schema.nodes import _finders
from tests import conftest, copies
from tests.schema.authorisation import table
from tests.schema.authorisation.asking import ROOTS, SCHEMA
from tests.schema.authorisation.hostile import try_texts
from tests.schema.authorisation.picture import picture, touched, written
from tests.schema.authorisation.standing import Standings
from tests.schema.authorisation.trying import REFUSED_TO_ALL
from tests.schema.authorisation.world import World

TEXT = table.FILE.read_text()
SCENES = table.read(TEXT)
ROWS = [row for scene in SCENES.values() for row in scene.rows]
#: Described with an "only" that is about no person.
ABOUT_NOBODY = {("NewApiKey", "token"), ("SubOrderNews", "steps")}

#: By dialect.
AllStandings = dict[str, Standings]


@pytest.fixture(scope="module")
def all_standings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AllStandings]:
    made = {kind: Standings(kind, tmp_path_factory.mktemp(kind), SCENES) for kind in ("sqlite", "postgres")}
    yield made
    for standings in made.values():
        asyncio.run(standings.close())


@pytest.fixture(params=conftest.databases())
def standings(request: pytest.FixtureRequest, all_standings: AllStandings) -> Standings:
    """Where the scenes have brought their nodes, on SQLite or PostgreSQL."""
    return all_standings[request.param]


@pytest.fixture
async def town(standings: Standings) -> AsyncIterator[World]:
    """The town in an open database, before any scene."""
    begun = await standings.after(None)
    settings = await copies.copied(begun.settings)
    await database.connect(settings)
    yield begun.world
    await database.disconnect()
    await copies.remove(settings)


@pytest.mark.anyio
@pytest.mark.parametrize("name", SCENES)
async def test_everyone_is_answered_as_the_table_says(name: str, standings: Standings) -> None:
    scene, untamed = SCENES[name], []
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    async with standings.playing(name) as played:
        for number, row in enumerate(scene.rows):
            found[name, number] = await played.try_row(row)
            untamed += [] if is_postgres() else await try_texts(played, row)  # told before any database is asked
        assert not untamed, "\n".join(untamed)
        differ = [
            f"{row.operation}:\n  table: {' '.join(row.answers)}\n  found: {' '.join(found[name, number])}"
            for number, row in enumerate(scene.rows)
            if row.answers != found[name, number]
        ]
        assert not differ, "\n".join([*differ, *played.strange.values()])
        assert not played.changed, "\n".join(played.changed)


@pytest.mark.anyio
async def test_a_change_of_a_single_row_is_seen(town: World) -> None:
    """What the table rests on: without this, "nothing was changed" would always hold."""
    before = await picture()
    assert await picture() == before
    await Account.filter(pk=town.accounts["buyer"]).update(name="Siti")
    after = await picture()
    assert [name for name in after if after[name] != before[name]] == ["account"]


@pytest.mark.anyio
async def test_what_was_written_and_taken_back_is_touched(town: World) -> None:
    """Only what nobody wrote to is spared a second picture; where nobody counts, nothing is."""
    async with transaction():
        since = await written()
        await Account.all().count()
        assert await touched(since) == []
        with suppress(KeyError):
            async with transaction():
                await Account.filter(pk=town.accounts["buyer"]).update(name="Siti")
                raise KeyError
        assert await touched(since) == (["account"] if is_postgres() else None)


def test_every_operation_of_the_schema_is_in_the_table() -> None:
    tried = {row.operation for row in ROWS}
    missing = [
        f"{kind} {name}"
        for kind, root in ROOTS.items()
        for name in (root.fields if root else ())
        if name not in tried
    ]
    assert not missing, f"write them into {table.FILE.name}, as its head says: {missing}"


def test_everything_that_node_finds_is_in_the_table() -> None:
    assert set(_finders) <= {row.operation for row in ROWS}


def test_everything_that_is_for_some_only_is_in_the_table() -> None:
    tried = {_ends(row.operation) for row in ROWS if "." in row.operation}
    assert [f"{kind}.{name}" for kind, name in guarded() if (kind, name) not in tried] == []


def guarded() -> Iterator[tuple[str, str]]:
    """The fields that are lists of things, or say that they are for some only."""
    roots = set(ROOTS.values())
    for name, kind in SCHEMA.type_map.items():
        if not isinstance(kind, GraphQLObjectType) or kind in roots or name.startswith("_"):
            continue
        for field_name, field in kind.fields.items():
            is_list = get_named_type(field.type).name.endswith("Connection")
            says_only = re.search(r"\bonly\b|NOT_FOUND", field.description or "")
            if (is_list or says_only) and (name, field_name) not in ABOUT_NOBODY:
                yield name, field_name


def _ends(operation: str) -> tuple[str, str]:
    """The type and the field at the end of `DeliveryJob.pickup.pin`."""
    type_name, *path = operation.split(".")
    kind = SCHEMA.type_map[type_name]
    for name in path[:-1]:
        assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        kind = get_named_type(kind.fields[name].type)
    return kind.name, path[-1]


def test_someone_may_do_each_thing_and_nobody_breaks_it() -> None:
    for row in ROWS:
        assert "?" not in row.answers, f"{row.operation}: try it where someone may do it"
        assert "INTERNAL" not in row.answers, row.operation


def test_a_key_does_what_its_person_does_by_its_scope_alone() -> None:
    """No key does what another scope is for; and one of its own scope is not refused what takes a scope."""
    mutations = ROOTS["mutation"]
    for row in ROWS:
        if mutations is not None and row.operation in mutations.fields:
            *_, with_scope, without = row.answers
            assert without == "F", row.operation
            assert with_scope in {"ok", "F", REFUSED_TO_ALL.get(row.operation)}, row.operation
