"""Texts of a file as values: numbers, truths, lists. Raises Unread with what was expected."""

import re
from collections.abc import Callable
from typing import Any

import orjson

from catalog.importing import choices, weeks
from catalog.importing.unread import Unread

_TRUE = {"ya", "yes", "true", "1", "y", "benar"}
_FALSE = {"tidak", "no", "false", "0", "t", "n", "salah"}
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")


def whole(text: str) -> int | None:
    """`15000`, `15.000`, `15,000` and `Rp 15.000` are 15,000; empty is None."""
    plain = re.sub(r"^rp\.?\s*", "", text.strip().lower())
    if not plain:
        return None
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    if not re.fullmatch(r"-?\d{1,18}", plain):
        raise Unread("expected a whole number, such as 15000", "harus bilangan bulat, misalnya 15000")
    return int(plain)


def decimal(text: str) -> float:
    if not re.fullmatch(r"-?\d{1,4}([.,]\d{1,15})?", text.strip()):
        raise Unread("expected a number such as -7.2575", "harus bilangan, misalnya -7.2575")
    return float(text.strip().replace(",", "."))


def truth(text: str) -> bool:
    plain = text.strip().lower()
    if plain in _TRUE:
        return True
    if plain in _FALSE:
        return False
    raise Unread("expected ya or tidak", "tulis ya atau tidak")


def several(text: str) -> list[str]:
    """`EGG, MILK` or `EGG; MILK`."""
    return [part.strip() for part in re.split(r"[;,|]", text) if part.strip()]


def document(text: str) -> Any:
    """JSON."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as cause:
        raise Unread("expected JSON", "harus JSON") from cause


def as_is(text: str) -> str:
    return text


Reader = Callable[[str], Any]
SELLER: dict[str, Reader] = {
    "slug": as_is,
    "name": as_is,
    "description": as_is,
    "phone": as_is,
    "nib": as_is,
    "npwp": as_is,
    "address": as_is,
    "region_code": as_is,
    "lat": decimal,
    "lon": decimal,
    "service_radius_m": whole,
    "opening_hours": weeks.read,
    "holidays": document,
    "takes_cash": truth,
    "takes_online": truth,
    "allows_pickup": truth,
    "auto_accept": truth,
    "packing_fee": whole,
    "minimum_order": whole,
}
LISTING: dict[str, Reader] = {
    "category_code": as_is,
    "section": as_is,
    "title": as_is,
    "description": as_is,
    "preparation_minutes": whole,
    "halal_number": as_is,
    "halal_until": as_is,
    "pirt_number": as_is,
    "allergens": several,
    "by_quote": truth,
    "session_minutes": whole,
    "per_km": whole,
    "capacity_g": whole,
    "area_codes": several,
}
VARIANT: dict[str, Reader] = {"price": whole, "weight_g": whole, "on_hand": whole}
GROUPS: dict[str, Reader] = {"option_groups": choices.read}
#: An empty cell takes these away; an empty cell of any other column leaves things as they are.
CLEARED_BY_EMPTY = frozenset({"description", "phone", "nib", "address", "section", "halal_number", "pirt_number"})


class NotReadable(Exception):
    """A cell's text is not of its column's form."""

    def __init__(self, field: str, why: Unread) -> None:
        super().__init__(why.message)
        self.field, self.why = field, why


def read(readers: dict[str, Reader], texts: dict[str, str]) -> dict[str, Any]:
    """Those of `texts` that `readers` knows, as values. Raises NotReadable."""
    found: dict[str, Any] = {}
    for name, reader in readers.items():
        text = texts.get(name)
        if text is None or (not text and name not in CLEARED_BY_EMPTY):
            continue
        try:
            found[name] = reader(text)
        except Unread as cause:
            raise NotReadable(name, cause) from cause
    return found
