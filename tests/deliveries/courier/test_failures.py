"""What a failure costs and who bears it: the table of decision 063, put into rupiah for one drop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.deliveries.courier.failures import RETRIABLE, Bearer, DropFacts, terms_of
from marketplace.deliveries.courier.models import IncidentKind, Remedy
from marketplace.deliveries.courier.remedies import FAILS_AS, suggested
from marketplace.deliveries.lifecycle import JOB_MOVES, FailureCode, JobEvent, JobState

F, B = FailureCode, Bearer


def facts(**changed: object) -> DropFacts:
    values: dict[str, object] = {
        "price": 12_000,
        "is_order": True,
        "is_cash": True,
        "is_perishable": False,
        "is_one_of_several": False,
        "failures": 0,
        "attempts": 2,
        "retry_share_bp": 5_000,
        "calls_needed": 2,
        "calls_made": 1,
    }
    return DropFacts(**(values | changed))  # type: ignore[arg-type]  # the table's words are the fields'


#: code | what differs | retries left, paid for one, by whom | the ride, by whom | who loses spoilt goods
TABLE = [
    (F.NOBODY_HOME, {}, 1, 6_000, B.SELLERS_COOPERATIVE, 12_000, B.SELLERS_COOPERATIVE, B.NOBODY),
    (F.NOBODY_HOME, {"is_cash": False}, 1, 6_000, B.SELLERS_COOPERATIVE, 12_000, B.BUYER, B.NOBODY),
    (
        F.NOBODY_HOME,
        {"is_perishable": True},
        1,
        6_000,
        B.SELLERS_COOPERATIVE,
        12_000,
        B.SELLERS_COOPERATIVE,
        B.SELLER,
    ),
    (
        F.CLOSED,
        {"is_perishable": True, "is_cash": False},
        1,
        6_000,
        B.SELLERS_COOPERATIVE,
        12_000,
        B.BUYER,
        B.BUYER,
    ),
    (F.NOBODY_HOME, {"failures": 1}, 0, 0, B.NOBODY, 12_000, B.SELLERS_COOPERATIVE, B.NOBODY),
    (F.NOBODY_HOME, {"retry_share_bp": 0}, 1, 0, B.NOBODY, 12_000, B.SELLERS_COOPERATIVE, B.NOBODY),
    (F.REFUSED, {}, 0, 0, B.NOBODY, 12_000, B.SELLERS_COOPERATIVE, B.NOBODY),
    (F.WEATHER, {}, 1, 0, B.CARRIER, 0, B.NOBODY, B.NOBODY),
    (F.WEATHER, {"is_perishable": True}, 1, 0, B.CARRIER, 0, B.NOBODY, B.SELLER),
    (F.DAMAGED, {}, 0, 0, B.NOBODY, 0, B.NOBODY, B.CARRIER),
    (F.VEHICLE, {"is_perishable": True}, 1, 0, B.CARRIER, 0, B.NOBODY, B.CARRIER),
    (F.UNREACHABLE, {}, 1, 0, B.CARRIER, 0, B.NOBODY, B.NOBODY),
    # booked alone: its seller pays what was carried
    (F.NOBODY_HOME, {"is_order": False}, 1, 6_000, B.SELLERS_COOPERATIVE, 12_000, B.SELLER, B.NOBODY),
    (
        F.NOBODY_HOME,
        {"is_order": False, "is_one_of_several": True},
        1,
        6_000,
        B.SELLERS_COOPERATIVE,
        0,
        B.NOBODY,
        B.NOBODY,
    ),
    (F.DAMAGED, {"is_order": False}, 0, 0, B.NOBODY, 0, B.NOBODY, B.CARRIER),
]


@pytest.mark.parametrize(("code", "changed", "left", "pay", "pays", "ride", "rides", "loses"), TABLE)
def test_the_table(
    code: F, changed: dict[str, object], left: int, pay: int, pays: B, ride: int, rides: B, loses: B
) -> None:
    found = terms_of(code, facts(**changed))
    assert (found.retries_left, found.retry_pay, found.retry_borne_by) == (left, pay, pays)
    assert (found.ride_pay, found.ride_borne_by, found.goods_lost_by) == (ride, rides, loses)


def test_calls_are_asked_for_where_nobody_answers() -> None:
    asked = {code for code in F if terms_of(code, facts()).calls_needed}
    assert asked == {F.NOBODY_HOME, F.UNREACHABLE, F.CLOSED}


@given(
    st.sampled_from(F),
    st.integers(0, 10_000_000),
    st.integers(0, 10_000),
    st.integers(0, 5),
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_nothing_is_paid_that_nobody_bears(
    code: F, price: int, share: int, failures: int, attempts: int, is_order: bool, is_cash: bool, is_food: bool
) -> None:
    asked = facts(
        price=price,
        retry_share_bp=share,
        failures=failures,
        attempts=attempts,
        is_order=is_order,
        is_cash=is_cash,
        is_perishable=is_food,
    )
    found = terms_of(code, asked)
    assert 0 <= found.retry_pay <= price
    assert found.ride_pay in (0, price)
    assert (found.ride_pay == 0) or (found.ride_borne_by is not B.NOBODY)
    assert (found.retry_pay == 0) or (found.retry_borne_by is B.SELLERS_COOPERATIVE)
    assert found.retries_left < attempts
    assert found.may_retry is (code in RETRIABLE and failures + 1 < attempts)


@pytest.mark.parametrize("kind", IncidentKind)
def test_each_incident_suggests_what_can_be_done(kind: IncidentKind) -> None:
    needed = {
        Remedy.REASSIGN: JobEvent.REASSIGN,
        Remedy.HAND_OVER: JobEvent.PASS_ON,
        Remedy.TURN_BACK: JobEvent.FAIL,
        Remedy.CANCEL: JobEvent.CANCEL,
    }
    held = {JobState.ASSIGNED, JobState.AT_PICKUP, JobState.CARRYING, JobState.AT_DROPOFF, JobState.RETURNING}
    for state in JobState:
        remedies = suggested(kind, state)
        assert bool(remedies) is (state in held)
        assert all(remedy is Remedy.WAIT or (state, needed[remedy]) in JOB_MOVES for remedy in remedies)
    assert kind in FAILS_AS
