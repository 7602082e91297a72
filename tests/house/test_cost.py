"""A field costs what is declared beside it."""

import pytest
import strawberry
from graphql import GraphQLObjectType, get_named_type, parse, validate
from graphql.language import OperationDefinitionNode

from marketplace.settings import Settings
from schema.costs import LISTED, MUTATION_COST, Measuring, _declared, cost
from schema.root import schema as served
from tests.conftest import GraphQL

pytestmark = pytest.mark.anyio


@strawberry.type
class Report:
    total: int = 0

    @strawberry.field
    def parts(self) -> list["Report"]:
        return []


@strawberry.type
class Group:
    name: str = ""
    members: list[Report] = strawberry.field(default_factory=list, directives=[cost(rows=10)])


@strawberry.type
class Query:
    @strawberry.field
    def groups(self) -> list[Group]:
        return []

    @strawberry.field(directives=[cost(50)])
    def report(self) -> Report:
        return Report()

    @strawberry.field
    def reports(self, first: int = 10) -> list[Report]:
        return []

    @strawberry.field(directives=[cost(7)])
    def dear(self) -> int:
        return 0


@strawberry.type
class Mutation:
    @strawberry.mutation
    def act(self) -> Report:
        return Report()


SCHEMA = strawberry.Schema(query=Query, mutation=Mutation)


def costs(query: str) -> int:
    document = parse(query)
    (node,) = (n for n in document.definitions if isinstance(n, OperationDefinitionNode))
    return Measuring(SCHEMA._schema, document, {}).operation(node).cost


def test_a_declared_cost_counts() -> None:
    assert costs("{report{total}}") == 50
    assert costs("{dear}") == 7
    assert costs("{reports{total}}") == 1
    assert costs("mutation{act{total}}") == 1 + MUTATION_COST


def test_a_list_says_how_many_rows_it_has_where_nobody_says_first() -> None:
    assert costs("{groups{members{total}}}") == 1 + 1
    assert costs("{groups{members{parts{total}}}}") == 1 + 1 + 10 * 1
    assert costs("{groups{name}}") == 1
    assert costs("{reports(first:3){total}}") == 1


def cost_of(query: str) -> int:
    """What the node's own schema asks for it."""
    document = parse(query)
    (node,) = (n for n in document.definitions if isinstance(n, OperationDefinitionNode))
    return Measuring(served._schema, document, {}).operation(node).cost


@pytest.mark.parametrize(
    ("query", "points"),
    [
        # A page of listings, as a shop front shows it: the search, and each listing with its shop and pictures.
        ("{listings(first:20){nodes{title seller{name} images{url}}}}", 10 + 20 * 3),
        ('{suggest(text:"nasi"){text}}', 10),
        # Lists in lists: of each listing the groups, of each group the options.
        ("{listings(first:20){nodes{optionGroups{options{name}}}}}", 10 + 20 * (1 + 1 + 3)),
        ("{viewer{orders(first:10){nodes{subOrders{lines{title} history{at}}}}}}", 1 + 5 + 10 * (1 + 1 + 3 * 3)),
        # A list that hangs on each thing of a list.
        (
            "{cooperatives(first:10){nodes{sellers(first:20){nodes{listings(first:20){nodes{title}}}}}}}",
            1 + 10 * (1 + 5 + 20 * (1 + 5 + 20)),
        ),
        # Reckoned from the ledger, as often as it is asked for.
        ("{viewer{orders(first:10){nodes{subOrders{split{amount}}}}}}", 1 + 5 + 10 * (1 + 1 + 3 * 3)),
        # Statements.
        ('{node(id:"x"){... on Book{trialBalance{debits} accounts{title}}}}', 1 + 20 + 10),
        ('{node(id:"x"){... on SettlementWindow{payments{payer{name} payee{name}}}}}', 1 + 1 + 10 * 2),
    ],
)
def test_what_the_node_asks_for_its_dear_fields(query: str, points: int) -> None:
    assert validate(served._schema, parse(query)) == []
    assert cost_of(query) == points


async def test_the_answer_says_what_a_dear_field_cost(graphql: GraphQL) -> None:
    answer = await graphql('{suggest(text:"nasi"){text} listings(first:2){nodes{title}}}')
    assert answer["extensions"]["cost"] == {"spent": 10 + 10 + 2, "limit": 5000}


def test_a_shop_front_can_ask_for_what_it_shows_and_nobody_for_everything() -> None:
    most = Settings().max_query_cost
    shown = "title seller{name isOpen} images{url} variants{price} optionGroups{options{name}}"
    page = f"{{listings(first:100){{nodes{{{shown}}}}}}}"
    everything = "{cooperatives(first:100){nodes{sellers(first:100){nodes{listings(first:100){nodes{priceFrom}}}}}}}"
    assert cost_of(page) <= most < cost_of(everything)


def test_every_list_that_hangs_on_a_thing_has_a_cost() -> None:
    """It asks the database for each thing anew, so it must not pass for one point."""
    roots = {served._schema.query_type, served._schema.mutation_type, served._schema.subscription_type}
    cheap = [
        f"{name}.{field_name}"
        for name, kind in served._schema.type_map.items()
        if isinstance(kind, GraphQLObjectType) and kind not in roots
        for field_name, field in kind.fields.items()
        if get_named_type(field.type).name.endswith("Connection") and "first" in field.args
        if (declared := _declared(field)) is None or declared.weight < LISTED.weight
    ]
    assert cheap == []
