"""Buying for a unit: suppliers, their invoices, and their payment; goods come into stock as they are invoiced."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry
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
from cooperatives.units.approving import pay_invoice, require_one_suffices
from cooperatives.units.kinds import SupplyWay
from cooperatives.units.models import BusinessUnit, MoveKind, Supplier, UnitPurchase
from cooperatives.units.posting import debt_of, money_of, stocked
from cooperatives.units.stock import Change, move
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in

#: The causes under which an invoice and what was paid of it stand in the ledger.
BOUGHT, PAID = "unit.bought", "unit.supplier_paid"
REFERENCE_LENGTH, MOST_DAYS = 60, 365


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
            await require_one_suffices(unit.cooperative_id, total)
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


async def receive(
    unit: BusinessUnit, row: UnitPurchase, lines: Sequence[Bought], *, source: AccountRef | None = None
) -> None:
    """Write an invoice and take its goods into the stock of a locked unit, out of `source` where it is not paid as
    the invoice says. Posts: comes last in the transaction."""
    await row.save(force_create=True)
    changes = [Change(line.item_id, line.quantity, line.cost) for line in lines]
    cause = Cause(BOUGHT, row.pk)
    await move(unit, changes, kind=MoveKind.PURCHASE, cause=cause, moved_on=row.received_on)
    source = source or money_of(unit.cooperative_id, row.way, unit.pk)
    await ledger.post(stocked(unit.cooperative_id, unit.pk, source, row.total, "unit.bought"), cause=cause)


async def pay_supplier(actor: Actor, *, purchase_id: UUID, amount: int, way: SupplyWay, key: str) -> UnitPurchase:
    """An officer pays of what is owed for an invoice. Above the co-op's threshold it is only asked for, and done when
    another officer asks for the same.

    Raises NotFound, Forbidden, Invalid, NeedsAnotherOfficer.
    """
    by, id = signed_in(actor), new_id()
    async with transaction():
        row = await locked_one(UnitPurchase, purchase_id)
        if row is None:
            raise NotFound("purchase")
        require(actor, *OFFICERS, cooperative_id=row.cooperative_id)
        if await once(by, "payUnitSupplier", key, [purchase_id, amount, way], id) is not None:
            return row
        if not await pay_invoice(row, amount, way, by):
            return row
        book = row.cooperative_id
        entry = Entry(debt_of(book, row.unit_id), money_of(book, way, row.unit_id), amount, "unit.supplier_paid")
        await ledger.post([entry], cause=Cause(PAID, id))
        return row


async def _supplier(unit: BusinessUnit, supplier_id: UUID) -> Supplier:
    found = await Supplier.get_or_none(pk=supplier_id, cooperative_id=unit.cooperative_id)
    if found is None:
        raise NotFound("supplier")
    return found
