"""The table of a sub-order's life, told as a table; what it must never allow, as properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.orders.lifecycle import (
    AWAITING_SELLER,
    BEFORE_COLLECTED,
    FINAL,
    TABLE,
    Fulfilment,
    NotYours,
    Side,
    SubOrderEvent,
    SubOrderState,
    WrongState,
    advance,
)
from marketplace.orders.refunds import LiableParty, ending

S, E = SubOrderState, SubOrderEvent

WALKS = [
    # a delivery paid in cash
    ("AGREE_CASH ACCEPT START_PREPARING MARK_READY COLLECT DELIVER CLOSE", Fulfilment.DELIVERY, S.CLOSED),
    # a delivery paid online, collected before the shop said that it was ready
    ("PAY_ONLINE ACCEPT COLLECT DELIVER CLOSE", Fulfilment.DELIVERY, S.CLOSED),
    # nobody at home
    ("PAY_ONLINE ACCEPT MARK_READY COLLECT RETURN CLOSE", Fulfilment.DELIVERY, S.CLOSED),
    # fetched by the buyer
    ("AGREE_CASH ACCEPT MARK_READY HAND_OVER CLOSE", Fulfilment.PICKUP, S.CLOSED),
    # a service
    ("PAY_ONLINE ACCEPT START_SERVICE FINISH_SERVICE CLOSE", Fulfilment.SERVICE, S.CLOSED),
    # something was wrong with it
    ("AGREE_CASH ACCEPT COLLECT DELIVER DISPUTE RESOLVE CLOSE", Fulfilment.DELIVERY, S.CLOSED),
    ("AGREE_CASH DECLINE", Fulfilment.DELIVERY, S.DECLINED),
    ("PAY_ONLINE EXPIRE", Fulfilment.DELIVERY, S.EXPIRED),
    ("EXPIRE", Fulfilment.DELIVERY, S.EXPIRED),
    ("PAY_ONLINE ACCEPT MARK_READY CANCEL", Fulfilment.DELIVERY, S.CANCELLED),
]


@pytest.mark.parametrize(("walk", "fulfilment", "end"), WALKS)
def test_walks_through_life(walk: str, fulfilment: Fulfilment, end: SubOrderState) -> None:
    state = S.PLACED
    for name in walk.split():
        state = advance(state, E(name), fulfilment=fulfilment)
    assert state is end


REFUSALS = [
    (S.PLACED, E.ACCEPT, Fulfilment.DELIVERY, "not paid"),
    (S.PAID, E.COLLECT, Fulfilment.DELIVERY, "not accepted"),
    (S.COLLECTED, E.CANCEL, Fulfilment.DELIVERY, "the driver has it"),
    (S.READY, E.HAND_OVER, Fulfilment.DELIVERY, "a driver fetches it"),
    (S.READY, E.COLLECT, Fulfilment.PICKUP, "the buyer fetches it"),
    (S.READY, E.DELIVER, Fulfilment.DELIVERY, "nobody collected it"),
    (S.ACCEPTED, E.START_SERVICE, Fulfilment.DELIVERY, "no service"),
    (S.ACCEPTED, E.EXPIRE, Fulfilment.DELIVERY, "answered in time"),
    (S.PLACED, E.CLOSE, Fulfilment.DELIVERY, "not delivered"),
]


@pytest.mark.parametrize(("state", "event", "fulfilment", "why"), REFUSALS)
def test_refusals(state: SubOrderState, event: SubOrderEvent, fulfilment: Fulfilment, why: str) -> None:
    with pytest.raises(WrongState):
        advance(state, event, fulfilment=fulfilment)


WHO = [
    (S.PAID, E.ACCEPT, Side.SELLER, True),
    (S.PAID, E.ACCEPT, Side.BUYER, False),
    (S.PAID, E.ACCEPT, Side.DRIVER, False),
    (S.PLACED, E.PAY_ONLINE, Side.BUYER, False),
    (S.PLACED, E.PAY_ONLINE, Side.SYSTEM, True),
    (S.READY, E.COLLECT, Side.DRIVER, True),
    (S.READY, E.COLLECT, Side.SELLER, False),
    (S.PAID, E.CANCEL, Side.BUYER, True),
    (S.PAID, E.CANCEL, Side.DRIVER, False),
    (S.DELIVERED, E.CLOSE, Side.SELLER, False),
]


@pytest.mark.parametrize(("state", "event", "side", "may"), WHO)
def test_who_may(state: SubOrderState, event: SubOrderEvent, side: Side, may: bool) -> None:
    if may:
        advance(state, event, side=side)
    else:
        with pytest.raises(NotYours):
            advance(state, event, side=side)


def test_nothing_follows_an_end_and_every_state_is_reached() -> None:
    assert not [step for step in TABLE if step.before & FINAL]
    assert {step.after for step in TABLE} | {S.PLACED} == set(S)
    assert AWAITING_SELLER < BEFORE_COLLECTED


@given(st.lists(st.sampled_from(E), max_size=30), st.sampled_from(Fulfilment))
def test_whatever_happens_goods_are_delivered_only_when_paid_or_agreed_and_accepted(
    events: list[SubOrderEvent], fulfilment: Fulfilment
) -> None:
    state, seen = S.PLACED, [S.PLACED]
    for event in events:
        try:
            state = advance(state, event, fulfilment=fulfilment)
        except WrongState:
            continue
        seen.append(state)
    assert len(seen) == len(set(seen))  # no state comes back
    if S.DELIVERED in seen:
        assert {S.PAID, S.CASH_AGREED} & set(seen)
        assert S.ACCEPTED in seen
        assert S.CANCELLED not in seen


ENDINGS = [
    # event, before, on whose behalf, unserved, food, failure -> liable, keeps goods, keeps delivery
    (E.CANCEL, S.PAID, Side.BUYER, False, True, "", LiableParty.NOBODY, False, False),
    (E.CANCEL, S.ACCEPTED, Side.BUYER, False, True, "", LiableParty.NOBODY, False, False),
    (E.CANCEL, S.PREPARING, Side.BUYER, False, True, "", LiableParty.BUYER, True, False),
    (E.CANCEL, S.READY, Side.BUYER, True, True, "", LiableParty.CARRIER, False, False),
    (E.CANCEL, S.READY, Side.SELLER, False, True, "", LiableParty.SELLER, False, False),
    (E.DECLINE, S.PAID, Side.SELLER, False, True, "", LiableParty.SELLER, False, False),
    (E.EXPIRE, S.PLACED, Side.SYSTEM, False, True, "", LiableParty.NOBODY, False, False),
    (E.EXPIRE, S.PAID, Side.SYSTEM, False, True, "", LiableParty.SELLER, False, False),
    (E.RETURN, S.COLLECTED, Side.DRIVER, False, True, "NOBODY_HOME", LiableParty.BUYER, True, True),
    (E.RETURN, S.COLLECTED, Side.DRIVER, False, False, "NOBODY_HOME", LiableParty.BUYER, False, True),
    (E.RETURN, S.COLLECTED, Side.DRIVER, False, True, "DAMAGED", LiableParty.CARRIER, False, False),
    (E.RETURN, S.COLLECTED, Side.DRIVER, False, True, "VEHICLE", LiableParty.CARRIER, False, False),
    (E.RETURN, S.COLLECTED, Side.DRIVER, False, True, "WEATHER", LiableParty.NOBODY, False, False),
    (E.RETURN, S.COLLECTED, Side.DRIVER, False, True, "CLOSED", LiableParty.BUYER, True, True),
]


@pytest.mark.parametrize("row", ENDINGS)
def test_who_bears_an_early_end(row: tuple[object, ...]) -> None:
    event, before, side, unserved, food, failure, liable, goods, delivery = row
    rule = ending(
        event,  # type: ignore[arg-type]
        before,  # type: ignore[arg-type]
        side,  # type: ignore[arg-type]
        is_unserved=bool(unserved),
        is_perishable=bool(food),
        failure=str(failure),
    )
    assert (rule.liable, rule.keeps_goods, rule.keeps_delivery) == (liable, goods, delivery)
