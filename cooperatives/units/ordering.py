"""What is bought of a unit through the catalogue: once its order is delivered, the sale is the unit's.

An order's money reaches a shop as what the co-op owes it (`SELLER_PAYABLE`). A unit is nobody else's, so what stands
there for its order becomes its sales, with the commission that the co-op would keep of another's. What an order gave
or took later (a dispute, an end that kept the goods) follows when it is resolved or closed. Run again, it does
nothing twice.
"""

from uuid import UUID

from catalog.models import ReservationState, StockReservation
from cooperatives.dues.paying import today_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.surplus.purchases import note_purchase
from cooperatives.units.kinds import MoveKind, SaleWay
from cooperatives.units.models import BusinessUnit, UnitItem, UnitSale
from cooperatives.units.posting import SOLD, sales_of, used
from cooperatives.units.selling import Priced, kept, next_number
from cooperatives.units.stock import Change, move
from marketplace.batches import rows_by
from marketplace.database import connection, is_postgres, locked_one, transaction
from marketplace.orders.models import OrderLine, PaymentMethod, SubOrder
from marketplace.outbox import OutboxEvent

#: After these an order's money stands where it belongs, or has moved again.
EVENTS = ("sub_order.delivered", "sub_order.resolved", "sub_order.closed")


async def on_order(adapters: object, event: OutboxEvent) -> None:
    """Book what an order brought its unit, if its shop is one."""
    unit = await BusinessUnit.get_or_none(seller_id=UUID(event.payload["seller_id"]))
    if unit is not None:
        await book_order(unit.pk, UUID(event.payload["sub_order_id"]))


async def book_order(unit_id: UUID, sub_order_id: UUID) -> UnitSale | None:
    """Book an order's sale, or what its money did since. None while it brought the shop nothing."""
    async with transaction():
        sub_order = await locked_one(SubOrder, sub_order_id)
        unit = await locked_one(BusinessUnit, unit_id)
        assert sub_order is not None  # its event names it
        assert unit is not None
        brought = await _moved(sub_order, AccountRef(unit.cooperative_id, Purpose.SELLER_PAYABLE, unit.seller_id))
        sale = await UnitSale.get_or_none(pk=sub_order_id)
        if sale is None and sub_order.delivered_at is None and brought == 0:
            return None
        return await (_sell(unit, sub_order, brought) if sale is None else _adjust(unit, sub_order, sale, brought))


async def _sell(unit: BusinessUnit, sub_order: SubOrder, brought: int) -> UnitSale:
    book, cause = unit.cooperative_id, Cause(SOLD, sub_order.pk)
    member = await Membership.get_or_none(
        cooperative_id=book, account_id=sub_order.buyer_id, state=MembershipState.ACTIVE
    )
    today = await today_of(book)
    own = AccountRef(book, Purpose.COMMISSION_INCOME)
    commission = await _moved(sub_order, own)
    taken = _taken_by_unit(unit, sub_order)
    lines = await OrderLine.filter(sub_order_id=sub_order.pk).order_by("id")
    items = {row.variant_id: row for row in await rows_by(UnitItem, "variant_id", {row.variant_id for row in lines})}
    reserved = await StockReservation.filter(sub_order_id=sub_order.pk, state=ReservationState.COMMITTED)
    changes = [Change(items[row.variant_id].pk, -row.quantity) for row in reserved if row.variant_id in items]
    moves = await move(unit, changes, kind=MoveKind.SALE, cause=cause, moved_on=today, is_off_shelf=True)
    sale = UnitSale(
        id=sub_order.pk,
        unit_id=unit.pk,
        cooperative_id=book,
        number=await next_number(unit, today),
        membership_id=member.pk if member else None,
        way=SaleWay.ORDER,
        total=brought + commission + sum(amount for _, amount in taken),
        cost=-sum(one.value for one in moves),
        lines=_lines(lines, sub_order, items, {one.item_id: -one.value for one in moves}),
        sold_on=today,
    )
    await sale.save(force_create=True)
    if member is not None:
        await note_purchase(member, cause, sale.total, today)
    sales = sales_of(book, unit.pk, to_member=member is not None)
    await ledger.post(
        [
            *(Entry(source, sales, amount, "unit.order_paid") for source, amount in taken),
            Entry(own, sales, commission, "unit.order_commission"),
            _swept(unit, sales, brought),
            *used(book, unit.pk, sale.cost),
        ],
        cause=cause,
    )
    return sale


async def _adjust(unit: BusinessUnit, sub_order: SubOrder, sale: UnitSale, brought: int) -> UnitSale:
    """An order gave or took something since its sale was booked: so much more (below zero: less) is the unit's."""
    if brought:
        sale.total += brought
        await sale.save(update_fields=["total"])
        cause = Cause(f"unit.order_{sub_order.state.value.lower()}", sub_order.pk)
        if sale.membership_id is not None:
            member = await Membership.get(pk=sale.membership_id)
            await note_purchase(member, cause, brought, await today_of(unit.cooperative_id))
        sales = sales_of(unit.cooperative_id, unit.pk, to_member=sale.membership_id is not None)
        await ledger.post([_swept(unit, sales, brought)], cause=cause)
    return sale


def _swept(unit: BusinessUnit, sales: AccountRef, brought: int) -> Entry:
    """What the co-op owes the unit's shop becomes the unit's sales; below zero the reverse."""
    payable = AccountRef(unit.cooperative_id, Purpose.SELLER_PAYABLE, unit.seller_id)
    if brought >= 0:
        return Entry(payable, sales, brought, "unit.order")
    return Entry(sales, payable, -brought, "unit.order")


def _taken_by_unit(unit: BusinessUnit, sub_order: SubOrder) -> list[tuple[AccountRef, int]]:
    """What the unit itself took for the order: at its counter, or by its own QRIS."""
    if sub_order.delivered_at is None:
        return []
    if sub_order.payment_method is PaymentMethod.CASH and sub_order.carrier_id is None:
        return [(AccountRef(unit.cooperative_id, Purpose.CASH), sub_order.goods + sub_order.packing)]
    if sub_order.payment_method is PaymentMethod.DIRECT:
        return [(AccountRef(unit.cooperative_id, Purpose.BANK), sub_order.total)]
    return []


def _lines(
    rows: list[OrderLine], sub_order: SubOrder, items: dict[UUID, UnitItem], costs: dict[UUID, int]
) -> list[dict[str, object]]:
    """The order's lines as a sale keeps them: options of one item apart, its cost at the first."""
    found, left = [], dict(costs)
    for row in rows:
        item = items.get(row.variant_id)
        line = Priced(row.title, row.quantity, row.unit_price, item.pk if item else None)
        found.append(kept(line, left))
        if item is not None:
            left[item.pk] = 0
    if sub_order.packing:
        found.append(kept(Priced("Kemasan", 1, sub_order.packing), left))
    return found


async def _moved(sub_order: SubOrder, ref: AccountRef) -> int:
    """What all that was posted for this order credited an account, less what it debited it. One statement."""
    marks = [f"${n}" if is_postgres() else f"?{n}" for n in range(1, 5)]
    values = [sub_order.pk, ref.cooperative_id, ref.purpose.value, *([ref.subject_id] if ref.subject_id else [])]
    subject = f"AND a.subject_id = {marks[3]}" if ref.subject_id else ""
    query = f"""
    SELECT COALESCE(SUM(CASE WHEN a.id = t.credit_account_id THEN t.amount ELSE -t.amount END), 0) AS net
    FROM ledger_transfer t JOIN ledger_account a ON a.id IN (t.credit_account_id, t.debit_account_id)
    WHERE t.cause_id = {marks[0]} AND t.phase IN ('SINGLE', 'POST') AND a.cooperative_id = {marks[1]}
      AND a.purpose = {marks[2]} {subject}
    """
    given = values if is_postgres() else [str(value) for value in values]
    (row,) = await connection().execute_query_dict(query, given)
    return int(row["net"])
