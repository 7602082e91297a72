"""Classes by days late, what is set aside, portfolios, and how a payment is spread."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.loans.arrears import (
    ArrearsClass,
    Standing,
    bounds_on,
    days_late,
    next_reminder,
    portfolio,
    reserve_for,
)
from cooperatives.loans.lifecycle import TABLE, LoanEvent, LoanState, LoanWrongState, after_event
from cooperatives.loans.paying_off import AfterEarly, Owed, Period, due, interest_to_day, rest_after_early, spread
from cooperatives.loans.schedules import Method, Terms, schedule

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("late", "expected", "reserved"),
    [
        (0, "CURRENT", 5_000),
        (30, "CURRENT", 5_000),
        (31, "WATCH", 30_000),
        (90, "WATCH", 30_000),
        (91, "SUBSTANDARD", 100_000),
        (180, "SUBSTANDARD", 100_000),
        (181, "DOUBTFUL", 500_000),
        (360, "DOUBTFUL", 500_000),
        (361, "LOSS", 1_000_000),
        (4_000, "LOSS", 1_000_000),
    ],
)
def test_the_table_of_classes(late: int, expected: str, reserved: int) -> None:
    found = bounds_on(TODAY).of(days_late(TODAY - timedelta(late), TODAY))
    assert found is ArrearsClass(expected)
    amount, rule = reserve_for(1_000_000, found, TODAY)
    assert (amount, rule.instrument) == (reserved, "POJK 1/2024")


def test_reminders_come_once_a_stage() -> None:
    said = [next_reminder(last, late) for last, late in ((0, 6), (0, 7), (7, 30), (7, 70), (61, 90), (361, 4_000))]
    assert said == [None, 7, None, 61, None, None]


def test_a_portfolio_counts_all_that_is_owed_of_a_late_loan() -> None:
    rows = [
        Standing(8_000_000, 0, ArrearsClass.CURRENT, 40_000),
        Standing(1_500_000, 31, ArrearsClass.WATCH, 45_000),
        Standing(500_000, 200, ArrearsClass.DOUBTFUL, 250_000),
    ]
    found = portfolio(rows)
    assert (found.loans, found.owed, found.reserved) == (3, 10_000_000, 335_000)
    assert {days: part.of_all_bp for days, part in found.at_risk.items()} == {1: 2_000, 30: 2_000, 90: 500}
    assert (found.non_performing.owed, found.non_performing.of_all_bp) == (500_000, 500)
    assert portfolio([]).non_performing.of_all_bp == 0


def test_a_life_is_the_table_and_nothing_else() -> None:
    for state in LoanState:
        for event in LoanEvent:
            if (state, event) in TABLE:
                assert after_event(state, event) is TABLE[state, event]
            else:
                with pytest.raises(LoanWrongState):
                    after_event(state, event)
    ended = {LoanState.REJECTED, LoanState.WITHDRAWN, LoanState.REPAID, LoanState.WRITTEN_OFF}
    assert not {state for state, _ in TABLE} & ended


amounts = st.lists(st.tuples(st.integers(0, 2_000_000), st.integers(0, 200_000)), max_size=20)


@given(amounts, st.integers(0, 30_000_000))
def test_a_payment_is_spread_to_the_rupiah(owed: list[tuple[int, int]], amount: int) -> None:
    rows = [Owed(n, TODAY + timedelta(n), *parts) for n, parts in enumerate(owed)]
    parts, left = spread(amount, rows)
    assert sum(part.principal + part.interest for part in parts) + left == amount
    assert left == max(amount - sum(row.total for row in rows), 0)
    by_id = {row.id: row for row in rows}
    assert all(0 <= part.principal <= by_id[part.id].principal for part in parts)
    assert all(0 <= part.interest <= by_id[part.id].interest for part in parts)
    assert all(part.principal == 0 or part.interest == by_id[part.id].interest for part in parts)


def test_only_what_fell_due_is_due() -> None:
    rows = [Owed(n, TODAY + timedelta(n - 1), 100, 10) for n in (2, 1, 0)]
    assert [row.id for row in due(rows, TODAY)] == [0, 1]


FLAT_TERMS = Terms(12_000_000, 12, 1_200, Method.FLAT)


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("choice", list(AfterEarly))
def test_a_part_paid_early_makes_the_rest_smaller_or_shorter(method: Method, choice: AfterEarly) -> None:
    terms = replace(FLAT_TERMS, method=method)
    rows = [
        Owed(n, date(2027, 1, 1) + timedelta(30 * n), r.principal, r.interest) for n, r in enumerate(schedule(terms))
    ]
    period = Period(date(2026, 12, 2), date(2027, 1, 1), date(2026, 12, 17))
    rest = rest_after_early(terms, rows, 4_000_000, period, choice)
    assert (rest.principal, rest.first_days, rest.first_period_days) == (8_000_000, 15, 30)
    new, old = schedule(rest), schedule(terms)
    assert sum(row.principal for row in new) == 8_000_000
    assert max(row.total for row in new[:-1]) <= max(row.total for row in old[:-1])
    assert (len(new) < 12) == (choice is AfterEarly.TERM)
    assert sum(row.interest for row in new) < sum(row.interest for row in old)


def test_the_month_under_way_costs_its_days() -> None:
    period = Period(date(2026, 12, 2), date(2027, 1, 1), date(2026, 12, 17))
    assert interest_to_day(120_000, period) == 60_000
    assert interest_to_day(120_000, replace(period, today=date(2027, 3, 1))) == 120_000
    assert interest_to_day(120_000, replace(period, today=date(2026, 12, 2))) == 0
