"""Relay connections over the house's keyset pages."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeAlias, TypeVar

import strawberry
from strawberry.federation.schema_directives import Shareable

from marketplace.paging import Page

T = TypeVar("T")
R = TypeVar("R")

#: The arguments of every connection.
First: TypeAlias = Annotated[int, strawberry.argument(description="How many, 1 to 100.")]
After: TypeAlias = Annotated[str | None, strawberry.argument(description="Go on behind this cursor.")]


@strawberry.type(description="Where a page ends and whether more follow.", directives=(Shareable(),))
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether something stands before.")
    start_cursor: str | None = strawberry.field(description="The first row's cursor.")
    end_cursor: str | None = strawberry.field(description="Pass as `after` for the next page.")


@strawberry.type(description="A row of a list with its place in it.")
class Edge(Generic[T]):
    node: T = strawberry.field(description="The row.")
    cursor: str = strawberry.field(description="Its place: pass as `after` to go on behind it.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(description="The rows with their cursors.")
    nodes: list[T] = strawberry.field(description="The rows alone.")
    page_info: PageInfo = strawberry.field(description="Whether more follow.")


def connection_of(page: Page[R], dress: Callable[[R], T], *, after: str | None = None) -> Connection[T]:
    """A page of rows as a connection of what clients see."""
    nodes = [dress(row) for row in page.rows]
    return Connection(
        edges=[Edge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)],
        nodes=nodes,
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=after is not None,
            start_cursor=page.cursors[0] if page.cursors else None,
            end_cursor=page.cursors[-1] if page.cursors else None,
        ),
    )
