"""Filter expressions: those of the reference that the adapter uses."""

import re
from collections.abc import Callable
from typing import Any

from search.places import haversine_m

Document = dict[str, Any]
_VALUE = r"'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?"
_RADIUS = re.compile(r"_geoRadius\(\s*([-\d.e]+)\s*,\s*([-\d.e]+)\s*,\s*([\d.]+)\s*\)")
_BOX = re.compile(r"_geoBoundingBox\(\s*\[([-\d.e]+)\s*,\s*([-\d.e]+)\]\s*,\s*\[([-\d.e]+)\s*,\s*([-\d.e]+)\]\s*\)")
_IN = re.compile(rf"(\w+) IN \[((?:{_VALUE})(?:, (?:{_VALUE}))*)?\]")
_COMPARED = re.compile(rf"(\w+) (=|!=|>=|<=|>|<) ({_VALUE})")


class BadFilter(Exception):
    """Code invalid_search_filter or invalid_document_filter."""


def condition(text: str | list[str], filterable: list[str]) -> Callable[[Document], bool]:
    """One condition, or any of a list, as a predicate; raises BadFilter as the server would refuse it."""
    if isinstance(text, list):
        ways = [condition(one, filterable) for one in text]
        return lambda document: any(way(document) for way in ways)
    if text.startswith("NOT "):
        inner = condition(text.removeprefix("NOT "), filterable)
        return lambda document: not inner(document)
    if found := _RADIUS.fullmatch(text):
        _check("_geo", filterable)
        lat, lon, radius_m = map(float, found.groups())
        return lambda document: haversine_m(lat, lon, document["_geo"]["lat"], document["_geo"]["lng"]) <= radius_m
    if found := _BOX.fullmatch(text):
        _check("_geo", filterable)
        north, east, south, west = map(float, found.groups())
        return lambda document: south <= document["_geo"]["lat"] <= north and west <= document["_geo"]["lng"] <= east
    if found := _IN.fullmatch(text):
        _check(found[1], filterable)
        wanted = {_value(part) for part in re.findall(_VALUE, found[2] or "")}
        return lambda document: bool(wanted & set(_values(document.get(found[1]))))
    if found := _COMPARED.fullmatch(text):
        field, sign, raw = found.groups()
        _check(field, filterable)
        return lambda document: _compare(sign, _values(document.get(field)), _value(raw))
    raise BadFilter(f"Was expecting an operation at `{text}`.")


def _check(field: str, filterable: list[str]) -> None:
    if field not in filterable:
        raise BadFilter(f"Attribute `{field}` is not filterable.")


def _compare(sign: str, values: list[Any], wanted: Any) -> bool:
    if sign == "=":
        return wanted in values
    if sign == "!=":
        return wanted not in values
    numbers = [value for value in values if isinstance(value, int | float)]
    return any(
        {">=": number >= wanted, "<=": number <= wanted, ">": number > wanted, "<": number < wanted}[sign]
        for number in numbers
    )


def _values(value: Any) -> list[Any]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [one.casefold() if isinstance(one, str) else one for one in values]


def _value(raw: str) -> Any:
    if raw.startswith("'"):
        return re.sub(r"\\(.)", r"\1", raw[1:-1]).casefold()
    return float(raw)
