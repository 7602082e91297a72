"""The schema as an Apollo Federation 2 subgraph: which types other subgraphs may extend, and by which key."""

from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.federation.schema_directives import Inaccessible, Key, Shareable
from strawberry.federation.types import FieldSet
from strawberry.types import ExecutionContext

from schema.context import Info
from schema.documents import AskedBefore, Documents
from schema.execution import PlannedExecutor
from schema.limits import Limits
from schema.masking import Masking
from schema.nodes import find_node
from schema.scalars import CONFIG
from schema.standing import Standing
from schema.texts import Texts

#: Types that another subgraph may refer to by `id`. A key is a promise: a test pins them.
ENTITIES = ("Cooperative", "Seller", "Listing", "Order", "DeliveryJob")

#: For `strawberry.field(directives=NODE)`: every subgraph has a `node`, and the joined schema shows none.
NODE = (Shareable(), Inaccessible())


class Subgraph(strawberry.federation.Schema):
    """The federation schema, quiet about errors: `Masking` logs the unexpected, a refusal is no fault."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        return None


def subgraph(query: type, mutation: type, subscription: type | None, *entities: type) -> Subgraph:
    """The served schema. `entities` are those of ENTITIES that exist; each is found as `node` finds it."""
    for entity in entities:
        _make_entity(entity)
    documents = Documents()
    made = Subgraph(
        query=query,
        mutation=mutation,
        subscription=subscription,
        types=list(entities),
        config=CONFIG,
        execution_context_class=PlannedExecutor,
        extensions=[
            Masking,
            lambda: AskedBefore(documents),
            # After it, which validates and would overwrite what these refuse.
            Standing,
            Texts,
            lambda: Limits(documents),
        ],
    )
    _describe_inputs(made)
    return made


def _describe_inputs(made: Subgraph) -> None:
    """Every mutation takes one `input`, described alike; its fields say the rest."""
    mutation = made._schema.mutation_type
    for field in mutation.fields.values() if mutation else ():
        if "input" in field.args and not field.args["input"].description:
            field.args["input"].description = "What is wanted."


def _make_entity(entity: Any) -> None:
    definition = entity.__strawberry_definition__
    if definition.name not in ENTITIES:
        raise ValueError(f"{definition.name} is not among the promised entities")
    if not any(isinstance(directive, Key) for directive in definition.directives or ()):
        definition.directives = [*(definition.directives or ()), Key(fields=FieldSet("id"), resolvable=True)]

    async def resolve_reference(info: Info, id: strawberry.ID) -> Any:
        return await find_node(info, id)

    entity.resolve_reference = staticmethod(resolve_reference)
