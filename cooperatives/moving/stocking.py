"""The stock of units: each row held against the units that the co-op runs and what they keep, then taken in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from catalog import categories
from catalog.models import ListingKind, Unit
from cooperatives.books.chart import Chart
from cooperatives.ledger.accounts import Cause
from cooperatives.ledger.compounds import Compound
from cooperatives.moving.proving import stock_account
from cooperatives.moving.records import Reading, StockRow, Told
from cooperatives.moving.sheets import SheetKind
from cooperatives.units.access import kind_of
from cooperatives.units.items import NewItem, enter_items
from cooperatives.units.models import BusinessUnit, StockMove, UnitItem
from cooperatives.units.opening import OPENED, enter_opening_stock
from cooperatives.units.stock import Change
from marketplace.batches import rows_by
from marketplace.database import locked, new_id

OTHER_GOODS = "goods.other"


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where rows go: units by name in small letters ("": the only one), and what each keeps by code."""

    units: Mapping[str, BusinessUnit] = field(default_factory=dict)
    items: Mapping[tuple[UUID, str], UnitItem] = field(default_factory=dict)

    def unit_of(self, row: StockRow) -> BusinessUnit | None:
        return self.units.get(row.unit.lower())

    def item_of(self, row: StockRow) -> UnitItem | None:
        unit = self.unit_of(row)
        return None if unit is None else self.items.get((unit.pk, row.code))


async def check(cooperative_id: UUID, found: Reading, chart: Chart) -> Shelves:
    """Hold every row against the units; what can't be taken is refused. Three statements, none without a row."""
    if not found.stock:
        return Shelves()
    running = await BusinessUnit.filter(cooperative_id=cooperative_id, closed_at=None).order_by("id")
    keeping = [unit for unit in running if kind_of(unit).keeps_stock]
    units = {unit.name.lower(): unit for unit in keeping} | ({"": keeping[0]} if len(keeping) == 1 else {})
    kept = await rows_by(UnitItem, "unit_id", [unit.pk for unit in keeping])
    shelves = Shelves(units, {(item.unit_id, item.code): item for item in kept})
    known = {item.pk for row in found.stock.values() if (item := shelves.item_of(row)) is not None}
    moved = {move.item_id for move in await rows_by(StockMove, "item_id", known)}
    for row in found.stock.values():
        for column, message, pesan in _faults(row, shelves, moved, chart):
            found.refusals.append(Told(SheetKind.STOCK.value, row.row, column, message, pesan))
    return shelves


def _faults(row: StockRow, shelves: Shelves, moved: set[UUID], chart: Chart) -> list[tuple[str, str, str]]:
    """What is wrong with a row: the column, and what to do in both languages."""
    faults = []
    if shelves.unit_of(row) is None:
        named = f"no unit {row.unit}" if row.unit else "several units keep stock, or none"
        disebut = f"tidak ada unit {row.unit}" if row.unit else "unit penyimpan barang ada beberapa, atau belum ada"
        open_first, buka_dahulu = "open it first (openUnit), or write its name", "buka dahulu, atau tulis namanya"
        faults.append(("unit", f"{named}: {open_first}", f"{disebut}: {buka_dahulu}"))
    item = shelves.item_of(row)
    if item is None and row.price is None:
        faults.append(("harga_jual", "a new item has a price: fill it in", "barang baru: isi harga jualnya"))
    if row.price is not None and row.member_price is not None and row.member_price > row.price:
        faults.append(
            (
                "harga_anggota",
                f"{row.member_price} is more than everyone pays: correct one of the two",
                f"{row.member_price} melebihi harga umum: perbaiki salah satunya",
            )
        )
    if item is not None and item.pk in moved and row.quantity:
        faults.append(
            (
                "kode",
                f"{item.name} has moved here already: count it instead, and delete the row",
                f"{item.name} sudah pernah bergerak di sini: lakukan opname, dan hapus barisnya",
            )
        )
    if category_of(row) is None:
        faults.append(
            (
                "kategori",
                f"no category of goods {row.category}: write its code or name, or leave it empty",
                f"tidak ada kategori barang {row.category}: tulis kode atau namanya, atau kosongkan",
            )
        )
    if stock_account(chart, row) is None:
        faults.append(
            (
                "akun",
                f"{row.account} is no account of stock in the chart: write 1-1401 to 1-1404, or leave it empty",
                f"{row.account} bukan akun persediaan: tulis 1-1401 sampai 1-1404, atau kosongkan",
            )
        )
    return faults


def category_of(row: StockRow) -> str | None:
    """The code of the row's category of goods; None where there is none of this code or name."""
    wanted = row.category.lower() or OTHER_GOODS
    for one in categories.all_categories().values():
        if one.kind is ListingKind.GOODS and wanted in (one.code, one.name_id.lower(), one.name_en.lower()):
            return one.code
    return None


async def write_stock(found: Reading, shelves: Shelves, chart: Chart) -> list[Compound]:
    """Enter new items, and what is there of each; answers what moves to the units. Caller's transaction; all rows
    were checked.
    """
    by_unit: dict[UUID, list[StockRow]] = defaultdict(list)
    for row in found.stock.values():
        unit = shelves.unit_of(row)
        assert unit is not None  # checked
        by_unit[unit.pk].append(row)
    units = await locked(BusinessUnit, list(by_unit))
    compounds: list[Compound] = []
    for id in sorted(units):
        compounds += await _write_unit(units[id], by_unit[id], shelves, chart)
    return compounds


async def _write_unit(unit: BusinessUnit, rows: Sequence[StockRow], shelves: Shelves, chart: Chart) -> list[Compound]:
    ids: dict[str, UUID] = {}
    fresh: dict[UUID, NewItem] = {}
    for row in rows:
        known = shelves.item_of(row)
        ids[row.code] = known.pk if known is not None else new_id()
        if known is None:
            fresh[ids[row.code]] = _new_item(row)
    if fresh:
        await enter_items(unit, fresh)
    by_account: dict[str, list[StockRow]] = defaultdict(list)
    for row in rows:
        if row.quantity:
            by_account[row.account].append(row)
    compounds = []
    for there in by_account.values():
        account, cause = stock_account(chart, there[0]), Cause(OPENED, new_id())
        assert account is not None  # checked
        changes = [Change(ids[row.code], row.quantity, row.value) for row in there]
        entries = await enter_opening_stock(unit, changes, cause=cause, against=account.ref(unit.cooperative_id))
        compounds.append(Compound(cause, tuple(entries)))
    return compounds


def _new_item(row: StockRow) -> NewItem:
    return NewItem(
        row.code,
        row.name,
        category_of(row) or OTHER_GOODS,
        row.price or 0,
        unit=Unit(row.measure),
        member_price=row.member_price,
        reorder_level=row.reorder_level,
    )
