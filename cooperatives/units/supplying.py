"""Buying for a unit: suppliers, their invoices, and their payment; goods come into stock as they are invoiced."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from cooperatives.dues.paying import today_of
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import value_on
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Entry
from cooperatives.units.access import (
    KEEPERS,
    MOST_PRICE,
    MOST_QUANTITY,
    check_lines,
    check_number,
    check_past,
    check_text,
    hold_unit,
    require_stock,
)
from cooperatives.units.kinds import SupplyWay
from cooperatives.units.models import BusinessUnit, MoveKind, Supplier, UnitPurchase
from cooperatives.units.posting import debt_of, money_of, stocked
from cooperatives.units.stock import Change, move
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.money import format_rupiah

#: The causes under which an invoice and what was paid of it stand in the ledger.
BOUGHT, PAID = "unit.bought", "unit.supplier_paid"
REFERENCE_LENGTH, MOST_DAYS = 60, 365


class NeedsTwoOfficers(MarketplaceError):
    """Above {most} two officers pay: record it on credit, then have one ask and another agree."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Di atas {most} perlu dua pengurus: catat sebagai tempo, lalu satu meminta dan yang lain menyetujui."


class NeedsAnotherOfficer(MarketplaceError):
    """You asked for this payment: another officer agrees to it, with the same amount and way."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Anda yang meminta pembayaran ini: pengurus lain yang menyetujui, dengan jumlah dan cara yang sama."


@dataclass(frozen=True, slots=True)
class Bought:
    """A line of an invoice: so many of an item, and what they cost together, in rupiah."""

    item_id: UUID
    quantity: int
    cost: int


async def add_supplier(
    actor: Actor, *, cooperative_id: UUID, name: str, phone: str | None, credit_days: int, key: str
) -> Supplier:
    """A keeper writes down whom the co-op's units buy from. Raises NotFound, Forbidden, Invalid."""
    by, id = signed_in(actor), new_id()
    check_number(("creditDays",), credit_days, 0, MOST_DAYS)
    name = check_text("name", name, 2, 120)
    phone = check_text("phone", phone, 5, 16) if phone else None
    async with transaction():
        require(actor, *KEEPERS, cooperative_id=cooperative_id, hide="cooperative")
        asked = [cooperative_id, name, phone, credit_days]
        if (earlier := await once(by, "addSupplier", key, asked, id)) is not None:
            return await Supplier.get(pk=earlier)
        if await Supplier.exists(cooperative_id=cooperative_id, name=name):
            raise Invalid.field("name", Code.DUPLICATE, "there is one of this name", "sudah ada yang bernama ini")
        return await Supplier.create(
            id=id, cooperative_id=cooperative_id, name=name, phone=phone, credit_days=credit_days
        )


async def record_purchase(
    actor: Actor,
    *,
    unit_id: UUID,
    supplier_id: UUID,
    reference: str,
    received_on: date,
    way: SupplyWay,
    lines: Sequence[Bought],
    due_on: date | None = None,
    key: str,
) -> UnitPurchase:
    """A keeper records what a supplier brought and its price: into stock, paid at once or owed until `due_on` (the
    supplier's tempo when left out).

    Raises NotFound, Forbidden, Invalid, NeedsTwoOfficers, NotOfThisKind.
    """
    by, id = signed_in(actor), new_id()
    reference = check_text("reference", reference, 1, REFERENCE_LENGTH)
    check_lines(len(lines))
    for place, line in enumerate(lines):
        check_number(("lines", str(place), "quantity"), line.quantity, 1, MOST_QUANTITY)
        check_number(("lines", str(place), "cost"), line.cost, 0, MOST_PRICE)
    async with transaction():
        unit = await hold_unit(actor, unit_id)
        asked = [unit_id, supplier_id, reference, received_on, way, [asdict(line) for line in lines], due_on]
        if (earlier := await once(by, "recordUnitPurchase", key, asked, id)) is not None:
            return await UnitPurchase.get(pk=earlier)
        require_stock(unit)
        supplier = await _supplier(unit, supplier_id)
        await check_past(unit.cooperative_id, "receivedOn", received_on)
        if await UnitPurchase.exists(supplier_id=supplier_id, reference=reference):
            raise Invalid.field(
                "reference", Code.DUPLICATE, "this invoice is recorded already", "faktur ini sudah dicatat"
            )
        total = sum(line.cost for line in lines)
        is_credit = way is SupplyWay.CREDIT
        if not is_credit:
            await _require_one_suffices(unit, total)
        row = UnitPurchase(
            id=id,
            unit_id=unit_id,
            cooperative_id=unit.cooperative_id,
            supplier_id=supplier_id,
            reference=reference,
            received_on=received_on,
            way=way,
            total=total,
            paid=0 if is_credit else total,
            due_on=(due_on or received_on + timedelta(days=supplier.credit_days)) if is_credit else None,
            recorded_by=by,
        )
        if row.due_on is not None and not 0 <= (row.due_on - received_on).days <= MOST_DAYS:
            raise Invalid.field(
                "dueOn", Code.OUT_OF_RANGE, "within a year of receipt", "dalam setahun sejak diterima"
            )
        await receive(unit, row, lines)
        return row


async def receive(unit: BusinessUnit, row: UnitPurchase, lines: Sequence[Bought]) -> None:
    """Write an invoice and take its goods into the stock of a locked unit. Posts: comes last in the transaction."""
    await row.save(force_create=True)
    changes = [Change(line.item_id, line.quantity, line.cost) for line in lines]
    cause = Cause(BOUGHT, row.pk)
    await move(unit, changes, kind=MoveKind.PURCHASE, cause=cause, moved_on=row.received_on)
    source = money_of(unit.cooperative_id, row.way, unit.pk)
    await ledger.post(stocked(unit.cooperative_id, unit.pk, source, row.total, "unit.bought"), cause=cause)


async def pay_supplier(actor: Actor, *, purchase_id: UUID, amount: int, way: SupplyWay, key: str) -> UnitPurchase:
    """An officer pays of what is owed for an invoice. Above the co-op's threshold it is only asked for, and done when
    another officer asks for the same.

    Raises NotFound, Forbidden, Invalid, NeedsAnotherOfficer.
    """
    by, id = signed_in(actor), new_id()
    if way is SupplyWay.CREDIT:
        raise Invalid.field("way", Code.INVALID, "CASH or TRANSFER", "CASH atau TRANSFER")
    async with transaction():
        row = await locked_one(UnitPurchase, purchase_id)
        if row is None:
            raise NotFound("purchase")
        require(actor, *OFFICERS, cooperative_id=row.cooperative_id)
        if await once(by, "payUnitSupplier", key, [purchase_id, amount, way], id) is not None:
            return row
        if not 0 < amount <= row.outstanding:
            owed = format_rupiah(row.outstanding)
            raise Invalid.field("amount", Code.OUT_OF_RANGE, f"up to {owed}, what is owed", f"paling banyak {owed}")
        if amount > await _one_officer_up_to(row.cooperative_id):
            if row.paying_asked_by is None or (row.paying, row.paying_way) != (amount, way):
                row.paying, row.paying_way, row.paying_asked_by = amount, way, by
                await row.save(update_fields=["paying", "paying_way", "paying_asked_by"])
                return row
            if row.paying_asked_by == by:
                raise NeedsAnotherOfficer
        row.paid += amount
        row.paying, row.paying_asked_by = 0, None
        await row.save(update_fields=["paid", "paying", "paying_asked_by"])
        book = row.cooperative_id
        entry = Entry(debt_of(book, row.unit_id), money_of(book, way, row.unit_id), amount, "unit.supplier_paid")
        await ledger.post([entry], cause=Cause(PAID, id))
        return row


async def _supplier(unit: BusinessUnit, supplier_id: UUID) -> Supplier:
    found = await Supplier.get_or_none(pk=supplier_id, cooperative_id=unit.cooperative_id)
    if found is None:
        raise NotFound("supplier")
    return found


async def _require_one_suffices(unit: BusinessUnit, total: int) -> None:
    most = await _one_officer_up_to(unit.cooperative_id)
    if total > most:
        raise NeedsTwoOfficers(most=format_rupiah(most))


async def _one_officer_up_to(cooperative_id: UUID) -> int:
    """Up to so many rupiah one officer's word is enough, by the by-laws."""
    today = await today_of(cooperative_id)
    return (await value_on(cooperative_id, ByLaw.APPROVAL_THRESHOLD, today)).value
