"""A co-op's sellers and listings as CSV or XLSX, in the columns that an import takes."""

import csv
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from catalog import categories, offers, sellers
from catalog.importing import choices, menu_columns, values, weeks
from catalog.models import Listing, ListingKind, ListingState, Seller, Variant
from cooperatives.membership.models import Cooperative
from marketplace.errors import NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in

BATCH = 500
#: What we never write out: it is kept sealed.
_SEALED = frozenset({"npwp"})
SELLER_COLUMNS = ("external_id", *(name for name in values.SELLER if name not in _SEALED))
LISTING_COLUMNS = (
    *("external_id", "seller_external_id", "kind", *values.LISTING),
    *("variant", "unit", *values.VARIANT, "published", "option_groups"),
)


async def export_sellers(actor: Actor, path: Path, *, cooperative_id: UUID) -> int:
    """Write the co-op's sellers to `path` (.csv or .xlsx); answers how many. Tax numbers are left out.

    A seller that has no external id is named by its own, which an import knows too.
    """
    await _may_export(actor, cooperative_id)
    rows = [
        [
            _text(getattr(seller, name), name) if name != "external_id" else _external(seller)
            for name in SELLER_COLUMNS
        ]
        async for seller in _all(Seller, cooperative_id=cooperative_id)
    ]
    return _write(path, SELLER_COLUMNS, rows)


async def export_listings(actor: Actor, path: Path, *, cooperative_id: UUID) -> int:
    """Write the co-op's listings to `path`, one line a variant; answers how many lines."""
    await _may_export(actor, cooperative_id)
    external = {seller.pk: _external(seller) async for seller in _all(Seller, cooperative_id=cooperative_id)}
    rows: list[list[str]] = []
    async for listing, groups in _with_groups(_all(Listing, seller__cooperative_id=cooperative_id)):
        facts = [_text(getattr(listing, name), name) for name in values.LISTING]
        head = [_external(listing), external[listing.seller_id], listing.kind.value, *facts]
        for variant in await Variant.filter(listing_id=listing.pk, is_offered=True).order_by("position"):
            tail = [_text(getattr(variant, name), name) for name in values.VARIANT]
            published = "tidak" if listing.state in (ListingState.DRAFT, ListingState.UNPUBLISHED) else "ya"
            rows.append([*head, variant.name, variant.unit.value, *tail, published, choices.write(groups)])
    return _write(path, LISTING_COLUMNS, rows)


async def export_menu(actor: Actor, path: Path, *, seller_id: UUID) -> int:
    """Write a shop's own price list, as `import_menu` takes it: two lines that show how, then one a variant.

    Counts are left out: what was sold since would come back. In a workbook the categories stand on a second sheet.
    Keepers of the shop; raises Unauthenticated, NotFound, Forbidden.
    """
    signed_in(actor)
    seller = await Seller.get_or_none(pk=seller_id)
    if seller is None or not sellers.is_visible(actor, seller):
        raise NotFound("seller")
    sellers.require_keeper(actor, seller)
    lines = menu_columns.examples()
    async for listing, groups in _with_groups(_all(Listing, seller_id=seller_id)):
        if listing.kind is ListingKind.LOGISTICS:
            continue
        lines += [
            _menu_line(listing, variant, choices.write(groups) if groups else "")
            for variant in await Variant.filter(listing_id=listing.pk, is_offered=True).order_by("position")
        ]
    columns = [names[0] for names in menu_columns.COLUMNS.values()]
    rows = [[line.get(name, "") for name in menu_columns.COLUMNS] for line in lines]
    kinds = [["kategori"], *([name] for name in menu_columns.category_names())]
    return _write(path, columns, rows, {"Kategori": kinds})


def _menu_line(listing: Listing, variant: Variant, groups: str) -> dict[str, str]:
    category = categories.find(listing.category_code)
    minutes = listing.session_minutes if listing.kind is ListingKind.SERVICE else listing.preparation_minutes
    return {
        "external_id": _external(listing),
        "title": listing.title,
        "variant": variant.name,
        "price": str(variant.price),
        "unit": menu_columns.UNITS[variant.unit],
        "category_code": category.name_id if category else "",
        "section": listing.section,
        "description": listing.description,
        "minutes": _text(minutes, "minutes"),
        "option_groups": groups,
    }


async def _with_groups(
    listings: AsyncIterator[Listing],
) -> AsyncIterator[tuple[Listing, list[dict[str, Any]]]]:
    """Each listing with its option groups, read some hundreds at a time."""
    held: list[Listing] = []
    async for listing in listings:
        held.append(listing)
        if len(held) == BATCH:
            for pair in await _grouped(held):
                yield pair
            held = []
    for pair in await _grouped(held):
        yield pair


async def _grouped(listings: list[Listing]) -> list[tuple[Listing, list[dict[str, Any]]]]:
    groups = await offers.groups_of([listing.pk for listing in listings])
    return [(listing, groups.get(listing.pk, [])) for listing in listings]


async def _may_export(actor: Actor, cooperative_id: UUID) -> None:
    if not actor.holds(Role.NODE_OPERATOR):
        require(actor, *OFFICERS, cooperative_id=cooperative_id, scope=sellers.SCOPE)
    if not await Cooperative.exists(pk=cooperative_id):
        raise NotFound("cooperative")


async def _all(model: Any, **where: Any) -> AsyncIterator[Any]:
    """Every row, oldest first, read some hundreds at a time."""
    last: UUID | None = None
    while True:
        found = model.filter(**where, **({"id__gt": last} if last else {})).order_by("id").limit(BATCH)
        rows = await found
        for row in rows:
            yield row
        if len(rows) < BATCH:
            return
        last = rows[-1].pk


def _external(row: Seller | Listing) -> str:
    return row.external_id or str(row.pk)


def _text(value: Any, name: str) -> str:
    if name == "opening_hours":
        return weeks.write(value)
    if name == "holidays":
        return orjson.dumps(value).decode() if value else ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _safe(text: str) -> str:
    """Text that a spreadsheet will not run as a formula; plain numbers stay."""
    is_number = text[1:].replace(".", "", 1).isdigit() and text[0] == "-" if text else True
    return f"'{text}" if text[:1] in tuple("=+-@") and text and not is_number else text


def _write(
    path: Path,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    more: Mapping[str, Sequence[Sequence[str]]] | None = None,
) -> int:
    """Write a table; in a workbook further sheets behind it."""
    safe = [[_safe(text) for text in row] for row in rows]
    if path.suffix.lower() == ".xlsx":
        import openpyxl  # here, since a server must not wait for it at its start

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("lumbung")
        sheet.append(list(columns))
        for row in safe:
            sheet.append(row)
        for name, lines in (more or {}).items():
            further = book.create_sheet(name)
            for line in lines:
                further.append(list(line))
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(safe)
    return len(rows)
