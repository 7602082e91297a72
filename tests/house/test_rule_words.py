"""Every rule and every by-law has its words in both languages, and no refusal shows its key."""

import pytest

from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from marketplace import clock, rules
from marketplace.rule_words import BY_LAWS, LAWS, title_of
from marketplace.rules import AgainstTheLaw, Confidence, RuleValue, Unit, counted

BY_LAWS_NOW = ByLaws.on(clock.now().date(), [])
#: Each by-law cited as the co-op's own, also where the law would stand in its place.
CITED = [
    RuleValue(name.value, one.value, Unit.COUNT, rules.BY_LAWS, "", Confidence.HIGH, one.since)
    for name, one in BY_LAWS_NOW.in_force.items()
]


def test_the_table_has_every_key_and_no_other() -> None:
    assert set(LAWS) == {rule.name for rule in rules.BUILT_IN}
    assert set(BY_LAWS) == {name.value for name in ByLaw}


@pytest.mark.parametrize("rule", [*rules.BUILT_IN, *CITED], ids=lambda rule: f"{rule.name} {rule.since}")
def test_a_refusal_says_what_the_rule_is_and_where_it_stands(rule: RuleValue) -> None:
    words = [title_of(rule.name, language) for language in ("id", "en")]
    refused = AgainstTheLaw.by(rule, "not allowed", "tidak boleh")
    told = [refused.message(language) for language in ("id", "en")]
    assert words[0] != words[1]
    for text in [*words, *told]:
        assert rule.name not in text
        assert "_" not in text
    for text, title in zip(told, words, strict=True):
        assert rule.instrument in text
        assert title in text or rule.instrument != rules.BY_LAWS
    assert rule.article == "" or rule.instrument == rules.BY_LAWS or f"pasal {rule.article}" in told[0]


def test_a_rule_that_an_operator_added_stands_by_its_name() -> None:
    assert title_of("parking.fee", "id") == "parking.fee"


@pytest.mark.parametrize(
    ("value", "unit", "indonesian", "english"),
    [
        (4_170, Unit.BASIS_POINTS, "41,7 %", "41.7 %"),
        (10_500, Unit.BASIS_POINTS, "105 %", "105 %"),
        (901, Unit.BASIS_POINTS, "9,01 %", "9.01 %"),
        (5_000_000, Unit.RUPIAH, "Rp5.000.000", "Rp5.000.000"),
        (1, Unit.MONTHS, "1 bulan", "1 month"),
        (36, Unit.MONTHS, "36 bulan", "36 months"),
        (5, Unit.YEARS, "5 tahun", "5 years"),
        (14, Unit.DAYS, "14 hari", "14 days"),
        (10_000, Unit.COUNT, "10.000", "10,000"),
    ],
)
def test_a_value_is_told_in_its_unit(value: int, unit: Unit, indonesian: str, english: str) -> None:
    assert (counted(value, unit, "id"), counted(value, unit, "en")) == (indonesian, english)
