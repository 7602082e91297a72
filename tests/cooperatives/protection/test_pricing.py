"""What a month of protection costs: by the law's own numbers, discount on and off, and whom the fund carries."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.protection.claim_states import (
    STEPS,
    ClaimDocument,
    ClaimKind,
    ClaimState,
    ClaimStep,
    ClaimWrongState,
    after_step,
    missing,
)
from cooperatives.protection.kinds import Component, ProgrammeKind, Sector
from cooperatives.protection.pricing import Insured, alone, month_of
from cooperatives.protection.solidarity import Short, carries, in_turn

EMPLOYMENT, HEALTH = ProgrammeKind.EMPLOYMENT, ProgrammeKind.HEALTH
TRANSPORT = Insured(sector=Sector.TRANSPORT, income=1_000_000)

#: (what, month, rupiah): PP 44/2015 (JKK 1 %, 10,000 at least; JKM 6,800), PP 50/2025 (half off for transport from
#: January 2026 to March 2027, for others from April to December 2026), PP 46/2015 (JHT 2 %, 20,000 at least).
EMPLOYED = [
    (TRANSPORT, date(2025, 12, 1), 16_800),
    (TRANSPORT, date(2026, 1, 1), 8_400),
    (TRANSPORT, date(2026, 6, 1), 8_400),
    (TRANSPORT, date(2027, 3, 1), 8_400),
    (TRANSPORT, date(2027, 4, 1), 16_800),
    (Insured(income=1_000_000), date(2026, 3, 1), 16_800),
    (Insured(income=1_000_000), date(2026, 4, 1), 8_400),
    (Insured(income=1_000_000), date(2026, 12, 1), 8_400),
    (Insured(income=1_000_000), date(2027, 1, 1), 16_800),
    (Insured(sector=Sector.TRANSPORT), date(2026, 6, 1), 8_400),  # none declared: the least
    (Insured(sector=Sector.TRANSPORT, income=2_700_000), date(2026, 6, 1), 13_500 + 3_400),
    (Insured(sector=Sector.TRANSPORT, income=2_700_000), date(2027, 4, 1), 27_000 + 6_800),
    (Insured(sector=Sector.TRANSPORT, income=1_000_000, has_old_age=True), date(2026, 6, 1), 8_400 + 20_000),
    (Insured(sector=Sector.TRANSPORT, income=2_700_000, has_old_age=True), date(2027, 4, 1), 33_800 + 54_000),
]


@pytest.mark.parametrize(("of", "month", "rupiah"), EMPLOYED)
def test_employment_by_the_laws_numbers(of: Insured, month: date, rupiah: int) -> None:
    assert sum(line.amount for line in month_of(EMPLOYMENT, of, month)) == rupiah


def test_each_line_names_its_rules_and_its_price_without_discount() -> None:
    accident, death = month_of(EMPLOYMENT, TRANSPORT, date(2026, 6, 1))
    assert (accident.component, accident.full, accident.amount) == (Component.JKK, 10_000, 5_000)
    assert (death.component, death.full, death.amount) == (Component.JKM, 6_800, 3_400)
    names = [rule.name for rule in accident.rules]
    assert names == ["bpjs.jkk", "bpjs.jkk_least_monthly", "bpjs.discount_transport"]
    assert {rule.instrument for rule in death.rules} == {"PP 44/2015", "PP 50/2025"}


@pytest.mark.parametrize(("klass", "one"), [(1, 150_000), (2, 100_000), (3, 35_000)])
def test_health_by_class_and_persons(klass: int, one: int) -> None:
    (line,) = month_of(HEALTH, Insured(persons=4, health_class=klass), date(2026, 6, 1))
    assert (line.full, line.amount, line.rules[0].instrument) == (4 * one, 4 * one, "Perpres 64/2020")


def test_insurance_by_contract_and_pension_by_choice() -> None:
    group = month_of(ProgrammeKind.ACCIDENT, Insured(persons=3, premium=12_000), date(2026, 6, 1))
    assert [line.amount for line in group] == [36_000]
    assert alone(ProgrammeKind.ACCIDENT, group, 3, 25_000) == 75_000
    pension = month_of(ProgrammeKind.PENSION, Insured(contribution=150_000), date(2026, 6, 1))
    assert [line.amount for line in pension] == [150_000]


def test_alone_the_laws_price_is_the_same_and_paying_it_costs_a_fee() -> None:
    lines = month_of(EMPLOYMENT, TRANSPORT, date(2026, 6, 1))
    assert alone(EMPLOYMENT, lines, 1, 2_500) == 10_900
    assert alone(EMPLOYMENT, lines, 1, None) is None


@given(income=st.integers(0, 50_000_000), sector=st.sampled_from(Sector), old=st.booleans())
def test_a_discount_never_costs_and_never_makes_it_free(income: int, sector: Sector, old: bool) -> None:
    of = Insured(sector=sector, income=income, has_old_age=old)
    for month in (date(2026, 6, 1), date(2027, 4, 1)):
        for line in month_of(EMPLOYMENT, of, month):
            assert 0 < line.amount <= line.full
            if line.component is Component.JHT:  # nobody discounts it
                assert line.amount == line.full


@given(
    st.lists(st.tuples(st.integers(1, 100_000), st.integers(0, 4)), max_size=30),
    st.integers(0, 500_000),
    st.integers(0, 3),
)
def test_the_fund_pays_whole_bills_within_what_it_holds(
    asked: list[tuple[int, int]], held: int, most_months: int
) -> None:
    shorts = [Short(UUID(int=n), UUID(int=n), missing, months) for n, (missing, months) in enumerate(asked)]
    left, carried = held, []
    for one in in_turn(shorts):
        if carries(one, left, most_months):
            left -= one.missing
            carried.append(one)
    assert left == held - sum(one.missing for one in carried) >= 0
    assert all(one.carried_months < most_months for one in carried)
    assert in_turn(reversed(shorts)) == in_turn(shorts)


def test_a_claim_goes_only_the_ways_of_its_table() -> None:
    for state in ClaimState:
        for step in ClaimStep:
            if (state, step) in STEPS:
                assert after_step(state, step) is STEPS[state, step]
            else:
                with pytest.raises(ClaimWrongState):
                    after_step(state, step)
    assert missing(ClaimKind.ILLNESS, [ClaimDocument.IDENTITY]) == [
        ClaimDocument.PARTICIPANT_CARD,
        ClaimDocument.MEDICAL_REPORT,
    ]
