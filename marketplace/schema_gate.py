"""Keeps the API's promise: its snapshot is committed, and no released field goes unannounced."""

from functools import cache
from pathlib import Path

from graphql import build_schema
from graphql.utilities import find_breaking_changes
from strawberry.printer import print_schema

import schema
from schema.root import schema as served

FOLDER = Path(schema.__file__).parent
#: What is served now.
SNAPSHOT = FOLDER / "schema.graphql"
#: What the last release served; later ones must not break it unless the changelog names the change.
RELEASED = FOLDER / "released.graphql"


@cache
def current() -> str:
    """The schema that is served, as text, federation directives included."""
    return print_schema(served) + "\n"


def breaking(released: str, present: str) -> list[str]:
    """What in `present` breaks a client written against `released`, and each `@key` that went."""
    before, after = (build_schema(text, assume_valid_sdl=True) for text in (released, present))
    found = [change.description for change in find_breaking_changes(before, after)]
    return sorted(found) + [f"@key was removed from {name}." for name in sorted(keys(released) - keys(present))]


def keys(text: str) -> set[str]:
    """The types with an `@key`, as `Order(id)`: the breaking-change finder looks at no directive."""
    found = set()
    for line in text.splitlines():
        if line.startswith("type ") and "@key(" in line:
            fields = line.split("@key(", 1)[1].split('"')[1]
            found.add(f"{line.split()[1]}({fields})")
    return found


def faults(text: str, changelog: Path) -> list[str]:
    """Why this schema may not be released: a stale snapshot, or a break that the changelog doesn't name."""
    if not SNAPSHOT.exists() or SNAPSHOT.read_text(encoding="utf-8") != text:
        return ["schema/schema.graphql is stale: make schema"]
    if not RELEASED.exists():
        return []
    named = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    return [
        f"breaks a client, and the changelog doesn't say so: {change}"
        for change in breaking(RELEASED.read_text(encoding="utf-8"), text)
        if change not in named
    ]
