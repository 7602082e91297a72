"""The life of a sub-order: states, events, who may. Pure.

One table says it all; `advance` reads it and nothing else decides. Source: docs/architecture.md, "Lives".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from marketplace.errors import Code, MarketplaceError


class SubOrderState(StrEnum):
    """Where a sub-order stands."""

    PLACED = "PLACED"  # stock is reserved; not paid
    PAID = "PAID"  # paid online; the seller is asked
    CASH_AGREED = "CASH_AGREED"  # cash will be paid on delivery; the seller is asked
    ACCEPTED = "ACCEPTED"
    PREPARING = "PREPARING"
    READY = "READY"
    IN_SERVICE = "IN_SERVICE"  # a service is being done
    COLLECTED = "COLLECTED"  # the driver has it
    DELIVERED = "DELIVERED"  # the buyer has it
    CLOSED = "CLOSED"  # nothing more can come
    RETURNED = "RETURNED"  # brought back to the seller
    CANCELLED = "CANCELLED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    DISPUTED = "DISPUTED"
    RESOLVED = "RESOLVED"


class SubOrderEvent(StrEnum):
    """What may happen to a sub-order."""

    PAY_ONLINE = "PAY_ONLINE"
    AGREE_CASH = "AGREE_CASH"
    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    START_PREPARING = "START_PREPARING"
    MARK_READY = "MARK_READY"
    START_SERVICE = "START_SERVICE"
    COLLECT = "COLLECT"  # by the driver, at the seller's
    DELIVER = "DELIVER"  # by the driver, at the buyer's
    HAND_OVER = "HAND_OVER"  # to the buyer who fetches it himself
    FINISH_SERVICE = "FINISH_SERVICE"
    RETURN = "RETURN"
    CANCEL = "CANCEL"
    EXPIRE = "EXPIRE"
    DISPUTE = "DISPUTE"
    RESOLVE = "RESOLVE"
    CLOSE = "CLOSE"


class Fulfilment(StrEnum):
    """How the buyer gets it."""

    DELIVERY = "DELIVERY"
    PICKUP = "PICKUP"
    SERVICE = "SERVICE"


class Side(StrEnum):
    """On whose behalf someone acts on a sub-order."""

    BUYER = "BUYER"
    SELLER = "SELLER"
    OFFICER = "OFFICER"  # of the seller's co-op
    DRIVER = "DRIVER"
    SYSTEM = "SYSTEM"


class WrongState(MarketplaceError):
    """This can't be done now: the order is {state}."""

    code = Code.WRONG_STATE
    pesan = "Tidak bisa dilakukan sekarang: pesanan berstatus {state}."


class NotYours(MarketplaceError):
    """This step belongs to someone else: {who}."""

    code = Code.FORBIDDEN
    pesan = "Langkah ini bukan milik Anda, tetapi: {who}."


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: what `event` makes of each state of `before`, on behalf of `who`."""

    event: SubOrderEvent
    before: frozenset[SubOrderState]
    after: SubOrderState
    who: frozenset[Side]
    only: Fulfilment | None = None


_S, _E = SubOrderState, SubOrderEvent
_SELLING = (Side.SELLER, Side.OFFICER)


def _step(
    event: SubOrderEvent,
    before: Iterable[SubOrderState],
    after: SubOrderState,
    who: Iterable[Side],
    only: Fulfilment | None = None,
) -> Step:
    return Step(event, frozenset(before), after, frozenset((*who, Side.SYSTEM)), only)


#: Stock is held, nothing was handed over: what may still be cancelled.
BEFORE_COLLECTED = frozenset({_S.PLACED, _S.PAID, _S.CASH_AGREED, _S.ACCEPTED, _S.PREPARING, _S.READY, _S.IN_SERVICE})
#: The seller has not answered yet.
AWAITING_SELLER = frozenset({_S.PAID, _S.CASH_AGREED})
#: Nothing moves any more.
FINAL = frozenset({_S.CLOSED, _S.CANCELLED, _S.DECLINED, _S.EXPIRED})

TABLE: tuple[Step, ...] = (
    _step(_E.PAY_ONLINE, {_S.PLACED}, _S.PAID, ()),
    _step(_E.AGREE_CASH, {_S.PLACED}, _S.CASH_AGREED, {Side.BUYER, Side.SELLER}),
    _step(_E.ACCEPT, AWAITING_SELLER, _S.ACCEPTED, _SELLING),
    _step(_E.DECLINE, AWAITING_SELLER, _S.DECLINED, _SELLING),
    _step(_E.START_PREPARING, {_S.ACCEPTED}, _S.PREPARING, _SELLING),
    _step(_E.MARK_READY, {_S.ACCEPTED, _S.PREPARING}, _S.READY, _SELLING),
    _step(_E.START_SERVICE, {_S.ACCEPTED, _S.READY}, _S.IN_SERVICE, _SELLING, Fulfilment.SERVICE),
    # The seller's PIN proves that it is ready, also where he forgot to say so.
    _step(
        _E.COLLECT,
        {_S.ACCEPTED, _S.PREPARING, _S.READY},
        _S.COLLECTED,
        {Side.DRIVER},
        Fulfilment.DELIVERY,
    ),
    _step(_E.DELIVER, {_S.COLLECTED}, _S.DELIVERED, {Side.DRIVER}, Fulfilment.DELIVERY),
    _step(_E.HAND_OVER, {_S.READY}, _S.DELIVERED, _SELLING, Fulfilment.PICKUP),
    _step(_E.FINISH_SERVICE, {_S.IN_SERVICE}, _S.DELIVERED, _SELLING, Fulfilment.SERVICE),
    _step(_E.RETURN, {_S.COLLECTED}, _S.RETURNED, {Side.DRIVER, Side.SELLER}, Fulfilment.DELIVERY),
    _step(_E.CANCEL, BEFORE_COLLECTED, _S.CANCELLED, {Side.BUYER, Side.SELLER, Side.OFFICER}),
    _step(_E.EXPIRE, {_S.PLACED, _S.PAID, _S.CASH_AGREED}, _S.EXPIRED, ()),
    _step(_E.DISPUTE, {_S.DELIVERED}, _S.DISPUTED, {Side.BUYER, Side.SELLER}),
    _step(_E.RESOLVE, {_S.DISPUTED}, _S.RESOLVED, {Side.OFFICER}),
    _step(_E.CLOSE, {_S.DELIVERED, _S.RETURNED, _S.RESOLVED}, _S.CLOSED, ()),
)

_NEXT: dict[tuple[SubOrderState, SubOrderEvent], Step] = {
    (state, step.event): step for step in TABLE for state in step.before
}


def advance(
    state: SubOrderState,
    event: SubOrderEvent,
    *,
    fulfilment: Fulfilment | None = None,
    side: Side | None = None,
) -> SubOrderState:
    """The state after `event`. Raises WrongState, or NotYours when `side` may not cause it."""
    step = _NEXT.get((state, event))
    if step is None or (fulfilment is not None and step.only not in (None, fulfilment)):
        raise WrongState(state=state.value)
    if side is not None and side not in step.who:
        raise NotYours(who=" / ".join(sorted(step.who - {Side.SYSTEM})).lower() or "system")
    return step.after
