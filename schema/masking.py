"""Errors on their way out: ours keep their code, the unexpected are masked and get a reference."""

from collections.abc import Iterator
from typing import Any

from strawberry.extensions import SchemaExtension

from schema.problems import as_graphql_error


class Masking(SchemaExtension):
    """Dresses the errors of a result, or of each result of a subscription."""

    def on_operation(self) -> Iterator[None]:
        self._streams = False
        yield
        if not self._streams:
            self._dress(self.execution_context.result)

    def on_stream_result(self, result: Any) -> Iterator[None]:
        self._streams = True
        self._dress(result)
        yield

    def _dress(self, result: Any) -> None:
        errors = getattr(result, "errors", None)
        if errors:
            language = self.execution_context.context.language
            result.errors = [as_graphql_error(error, language) for error in errors]
