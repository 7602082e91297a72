"""Listings from a file into the shops of a co-op. Lines with one external id are one listing's variants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from catalog import facts
from catalog.importing import runs, values
from catalog.importing.profiles import Profile
from catalog.importing.runs import Import, Report
from catalog.listings import check_listing
from catalog.models import Listing, ListingKind, ListingState, Seller, Unit, Variant
from catalog.offers import (
    VARIANTS_A_LISTING,
    change_variant,
    check_groups,
    groups_of,
    replace_groups,
    write_groups_of,
)
from marketplace import outbox
from marketplace.database import for_update
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import Actor
from marketplace.tables import Line

NEEDED = ("external_id", "seller_external_id", "kind", "category_code", "title", "price")
_IDS = {"external_id": facts.text(1, 80), "seller_external_id": facts.text(1, 80)}
_Key = tuple[UUID, str]


@dataclass(slots=True)
class _Wanted:
    """A listing that the file tells of."""

    kind: ListingKind
    checked: dict[str, Any]
    is_published: bool
    groups: list[dict[str, Any]] | None = None  # None: left as they are
    variants: dict[str, dict[str, Any]] = field(default_factory=dict)


async def import_listings(
    actor: Actor, path: Path, *, cooperative_id: UUID, profile: Profile | None = None, is_dry_run: bool = False
) -> Report:
    """Make and change listings as the file says, by their external ids; those it doesn't name stay.

    A new listing is put on sale unless the column `published` says no. Stock (`on_hand`) is taken for new
    variants only. An officer of the co-op, or the operator. Raises NotFound, Forbidden, UnreadableFile.
    """
    profile = profile or Profile()

    def together(earlier: Line, later: Line) -> bool:
        return profile.read(earlier).get("external_id") == profile.read(later).get("external_id")

    return await runs.run(
        actor,
        path,
        what="listings",
        cooperative_id=cooperative_id,
        profile=profile,
        is_dry_run=is_dry_run,
        batch=_write,
        together=together,
    )


async def _write(importing: Import, lines: Sequence[Line]) -> None:
    texts = [(line, importing.profile.read(line)) for line in lines]
    wanted = _wanted(importing, texts, await _sellers(importing, texts))
    standing, variants = await _standing(wanted, is_locked=not importing.report.is_dry_run)
    grouped = await groups_of([listing.pk for listing in standing.values()])
    new_groups: list[tuple[Listing, Sequence[Mapping[str, Any]]]] = []
    new_listings: list[Listing] = []
    new_variants: list[Variant] = []
    touched: set[UUID] = set()
    for (seller_id, external_id), listing_wanted in wanted.items():
        listing = standing.get((seller_id, external_id))
        if listing is None:
            importing.report.created += 1
            listing, its_variants = _new(seller_id, external_id, listing_wanted)
            new_listings.append(listing)
            new_variants += its_variants
            new_groups.append((listing, listing_wanted.groups or []))
            touched.add(seller_id)
            continue
        added = await _change(importing, listing, variants.get(listing.pk, {}), listing_wanted)
        groups = _changed_groups(grouped.get(listing.pk, []), listing_wanted.groups)
        if groups is not None:
            added = added or []
            if not importing.report.is_dry_run:
                await replace_groups(listing, groups)
        if added is None:
            importing.report.unchanged += 1
            continue
        importing.report.changed += 1
        new_variants += added
        touched.add(seller_id)
    if importing.report.is_dry_run:
        return
    if new_listings:
        await Listing.bulk_create(new_listings)
    if new_variants:
        await Variant.bulk_create(new_variants)
    await write_groups_of(new_groups)
    for seller_id in sorted(touched):
        await outbox.record("seller.changed", seller_id)


async def _sellers(importing: Import, texts: Sequence[tuple[Line, dict[str, str]]]) -> dict[str, UUID]:
    ids = {given.get("seller_external_id", "") for _, given in texts} - {""}
    named = Q(external_id__in=list(ids)) | Q(pk__in=runs.own_ids(ids), external_id__isnull=True)
    rows = await Seller.filter(named, cooperative_id=importing.cooperative.pk).only("id", "external_id")
    return {row.external_id or str(row.pk): row.pk for row in rows}


def _wanted(
    importing: Import, texts: Sequence[tuple[Line, dict[str, str]]], seller_ids: Mapping[str, UUID]
) -> dict[_Key, _Wanted]:
    found: dict[_Key, _Wanted] = {}
    for line, given in texts:
        try:
            _take(given, seller_ids, found)
        except values.NotReadable as wrong:
            importing.report.refuse_unread(line, wrong, importing.profile)
        except Invalid as invalid:
            importing.report.refuse_invalid(line, invalid, importing.profile)
    return found


def _take(given: dict[str, str], seller_ids: Mapping[str, UUID], found: dict[_Key, _Wanted]) -> None:
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
        found[key] = _Wanted(kind, checked, is_published, _groups(given))
    found[key].variants[name] = variant


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


def _changed_groups(
    standing: list[dict[str, Any]], wanted: list[dict[str, Any]] | None
) -> list[dict[str, Any]] | None:
    """The groups to write in place of those that stand; None when nothing differs.

    What was sold out for now stays so: a table doesn't tell of it.
    """
    if wanted is None:
        return None
    bare = [
        {**group, "options": [{"name": o["name"], "price_delta": o["price_delta"]} for o in group["options"]]}
        for group in standing
    ]
    if bare == wanted:
        return None
    gone = {(g["name"], o["name"]) for g in standing for o in g["options"] if not o["is_available"]}
    for group in wanted:
        for option in group["options"]:
            option["is_available"] = (group["name"], option["name"]) not in gone
    return wanted


async def _standing(
    wanted: Mapping[_Key, _Wanted], *, is_locked: bool
) -> tuple[dict[_Key, Listing], dict[UUID, dict[str, Variant]]]:
    """The listings and variants that stand, locked in id order unless it is a dry run."""
    ids = {id for _, id in wanted}
    named = Q(external_id__in=list(ids)) | Q(pk__in=runs.own_ids(ids), external_id__isnull=True)
    found = Listing.filter(named, seller_id__in=list({seller_id for seller_id, _ in wanted})).order_by("id")
    rows = await (for_update(found) if is_locked else found)
    listings = {(row.seller_id, row.external_id or str(row.pk)): row for row in rows}
    variants: dict[UUID, dict[str, Variant]] = {}
    if listings:
        query = Variant.filter(listing_id__in=[row.pk for row in listings.values()]).order_by("id")
        for variant in await (for_update(query) if is_locked else query):
            variants.setdefault(variant.listing_id, {})[variant.name] = variant
    return listings, variants


def _new(seller_id: UUID, external_id: str, wanted: _Wanted) -> tuple[Listing, list[Variant]]:
    prices = [variant["price"] for variant in wanted.variants.values()]
    listing = Listing(
        seller_id=seller_id,
        external_id=external_id,
        kind=wanted.kind,
        state=ListingState.PUBLISHED if wanted.is_published else ListingState.DRAFT,
        price_from=min(prices),
        price_to=max(prices),
        **wanted.checked,
    )
    variants = [
        Variant(listing_id=listing.pk, position=place, **variant)
        for place, variant in enumerate(wanted.variants.values())
    ]
    return listing, variants


async def _change(
    importing: Import, listing: Listing, standing: Mapping[str, Variant], wanted: _Wanted
) -> list[Variant] | None:
    """Write what differs; answers the variants that are new, or None when nothing differs."""
    is_written = not importing.report.is_dry_run
    added: list[Variant] = []
    is_changed = False
    for name, values_ in wanted.variants.items():
        row = standing.get(name)
        if row is None:
            added.append(Variant(listing_id=listing.pk, position=len(standing) + len(added), **values_))
            continue
        given = {key: value for key, value in values_.items() if key != "on_hand"} | {"is_offered": True}
        if any(getattr(row, key) != value for key, value in given.items()):
            is_changed = True
            if is_written:
                await change_variant(row, given, by=importing.by)
    kept = {row.name: row.price for row in standing.values() if row.is_offered}
    prices = [*(kept | {name: variant["price"] for name, variant in wanted.variants.items()}).values()]
    whole = {**wanted.checked, "price_from": min(prices), "price_to": max(prices)}
    changes = {name: value for name, value in whole.items() if getattr(listing, name) != value}
    if changes and is_written:
        listing.update_from_dict(changes)
        await listing.save(update_fields=list(changes))
    return added if changes or added or is_changed else None
