"""The plans of the documents last run, found by the operation's node: a document is parsed once and kept."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

from schema.documents import LONGEST, MOST
from schema.execution.compiling import select
from schema.execution.selection import Selection

#: Settings of one operation's switches that are remembered; beyond, it starts anew.
MOST_SETTINGS = 32


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, its switches (the variables in `@skip` and `@include`), and the plan of each setting of them."""

    #: Kept alive, since by its identity it is found.
    node: OperationDefinitionNode
    switches: tuple[str, ...]
    plans: dict[tuple[Any, ...], Selection] = field(default_factory=dict)


class Plans:
    """As many operations as documents are kept."""

    def __init__(self) -> None:
        self._operations: OrderedDict[int, Operation] = OrderedDict()

    def of(self, run: Any, root_type: GraphQLObjectType, grouped: dict[str, Any]) -> Selection | None:
        """The plan of what this executor runs; None where a switch is neither yes nor no."""
        operation = self._operation(run)
        given = run.variable_values.coerced
        settings = tuple([given.get(name) for name in operation.switches])
        plan = operation.plans.get(settings)
        if plan is None:
            if not all(type(setting) is bool for setting in settings):
                return None
            if len(operation.plans) >= MOST_SETTINGS:
                operation.plans.clear()
            plan = operation.plans[settings] = select(run, root_type, grouped)
        return plan

    def _operation(self, run: Any) -> Operation:
        node = run.operation
        known = self._operations.get(id(node))
        if known is not None:
            self._operations.move_to_end(id(node))
            return known
        selections = [node.selection_set, *(one.selection_set for one in run.fragment_definitions.values())]
        known = Operation(node, tuple(sorted({name for one in selections for name in _switches(one)})))
        if node.loc is not None and len(node.loc.source.body) <= LONGEST:
            self._operations[id(node)] = known
            if len(self._operations) > MOST:
                self._operations.popitem(last=False)
        return known


def _switches(selections: SelectionSetNode) -> Iterator[str]:
    for node in selections.selections:
        for directive in node.directives or ():
            for argument in directive.arguments or ():
                if isinstance(argument.value, VariableNode):
                    yield argument.value.name.value
        if isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set:
            yield from _switches(node.selection_set)
