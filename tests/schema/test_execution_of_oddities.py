"""A schema of all that can go wrong in a field: both executors answer the same."""

import asyncio
import enum
import os
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any, NewType

import pytest
import strawberry
from hypothesis import HealthCheck, given, settings
from strawberry.extensions import ParserCache
from strawberry.schema.config import StrawberryConfig

from schema.execution import PlannedExecutor
from tests.schema.documents import documents
from tests.schema.executing import Answer, answers

EXAMPLES = int(os.environ.get("LUMBUNG_TEST_DOCUMENTS", "150"))
Even = NewType("Even", int)


def even(value: Any) -> int:
    if value % 2:
        raise ValueError(f"{value} is odd")
    return int(value)


@strawberry.enum
class Colour(enum.Enum):
    RED = "red"
    BLUE = 2


@strawberry.interface
class Thing:
    id: strawberry.ID
    name: str

    @strawberry.field
    def shout(self) -> str:
        return self.name.upper()


@strawberry.type
class Leaf(Thing):
    colour: Colour | None = None
    even: Even | None = None
    required: Even = Even(0)
    number: int | None = None
    ratio: float | None = None
    truth: bool = True
    day: date | None = None
    tags: list[str | None] = strawberry.field(default_factory=list)
    strict: list[str] | None = None


@strawberry.input
class Wish:
    colours: list[Colour | None]
    name: str | None
    ids: list[list[strawberry.ID]] | None = None
    count: int = 7
    even: Even | None = strawberry.UNSET
    within: "Wish | None" = None
    others: "list[Wish] | None" = strawberry.field(default_factory=list)


@strawberry.input
class Perhaps:
    number: strawberry.Maybe[int | None]
    plain: int = 1


@strawberry.type
class Branch(Thing):
    depth: strawberry.Private[int]
    direct: Leaf | None = None

    @strawberry.field
    def children(self, first: int = 3) -> list[Annotated["Branch", strawberry.lazy(__name__)]]:
        return [branch(self.depth + 1, n) for n in range(min(first, 4))]

    @strawberry.field
    async def slow(self, info: strawberry.Info[Any, Any]) -> list["Leaf | None"]:
        await asyncio.sleep(0)
        return [leaf(n) if n % 3 else None for n in range(5)]

    @strawberry.field
    async def slow_strict(self) -> list[Leaf]:
        await asyncio.sleep(0)
        return [leaf(n) if n != 2 else None for n in range(4)]  # type: ignore[misc]  # null where none may be

    @strawberry.field
    def promised(self) -> list[Leaf | None]:
        return [later(n) for n in range(4)]  # type: ignore[misc]  # items that come later

    @strawberry.field
    def counted(self) -> list[int]:
        return (n for n in range(3))  # type: ignore[return-value]  # a generator is a list too

    @strawberry.field
    def no_list(self) -> list[int] | None:
        return 7  # type: ignore[return-value]  # what isn't a list is refused

    @strawberry.field
    def streamed(self) -> list[int]:
        async def numbers() -> AsyncIterator[int]:
            yield 1
            yield 2

        return numbers()  # type: ignore[return-value]  # graphql-core takes these too

    @strawberry.field
    def either(self) -> list["Leaf | Branch"]:
        return [leaf(1), branch(9, 1)]

    @strawberry.field
    def things(self) -> list[Thing | None]:
        return [leaf(2), None, branch(9, 2), leaf(7)]

    @strawberry.field
    def stranger(self) -> Thing | None:
        return object()  # type: ignore[return-value]  # of no type that the interface knows

    @strawberry.field
    async def fails_late(self) -> str | None:
        await asyncio.sleep(0)
        raise ValueError("late")

    @strawberry.field
    async def fails_late_hard(self) -> str:
        await asyncio.sleep(0)
        raise ValueError("late and hard")

    @strawberry.field
    def fails(self) -> str | None:
        raise ValueError("at once")

    @strawberry.field
    def fails_hard(self) -> str:
        raise ValueError("at once and hard")

    @strawberry.field
    def gives_error(self) -> int | None:
        return ValueError("given")  # type: ignore[return-value]  # an error given is an error raised

    @strawberry.field
    def gives_nothing(self) -> Leaf:
        return None  # type: ignore[return-value]  # null where none may be

    @strawberry.field
    def sum(self, numbers: list[int], colour: Colour = Colour.RED, extra: Even | None = None) -> str:
        return f"{sum(numbers)} {colour.name} {extra}"

    @strawberry.field
    def wishes(self, wish: Wish, more: list[Wish] | None = None) -> str:
        return repr((wish, more))

    @strawberry.field
    async def perhaps(self, perhaps: Perhaps) -> str:
        return repr(perhaps)


def leaf(n: int) -> Leaf:
    """Odd ones are faulty here and there."""
    return Leaf(
        id=strawberry.ID(f"leaf-{n}"),
        name=f"Leaf {n}",
        colour=[None, Colour.RED, Colour.BLUE, "RED", "green"][n % 5],  # type: ignore[arg-type]  # some are no colour
        even=Even(n),
        required=Even(3 if n == 3 else 2),
        number=[1, 2**31, True, 1.5, 1.0][n % 5],  # type: ignore[arg-type]  # some are no Int
        ratio=[0.5, float("nan"), 1, None, "x"][n % 5],  # type: ignore[arg-type]  # some are no Float
        day=date(2026, 1, 1 + n),
        tags=["a", None, 7],  # type: ignore[list-item]  # an int is shown as text
        strict=["a", None] if n == 1 else ["b"],  # type: ignore[list-item]  # null where none may be
    )


async def later(n: int) -> Leaf | None:
    await asyncio.sleep(0)
    if n == 1:
        raise ValueError("an item is late and faulty")
    return leaf(n) if n != 2 else None


def branch(depth: int, n: int) -> Branch:
    return Branch(id=strawberry.ID(f"branch-{depth}-{n}"), name=f"Branch {n}", depth=depth, direct=leaf(depth))


@strawberry.type
class Query:
    @strawberry.field
    def root(self) -> Branch | None:
        return branch(0, 0)

    @strawberry.field
    async def slow_root(self) -> Branch:
        await asyncio.sleep(0)
        return branch(0, 1)

    @strawberry.field
    def thing(self, id: strawberry.ID) -> Thing | None:
        return leaf(4) if id == "leaf" else branch(1, 1) if id == "branch" else None


SCALARS = {
    Even: strawberry.scalar(name="Even", serialize=even, parse_value=even),
}
SCHEMA = strawberry.Schema(
    query=Query,
    types=[Leaf, Branch],
    config=StrawberryConfig(scalar_map=SCALARS),
    execution_context_class=PlannedExecutor,
    extensions=[lambda: ParserCache(maxsize=64)],
)
POOL = {"ID": ["leaf", "branch", "none"], "Int": [0, 2, 9], "Even": [2, 3], "String": [""], "Boolean": [True]}


async def by_both(document: str, variables: dict[str, Any]) -> tuple[Answer, Answer, Answer]:
    found = await answers(SCHEMA, document, variables, lambda: None)
    while others := asyncio.all_tasks() - {asyncio.current_task()}:  # what an error left behind comes to its end
        await asyncio.wait(others)
    return found


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(SCHEMA._schema, POOL))
def test_both_executors_answer_the_same(made: tuple[str, dict[str, Any]]) -> None:
    document, variables = made
    core, first, again = asyncio.run(by_both(document, variables))
    assert first == core
    assert again == core


@pytest.mark.parametrize("name", list(SCHEMA._schema.type_map["Branch"].fields))  # type: ignore[attr-defined]
@pytest.mark.parametrize(
    "where", ["root{%s}", "slowRoot{%s}", "root{children{%s}}", "root{things{...on Branch{%s}}}"]
)
def test_each_oddity_on_its_own(name: str, where: str) -> None:
    below = {
        "children": "{id}",
        "direct": "{id colour even required number ratio strict}",
        "either": "{__typename ...on Leaf{number} ...on Branch{id fails}}",
        "stranger": "{id}",
    }
    inner = below.get(name, "{id name}" if name == "things" else "")
    if name in {"slow", "slowStrict", "promised", "givesNothing"}:
        inner = "{id required tags strict colour}"
    given = {
        "sum": "(numbers:[1,2],extra:3)",
        "wishes": '(wish:{name:null,colours:[RED,null],within:{name:"b",colours:[BLUE],ids:[["x"],[]]}},more:[])',
        "perhaps": "(perhaps:{number:null})",
    }
    asked = name + given.get(name, "")
    document = "{" + where % (asked + inner + " id") + " again:root{id}}"
    core, first, again = asyncio.run(by_both(document, {}))
    assert first == core
    assert again == core
    assert b"null" in core[0] or b"id" in core[0]
