"""Option groups as one cell of a table, and back. Pure.

    Level pedas (1-1): Biasa; Pedas; Setan +2000 | Tambahan (0-3): Telur +3000; Tanpa nasi -1000

Groups are parted by `|`, options by `;`. `(least-most)` says how many are to be chosen; without it 0 to 1. A price is
added to, or taken off, the variant's; `+0` where the name itself ends in a number with a sign. A backslash stands
before a `|`, `;`, `:` or `\\` that belongs to a name. `tidak ada`: no groups.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from catalog.importing.unread import Unread

NONE = "tidak ada"
_BOUNDS = re.compile(r"(?P<name>.*?)\s*\((?P<least>\d{1,3})\s*-\s*(?P<most>\d{1,3})\)", re.DOTALL)
_DELTA = re.compile(r"(?P<name>.*?)\s+(?P<delta>[+-]\d{1,15})", re.DOTALL)
_SPECIAL = re.compile(r"([\\|;:])")


def read(text: str) -> list[dict[str, Any]]:
    """The groups that a cell tells of, as `offers.check_groups` takes them. Raises Unread."""
    if text.strip().lower() == NONE:
        return []
    return [_group(part) for part in _split(text, "|")]


def _group(text: str) -> dict[str, Any]:
    head, *rest = _split(text, ":")
    if len(rest) != 1:
        raise Unread(
            "expected `group (least-most): option; option +price`, parted by `|`",
            "tulis `kelompok (paling sedikit-paling banyak): pilihan; pilihan +harga`, dipisah `|`",
        )
    bounds = _BOUNDS.fullmatch(head.strip())
    name, least, most = (bounds["name"], int(bounds["least"]), int(bounds["most"])) if bounds else (head, 0, 1)
    options = [_option(part) for part in _split(rest[0], ";") if part.strip()]
    return {"name": _plain(name), "least": least, "most": most, "options": options}


def _option(text: str) -> dict[str, Any]:
    found = _DELTA.fullmatch(text.strip())
    name, delta = (found["name"], int(found["delta"])) if found else (text, 0)
    return {"name": _plain(name), "price_delta": delta}


def _split(text: str, mark: str) -> list[str]:
    """The parts between marks; one behind a backslash parts nothing, and both stay as they are."""
    parts, begun, is_escaped = [], "", False
    for letter in text:
        if letter == mark and not is_escaped:
            parts.append(begun)
            begun = ""
        else:
            begun += letter
        is_escaped = letter == "\\" and not is_escaped
    return [*parts, begun]


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL).strip()


def write(groups: Sequence[Mapping[str, Any]]) -> str:
    """The cell that `read` takes; `tidak ada` for no groups."""
    return " | ".join(map(_written, groups)) or NONE


def _written(group: Mapping[str, Any]) -> str:
    options = "; ".join(_option_written(option) for option in group["options"])
    return f"{_escaped(group['name'])} ({group['least']}-{group['most']}): {options}"


def _option_written(option: Mapping[str, Any]) -> str:
    name, delta = _escaped(option["name"]), option["price_delta"]
    return f"{name} {delta:+d}" if delta or _DELTA.fullmatch(name) else name


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
