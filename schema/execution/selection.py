"""What of a plan runs: a selection of an object's fields, and the waiting for those that take a while."""

from collections.abc import Awaitable, Callable
from types import CoroutineType
from typing import Any, TypeAlias

from graphql import GraphQLField, GraphQLObjectType
from graphql.pyutils import Path, gather_with_cancel

#: Completes a value that stands at a path; may give a coroutine; raises what is wrong with it.
Complete: TypeAlias = Callable[[Any, Any, Path], Any]
#: Reads a field of a source, the source's path beside it; may give a coroutine; raises where null may not stand.
Read: TypeAlias = Callable[[Any, Any, Path | None], Any]


class Selection:
    """`selection(run, source, path)` gives the answer's dictionary, or a coroutine of it. `run`: the executor."""

    __slots__ = ("fields",)

    def __init__(self, fields: tuple[tuple[str, Read], ...]) -> None:
        self.fields = fields

    def __call__(self, run: Any, source: Any, path: Path | None) -> Any:
        results: dict[str, Any] = {}
        waiting: list[str] = []
        try:
            for name, read in self.fields:
                value = results[name] = read(run, source, path)
                if type(value) is CoroutineType:
                    waiting.append(name)
        except Exception:
            if waiting:  # what was begun is ended, though nobody looks at it any more
                run.settle_in_background([results[name] for name in waiting])
            raise
        return gathered(results, waiting) if waiting else results


async def gathered(results: Any, waiting: list[Any]) -> Any:
    """The dictionary or list once what it waits for, under these keys, is there."""
    if len(waiting) == 1:
        results[waiting[0]] = await results[waiting[0]]
    else:
        found = await gather_with_cancel(*[results[key] for key in waiting])
        for key, value in zip(waiting, found, strict=True):
            results[key] = value
    return results


class Site:
    """A field where a document asks for it."""

    __slots__ = ("definition", "details", "name", "nodes", "parent")

    def __init__(self, parent: GraphQLObjectType, name: str, definition: GraphQLField, details: list[Any]) -> None:
        self.parent, self.name, self.definition = parent, name, definition
        self.details = details  # graphql-core's: the nodes that ask for the field under this name
        self.nodes = [one.node for one in details]

    def info(self, run: Any, path: Path) -> Any:
        """What a resolver is told; `path`: the field's, or one of an item in its list."""
        while isinstance(path.key, int) and path.prev is not None:
            path = path.prev
        return run.build_resolve_info(self.definition, self.nodes, self.parent, path)

    def failed(self, run: Any, error: Exception, path: Path) -> None:
        """Note the error and let null stand; raises where it may not."""
        run.handle_field_error(error, self.definition.type, self.details, path)

    async def awaited(self, run: Any, value: Awaitable[Any], path: Path, complete: Complete) -> Any:
        """The field once its resolver's value is there."""
        try:
            done = complete(run, await value, path)
            return await done if type(done) is CoroutineType else done
        except Exception as error:
            self.failed(run, error, path)
            return None

    async def completed(self, run: Any, done: Awaitable[Any], path: Path) -> Any:
        """The field once the fields below it are there."""
        try:
            return await done
        except Exception as error:
            self.failed(run, error, path)
            return None
