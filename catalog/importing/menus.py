"""A shop's own price list: its keeper brings it in, looks at what it would do, and then has it written as a whole."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from catalog import categories, sellers
from catalog.importing import listings, menu_columns
from catalog.importing.profiles import Profile
from catalog.importing.runs import Import, Report
from catalog.importing.unread import Unread
from catalog.importing.values import NotReadable
from catalog.importing.wanted import Key, Wanted, wanted_of
from catalog.listings import StockIsBooked
from catalog.models import BookedStock, Listing, ListingKind, Seller, Unit
from cooperatives.membership.models import Cooperative
from marketplace import tables
from marketplace.database import locked_one, new_id
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, signed_in
from marketplace.tables import Bounds, Line

_Read = TypeVar("_Read")
MOST_LINES = 1_000
_FORMULA = Unread("a formula: write what it comes to", "berisi rumus: tulis hasilnya saja")
BOUNDS = Bounds(bytes=2 * 1_048_576, unpacked_bytes=16 * 1_048_576)
_PROFILE = Profile(
    columns={name: names[:1] for name, names in menu_columns.COLUMNS.items()}
    | {"preparation_minutes": ("menit",), "session_minutes": ("menit",)}
)


class MissingColumns(MarketplaceError):
    """The first line of the file must name the columns nama and harga: {missing} is missing."""

    code = Code.INVALID
    pesan = "Baris pertama berkas harus berisi nama kolom, paling sedikit nama dan harga: {missing} belum ada."


class TooManyLines(MarketplaceError):
    """The file holds more than {most} lines: split it up."""

    code = Code.TOO_MANY
    pesan = "Berkas ini lebih dari {most} baris: bagi menjadi beberapa berkas."


@dataclass(slots=True)
class MenuReport:
    """What a price list did, or would do. Nothing was written where a line of it was refused."""

    report: Report
    #: Picture files that lines name, by the line.
    photos: dict[int, str] = field(default_factory=dict)
    #: Columns of the file that are none of ours.
    unused: list[str] = field(default_factory=list)


async def import_menu(actor: Actor, path: Path, *, seller_id: UUID, is_dry_run: bool) -> MenuReport:
    """Make and change a shop's listings as the file says, all of them or, where a line does not stand, none.

    A line is known by its `kode`, else by its `nama`; what the file doesn't name stays, an empty cell too. New
    listings go on sale. Keepers of the shop. Raises Unauthenticated, NotFound, Forbidden, UnreadableFile,
    MissingColumns, TooManyLines.
    """
    signed_in(actor)
    lines = await asyncio.to_thread(_read, path)
    fields = menu_columns.fields_of(lines[0].cells if lines else ())
    async with sellers.one_of_a_kind():
        seller = await locked_one(Seller, seller_id)
        if seller is None or not sellers.is_visible(actor, seller):
            raise NotFound("seller")
        sellers.require_keeper(actor, seller)
        _require_columns(lines, fields)
        tried = await _take(actor, seller, lines, fields, is_dry_run=True)
        if is_dry_run or tried.report.refused_lines:
            return tried
        return await _take(actor, seller, lines, fields, is_dry_run=False)


def _read(path: Path) -> list[Line]:
    found = list(islice(tables.lines(path, bounds=BOUNDS), MOST_LINES + 1))
    if len(found) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    return found


def _require_columns(lines: Sequence[Line], fields: Mapping[str, str]) -> None:
    missing = [menu_columns.COLUMNS[name][0] for name in menu_columns.NEEDED if name not in fields.values()]
    if not lines:
        raise tables.UnreadableFile(reason="it has no line below its columns", alasan="belum ada baris isinya")
    if missing:
        raise MissingColumns(missing=", ".join(missing))


async def _take(
    actor: Actor, seller: Seller, lines: Sequence[Line], fields: Mapping[str, str], *, is_dry_run: bool
) -> MenuReport:
    report = Report(is_dry_run, things=[])
    cooperative = await Cooperative.get(pk=seller.cooperative_id)
    importing = Import(cooperative, _PROFILE, report, actor.account_id, sets_stock=True)
    found = MenuReport(report, unused=[column[:40] for column in lines[0].cells if column not in fields])
    shop = _Shop(seller, await Listing.filter(seller_id=seller.pk).order_by("id"))
    texts: list[tuple[Line, dict[str, str]]] = []
    for line in lines:
        cells = {fields[column]: text for column, text in line.cells.items() if column in fields and text}
        if menu_columns.is_example(cells.get("title", "")) or not cells:
            continue
        try:
            texts.append((line, shop.given(cells)))
        except NotReadable as wrong:
            report.refuse_unread(line, wrong, _PROFILE)
            continue
        if cells.get("photo"):
            found.photos[line.number] = cells["photo"]
    wanted = wanted_of(importing, texts, {str(seller.pk): seller.pk})
    await _check_stock(importing, wanted)
    await listings.write(importing, wanted)
    report.refusals.sort(key=lambda refusal: refusal.line)
    return found


class _Shop:
    """What a shop sells already, by code and by name; and what names of new things were met."""

    def __init__(self, seller: Seller, standing: Sequence[Listing]) -> None:
        self.seller = seller
        self.by_code = {listing.external_id or str(listing.pk): listing for listing in standing}
        self.codes: dict[str, list[str]] = {}
        for code, listing in self.by_code.items():
            self.codes.setdefault(menu_columns.plain(listing.title), []).append(code)

    def given(self, cells: Mapping[str, str]) -> dict[str, str]:
        """A line's cells as the texts that `wanted_of` takes. Raises NotReadable."""
        for name, text in cells.items():
            if text.startswith("="):
                raise NotReadable(
                    name, Unread("a formula: write what it comes to", "berisi rumus: tulis hasilnya saja")
                )
        code = self._code_of(cells)
        listing = self.by_code.get(code)
        category = self._category_of(cells, listing)
        kind = listing.kind if listing else category.kind
        found = {
            **{name: text for name, text in cells.items() if name not in ("minutes", "photo")},
            "external_id": code,
            "seller_external_id": str(self.seller.pk),
            "kind": kind.value,
            "category_code": category.code,
        }
        if "price" in cells:
            found["price"] = menu_columns.price_of(cells["price"])
        if "unit" in cells:
            found["unit"] = _read_cell("unit", menu_columns.unit_of, cells["unit"]).value
        elif listing is None:
            found["unit"] = menu_columns.USUAL_UNIT.get(kind, Unit.PIECE).value
        if "minutes" in cells:
            found["session_minutes" if kind is ListingKind.SERVICE else "preparation_minutes"] = cells["minutes"]
        return found

    def _code_of(self, cells: Mapping[str, str]) -> str:
        if "external_id" in cells:
            return cells["external_id"]
        codes = self.codes.setdefault(menu_columns.plain(cells.get("title", "")), [])
        if len(codes) > 1:
            raise NotReadable(
                "external_id",
                Unread(
                    "several things of yours have this name: write the code of the one that you mean",
                    "ada beberapa barang dengan nama ini: tulis kode barang yang dimaksud",
                ),
            )
        if not codes:
            codes.append(str(new_id()))
        return codes[0]

    def _category_of(self, cells: Mapping[str, str], listing: Listing | None) -> categories.Category:
        if "category_code" in cells:
            category = _read_cell("category_code", menu_columns.category_of, cells["category_code"])
            if listing is not None and category.kind is not listing.kind:
                root = categories.all_categories()[listing.kind.value.lower()]
                raise NotReadable(
                    "category_code",
                    Unread(
                        f"this is listed as {root.name_en}: take a category of that",
                        f"barang ini tercatat sebagai {root.name_id}: pakai kategori dari situ",
                    ),
                )
            return category
        standing = categories.find(listing.category_code) if listing is not None else None
        if standing is None:
            raise NotReadable(
                "category_code",
                Unread(
                    "needed for something new: take one of the sheet Kategori",
                    "wajib diisi untuk barang baru: pakai salah satu dari lembar Kategori",
                ),
            )
        return standing


def _read_cell(name: str, reader: Callable[[str], _Read], text: str) -> _Read:
    try:
        return reader(text)
    except Unread as cause:
        raise NotReadable(name, cause) from cause


async def _check_stock(importing: Import, wanted: Mapping[Key, Wanted]) -> None:
    """Refuse counts below what orders hold, and counts of what a unit books."""
    standing, variants = await listings.standing_of(wanted, is_locked=not importing.report.is_dry_run)
    counted = [
        (listing_wanted.lines[name], variants[listing.pk][name], values["on_hand"])
        for key, listing_wanted in wanted.items()
        if (listing := standing.get(key)) is not None
        for name, values in listing_wanted.variants.items()
        if name in variants.get(listing.pk, {})
        if values.get("on_hand") not in (None, variants[listing.pk][name].on_hand)
    ]
    booked = set(await BookedStock.filter(pk__in=[row.pk for _, row, _ in counted]).values_list("id", flat=True))
    for line, row, on_hand in counted:
        if row.pk in booked:
            refused = StockIsBooked()
            why = (refused.message("en"), refused.message("id"))
        elif on_hand < row.reserved:
            why = (f"orders hold {row.reserved}: not less", f"{row.reserved} sudah dipesan: tidak boleh kurang")
        else:
            continue
        importing.report.refused_lines += 1
        importing.report.refuse(line, _PROFILE.column_of("on_hand"), *why)
