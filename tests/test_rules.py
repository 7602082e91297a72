"""Rules by date: what held on which day, and what an operator adds."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from marketplace import rules
from marketplace.rules import Confidence, NoSuchRule, RulesRefused, value_on


@pytest.fixture(autouse=True)
def _only_built_in() -> Iterator[None]:
    yield
    rules.use(())


@pytest.mark.parametrize(
    ("rule", "on", "value"),
    [
        ("founders.primary", date(2020, 11, 1), 20),
        ("founders.primary", date(2020, 11, 2), 9),
        ("bpjs.discount_transport", date(2026, 1, 1), 5_000),
        ("bpjs.discount_transport", date(2027, 3, 31), 5_000),
        ("bpjs.discount_transport", date(2027, 4, 1), 0),
        ("bpjs.discount_others", date(2026, 12, 31), 5_000),
        ("platform.commission_cap", date(2026, 6, 30), 1_500),
        ("platform.commission_cap", date(2026, 7, 1), 800),
        ("loan.rate_cap_yearly", date(2026, 11, 24), 2_400),
    ],
)
def test_what_held_on_that_day(rule: str, on: date, value: int) -> None:
    assert value_on(rule, on).value == value


def test_before_a_rule_there_is_none() -> None:
    with pytest.raises(NoSuchRule, match="halal"):
        value_on("halal.binds_micro_and_small", date(2026, 10, 16))


def test_an_operator_adds_a_later_value(tmp_path: Path) -> None:
    entry = {
        "name": "platform.commission_cap",
        "value": 1_000,
        "unit": "BASIS_POINTS",
        "instrument": "Perpres 99/2027",
        "since": "2027-01-01",
    }
    (tmp_path / "rules.json").write_text(json.dumps([entry]))
    rules.use(rules.read_file(tmp_path / "rules.json"))
    assert value_on("platform.commission_cap", date(2027, 1, 1)).instrument == "Perpres 99/2027"
    assert value_on("platform.commission_cap", date(2026, 12, 31)).value == 800


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "rules.json"),
        ("{}", "a list"),
        ('[{"name": "x"}]', "entry 1: 'value' is missing"),
        ('[{"name": "x", "value": 1.5}]', "whole number"),
        ('[{"name": "x", "value": 1, "unit": "PERCENT", "instrument": "y", "since": "2026-01-01"}]', "PERCENT"),
        ('[{"name": "x", "value": 1, "unit": "COUNT", "instrument": "y", "since": "soon"}]', "soon"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "rules.json").write_text(text)
    with pytest.raises(RulesRefused, match=why):
        rules.read_file(tmp_path / "rules.json")


def test_no_file_adds_nothing(tmp_path: Path) -> None:
    assert rules.read_file(tmp_path / "rules.json") == ()


def test_the_operator_is_told_of_what_is_unsure() -> None:
    unsure = rules.unsure(date(2026, 11, 24))
    assert {value.name for value in unsure} >= {"platform.commission_cap", "loan.rate_cap_yearly"}
    assert all(value.confidence is not Confidence.HIGH for value in unsure)
    assert len({value.name for value in unsure}) == len(unsure)
