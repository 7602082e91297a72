"""What a listing offers: its variants with their prices, and the option groups that come with them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from catalog import facts
from catalog.models import Listing, Option, OptionGroup, PriceChange, Unit, Variant
from marketplace.database import locked
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import Actor

VARIANTS_A_LISTING = 50
GROUPS_A_LISTING = 20
OPTIONS_A_GROUP = 50


def check_variants(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A listing's variants, each with an optional `id`; raises Invalid."""
    if not 1 <= len(given) <= VARIANTS_A_LISTING:
        raise Invalid.field(
            "variants", Code.OUT_OF_RANGE, f"1 to {VARIANTS_A_LISTING}", f"1 sampai {VARIANTS_A_LISTING}"
        )
    found = []
    for place, values in enumerate(given):
        under = ("variants", str(place))
        facts.require_present(values, "price", under=under)
        checked = facts.checked(facts.VARIANT, values, under=under)
        found.append({**checked, "unit": Unit(values.get("unit", Unit.PIECE)), "id": values.get("id")})
    if len({variant.get("name", "") for variant in found}) < len(found):
        raise Invalid.field("variants", Code.DUPLICATE, "names must differ", "nama varian harus berbeda")
    return found


def check_groups(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A listing's option groups with their options; raises Invalid."""
    if len(given) > GROUPS_A_LISTING:
        raise Invalid.field(
            "optionGroups", Code.TOO_MANY, f"at most {GROUPS_A_LISTING}", f"paling banyak {GROUPS_A_LISTING}"
        )
    found = []
    for place, values in enumerate(given):
        under = ("optionGroups", str(place))
        group = facts.checked(facts.GROUP, values, under=under)
        options = [
            facts.checked(facts.OPTION, option, under=(*under, "options", str(n)))
            for n, option in enumerate(values.get("options", ()))
        ]
        least, most = group.get("least", 0), group.get("most", 1)
        if not 1 <= len(options) <= OPTIONS_A_GROUP:
            raise Invalid.field(
                ".".join((*under, "options")),
                Code.OUT_OF_RANGE,
                f"1 to {OPTIONS_A_GROUP}",
                f"1 sampai {OPTIONS_A_GROUP}",
            )
        if not least <= most <= len(options):
            raise Invalid.field(
                ".".join((*under, "most")),
                Code.OUT_OF_RANGE,
                "not less than the least, not more than there are options",
                "tidak kurang dari batas bawah, tidak lebih dari banyaknya pilihan",
            )
        found.append({"name": group["name"], "least": least, "most": most, "options": options})
    return found


async def write_variants(listing: Listing, variants: Sequence[Mapping[str, Any]]) -> None:
    """The variants of a new listing, in the caller's transaction."""
    await Variant.bulk_create(
        [
            Variant(listing_id=listing.pk, position=place, **{name: v for name, v in variant.items() if name != "id"})
            for place, variant in enumerate(variants)
        ]
    )


async def write_groups(listing: Listing, groups: Sequence[Mapping[str, Any]]) -> None:
    """Add these option groups to the listing, in the caller's transaction."""
    await write_groups_of([(listing, groups)])


async def write_groups_of(wanted: Sequence[tuple[Listing, Sequence[Mapping[str, Any]]]]) -> None:
    """Add option groups to many listings, in the caller's transaction. Two statements."""
    rows, options = [], []
    for listing, groups in wanted:
        for place, group in enumerate(groups):
            values = {name: group[name] for name in ("name", "least", "most")}
            row = OptionGroup(listing_id=listing.pk, position=place, **values)
            rows.append(row)
            options += [Option(group_id=row.pk, position=n, **option) for n, option in enumerate(group["options"])]
    if rows:
        await OptionGroup.bulk_create(rows)
        await Option.bulk_create(options)


async def groups_of(listing_ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Each listing's option groups in the form that `check_groups` answers, with `is_available` besides.

    Two statements. Listings without groups are left out.
    """
    rows = await OptionGroup.filter(listing_id__in=list(listing_ids), is_offered=True).order_by("position", "id")
    options: dict[UUID, list[dict[str, Any]]] = {row.pk: [] for row in rows}
    for option in await Option.filter(group_id__in=list(options)).order_by("position", "id"):
        facts_ = {"name": option.name, "price_delta": option.price_delta, "is_available": option.is_available}
        options[option.group_id].append(facts_)
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        group = {"name": row.name, "least": row.least, "most": row.most, "options": options[row.pk]}
        found.setdefault(row.listing_id, []).append(group)
    return found


async def replace_groups(listing: Listing, groups: Sequence[Mapping[str, Any]]) -> None:
    """Let these option groups stand in place of those before, which orders still name. Caller's transaction."""
    await OptionGroup.filter(listing_id=listing.pk, is_offered=True).update(is_offered=False)
    await write_groups(listing, groups)


async def change_variants(actor: Actor, listing: Listing, wanted: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Let these variants stand in place of those before. Caller's transaction. Answers the new price range."""
    ids = await Variant.filter(listing_id=listing.pk).values_list("id", flat=True)
    stood = await locked(Variant, ids)  # type: ignore[arg-type]  # a flat list of uuids
    kept: set[UUID] = set()
    for place, variant in enumerate(wanted):
        values = {name: value for name, value in variant.items() if name != "id"}
        if variant["id"] is None:
            await Variant.create(listing_id=listing.pk, position=place, **values)
            continue
        row = stood.get(variant["id"])
        if row is None:
            raise Invalid.field(
                f"variants.{place}.id", Code.NOT_FOUND, "not a variant of this listing", "bukan varian dagangan ini"
            )
        kept.add(row.pk)
        values.pop("on_hand", None)
        await change_variant(row, {**values, "position": place, "is_offered": True}, by=actor.account_id)
    withdrawn = [id for id, row in stood.items() if id not in kept and row.is_offered]
    if withdrawn:
        await Variant.filter(pk__in=withdrawn).update(is_offered=False)
    prices = [variant["price"] for variant in wanted]
    return {"price_from": min(prices), "price_to": max(prices)}


async def change_variant(row: Variant, values: Mapping[str, Any], *, by: UUID | None) -> None:
    """Write what differs, and the price's history, in the caller's transaction."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    if "price" in differing:
        await PriceChange.create(variant_id=row.pk, old_price=row.price, new_price=differing["price"], changed_by=by)
    if differing:
        row.update_from_dict(differing)
        await row.save(update_fields=list(differing))
