"""Selling at a unit's counter: at the member's price to members, for money or on credit.

What is bought on credit is a due of the member (kind PURCHASE), so it is deducted from his earnings within the share
that he agreed to, or paid in any other way; it credits the unit's receivable.
Locks: the unit, the membership, stock, then the ledger's accounts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from catalog.models import Variant
from cooperatives.dues.allocating import Part
from cooperatives.dues.charging import Charge, charge
from cooperatives.dues.models import Due, DueKind, DueState
from cooperatives.dues.paying import today_of
from cooperatives.governance.entitlement import require_right
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Purpose
from cooperatives.membership.categories import MemberRight
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.surplus.purchases import note_purchase
from cooperatives.units.access import MOST_LINES, MOST_QUANTITY, check_lines, check_number, hold_unit
from cooperatives.units.financing import paying as financing
from cooperatives.units.kinds import MoveKind, SaleWay
from cooperatives.units.models import BusinessUnit, UnitItem, UnitSale
from cooperatives.units.posting import SOLD, claim_of, current_of, sold
from cooperatives.units.stock import Change, items_of, move
from marketplace import outbox
from marketplace.batches import rows_by
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import format_rupiah


class CreditLimitReached(MarketplaceError):
    """This member owes the unit {owed} of at most {limit}: {total} more is too much. Let him pay first, or now."""

    code = Code.LIMIT_EXCEEDED
    pesan = (
        "Anggota ini berutang {owed} di unit ini dari paling banyak {limit}: tambahan {total} terlalu banyak. "
        "Lunasi dahulu, atau bayar sekarang."
    )


class NotAMember(MarketplaceError):
    """Only an active member of this co-op buys at the member's price or on credit."""

    code = Code.NOT_FOUND
    pesan = "Hanya anggota aktif koperasi ini yang membeli dengan harga anggota atau secara kredit."


@dataclass(frozen=True, slots=True)
class SaleLine:
    """What is sold: so many of an item of the unit, at its price; or work with a price of its own."""

    quantity: int
    item_id: UUID | None = None
    name: str = ""
    price: int = 0  # of work, each


@dataclass(frozen=True, slots=True)
class Priced:
    """A line with its price: what a sale keeps."""

    name: str
    quantity: int
    price: int
    item_id: UUID | None = None

    @property
    def total(self) -> int:
        return self.quantity * self.price


async def sell(
    actor: Actor,
    *,
    unit_id: UUID,
    lines: Sequence[SaleLine],
    way: SaleWay,
    membership_id: UUID | None = None,
    due_on: date | None = None,
    loan_id: UUID | None = None,
    key: str,
) -> UnitSale:
    """A keeper sells items at the counter. On credit to a member alone, payable by `due_on` (the unit's days when
    left out). `loan_id`: the approved loan that finances it, of whose member it is just what he asked for.

    Raises NotFound, Forbidden, Invalid, NotAMember, OutOfStock, CreditLimitReached, UnitClosed; financed also
    BoughtOtherwise, OwnLoan, LoanWrongState, AgainstTheLaw.
    """
    by, id = signed_in(actor), new_id()
    check_lines(len(lines))
    for place, line in enumerate(lines):
        check_number(("lines", str(place), "quantity"), line.quantity, 1, MOST_QUANTITY)
    check_way(way)
    async with transaction():
        unit = await hold_unit(actor, unit_id)
        goods = [(line.item_id, line.quantity) for line in lines]
        asked = [unit_id, goods, way, membership_id, due_on, loan_id]
        if (earlier := await once(by, "sellAtUnit", key, asked, id)) is not None:
            return await UnitSale.get(pk=earlier)
        if way is SaleWay.FINANCED:
            purchase = await financing.purchase_of(unit, loan_id, membership_id)
            financing.require_quoted(purchase, goods)
            member = await hold_member(unit, purchase.membership_id)
            await financing.pay(actor, purchase, id)
            return await write_sale(unit, member, [priced_as(line) for line in purchase.lines], way, id=id, by=by)
        member = await hold_member(unit, membership_id)
        priced = await priced_for(unit, lines, is_member=member is not None)
        return await write_sale(unit, member, priced, way, id=id, by=by, due_on=due_on)


def check_way(way: SaleWay) -> None:
    """Go on for a way of paying at the counter. Raises Invalid."""
    if way is SaleWay.ORDER:
        ways = [one.value for one in SaleWay if one is not SaleWay.ORDER]
        raise Invalid.field("way", Code.INVALID, f"one of {', '.join(ways)}", f"salah satu dari {', '.join(ways)}")


async def hold_member(unit: BusinessUnit, membership_id: UUID | None) -> Membership | None:
    """The active member who buys, locked; None for somebody else. Raises NotAMember."""
    if membership_id is None:
        return None
    member = await locked_one(Membership, membership_id)
    if member is None or member.cooperative_id != unit.cooperative_id or member.state is not MembershipState.ACTIVE:
        raise NotAMember
    return member


async def priced_for(unit: BusinessUnit, lines: Sequence[SaleLine], *, is_member: bool) -> list[Priced]:
    """Each line at what this buyer pays. Raises NotFound, Invalid."""
    items = await items_of(unit, [line.item_id for line in lines if line.item_id is not None])
    prices = {row.pk: row.price for row in await rows_by(Variant, "id", [row.variant_id for row in items.values()])}
    found = []
    for line in lines:
        if line.item_id is None:
            found.append(Priced(line.name, line.quantity, line.price))
            continue
        item = items[line.item_id]
        found.append(Priced(item.name, line.quantity, price_for(item, prices[item.variant_id], is_member), item.pk))
    return found


def price_for(item: UnitItem, price: int, is_member: bool) -> int:
    """What one costs this buyer: a member never pays more than others, whatever became of the listing's price."""
    return min(price, item.member_price) if is_member and item.member_price is not None else price


async def write_sale(
    unit: BusinessUnit,
    member: Membership | None,
    lines: Sequence[Priced],
    way: SaleWay,
    *,
    id: UUID,
    by: UUID | None,
    due_on: date | None = None,
) -> UnitSale:
    """Write a sale of a locked unit: stock, number, due, the member's business, and the ledger, which comes last."""
    if len(lines) > MOST_LINES:
        raise Invalid.field("lines", Code.TOO_MANY, f"at most {MOST_LINES}", f"paling banyak {MOST_LINES}")
    today = await today_of(unit.cooperative_id)
    total = sum(line.total for line in lines)
    if way is SaleWay.CREDIT:
        due_on = await _may_owe(unit, member, total, today, due_on)
    cause = Cause(SOLD, id)
    changes = [Change(line.item_id, -line.quantity) for line in lines if line.item_id is not None]
    moves = await move(unit, changes, kind=MoveKind.SALE, cause=cause, moved_on=today)
    costs = {one.item_id: -one.value for one in moves}
    sale = UnitSale(
        id=id,
        unit_id=unit.pk,
        cooperative_id=unit.cooperative_id,
        number=await next_number(unit, today),
        membership_id=member.pk if member else None,
        way=way,
        total=total,
        cost=sum(costs.values()),
        lines=[kept(line, costs) for line in lines],
        sold_on=today,
        due_on=due_on if way is SaleWay.CREDIT else None,
        sold_by=by,
    )
    await sale.save(force_create=True)
    if member is not None:
        await note_purchase(member, cause, total, today)
        if way is SaleWay.CREDIT and total:
            assert due_on is not None
            await _owe(unit, member, sale, due_on)
    source = _source(unit, way)
    entries = sold(unit.cooperative_id, unit.pk, source, total, sale.cost, to_member=member is not None)
    await ledger.post(entries, cause=cause)
    return sale


async def next_number(unit: BusinessUnit, today: date) -> str:
    """The next of a locked unit's sales."""
    unit.sales += 1
    await unit.save(update_fields=["sales"])
    return f"PJ/{today.year}/{unit.sales:06}"


def kept(line: Priced, costs: dict[UUID, int]) -> dict[str, Any]:
    """A line as the sale's row keeps it."""
    found: dict[str, Any] = {"name": line.name, "quantity": line.quantity, "price": line.price, "total": line.total}
    if line.item_id is not None:
        found |= {"item": str(line.item_id), "cost": costs.get(line.item_id, 0)}
    return found


def priced_as(line: dict[str, Any]) -> Priced:
    """A line as a row keeps it, to be sold as it was quoted."""
    item = UUID(line["item"]) if "item" in line else None
    return Priced(line["name"], line["quantity"], line["price"], item)


def _source(unit: BusinessUnit, way: SaleWay) -> AccountRef:
    match way:
        case SaleWay.CASH:
            return AccountRef(unit.cooperative_id, Purpose.CASH)
        case SaleWay.CREDIT:
            return claim_of(unit.cooperative_id, unit.pk)
        case SaleWay.FINANCED:
            return current_of(unit.cooperative_id, unit.pk)
        case _:
            return AccountRef(unit.cooperative_id, Purpose.BANK)


async def owed_to(unit_id: UUID, membership_id: UUID) -> int:
    """What a member still owes a unit for what he bought on credit."""
    dues = await Due.filter(membership_id=membership_id, kind=DueKind.PURCHASE, state=DueState.OPEN, cause_kind=SOLD)
    if not dues:
        return 0
    theirs = {
        row.pk for row in await rows_by(UnitSale, "id", [due.cause_id for due in dues]) if row.unit_id == unit_id
    }
    return sum(due.outstanding for due in dues if due.cause_id in theirs)


async def _may_owe(
    unit: BusinessUnit, member: Membership | None, total: int, today: date, due_on: date | None
) -> date:
    """By which day it is to be paid. Raises NotAMember, AgainstTheLaw, CreditLimitReached, Invalid."""
    if member is None:
        raise NotAMember
    await require_right(member, MemberRight.USE_SERVICES, today)
    owed = await owed_to(unit.pk, member.pk)
    if owed + total > unit.credit_limit:
        raise CreditLimitReached(
            owed=format_rupiah(owed), limit=format_rupiah(unit.credit_limit), total=format_rupiah(total)
        )
    last = today + timedelta(days=unit.credit_days)
    if due_on is not None and not today <= due_on <= last:
        raise Invalid.field("dueOn", Code.OUT_OF_RANGE, f"at the latest {last}", f"paling lambat {last}")
    return due_on or last


async def _owe(unit: BusinessUnit, member: Membership, sale: UnitSale, due_on: date) -> None:
    part = Part(claim_of(unit.cooperative_id, unit.pk), sale.total, "unit.sale_paid")
    due = Charge(
        member.pk,
        DueKind.PURCHASE,
        due_on,
        Cause(SOLD, sale.pk),
        (part,),
        f"{unit.name} {sale.number}",
        opens_on=sale.sold_on,
    )
    await charge(unit.cooperative_id, [due])
    told = {
        "membership_id": str(member.pk),
        "unit": unit.name,
        "number": sale.number,
        "total": sale.total,
        "due_on": due_on.isoformat(),
    }
    await outbox.record("unit.sold_on_credit", sale.pk, told)


async def hold_sale(actor: Actor, sale_id: UUID) -> tuple[BusinessUnit, UnitSale]:
    """The sale's unit and the sale, locked, for one who keeps it. Raises NotFound, Forbidden, UnitClosed."""
    known = await UnitSale.get_or_none(pk=sale_id)
    if known is None:
        signed_in(actor)
        raise NotFound("sale")
    unit = await hold_unit(actor, known.unit_id)
    sale = await locked_one(UnitSale, sale_id)
    assert sale is not None  # never removed
    return unit, sale
