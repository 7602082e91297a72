"""The rows of an order as it is placed."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from cooperatives.membership.models import Cooperative
from marketplace import clock, database
from marketplace.database import new_id
from marketplace.orders.lifecycle import Fulfilment, Side, SubOrderEvent, SubOrderState
from marketplace.orders.models import Channel, Order, OrderLine, PaymentMethod, StateChange, SubOrder
from marketplace.orders.parts import Drop, PricedLine, PricedPart, options_json
from marketplace.orders.steps import PAYMENT_WAIT, SPECIFIC, take_step

NUMBER_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is mistaken for another


async def write(
    order: Order, rows: Sequence[SubOrder], parts: Sequence[PricedPart], *, by: UUID, is_agreed: bool
) -> dict[UUID, list[str]]:
    """Write an order with its parts, lines and history, as the caller's transaction commits.

    `is_agreed`: cash is agreed with it, and shops that accept by themselves have accepted. Answers what
    happened to each part besides its placing. Its stock is for the caller to take.
    """
    side = Side.BUYER if order.channel is Channel.APP else Side.SELLER
    history: list[StateChange] = []
    happened: dict[UUID, list[str]] = {}
    for row in rows:
        steps = [StateChange(sub_order_id=row.id, state=row.state, version=row.version, by=by, side=side)]
        if is_agreed:
            row.payment_method = PaymentMethod.CASH
            steps.append(take_step(row, SubOrderEvent.AGREE_CASH, by=by, side=side))
            if row.auto_accepts:
                steps.append(take_step(row, SubOrderEvent.ACCEPT, by=None, side=Side.SYSTEM))
        history += steps
        happened[row.id] = [SPECIFIC[step.state] for step in steps[1:]]
    lines = [_line_row(row, line) for row, part in zip(rows, parts, strict=True) for line in part.lines]
    await database.write(order, *rows, *lines, *history)
    return happened


def sub_order_row(
    order: Order, place: int, part: PricedPart, drop: Drop | None, note: str, cooperative: Cooperative
) -> SubOrder:
    """A part as it is placed, with the shares that hold at that moment."""
    seller = part.seller
    carried = drop if part.fulfilment is Fulfilment.DELIVERY else None
    return SubOrder(
        id=new_id(),
        order_id=order.id,
        number=f"{order.number}-{place}",
        buyer_id=order.buyer_id,
        seller_id=seller.seller_id,
        cooperative_id=seller.cooperative_id,
        state=SubOrderState.PLACED,
        fulfilment=part.fulfilment,
        goods=part.goods,
        packing=part.packing,
        delivery=part.carrying,
        tip=part.tip,
        total=part.total,
        weight_g=part.weight_g,
        delivery_distance_m=part.delivery.distance_m if part.delivery else 0,
        delivery_lines=[line.as_json() for line in part.delivery.lines] if part.delivery else [],
        delivery_basis=part.delivery.basis if part.delivery else None,
        commission_bp=cooperative.commission_bp,
        pickup_lat=seller.lat,
        pickup_lon=seller.lon,
        drop_lat=carried.lat if carried else None,
        drop_lon=carried.lon if carried else None,
        drop_name=drop.name if drop else "",
        drop_phone=drop.phone if drop else "",
        drop_text=carried.text if carried else "",
        pickup_pin=make_pin(),
        dropoff_pin=make_pin(),
        note=note,
        preparation_minutes=part.preparation_minutes,
        due_at=clock.now() + PAYMENT_WAIT,
        auto_accepts=seller.auto_accept or order.channel is Channel.PHONE,
        is_perishable=part.is_perishable,
    )


def _line_row(sub_order: SubOrder, line: PricedLine) -> OrderLine:
    return OrderLine(
        sub_order_id=sub_order.id,
        listing_id=line.offer.listing_id,
        variant_id=line.wanted.variant_id,
        title=line.title[:200],
        quantity=line.wanted.quantity,
        unit_price=line.unit_price,
        total=line.total,
        options=options_json(line.options),
        note=line.wanted.note,
    )


def make_pin() -> str:
    """Four digits that the giver or the receiver shows."""
    return f"{secrets.randbelow(10_000):04d}"


def make_number() -> str:
    """A number that people can read to each other: the day, and eight letters of 2^40."""
    return f"{clock.now():%y%m%d}-" + "".join(secrets.choice(NUMBER_LETTERS) for _ in range(8))
