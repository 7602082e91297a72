"""What a seller or a listing may say of itself: each field's bounds. Pure.

One table serves the API and the importers. A value that does not stand becomes a fault with the field's name;
all of an input's faults are told at once.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from catalog import hours, regions
from marketplace.errors import Code, FieldFault, Invalid
from marketplace.identity.phones import normalised

Check = Callable[[Any], Any]
LARGEST_PRICE = 1_000_000_000
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Allergen(StrEnum):
    """The allergens that a food may hold (after BPOM regulation 31/2018, annex on allergens)."""

    GLUTEN = "GLUTEN"
    CRUSTACEANS = "CRUSTACEANS"
    EGG = "EGG"
    FISH = "FISH"
    PEANUT = "PEANUT"
    SOY = "SOY"
    MILK = "MILK"
    NUTS = "NUTS"
    SULPHITE = "SULPHITE"
    SESAME = "SESAME"


class Refused(Exception):
    """A value does not stand."""

    def __init__(self, code: Code, message: str, pesan: str) -> None:
        super().__init__(message)
        self.code, self.message, self.pesan = code, message, pesan


def text(least: int, most: int) -> Check:
    """A text of so many characters, trimmed; control characters are refused."""

    def check(value: Any) -> str:
        trimmed = str(value).strip()
        if len(trimmed) < least:
            code = Code.TOO_SHORT if trimmed else Code.REQUIRED
            raise Refused(code, f"at least {least} characters", f"paling sedikit {least} huruf")
        if len(trimmed) > most:
            raise Refused(Code.TOO_LONG, f"at most {most} characters", f"paling banyak {most} huruf")
        if _CONTROL.search(trimmed):
            raise Refused(Code.INVALID, "holds control characters", "mengandung karakter terlarang")
        return trimmed

    return check


def whole(least: int, most: int) -> Check:
    """A whole number within these bounds."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Refused(Code.OUT_OF_RANGE, f"a whole number from {least} to {most}", f"angka {least} sampai {most}")
        return value

    return check


def degrees(bound: int) -> Check:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not -bound <= value <= bound:
            raise Refused(Code.OUT_OF_RANGE, f"degrees from -{bound} to {bound}", f"derajat -{bound} sampai {bound}")
        return float(value)

    return check


def digits(*lengths: int) -> Check:
    """A number written in so many digits; dots, dashes and blanks between them are dropped."""
    wanted = " or ".join(map(str, lengths))

    def check(value: Any) -> str:
        bare = re.sub(r"[\s.\-]", "", str(value))
        if not (bare.isascii() and bare.isdigit() and len(bare) in lengths):
            raise Refused(Code.INVALID, f"{wanted} digits", f"{wanted.replace('or', 'atau')} angka")
        return bare

    return check


def truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused(Code.INVALID, "true or false", "ya atau tidak")
    return value


def optional(check: Check) -> Check:
    """The same, but None (or an empty text) takes the value away."""
    return lambda value: None if value is None or value == "" else check(value)


def _slug(value: Any) -> str:
    if not _SLUG.fullmatch(str(value)):
        raise Refused(Code.INVALID, "1 to 60 of a-z, 0-9 and -", "1 sampai 60 huruf a-z, angka, atau -")
    return str(value)


def _region(value: Any) -> str:
    if regions.find(str(value)) is None:
        raise Refused(Code.NOT_FOUND, "no region has this code", "tidak ada wilayah dengan kode ini")
    return str(value)


def _phone(value: Any) -> str:
    try:
        return normalised(str(value))
    except Invalid as cause:
        fault = cause.faults[0]
        raise Refused(fault.code, fault.message, fault.pesan) from cause


def _weekly(value: Any) -> list[list[int]]:
    by_day: dict[int, list[hours.Span]] = {}
    for weekday, opens, closes in value:
        if not 0 <= weekday <= 6:
            raise Refused(Code.OUT_OF_RANGE, "weekday 0 (Monday) to 6", "hari 0 (Senin) sampai 6")
        by_day.setdefault(weekday, []).append((opens, closes))
    for spans in by_day.values():
        _spans(spans)
    return sorted([weekday, opens, closes] for weekday, spans in by_day.items() for opens, closes in spans)


def _spans(spans: list[hours.Span]) -> None:
    wrong = hours.fault(spans)
    if wrong:
        raise Refused(Code.INVALID, wrong, f"jam buka tidak benar: {wrong}")


def _holidays(value: Any) -> dict[str, list[list[int]]]:
    if len(value) > 100:
        raise Refused(Code.TOO_MANY, "at most 100 days", "paling banyak 100 hari")
    found: dict[str, list[list[int]]] = {}
    for day, spans in value.items():
        _spans([(opens, closes) for opens, closes in spans])
        found[date.fromisoformat(str(day)).isoformat()] = sorted([opens, closes] for opens, closes in spans)
    return dict(sorted(found.items()))


def _allergens(value: Any) -> list[str]:
    return sorted({Allergen(item).value for item in value})


def _areas(value: Any) -> list[str]:
    if len(value) > 200:
        raise Refused(Code.TOO_MANY, "at most 200 regions", "paling banyak 200 wilayah")
    return sorted({_region(code) for code in value})


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


SELLER: Mapping[str, Check] = {
    "slug": _slug,
    "name": text(2, 160),
    "description": text(0, 2_000),
    "phone": optional(_phone),
    "nib": optional(digits(13)),
    "npwp": optional(digits(15, 16)),
    "address": text(0, 300),
    "region_code": _region,
    "lat": degrees(90),
    "lon": degrees(180),
    "service_radius_m": whole(100, 100_000),
    "opening_hours": optional(_weekly),
    "holidays": _holidays,
    "takes_cash": truth,
    "takes_online": truth,
    "allows_pickup": truth,
    "auto_accept": truth,
    "packing_fee": whole(0, 10_000_000),
    "minimum_order": whole(0, 100_000_000),
}
LISTING: Mapping[str, Check] = {
    "category_code": text(1, 40),
    "section": text(0, 80),
    "title": text(2, 160),
    "description": text(0, 4_000),
    "preparation_minutes": optional(whole(0, 10_080)),
    "halal_number": optional(text(5, 40)),
    "halal_until": optional(_date),
    "pirt_number": optional(digits(15, 17)),
    "allergens": _allergens,
    "by_quote": truth,
    "session_minutes": optional(whole(5, 1_440)),
    "per_km": optional(whole(0, 1_000_000)),
    "capacity_g": optional(whole(1, 50_000_000)),
    "area_codes": _areas,
}
VARIANT: Mapping[str, Check] = {
    "name": text(0, 80),
    "price": whole(0, LARGEST_PRICE),
    "weight_g": optional(whole(0, 50_000_000)),
    "on_hand": optional(whole(0, 1_000_000_000)),
}
GROUP: Mapping[str, Check] = {"name": text(1, 80), "least": whole(0, 50), "most": whole(1, 50)}
OPTION: Mapping[str, Check] = {
    "name": text(1, 80),
    "price_delta": whole(-LARGEST_PRICE, LARGEST_PRICE),
    "is_available": truth,
}


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def require_present(values: Mapping[str, Any], *names: str, under: tuple[str, ...] = ()) -> None:
    """Raises Invalid naming every one of `names` that has no value."""
    missing = [name for name in names if values.get(name) is None]
    if missing:
        raise Invalid(
            faults=[FieldFault((*under, camel(name)), Code.REQUIRED, "is needed", "wajib diisi") for name in missing]
        )


def checked(checks: Mapping[str, Check], values: Mapping[str, Any], *, under: tuple[str, ...] = ()) -> dict[str, Any]:
    """Those of `values` that `checks` knows, in the form that rows keep; raises Invalid with every fault."""
    found: dict[str, Any] = {}
    faults: list[FieldFault] = []
    for name, value in values.items():
        check = checks.get(name)
        if check is None:
            continue
        path = (*under, camel(name))
        try:
            found[name] = check(value)
        except Refused as wrong:
            faults.append(FieldFault(path, wrong.code, wrong.message, wrong.pesan))
        except (TypeError, ValueError):
            faults.append(FieldFault(path, Code.INVALID, "has not this form", "bentuknya tidak benar"))
    if faults:
        raise Invalid(faults=faults)
    return found
