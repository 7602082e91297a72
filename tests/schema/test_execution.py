"""Every query of docs/api, and queries made up over the whole schema, answered the same by both executors.

They are asked of a town with a history: all the examples of docs/api have been carried out in it.
"""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import OperationType
from hypothesis import HealthCheck, given
from hypothesis import settings as of_hypothesis
from hypothesis import strategies as st
from tortoise import Tortoise

from marketplace import clock, database, seed, wiring, worker
from marketplace.database import Row, transaction
from marketplace.identity import service as identity
from marketplace.identity.actor import NOBODY, Actor
from marketplace.settings import Settings
from schema.context import Context
from schema.ids import to_id
from schema.root import schema
from search import projector
from tests import conftest
from tests.docs import pages
from tests.docs.test_api_examples import kind_of
from tests.schema.documents import documents
from tests.schema.executing import Answer, answers

EXAMPLES = int(os.environ.get("LUMBUNG_TEST_DOCUMENTS", "150"))
WIDE = {"max_query_cost": 3_000, "max_query_depth": 20, "max_query_aliases": 10_000}


@dataclass
class Town:
    """A seeded town, who lives there, and the loop that its database is open in."""

    runner: asyncio.Runner
    settings: Settings
    adapters: Any = None
    people: dict[str, Actor] = field(default_factory=lambda: {"nobody": NOBODY})
    pool: dict[str, list[Any]] = field(default_factory=dict)
    documents: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)

    def context(self, who: str) -> Context:
        return Context(settings=self.settings, adapters=self.adapters, actor=self.people[who], language="en")

    def by_both(self, document: str, variables: dict[str, Any], who: str) -> tuple[Answer, Answer, Answer]:
        return self.runner.run(answers(schema, document, variables, lambda: self.context(who)))

    async def found(self) -> None:
        shutil.copy(await conftest._sqlite_template(), self.settings.folder / "lumbung.sqlite3")
        await database.connect(self.settings)
        await seed.plant()
        self.adapters = wiring.build(self.settings)
        await projector.keep_built(self.adapters)
        for word, phone in pages.people().items():
            self.people[word] = await self._who(phone)
        for page in pages.PAGES:
            known: dict[str, Any] = {}
            for example in pages.examples(page):
                with suppress(LookupError, TypeError):  # a page counts on a town without the others' history
                    await self._live(example, known)
        self.pool = await self._pool()
        moment = clock.now()
        clock.use(lambda: moment)

    async def leave(self) -> None:
        if self.adapters is not None:
            await wiring.close(self.adapters)
        await database.disconnect()

    async def _who(self, phone: str) -> Actor:
        async with transaction():
            account = await identity.find_or_create_account(phone, "")
            token = (await identity.issue_tokens(account)).access_token
        return await identity.authenticate(token)

    async def _live(self, example: pages.Example, known: dict[str, Any]) -> None:
        """Carry an example out; those who look come later."""
        if example.who not in self.people or kind_of(example) is OperationType.SUBSCRIPTION:
            return
        variables = pages.filled(example.variables, known)
        if kind_of(example) is OperationType.QUERY:
            # A copy: Strawberry writes into the representations that it is given.
            self.documents.append((example.document, deepcopy(variables), example.who))
        answer = await schema.execute(
            example.document, variable_values=variables, context_value=self.context(example.who)
        )
        for name, way in example.save.items():
            known.setdefault(name, pages.follow(way, answer.data))
        await worker.drain(self.adapters)

    async def _pool(self) -> dict[str, list[Any]]:
        """What the arguments of each scalar are given: ids of all that there is, slugs, codes, words."""
        names = set(schema._schema.type_map)
        models = [model for model in Tortoise.apps[database.APP].values() if issubclass(model, Row)]
        ids = ["x", "U2VsbGVyOng"]
        for model in models:
            if model.__name__ in names:
                ids += [to_id(model.__name__, row.pk) for row in await model.all().limit(4)]
        slugs = [row.slug for row in await models_named("Seller").all().limit(3)]
        return {
            "ID": ids,
            "String": ["", "kopi", "nasi gor", "35.78", "food.rice", "FOD", "2026-01", *slugs],
            "Int": [1, 2, 3, 0, 101],
            "Float": [-7.2575, 112.7521, 0.0],
            "Boolean": [True, False],
            "Rupiah": [0, 5_000, 40_000],
            "BasisPoints": [0, 500],
            "Metres": [500, 5_000],
            "Grams": [0, 900],
            "Date": ["2026-11-25"],
            "DateTime": ["2026-11-25T05:00:00Z"],
            "PhoneNumber": ["+6281234567890"],
            "_Any": [{"__typename": "Seller", "id": id} for id in ids[2:12]] + [{"__typename": "Order", "id": "x"}],
        }


def models_named(name: str) -> Any:
    return Tortoise.apps[database.APP][name]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("town")
    with asyncio.Runner() as runner:
        town = Town(runner, Settings(folder=folder, worker_in_process=False, **WIDE))
        try:
            runner.run(town.found())
            yield town
        finally:
            clock.use(None)
            runner.run(town.leave())


def test_every_query_of_the_pages(town: Town) -> None:
    answered = 0
    for document, variables, _ in town.documents:
        for who in town.people:
            core, first, again = town.by_both(document, variables, who)
            assert first == core, document
            assert again == core, document
            answered += core[0] != b"null" and not core[1]
    assert len(town.documents) >= 10
    assert answered >= len(town.documents)


def test_queries_made_up_over_the_schema(town: Town) -> None:
    told: set[str] = set()

    @of_hypothesis(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(documents(schema._schema, town.pool), st.sampled_from(sorted(town.people)))
    def check(made: tuple[str, dict[str, Any]], who: str) -> None:
        document, variables = made
        core, first, again = town.by_both(document, variables, who)
        assert first == core
        assert again == core
        told.update(orjson.loads(core[0]) or ())

    check()
    assert told, "not one of them was answered"
