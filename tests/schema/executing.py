"""A query run by both executors, and what each answered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import orjson
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from structlog.testing import capture_logs

from schema.execution import PlannedExecutor

Answer = tuple[bytes, list[bytes]]


@contextmanager
def run_by(schema: Any, executor: type) -> Iterator[None]:
    kept = schema.execution_context_class
    schema.execution_context_class = executor
    try:
        yield
    finally:
        schema.execution_context_class = kept


async def answers(
    schema: Any, document: str, variables: dict[str, Any], context: Callable[[], Any]
) -> tuple[Answer, Answer, Answer]:
    """By graphql-core, by a plan in the making, and by the plan made."""
    executors = (StrawberryGraphQLCoreExecutionContext, PlannedExecutor, PlannedExecutor)
    found = []
    for executor in executors:
        given = deepcopy(variables)  # a resolver may write into them
        with run_by(schema, executor), capture_logs():
            result = await schema.execute(document, variable_values=given, context_value=context())
            found.append(_answer(result))
    return found[0], found[1], found[2]


def _answer(result: Any) -> Answer:
    """The data's bytes, the names' order included; errors without order, as several may come at once."""
    errors = [orjson.dumps(_known(error.formatted)) for error in result.errors or ()]
    return orjson.dumps(result.data), sorted(errors)


def _known(error: Any) -> Any:
    """Without the reference under which an unexpected error was logged: each has its own."""
    error.get("extensions", {}).pop("reference", None)
    return error
