"""What a Meilisearch server's route definitions allow (`routes.json`), held against each request that comes here."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

KINDS = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}


@cache
def routes() -> list[tuple[str, re.Pattern[str], dict[str, Any]]]:
    """(method, pattern of the path, what is known of it)."""
    known = json.loads(Path(__file__).with_name("routes.json").read_text())["routes"]
    found = []
    for fact in known:
        method, _, path = fact["route"].partition(" ")
        found.append((method, re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), fact))
    return found


def complaint(method: str, url: str, body: Any, action: str = "") -> str:
    """Why the server would refuse this request; nothing where it would not.

    `action` is what a key must be allowed for it, by whoever asks.
    """
    path, _, query = url.partition("?")
    matching = (fact for verb, pattern, fact in routes() if verb == method and pattern.fullmatch(path))
    fact = next(matching, None)
    if fact is None:
        return f"there is no {method} {path}"
    if action and fact["action"] != action:
        return f"{fact['route']} needs the action {fact['action']}, not {action}"
    if unknown := set(parse_qs(query)) - set(fact.get("query", ())):
        return f"{fact['route']} takes no parameter {unknown}"
    if body is None:
        return "" if "body" not in fact else f"{fact['route']} needs a body"
    return _differs(body, fact["body"], fact["route"]) if "body" in fact else f"{fact['route']} takes no body"


def _differs(value: Any, known: Any, where: str) -> str:
    """How the value is not what is known of it; nothing where it is."""
    if isinstance(known, dict):
        if not isinstance(value, dict):
            return f"{where} is an object"
        if unknown := set(value) - set(known):
            return f"{where} has no field {sorted(unknown)}"
        missing = [name for name, kind in known.items() if str(kind).endswith("!") and name not in value]
        if missing:
            return f"{where} needs {missing}"
        return next(filter(None, (_differs(one, known[name], f"{where} {name}") for name, one in value.items())), "")
    if isinstance(known, list):
        if not isinstance(value, list):
            return f"{where} is a list"
        return next(filter(None, (_differs(one, known[0], where) for one in value)), "")
    return "" if _is(value, known.rstrip("!")) else f"{where} is {known}, not {value!r:.80}"


def _is(value: Any, kind: str) -> bool:
    if kind.endswith("?"):
        return value is None or _is(value, kind[:-1])
    if kind == "any":
        return True
    if kind == "{}":
        return isinstance(value, dict)
    if kind.startswith("["):
        return isinstance(value, list) and all(_is(one, kind[1:-1]) for one in value)
    if kind in KINDS:
        return isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))
    return value in kind.split("|")
