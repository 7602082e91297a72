"""Relay's `Node`: each noun says here how one of it is found for this actor."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import strawberry

from schema.context import Info
from schema.ids import parse_id


@strawberry.interface(description="Anything with a global id.")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque; pass it on, never read it.")


Finder = Callable[[Info, UUID], Awaitable[Any]]
_finders: dict[str, Finder] = {}


def finds(type_name: str) -> Callable[[Finder], Finder]:
    """Register how a `type_name` is found: answers the GraphQL object, or None when it may not be seen."""

    def register(finder: Finder) -> Finder:
        _finders[type_name] = finder
        return finder

    return register


async def find_node(info: Info, id: str) -> Node | None:
    """The thing with this global id, or None."""
    parsed = parse_id(id)
    finder = _finders.get(parsed[0]) if parsed else None
    if parsed is None or finder is None:
        return None
    found: Node | None = await finder(info, parsed[1])
    return found
