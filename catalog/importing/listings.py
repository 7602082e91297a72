"""Listings from a file into the shops of a co-op. Lines with one external id are one listing's variants."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from catalog.importing import runs
from catalog.importing.profiles import Profile
from catalog.importing.runs import Difference, Import, Report, Thing
from catalog.importing.wanted import Key, Wanted, wanted_of
from catalog.models import Listing, ListingState, Seller, Variant
from catalog.offers import change_variant, groups_of, replace_groups, write_groups_of
from marketplace import outbox
from marketplace.database import for_update
from marketplace.identity.actor import Actor
from marketplace.tables import Line


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
        batch=_take,
        together=together,
    )


async def _take(importing: Import, lines: Sequence[Line]) -> None:
    texts = [(line, importing.profile.read(line)) for line in lines]
    await write(importing, wanted_of(importing, texts, await _sellers(importing, texts)))


async def write(importing: Import, wanted: Mapping[Key, Wanted]) -> None:
    """Make and change the listings, in the caller's transaction; in a dry run only tell what would be done."""
    standing, variants = await standing_of(wanted, is_locked=not importing.report.is_dry_run)
    grouped = await groups_of([listing.pk for listing in standing.values()])
    new: list[tuple[Listing, Wanted]] = []
    new_variants: list[Variant] = []
    touched: set[UUID] = set()
    for (seller_id, external_id), listing_wanted in wanted.items():
        listing = standing.get((seller_id, external_id))
        if listing is None:
            listing, its_variants = _new(seller_id, external_id, listing_wanted)
            importing.report.note(_noted(listing_wanted, listing, is_new=True))
            new.append((listing, listing_wanted))
            new_variants += its_variants
            touched.add(seller_id)
            continue
        added, differences = await _change(importing, listing, variants.get(listing.pk, {}), listing_wanted)
        groups = _changed_groups(grouped.get(listing.pk, []), listing_wanted.groups)
        if groups is not None:
            differences.append(Difference("option_groups"))
            if not importing.report.is_dry_run:
                await replace_groups(listing, groups)
        importing.report.note(_noted(listing_wanted, listing, is_new=False, differences=differences))
        if differences:
            new_variants += added
            touched.add(seller_id)
    if importing.report.is_dry_run:
        return
    if new:
        await Listing.bulk_create([listing for listing, _ in new])
    if new_variants:
        await Variant.bulk_create(new_variants)
    await write_groups_of([(listing, listing_wanted.groups or []) for listing, listing_wanted in new])
    for seller_id in sorted(touched):
        await outbox.record("seller.changed", seller_id)


def _noted(wanted: Wanted, listing: Listing, *, is_new: bool, differences: Sequence[Difference] = ()) -> Thing:
    price = min(variant["price"] for variant in wanted.variants.values())
    return Thing(wanted.line, listing.pk, listing.title, price, is_new, differences)


async def _sellers(importing: Import, texts: Sequence[tuple[Line, dict[str, str]]]) -> dict[str, UUID]:
    ids = {given.get("seller_external_id", "") for _, given in texts} - {""}
    named = Q(external_id__in=list(ids)) | Q(pk__in=runs.own_ids(ids), external_id__isnull=True)
    rows = await Seller.filter(named, cooperative_id=importing.cooperative.pk).only("id", "external_id")
    return {row.external_id or str(row.pk): row.pk for row in rows}


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


async def standing_of(
    wanted: Mapping[Key, Wanted], *, is_locked: bool
) -> tuple[dict[Key, Listing], dict[UUID, dict[str, Variant]]]:
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


def _new(seller_id: UUID, external_id: str, wanted: Wanted) -> tuple[Listing, list[Variant]]:
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
    importing: Import, listing: Listing, standing: Mapping[str, Variant], wanted: Wanted
) -> tuple[list[Variant], list[Difference]]:
    """Write what differs; answers the variants that are new, to be written still, and what differs."""
    is_written = not importing.report.is_dry_run
    added: list[Variant] = []
    differences: list[Difference] = []
    for name, values_ in wanted.variants.items():
        row = standing.get(name)
        if row is None:
            added.append(Variant(listing_id=listing.pk, position=len(standing) + len(added), **values_))
            differences.append(Difference("variant", name))
            continue
        is_kept = {"on_hand"} if not importing.sets_stock else set()
        given = {key: value for key, value in values_.items() if key not in is_kept} | {"is_offered": True}
        found = [
            Difference(key, name, getattr(row, key), value)
            for key, value in given.items()
            if getattr(row, key) != value
        ]
        differences += found
        if found and is_written:
            await change_variant(row, given, by=importing.by)
    kept = {row.name: row.price for row in standing.values() if row.is_offered}
    prices = [*(kept | {name: variant["price"] for name, variant in wanted.variants.items()}).values()]
    whole = {**wanted.checked, "price_from": min(prices), "price_to": max(prices)}
    changes = {name: value for name, value in whole.items() if getattr(listing, name) != value}
    differences += [Difference(name, "", getattr(listing, name), value) for name, value in changes.items()]
    if changes and is_written:
        listing.update_from_dict(changes)
        await listing.save(update_fields=list(changes))
    return added, differences
