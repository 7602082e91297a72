"""Enums of the domain shown to clients, each value with its description."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

import strawberry

E = TypeVar("E", bound=Enum)


def described(enum: type[E], description: str, values: Mapping[str, str], name: str | None = None) -> type[E]:
    """Show a domain enum in the schema; `values` says what each member means, and must name them all.

    Use the domain's own class in annotations afterwards.
    """
    missing = {member.name for member in enum} ^ set(values)
    if missing:
        raise ValueError(f"{enum.__name__}: describe exactly its members; differing: {sorted(missing)}")
    shown = strawberry.enum(enum, name=name, description=description)
    for value in shown.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = values[value.name]
    return enum
