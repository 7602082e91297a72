"""A fare shared among legs: exact to the rupiah, whoever carries on whatever terms."""

from collections import defaultdict
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from cooperatives.ledger.service import AccountRef, Entry, Purpose
from marketplace.deliveries.relay.shares import Carried, at_expense_of, due, prices, setting_right

A, B, C = (UUID(int=number) for number in (1, 2, 3))
LEGS = st.lists(
    st.builds(
        Carried,
        weight=st.integers(1, 9_999),
        carrier_id=st.sampled_from([A, B, C]),
        driver_id=st.sampled_from([UUID(int=number) for number in (11, 12, 13)]),
        share_bp=st.integers(0, 10_000),
        cut_bp=st.integers(0, 10_000),
    ),
    min_size=1,
    max_size=5,
)
FARES = st.integers(0, 1_000_000)
BETWEEN = (Purpose.DUE_TO, Purpose.DUE_FROM)


def booked(entries: list[Entry]) -> dict[AccountRef, int]:
    """What each account gains by the entries, dues between co-ops left out."""
    found: dict[AccountRef, int] = defaultdict(int)
    for entry in entries:
        assert entry.amount > 0
        assert entry.debit.cooperative_id == entry.credit.cooperative_id
        for ref, amount in ((entry.credit, entry.amount), (entry.debit, -entry.amount)):
            if ref.purpose not in BETWEEN:
                found[ref] += amount
    return {ref: amount for ref, amount in found.items() if amount}


@given(legs=LEGS, fare=FARES)
def test_the_legs_prices_and_parts_sum_to_the_fare(legs: list[Carried], fare: int) -> None:
    assert sum(prices(fare, legs)) == fare
    assert sum(due(A, legs, fare).values()) == fare
    assert all(part >= 0 for part in due(A, legs, fare).values())


@given(legs=LEGS, fare=FARES)
def test_after_it_was_set_right_each_has_what_it_is_due(legs: list[Carried], fare: int) -> None:
    had = defaultdict(int, due(A, legs[-1:], fare))  # the last was given all of it
    for ref, amount in booked(setting_right(A, legs, fare)).items():
        had[ref] += amount
    assert {ref: amount for ref, amount in had.items() if amount} == {
        ref: amount for ref, amount in due(A, legs, fare).items() if amount
    }


@given(legs=LEGS, fare=FARES)
def test_who_lost_the_goods_pays_the_legs_before(legs: list[Carried], fare: int) -> None:
    gained = booked(at_expense_of(C, legs, fare, unpaid=1))
    expense = gained.pop(AccountRef(C, Purpose.DELIVERY_EXPENSE), 0)
    assert expense == -sum(gained.values())
    earlier = prices(fare, legs)[:-1]
    parts = [leg.split(price) for leg, price in zip(legs, earlier, strict=False)]
    assert sum(gained.values()) == sum(part.carrier + part.driver for part in parts)


def test_two_legs_of_two_co_ops_by_example() -> None:
    one = Carried(6_000, B, UUID(int=11), 10_000, 800)
    two = Carried(4_000, C, UUID(int=12), 9_000, 1_000)
    assert prices(12_000, [one, two]) == [7_200, 4_800]
    assert dict(due(A, [one, two], 12_000)) == {
        AccountRef(A, Purpose.DELIVERY_INCOME): 480,
        AccountRef(B, Purpose.DELIVERY_INCOME): 576,
        AccountRef(B, Purpose.DRIVER_PAYABLE, UUID(int=11)): 6_624,
        AccountRef(C, Purpose.DELIVERY_INCOME): 432,
        AccountRef(C, Purpose.DRIVER_PAYABLE, UUID(int=12)): 3_888,
    }
