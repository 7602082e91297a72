"""A field costs what is declared beside it."""

import strawberry
from graphql import parse
from graphql.language import OperationDefinitionNode

from schema.limits import MUTATION_COST, Measuring, cost


@strawberry.type
class Report:
    total: int = 0


@strawberry.type
class Query:
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
