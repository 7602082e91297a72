"""What one document may ask at most; `schema/costs.py` says what it asks. Answered in `extensions.cost`."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode
from strawberry.extensions import SchemaExtension

from marketplace.errors import Code, MarketplaceError
from schema.costs import Measure, Measuring
from schema.documents import Documents
from schema.problems import as_graphql_error

MOST_MUTATIONS = 5
MOST_ENTITIES = 100


class TooDeep(MarketplaceError):
    """The query is {found} levels deep; at most {most} are taken."""

    code = Code.QUERY_TOO_DEEP
    pesan = "Kueri sedalam {found} tingkat; paling dalam {most}."


class TooCostly(MarketplaceError):
    """The query costs {found} points; at most {most} are taken: ask for fewer rows or fields."""

    code = Code.QUERY_TOO_COSTLY
    pesan = "Kueri berbiaya {found} poin; paling banyak {most}: minta lebih sedikit baris atau isian."


class TooManyAliases(MarketplaceError):
    """The document has {found} aliases; at most {most} are taken."""

    code = Code.TOO_MANY
    pesan = "Dokumen memakai {found} alias; paling banyak {most}."


class TooManyMutations(MarketplaceError):
    """The document has {found} mutations; at most {most} are taken."""

    code = Code.TOO_MANY
    pesan = "Dokumen berisi {found} mutasi; paling banyak {most}."


class TooManyEntities(MarketplaceError):
    """The document asks for {found} entities at once; at most {most} are taken."""

    code = Code.TOO_MANY
    pesan = "Dokumen meminta {found} entitas sekaligus; paling banyak {most}."


class IntrospectionOff(MarketplaceError):
    """Introspection is off on this node: read the schema at /schema.graphql."""

    code = Code.FORBIDDEN
    pesan = "Introspeksi dimatikan di node ini: baca skema di /schema.graphql."


class Limits(SchemaExtension):
    """Refuses a document that asks too much, and reports what the others cost.

    Stands behind what validates: only a valid document can be measured (its fragments end).
    """

    def __init__(self, documents: Documents) -> None:
        self.documents = documents

    def on_validate(self) -> Iterator[None]:
        asked = self.execution_context
        if not asked.pre_execution_errors:
            found = self._measure()
            refused = self._refusal(found)
            asked.context.spent = found.cost
            if refused is not None:
                wrapped = GraphQLError(str(refused), original_error=refused)
                # Raised, it would end the whole connection of a WebSocket.
                asked.pre_execution_errors = [as_graphql_error(wrapped, asked.context.language)]
        yield

    def _measure(self) -> Measure:
        asked: Any = self.execution_context
        node = next(
            found
            for found in asked.graphql_document.definitions
            if isinstance(found, OperationDefinitionNode)
            and (asked.operation_name is None or (found.name and found.name.value == asked.operation_name))
        )
        given = asked.variables or {}
        names = [defined.variable.name.value for defined in node.variable_definitions or ()]
        counts = {name: counted for name in names if (counted := _counted(given.get(name))) is not None}
        known = self.documents.find(asked.query) if asked.query else None
        setting = (asked.operation_name, *counts.items())
        found = known.measures.get(setting) if known else None
        if found is None:
            found = Measuring(asked.schema._schema, asked.graphql_document, counts).operation(node)
            if known is not None:
                known.measured(setting, found)
        return found

    def _refusal(self, found: Measure) -> MarketplaceError | None:
        asked: Any = self.execution_context
        settings = asked.context.settings
        if found.introspects and not settings.introspection:
            return IntrospectionOff()
        if found.depth > settings.max_query_depth:
            return TooDeep(found=found.depth, most=settings.max_query_depth)
        if found.aliases > settings.max_query_aliases:
            return TooManyAliases(found=found.aliases, most=settings.max_query_aliases)
        if found.entities > MOST_ENTITIES:
            return TooManyEntities(found=found.entities, most=MOST_ENTITIES)
        if asked.operation_type.value == "mutation" and found.root_fields > MOST_MUTATIONS:
            return TooManyMutations(found=found.root_fields, most=MOST_MUTATIONS)
        if found.cost > settings.max_query_cost:
            return TooCostly(found=found.cost, most=settings.max_query_cost)
        return None

    def get_results(self) -> dict[str, Any]:
        context: Any = self.execution_context.context
        spent = getattr(context, "spent", 0)
        return {"cost": {"spent": spent, "limit": context.settings.max_query_cost}} if context else {}


def _counted(value: object) -> int | range | None:
    """What of a variable a measure depends on: a number, or how long a list is."""
    if isinstance(value, list):
        return range(len(value))
    return value if type(value) is int else None
