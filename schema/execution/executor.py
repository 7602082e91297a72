"""graphql-core's executor, but a query's fields are run by a plan that is made once a document."""

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLObjectType, OperationType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.execution.plans import Plans

PLANS = Plans()


class PlannedExecutor(StrawberryGraphQLCoreExecutionContext):
    """Runs queries by plan, mutations and subscriptions as ever.

    Variables, the choice of the operation, errors and the answer's shape are graphql-core's own, inherited.
    """

    def execute_collected_root_fields(
        self,
        root_type: GraphQLObjectType,
        root_value: Any,
        grouped_field_set: dict[str, Any],
        serially: bool,
        new_defer_usages: Sequence[Any],
    ) -> Any:
        if self.operation.operation is OperationType.QUERY and not new_defer_usages and self._is_plain:
            plan = PLANS.of(self, root_type, grouped_field_set)
            if plan is not None:
                return plan(self, root_value, None)
        return super().execute_collected_root_fields(
            root_type, root_value, grouped_field_set, serially, new_defer_usages
        )

    @property
    def _is_plain(self) -> bool:
        """Nobody may abort it, errors travel upwards, nothing stands between a field and its resolver."""
        between = self.middleware_manager
        return self.abort_signal is None and self.error_propagation and not (between and between.middlewares)
