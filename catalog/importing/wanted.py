"""What lines of a file want of a shop's listings: each field checked, lines of one listing put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from catalog import facts
from catalog.importing import values
from catalog.importing.runs import Import
from catalog.listings import check_listing
from catalog.models import ListingKind, Unit
from catalog.offers import VARIANTS_A_LISTING, check_groups
from marketplace.errors import Code, Invalid
from marketplace.tables import Line

NEEDED = ("external_id", "seller_external_id", "kind", "category_code", "title", "price")
_IDS = {"external_id": facts.text(1, 80), "seller_external_id": facts.text(1, 80)}
#: Whose listing it is, and its id in the file.
Key = tuple[UUID, str]


@dataclass(slots=True)
class Wanted:
    """A listing that the file tells of; each of its variants in a line of its own."""

    kind: ListingKind
    checked: dict[str, Any]
    is_published: bool
    groups: list[dict[str, Any]] | None = None  # None: left as they are
    variants: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)  # by the variant's name

    @property
    def line(self) -> int:
        """The first that tells of it."""
        return next(iter(self.lines.values()))


def wanted_of(
    importing: Import, texts: Sequence[tuple[Line, dict[str, str]]], seller_ids: Mapping[str, UUID]
) -> dict[Key, Wanted]:
    """The listings that these texts, by our fields, tell of; what does not stand is refused in the report."""
    found: dict[Key, Wanted] = {}
    for line, given in texts:
        try:
            _take(line.number, given, seller_ids, found)
        except values.NotReadable as wrong:
            importing.report.refuse_unread(line, wrong, importing.profile)
        except Invalid as invalid:
            importing.report.refuse_invalid(line, invalid, importing.profile)
    return found


def _take(line: int, given: dict[str, str], seller_ids: Mapping[str, UUID], found: dict[Key, Wanted]) -> None:
    facts.require_present({name: given.get(name) or None for name in NEEDED}, *NEEDED)
    ids = facts.checked(_IDS, given)
    seller_id = seller_ids.get(ids["seller_external_id"])
    if seller_id is None:
        raise Invalid.field(
            "seller_external_id",
            Code.NOT_FOUND,
            "the co-op has no seller with this id",
            "koperasi tidak punya penjual dengan id ini",
        )
    kind = _member(ListingKind, given, "kind")
    key = (seller_id, ids["external_id"])
    variant = facts.checked(facts.VARIANT, values.read(values.VARIANT, given))
    name = facts.checked({"variant": facts.text(0, 80)}, {"variant": given.get("variant", "")})["variant"]
    variant |= {"name": name}
    if given.get("unit"):
        variant["unit"] = _member(Unit, given, "unit")
    if key in found:
        if name in found[key].variants:
            raise Invalid.field(
                "external_id",
                Code.DUPLICATE,
                "an earlier line has the same id and variant",
                "baris sebelumnya memakai id dan varian yang sama",
            )
        if len(found[key].variants) >= VARIANTS_A_LISTING:
            raise Invalid.field(
                "external_id",
                Code.TOO_MANY,
                f"more than {VARIANTS_A_LISTING} variants",
                f"lebih dari {VARIANTS_A_LISTING} varian",
            )
    else:
        checked = check_listing(kind, values.read(values.LISTING, given))
        is_published = values.read({"published": values.truth}, given).get("published", True)
        found[key] = Wanted(kind, checked, is_published, _groups(given))
    found[key].variants[name] = variant
    found[key].lines[name] = line


def _groups(given: dict[str, str]) -> list[dict[str, Any]] | None:
    """The option groups that the line tells of; None where its cell is empty."""
    read = values.read(values.GROUPS, given)
    if not read:
        return None
    try:
        return check_groups(read["option_groups"])
    except Invalid as invalid:
        first = invalid.faults[0]
        where = ".".join(first.path[1:])
        said, dikatakan = (f"{where}: {text}" if where else text for text in (first.message, first.pesan))
        raise Invalid.field("option_groups", first.code, said, dikatakan) from invalid


def _member(enum: Any, given: Mapping[str, str], name: str) -> Any:
    try:
        return enum(given[name].strip().upper())
    except ValueError as cause:
        known = ", ".join(enum)
        raise Invalid.field(name, Code.INVALID, f"one of {known}", f"salah satu dari {known}") from cause
