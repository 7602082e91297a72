"""What a document may ask, and the typed refusal of each document that asks more."""

from typing import Any

import httpx
import pytest
import strawberry
from graphql import parse
from graphql.language import OperationDefinitionNode

from marketplace.settings import Settings
from schema.context import Context
from schema.costs import Measure, Measuring
from schema.documents import LONGEST, MOST_MEASURES, AskedBefore, Documents
from schema.limits import Limits
from schema.root import schema
from tests.conftest import GraphQL

pytestmark = pytest.mark.anyio
CO_OP = '{__typename:"Cooperative",id:"x"}'


def measured(query: str, **variables: Any) -> Measure:
    document = parse(query)
    node = next(n for n in document.definitions if isinstance(n, OperationDefinitionNode))
    return Measuring(schema._schema, document, variables).operation(node)


@pytest.mark.parametrize(
    ("query", "variables", "cost", "depth"),
    [
        ("{__typename}", {}, 0, 0),
        ("{cooperatives(first:1){nodes{name}}}", {}, 2, 3),
        ("{cooperatives(first:50){nodes{name}}}", {}, 51, 3),
        ("query($n:Int!){cooperatives(first:$n){nodes{name}}}", {"n": 50}, 51, 3),
        ("query($n:Int=50){cooperatives(first:$n){nodes{name}}}", {}, 51, 3),
        ("{cooperatives(first:50){...P}} fragment P on CooperativeConnection{nodes{name}}", {}, 51, 3),
    ],
)
async def test_what_a_query_costs(query: str, variables: dict[str, Any], cost: int, depth: int) -> None:
    found = measured(query, **variables)
    assert (found.cost, found.depth) == (cost, depth)


async def test_a_fragment_spread_a_million_times_is_measured_at_once() -> None:
    """Doubling fragments ask for 2^40 fields: the walk must not take them one by one."""
    doubling = "".join(f"fragment F{n} on Query{{...F{n + 1} ...F{n + 1}}} " for n in range(40))
    found = measured(f"{{...F0}} {doubling} fragment F40 on Query{{cooperatives(first:1){{nodes{{id}}}}}}")
    assert found.cost == 2 * 2**40


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{" + " ".join(f"a{n}:__typename" for n in range(31)) + "}", "TOO_MANY"),
        ("{cooperatives(first:100){nodes{id}} b:cooperatives(first:4900){nodes{id}}}", "QUERY_TOO_COSTLY"),
        ("{_entities(representations:[" + ",".join([CO_OP] * 101) + "]){__typename}}", "TOO_MANY"),
        ("{", "INVALID"),
        ("{nothing}", "INVALID"),
        ("{node(id:7.5){id}}", "INVALID"),
    ],
)
async def test_a_document_that_asks_too_much_is_refused(graphql: GraphQL, query: str, code: str) -> None:
    answer = await graphql(query)
    assert answer["data"] is None
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


async def test_entities_are_counted_in_variables_too(graphql: GraphQL) -> None:
    query = "query($r:[_Any!]!){_entities(representations:$r){__typename}}"
    many = [{"__typename": "Cooperative", "id": "x"}] * 101
    assert (await graphql(query, {"r": many}))["errors"][0]["extensions"]["code"] == "TOO_MANY"
    assert (await graphql(query, {"r": many[:100]}))["data"] == {"_entities": [None] * 100}


async def test_six_mutations_in_a_document_are_refused(graphql: GraphQL) -> None:
    query = "mutation{" + " ".join(f"m{n}:__typename" for n in range(6)) + "}"
    assert (await graphql(query))["errors"][0]["extensions"]["code"] == "TOO_MANY"


async def test_the_cost_is_reported(graphql: GraphQL) -> None:
    answer = await graphql("{cooperatives(first:10){nodes{id}}}")
    assert answer["extensions"]["cost"] == {"spent": 11, "limit": 5000}


async def test_a_query_may_be_twelve_levels_deep(graphql: GraphQL) -> None:
    inner, levels = "name", 1
    while levels <= 12:
        inner, levels = f"cooperative{{sellers(first:1){{nodes{{{inner}}}}}}}", levels + 3
    query = f'{{node(id:"x"){{... on Seller{{{inner}}}}}}}'
    assert (await graphql(query))["errors"][0]["extensions"]["code"] == "QUERY_TOO_DEEP"


async def test_batches_are_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/graphql", json=[{"query": "{__typename}"}] * 2)
    assert answer.status_code == 400


@strawberry.type
class Shelf:
    @strawberry.field
    def books(self, first: int = 10) -> list["Shelf"]:
        return []


async def spent(documents: Documents, query: str, **variables: Any) -> int:
    """What an execution reports, beside others that share these documents."""
    asked = strawberry.Schema(query=Shelf, extensions=[lambda: AskedBefore(documents), lambda: Limits(documents)])
    result = await asked.execute(query, variable_values=variables, context_value=Context(Settings(), None))
    assert result.errors is None
    return int((result.extensions or {})["cost"]["spent"])


async def test_a_document_is_measured_once_for_each_number_that_counts() -> None:
    documents, query = (
        Documents(),
        "query($n:Int!,$other:Int){books(first:$n){__typename books(first:$other){__typename}}}",
    )
    for n in (1, 2, *range(1, MOST_MEASURES)):
        assert await spent(documents, query, n=n, unasked=n) == 1 + n
    known = documents.find(query)
    assert known is not None
    assert len(known.measures) == MOST_MEASURES - 1
    for n in range(2 * MOST_MEASURES):
        assert await spent(documents, query, n=1, other=n) == 2
        assert len(known.measures) <= MOST_MEASURES


async def test_a_long_document_is_measured_and_not_kept() -> None:
    documents, query = Documents(), "{books(first:3){books{__typename}}}#" + "x" * LONGEST
    assert [await spent(documents, query) for _ in range(2)] == [4, 4]
    assert documents.find(query) is None
