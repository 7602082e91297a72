"""What running the examples of docs/api/ needs beside reading them: names filled in, ways followed into answers."""

import json
import re
from collections.abc import Mapping
from typing import Any

from marketplace.web.examples import FOLDER, PAGES, Example, examples, people

__all__ = ["FOLDER", "PAGES", "Example", "examples", "filled", "follow", "people"]

PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


def filled(variables: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The variables with each `{{name}}` replaced; a string that is nothing else takes the value as it is."""
    filled: dict[str, Any] = _fill(json.loads(variables), known)
    return filled


def _fill(value: Any, known: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: _fill(inner, known) for name, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, known) for inner in value]
    if not isinstance(value, str):
        return value
    whole = PLACEHOLDER.fullmatch(value)
    return known[whole[1]] if whole else PLACEHOLDER.sub(lambda found: str(known[found[1]]), value)


def follow(way: str, answer: Any) -> Any:
    """What stands at `placeOrder.subOrders.0.id` in an answer."""
    for step in way.split("."):
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return answer
