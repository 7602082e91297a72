"""Interest by daily balance and its tax: figures worked by hand, and properties."""

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, getcontext
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.savings.interest import RateFrom, after_breaking, days_of, earned, ends, forgone, rate_on, tax

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
SIX = [RateFrom(date(2026, 1, 1), 600)]
A, B = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("opening", "moves", "rates", "gross"),
    [
        (10_000_000, [], SIX, 49_315),  # 10,000,000 x 6 % x 30/365 = 49,315.07
        (0, [(date(2026, 11, 30), 10_000_000)], SIX, 1_644),  # its last day alone: 1,643.84
        (10_000_000, [(date(2026, 11, 16), -10_000_000)], SIX, 24_658),  # 15 days: 24,657.53
        (10_000_000, [(date(2026, 11, 5), 500), (date(2026, 11, 5), -500)], SIX, 49_315),
        (0, [], SIX, 0),
        (10_000_000, [], [], 0),
        # 15 days at 6 %, 15 at 4 %: 24,657.53 + 16,438.36 = 41,095.89
        (10_000_000, [], [*SIX, RateFrom(date(2026, 11, 16), 400)], 41_096),
        (365_000, [], [RateFrom(date(2026, 1, 1), 50)], 150),
    ],
)
def test_a_month_by_hand(opening: int, moves: list[tuple[date, int]], rates: list[RateFrom], gross: int) -> None:
    assert earned(ends(opening, moves, *NOVEMBER), rates) == gross


def test_a_leap_year_has_366_days_and_half_a_rupiah_goes_to_the_even_one() -> None:
    assert earned({date(2024, 2, 29): 366 * 10_000}, [RateFrom(date(2024, 1, 1), 100)]) == 100
    for balance, gross in ((36_500 * 5, 0), (36_500 * 15, 2), (36_500 * 25, 2)):  # 0.5, 1.5, 2.5 rupiah
        assert earned({date(2026, 2, 1): balance}, [RateFrom(date(2026, 1, 1), 10)]) == gross


def test_a_day_earns_at_most_the_cap() -> None:
    balances = ends(10_000_000, [], *NOVEMBER)
    assert earned(balances, [RateFrom(date(2026, 1, 1), 1_200)], cap_bp=600) == earned(balances, SIX)
    assert rate_on(SIX, date(2025, 12, 31)) == 0


@pytest.mark.parametrize(
    ("gross", "taxes"),
    [
        ({A: 240_000}, {A: 0}),
        ({A: 240_001}, {A: 24_000}),  # 10 % of all of it, not of what is above
        ({A: 200_000, B: 40_000}, {A: 0, B: 0}),
        ({A: 200_000, B: 40_001}, {A: 20_000, B: 4_000}),
        ({A: 0}, {A: 0}),
    ],
)
def test_tax_is_on_all_that_a_member_earned_once_it_passes_the_bound(
    gross: dict[UUID, int], taxes: dict[UUID, int]
) -> None:
    assert tax(gross, free_monthly=240_000, rate_bp=1_000) == taxes


RUPIAH = st.integers(min_value=0, max_value=10**11)


@given(
    opening=RUPIAH,
    moves=st.lists(st.tuples(st.integers(0, 29), st.integers(-(10**9), 10**9)), max_size=20),
    rate=st.integers(0, 900),
)
def test_interest_agrees_with_decimal_arithmetic_done_apart(
    opening: int, moves: list[tuple[int, int]], rate: int
) -> None:
    getcontext().prec = 60
    dated = [(NOVEMBER[0] + timedelta(days=day), amount) for day, amount in moves]
    total, balance = Decimal(0), opening
    for day in range(30):
        balance += sum(amount for moved, amount in moves if moved == day)
        total += Decimal(max(0, balance)) * rate
    expected = (total / Decimal(3_650_000)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    rates = [RateFrom(date(2026, 1, 1), rate)]
    assert earned(ends(opening, dated, *NOVEMBER), rates) == expected
    assert earned(ends(opening, reversed(dated), *NOVEMBER), rates) == expected


@given(gross=st.dictionaries(st.integers(1, 9).map(lambda n: UUID(int=n)), RUPIAH, max_size=6))
def test_tax_sums_exactly_and_nobody_bears_more_than_he_earned(gross: dict[UUID, int]) -> None:
    taxes = tax(gross, free_monthly=240_000, rate_bp=1_000)
    total = sum(gross.values())
    assert sum(taxes.values()) == (total // 10 if total > 240_000 else 0)
    assert all(0 <= taxes[id] <= gross[id] for id in gross)


def test_days_are_counted_with_both_ends() -> None:
    assert len(days_of(*NOVEMBER)) == 30


@given(
    opened=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    days=st.integers(0, 400),
    held=st.integers(0, 10**10),
    rates=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 2_000)), max_size=4),
)
def test_a_broken_deposit_loses_just_what_it_had_earned_in_the_month(
    opened: date, days: int, held: int, rates: list[tuple[int, int]]
) -> None:
    terms = [RateFrom(opened, 500), *(RateFrom(opened + timedelta(days=n), bp) for n, bp in rates)]
    today = opened + timedelta(days=days)
    since = max(today.replace(day=1), opened)
    month = {day: held for day in days_of(since, today) if day < today}
    after = after_breaking(terms, opened, today)
    assert [rate_on(after, day) for day in days_of(since, today)] == [0] * len(days_of(since, today))
    assert forgone(month, terms, opened, today) == earned(month, terms)
    before = {day: held for day in days_of(opened, today) if day < since}
    assert forgone(before, terms, opened, today) == 0  # what was earned before stays earned
