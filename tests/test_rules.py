"""Rules by date: what held on which day, and what an operator adds."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import structlog

from marketplace import logs, rules
from marketplace.payments.explaining import caps_on
from marketplace.rules import Confidence, NoSuchRule, RulesRefused, value_on
from marketplace.settings import Settings


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
        ("platform.support_cap", date(2026, 6, 30), 500),
        ("platform.support_cap", date(2026, 7, 1), 0),
        ("bpjs.health_class_3_member_monthly", date(2020, 12, 31), 25_500),
        ("bpjs.health_class_3_member_monthly", date(2021, 1, 1), 35_000),
        ("qris.micro_free_up_to", date(2024, 11, 30), 100_000),
        ("qris.micro_free_up_to", date(2024, 12, 1), 500_000),
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


def test_a_loan_rule_begins_with_its_promulgation() -> None:
    with pytest.raises(NoSuchRule):
        value_on("loan.rate_cap_yearly", date(2023, 6, 19))


def test_at_the_start_it_is_said_once_and_by_name(tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as said:
        logs.tell_of_unsure_rules(Settings(folder=tmp_path))
    (event,) = said
    assert event["event"] == "rules not sure"
    assert event["count"] == len(event["rules"])
    assert any(rule.startswith("platform.commission_cap (LOW: ") for rule in event["rules"])


@pytest.mark.parametrize(("cut_bp", "is_kept"), [(800, True), (801, False)])
def test_a_carriers_share_is_held_against_what_is_written_for_passengers(cut_bp: int, is_kept: bool) -> None:
    caps = caps_on(cut_bp, date(2026, 11, 24))
    assert [(cap.rule.name, cap.is_kept) for cap in caps] == [
        ("platform.commission_cap", is_kept),
        ("platform.support_cap", is_kept),
    ]
    assert {cap.rule.confidence for cap in caps} == {Confidence.LOW}  # whether it reaches goods is not settled
    assert caps_on(cut_bp, date(2019, 1, 1)) == ()
