"""What people write, before anybody reads it. Pure.

Two kinds of signs do harm in a name. Those that turn the direction of all that stands after them (embeddings,
overrides and isolates, as Unicode calls them): a price beside the name reads backwards, and nobody needs them to
write one. And those that are no text at all (control signs, halves of a surrogate pair), which no row holds and no
paper shows.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def straight(value: Any) -> Any:
    """A JSON value, each text in it without the signs that turn what stands after them."""
    if isinstance(value, str):
        return value if value.isascii() else TURNING.sub("", value)
    if isinstance(value, list):
        return [straight(one) for one in value]
    if isinstance(value, Mapping):
        return {name: straight(one) for name, one in value.items()}
    return value


def untold(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The ways into a JSON value at whose ends stands a text with signs that are none."""
    if isinstance(value, str):
        if CONTROL.search(value):
            yield path
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from untold(one, (*path, str(at)))
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from untold(one, (*path, name))
