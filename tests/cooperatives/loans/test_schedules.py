"""Schedules and what they cost: the vectors, an independent solver, and what holds for all loans."""

from dataclasses import replace
from datetime import date

import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperatives.loans.rates import effective_rate, highest_rate_bp, require_within_cap
from cooperatives.loans.schedules import (
    Method,
    Terms,
    due_days,
    earned,
    next_look,
    schedule,
    shortened,
    total_interest,
)
from marketplace.rules import AgainstTheLaw, value_on

FLAT, DECLINING, ANNUITY = Method.FLAT, Method.DECLINING, Method.ANNUITY
TEN_MILLION = 10_000_000
CAP = value_on("loan.rate_cap_yearly", date(2026, 11, 26))


def terms(method: Method, rate_bp: int = 1_200, months: int = 12, multiple: int = 1) -> Terms:
    return Terms(TEN_MILLION, months, rate_bp, method, multiple)


@pytest.mark.parametrize(
    ("of", "instalments", "interest"),
    [
        (terms(FLAT), [933_333] * 11 + [933_337], 1_200_000),
        (terms(ANNUITY), [888_488] * 11 + [888_485], 661_853),
        (terms(ANNUITY, multiple=1_000), [888_000] * 11 + [894_187], 662_187),
        (
            terms(DECLINING),
            [
                *(933_333, 925_000, 916_666, 908_333, 900_000, 891_666),
                *(883_333, 875_000, 866_666, 858_333, 850_000, 841_670),
            ],
            650_000,
        ),
    ],
)
def test_the_vectors(of: Terms, instalments: list[int], interest: int) -> None:
    rows = schedule(of)
    assert [row.total for row in rows] == instalments
    assert total_interest(rows) == interest


def test_rows_of_the_annuity() -> None:
    rows = [(row.principal, row.interest) for row in schedule(terms(ANNUITY))]
    assert (rows[0], rows[1], rows[-1]) == ((788_488, 100_000), (796_373, 92_115), (879_688, 8_797))


def test_what_a_flat_rate_really_costs() -> None:
    rate = effective_rate(terms(FLAT))
    assert round(rate.nominal * 100, 3) == 21.457
    assert round(rate.compounded * 100, 2) == 23.70
    assert (rate.nominal_bp, rate.compounded_bp) == (2_146, 2_370)


def test_a_flat_24_percent_is_refused_by_its_article() -> None:
    with pytest.raises(AgainstTheLaw) as refused:
        require_within_cap(terms(FLAT, 2_400), CAP)
    said = refused.value.message("id")
    assert "41,7 %" in said
    assert "batas 24 %" in said
    assert "Permenkop UKM 8/2023 pasal 27" in said
    assert require_within_cap(terms(ANNUITY, 2_400), CAP).nominal_bp == 2_400
    with pytest.raises(AgainstTheLaw):
        require_within_cap(terms(ANNUITY, 2_400), replace(CAP, value=1_800))


@pytest.mark.parametrize(("months", "rate_bp"), [(12, 1_347), (24, 1_344), (36, 1_374)])
def test_the_highest_flat_rate_within_the_cap(months: int, rate_bp: int) -> None:
    assert highest_rate_bp(TEN_MILLION, months, FLAT, 2_400) == rate_bp
    with pytest.raises(AgainstTheLaw):
        require_within_cap(terms(FLAT, rate_bp + 1, months), CAP)


any_terms = st.builds(
    Terms,
    principal=st.integers(100_000, 500_000_000),
    months=st.integers(1, 60),
    rate_bp=st.integers(0, 3_000),
    method=st.sampled_from(Method),
    multiple=st.sampled_from([1, 100, 500, 1_000]),
)


@settings(max_examples=150, deadline=None)
@given(any_terms)
def test_parts_sum_to_the_loan_and_nothing_is_negative(of: Terms) -> None:
    rows = schedule(of)
    assert len(rows) == of.months
    assert sum(row.principal for row in rows) == of.principal
    assert all(row.principal >= 0 and row.interest >= 0 for row in rows)
    assert (total_interest(rows) == 0) == (of.rate_bp == 0)


@settings(max_examples=150, deadline=None)
@given(any_terms)
def test_the_rate_is_that_of_another_solver(of: Terms) -> None:
    flows = [-of.principal, *(row.total for row in schedule(of))]
    other = pyxirr.irr(flows)
    assert other is not None
    assert effective_rate(of).nominal == pytest.approx(12 * other, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(any_terms, st.integers(0, 30))
def test_a_first_month_cut_short_costs_its_days(of: Terms, days: int) -> None:
    cut = Terms(of.principal, of.months, of.rate_bp, of.method, of.multiple, days, 30)
    rows = schedule(cut)
    assert sum(row.principal for row in rows) == of.principal
    assert all(row.principal >= 0 and row.interest >= 0 for row in rows)
    assert rows[0].interest <= schedule(of)[0].interest
    if of.months > 1 and days == 0:
        assert rows[0].interest == 0


@settings(max_examples=80, deadline=None)
@given(any_terms, st.integers(1, 100))
def test_a_shorter_term_never_pays_more_a_month(of: Terms, percent: int) -> None:
    first = max(row.total for row in schedule(of)[:-1] or schedule(of))
    rest = Terms(max(of.principal * percent // 100, 1), of.months, of.rate_bp, of.method, of.multiple)
    short = shortened(rest, first)
    assert short.months <= of.months
    assert short.principal == rest.principal


def test_instalments_fall_due_on_one_day_of_each_month() -> None:
    days = due_days(date(2026, 12, 31), 4, 31)
    assert days == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


@given(interest=st.integers(0, 10**9), days=st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=9))
def test_interest_is_earned_by_days_and_in_the_end_wholly(interest: int, days: list[date]) -> None:
    began, due = date(2026, 1, 10), date(2026, 2, 10)
    found = [earned(interest, began, due, day) for day in sorted(days)]
    assert found == sorted(found)
    assert all(0 <= part <= interest for part in found)
    assert earned(interest, began, due, began) == 0
    assert earned(interest, began, due, due) == interest


@pytest.mark.parametrize(
    ("today", "due", "next_on"),
    [
        (date(2026, 1, 30), date(2026, 2, 10), date(2026, 1, 31)),
        (date(2026, 1, 31), date(2026, 2, 10), date(2026, 2, 10)),
        (date(2026, 2, 10), date(2026, 2, 10), date(2026, 2, 28)),
        (date(2028, 2, 28), date(2028, 1, 5), date(2028, 2, 29)),
    ],
)
def test_interest_is_looked_at_on_a_months_last_day_and_when_it_falls_due(
    today: date, due: date, next_on: date
) -> None:
    assert next_look([due], today) == next_on
