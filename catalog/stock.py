"""What is left of a variant, and what orders hold of it. Never sold twice.

These functions stand in the caller's transaction and open none. Variants are locked in id order, those of all
the sub-orders of an order at once, so that two buyers can't wait for each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from catalog.models import Listing, ReservationState, StockReservation, Variant
from marketplace import outbox
from marketplace.database import connection, for_update, is_postgres, locked, write, write_now
from marketplace.errors import Code, MarketplaceError


class OutOfStock(MarketplaceError):
    """Only {available} of {title} are left: order fewer."""

    code = Code.OUT_OF_STOCK
    pesan = "{title} tinggal {available}: kurangi jumlahnya."


async def reserve(lines: Mapping[UUID, int], *, sub_order_id: UUID) -> None:
    """Hold `{variant: quantity}` for one sub-order. Raises OutOfStock, and then nothing is held."""
    await reserve_all({sub_order_id: lines})


async def reserve_all(orders: Mapping[UUID, Mapping[UUID, int]], *, is_sold: bool = False) -> None:
    """Hold `{sub-order: {variant: quantity}}`, all or nothing: two statements, and the commit's. Raises OutOfStock.

    `is_sold`: it is sold with it, as `commit` would do next.
    A variant whose stock isn't counted is always to be had, and nothing is written for it.
    """
    wanted: Counter[UUID] = Counter()
    for lines in orders.values():
        wanted.update(lines)
    if not wanted:
        return
    # What isn't counted is not even locked: buyers of a popular dish must not queue for it.
    counted = {row.pk: row for row in await for_update(_counted(wanted))}
    if not counted:
        return
    for id, variant in counted.items():
        left = available(variant)
        if left is not None and wanted[id] > left:
            raise await sold_out(variant)
    if is_sold:
        await _move(counted.values(), reserved={}, on_hand={id: -wanted[id] for id in counted})
    else:
        await _move(counted.values(), reserved={id: wanted[id] for id in counted})
    state = ReservationState.COMMITTED if is_sold else ReservationState.HELD
    await write(
        *(
            StockReservation(sub_order_id=sub_order_id, variant_id=id, quantity=quantity, state=state)
            for sub_order_id, lines in orders.items()
            for id, quantity in lines.items()
            if id in counted
        )
    )


def _counted(ids: Iterable[UUID]) -> QuerySet[Variant]:
    return Variant.filter(pk__in=sorted(ids), on_hand__isnull=False).order_by("id")


async def commit(sub_order_id: UUID) -> None:
    """What the sub-order holds is sold: it leaves the stock. Repeating it changes nothing."""
    await _settle(sub_order_id, {ReservationState.HELD}, ReservationState.COMMITTED)


async def release(sub_order_id: UUID) -> None:
    """What the sub-order holds or has bought goes back on sale. Repeating it changes nothing."""
    await _settle(sub_order_id, {ReservationState.HELD, ReservationState.COMMITTED}, ReservationState.RELEASED)


async def _settle(sub_order_id: UUID, of: set[ReservationState], to: ReservationState) -> None:
    await write_now()  # what the same transaction has reserved
    reservations = await for_update(StockReservation.filter(sub_order_id=sub_order_id, state__in=of).order_by("id"))
    if not reservations:
        return
    held: Counter[UUID] = Counter()
    sold: Counter[UUID] = Counter()
    for reservation in reservations:
        (held if reservation.state is ReservationState.HELD else sold)[reservation.variant_id] += reservation.quantity
    variants = await locked(Variant, held.keys() | sold.keys())
    await _move(
        variants.values(),
        reserved={id: -quantity for id, quantity in held.items()},
        on_hand={id: -quantity for id, quantity in held.items()} if to is ReservationState.COMMITTED else sold,
    )
    await StockReservation.filter(pk__in=[reservation.pk for reservation in reservations]).update(state=to)


async def change_booked(changes: Mapping[UUID, int]) -> None:
    """Add to what is on hand of these variants (below zero: take), for who books their stock. Raises OutOfStock."""
    variants = await locked(Variant, changes)
    for id, by in changes.items():
        left = available(variants[id]) or 0
        if left + by < 0:
            raise await sold_out(variants[id])
    if variants:
        await _move(variants.values(), reserved={}, on_hand=changes)


async def _move(
    variants: Iterable[Variant], *, reserved: Mapping[UUID, int], on_hand: Mapping[UUID, int] | None = None
) -> None:
    """Add to locked variants' figures in one statement; tell search of those that sold out or came back."""
    rows = list(variants)
    on_hand = on_hand or {}
    sets: list[str] = []
    values: list[Any] = []
    for column, changes in (("reserved", reserved), ("on_hand", on_hand)):
        if changes:
            cases = " ".join(f"WHEN {_mark(values, id)} THEN {_mark(values, by)}" for id, by in changes.items())
            sets.append(f'"{column}" = "{column}" + CASE "id" {cases} ELSE 0 END')
    ids = ", ".join(_mark(values, row.pk) for row in rows)
    await connection().execute_query(f'UPDATE "variant" SET {", ".join(sets)} WHERE "id" IN ({ids})', values)
    for listing_id in {row.listing_id for row in rows if _flips(row, reserved, on_hand)}:
        await outbox.record("stock.changed", listing_id)


def _mark(values: list[Any], value: UUID | int) -> str:
    """A place-holder for `value`, with its type where the database can't tell it."""
    values.append(str(value) if isinstance(value, UUID) else value)
    if not is_postgres():
        return "?"
    return f"${len(values)}::{'uuid' if isinstance(value, UUID) else 'int'}"


def _flips(variant: Variant, reserved: Mapping[UUID, int], on_hand: Mapping[UUID, int]) -> bool:
    before = available(variant)
    if before is None:
        return False
    after = before - reserved.get(variant.pk, 0) + on_hand.get(variant.pk, 0)
    return (before > 0) != (after > 0)


def available(variant: Variant) -> int | None:
    """How many may still be sold; None: not counted."""
    return None if variant.on_hand is None else variant.on_hand - variant.reserved


async def sold_out(variant: Variant) -> OutOfStock:
    """That more was wanted of it than may still be sold."""
    listing = await Listing.get(pk=variant.listing_id)
    return OutOfStock(title=listing.title, available=max(available(variant) or 0, 0))


async def shrink(sub_order_id: UUID, quantities: Mapping[UUID, int]) -> None:
    """The sub-order gets fewer than it bought, in the caller's transaction: the rest is not there to be sold.

    What is released later is no more than what it got.
    """
    await write_now()
    rows = await for_update(StockReservation.filter(sub_order_id=sub_order_id).order_by("id"))
    for row in rows:
        row.quantity = min(row.quantity, quantities.get(row.variant_id, 0))
        await row.save(update_fields=["quantity"])
