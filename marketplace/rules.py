"""Public rules as effective-dated values: each with its instrument, its article, and how sure we are of it.

A result computed from a rule names the `RuleValue` it used. An operator adds a later value without a release,
in `rules.json` in the node's folder: a list of objects with the fields of `RuleValue` (`since` as 2026-07-01).
Sources: the instruments named in the table.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from marketplace.errors import Code, MarketplaceError
from marketplace.money import format_rupiah, percent, with_points
from marketplace.rule_words import title_of
from marketplace.settings import SettingsRefused

#: The instrument by which a co-op's own by-law is cited.
BY_LAWS = "AD/ART"


class Confidence(StrEnum):
    """How sure we are that the value is the law as it stands. Below HIGH the operator is told."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class Unit(StrEnum):
    """In what a value is counted."""

    COUNT = "COUNT"
    BASIS_POINTS = "BASIS_POINTS"
    RUPIAH = "RUPIAH"
    MONTHS = "MONTHS"
    YEARS = "YEARS"
    DAYS = "DAYS"


@dataclass(frozen=True, slots=True)
class RuleValue:
    """What a rule says from `since` on, until a later value of the same name."""

    name: str
    value: int
    unit: Unit
    instrument: str
    article: str
    confidence: Confidence
    since: date

    @property
    def source(self) -> str:
        """How a person finds it: `UU 25/1992 art. 45`; a by-law by what it is about; else by its instrument."""
        return self._found("en")

    @property
    def sumber(self) -> str:
        """The same in Bahasa Indonesia."""
        return self._found("id")

    def _found(self, language: str) -> str:
        if self.instrument == BY_LAWS:
            return f"{self.instrument}: {title_of(self.name, language)}"
        return self.place(language)

    def place(self, language: str) -> str:
        """Instrument and article, for who was told already what it is about; of a by-law `AD/ART`."""
        if self.instrument == BY_LAWS or not self.article:
            return self.instrument
        return f"{self.instrument} {'art.' if language == 'en' else 'pasal'} {self.article}"

    def counted(self, language: str) -> str:
        """Its value in its unit: `24 %`, `Rp5.000.000`, `36 bulan`."""
        return counted(self.value, self.unit, language)


#: One of a unit, and several, in English; in Bahasa Indonesia.
_UNITS = {
    Unit.MONTHS: (("month", "months"), "bulan"),
    Unit.YEARS: (("year", "years"), "tahun"),
    Unit.DAYS: (("day", "days"), "hari"),
}


def counted(value: int, unit: Unit, language: str) -> str:
    """A value in its unit as people write it."""
    if unit is Unit.BASIS_POINTS:
        return percent(value, language)
    if unit is Unit.RUPIAH:
        return format_rupiah(value)
    if unit is Unit.COUNT:
        return with_points(value) if language == "id" else f"{value:,}"
    english, indonesian = _UNITS[unit]
    return f"{value} {indonesian if language == 'id' else english[value != 1]}"


class AgainstTheLaw(MarketplaceError):
    """{said} ({source})."""

    code = Code.AGAINST_THE_LAW
    pesan = "{dikatakan} ({sumber})."

    @classmethod
    def by(cls, rule: RuleValue, said: str, dikatakan: str) -> "AgainstTheLaw":
        """What a rule forbids, in English and in Bahasa Indonesia, without its source or a full stop."""
        return cls(said=said, dikatakan=dikatakan, source=rule.source, sumber=rule.sumber)


class NoSuchRule(Exception):
    """No rule of this name had a value on that day."""


class RulesRefused(SettingsRefused):
    """The operator's rules.json can't be read: says which entry and why."""


def _law(
    name: str,
    value: int,
    unit: Unit,
    instrument: str,
    article: str,
    since: date,
    confidence: Confidence = Confidence.HIGH,
) -> RuleValue:
    return RuleValue(name, value, unit, instrument, article, confidence, since)


_N, _BP, _RP = Unit.COUNT, Unit.BASIS_POINTS, Unit.RUPIAH
_MEDIUM, _LOW = Confidence.MEDIUM, Confidence.LOW
_COOPERATIVES = "UU 25/1992"
_SAVINGS_AND_LOANS = "Permenkop UKM 8/2023"
_SINCE_1992, _SINCE_2023 = date(1992, 10, 21), date(2023, 6, 20)  # the days of their promulgation
_RURAL_BANKS, _SINCE_2024 = "POJK 1/2024", date(2024, 1, 12)
_PLATFORMS = date(2026, 7, 1)

BUILT_IN: tuple[RuleValue, ...] = (
    _law("founders.primary", 20, _N, _COOPERATIVES, "6", _SINCE_1992),
    _law("founders.primary", 9, _N, "UU 11/2020 Cipta Kerja", "86", date(2020, 11, 2)),
    _law("founders.secondary", 3, _N, _COOPERATIVES, "6", _SINCE_1992),
    # Only a secondary co-op may weight votes, by its members' members and by their business with it.
    _law("votes.weighted_primary", 0, _N, _COOPERATIVES, "24", _SINCE_1992),
    _law("votes.a_member", 1, _N, _COOPERATIVES, "24", _SINCE_1992),
    _law("membership.register", 1, _N, _COOPERATIVES, "17(2)", _SINCE_1992),
    _law("membership.associates", 1, _N, _COOPERATIVES, "18(2)", _SINCE_1992),
    _law("membership.not_transferable", 1, _N, _COOPERATIVES, "19(3)", _SINCE_1992),
    _law("membership.candidate_longest", 3, Unit.MONTHS, "PP 9/1995", "18(2)", date(1995, 4, 3), _MEDIUM),
    _law("personal_data.erasure", 1, _N, "UU 27/2022", "8", date(2022, 10, 17)),
    _law("documents.kept", 10, Unit.YEARS, "UU 8/1997", "11", date(1997, 3, 24)),
    # Who votes, stands for office and is elected: members, not those who are only served.
    _law("membership.rights", 1, _N, _COOPERATIVES, "20(2)", _SINCE_1992),
    _law("officers.from_members", 1, _N, _COOPERATIVES, "29(1)", _SINCE_1992),
    _law("supervisors.from_members", 1, _N, _COOPERATIVES, "38(1)", _SINCE_1992),
    # Who watches over the officers' management (art. 39) is none of them. No article says it by word: art. 38(3)
    # leaves to by-laws who may be elected; Permenkop UKM 8/2023 art. 50(3) bars kinship between both, as reported.
    _law("supervisors.no_officers", 1, _N, _COOPERATIVES, "39(1)", _SINCE_1992, _LOW),
    _law("officers.term", 5, Unit.YEARS, _COOPERATIVES, "29", _SINCE_1992),
    _law("annual_meeting.deadline", 6, Unit.MONTHS, _COOPERATIVES, "26", _SINCE_1992),
    _law("annual_meeting.deadline_primary_office", 3, Unit.MONTHS, "office practice", "", _SINCE_1992, _LOW),
    _law("annual_meeting.report_before", 1, Unit.MONTHS, _COOPERATIVES, "35", _SINCE_1992),
    # Only platforms that the tax office has designated withhold it; exempt by a written declaration.
    _law("tax.seller_withheld", 50, _BP, "PMK 37/2025", "", date(2025, 7, 14), _MEDIUM),
    _law("tax.seller_exempt_yearly", 500_000_000, _RP, "PMK 37/2025", "10(1)", date(2025, 7, 14), _MEDIUM),
    # Of a decision of 15 August the regulation's example withholds from 1 September.
    _law("tax.designation_in_force", 1, Unit.MONTHS, "PER-15/PJ/2025", "3(2)", date(2025, 7, 14), _MEDIUM),
    _law("loan.rate_cap_yearly", 2_400, _BP, _SAVINGS_AND_LOANS, "27", _SINCE_2023, _MEDIUM),
    _law("loan.related_parties_of_own_capital", 1_000, _BP, _SAVINGS_AND_LOANS, "44", _SINCE_2023, _MEDIUM),
    # Rural banks' table, taken for co-ops: the ministry's health test names the classes without days for each.
    _law("loan.class_watch_from_days", 31, Unit.DAYS, _RURAL_BANKS, "", _SINCE_2024, _LOW),
    _law("loan.class_substandard_from_days", 91, Unit.DAYS, _RURAL_BANKS, "", _SINCE_2024, _LOW),
    _law("loan.class_doubtful_from_days", 181, Unit.DAYS, _RURAL_BANKS, "", _SINCE_2024, _LOW),
    _law("loan.class_loss_from_days", 361, Unit.DAYS, _RURAL_BANKS, "", _SINCE_2024, _LOW),
    _law("loan.reserve_current", 50, _BP, _RURAL_BANKS, "", _SINCE_2024, _LOW),
    _law("loan.reserve_watch", 300, _BP, _RURAL_BANKS, "", _SINCE_2024, _LOW),
    _law("loan.reserve_substandard", 1_000, _BP, _RURAL_BANKS, "", _SINCE_2024, _LOW),
    _law("loan.reserve_doubtful", 5_000, _BP, _RURAL_BANKS, "", _SINCE_2024, _LOW),
    _law("loan.reserve_loss", 10_000, _BP, _RURAL_BANKS, "", _SINCE_2024, _LOW),
    _law("loan.members_only", 1, _N, _SAVINGS_AND_LOANS, "23", _SINCE_2023),
    _law("savings.rate_cap_yearly", 900, _BP, _SAVINGS_AND_LOANS, "26(4)", _SINCE_2023, _MEDIUM),
    # Pokok and wajib stay while one is a member: the elucidation of the article that makes them own capital.
    _law("savings.capital_kept", 1, _N, _COOPERATIVES, "41", _SINCE_1992),
    _law("tax.savings_interest_free_monthly", 240_000, _RP, "PP 15/2009", "2", date(2009, 2, 9)),
    _law("tax.savings_interest", 1_000, _BP, "PP 15/2009", "2", date(2009, 2, 9)),
    _law("surplus.percentages_total", 10_000, _BP, _COOPERATIVES, "45", _SINCE_1992),
    _law("bpjs.jkk", 100, _BP, "PP 44/2015", "", date(2015, 7, 1), _MEDIUM),  # by brackets of its annex II
    _law("bpjs.jkk_least_monthly", 10_000, _RP, "PP 44/2015", "", date(2015, 7, 1)),
    _law("bpjs.jkm_monthly", 6_800, _RP, "PP 44/2015", "", date(2015, 7, 1)),
    _law("bpjs.discount_transport", 5_000, _BP, "PP 50/2025", "4", date(2026, 1, 1)),
    _law("bpjs.discount_transport", 0, _BP, "PP 50/2025", "4", date(2027, 4, 1)),
    _law("bpjs.discount_others", 5_000, _BP, "PP 50/2025", "4", date(2026, 4, 1)),
    _law("bpjs.discount_others", 0, _BP, "PP 50/2025", "4", date(2027, 1, 1)),
    _law("bpjs.jht", 200, _BP, "PP 46/2015", "", date(2015, 7, 1), _MEDIUM),
    _law("bpjs.jht_least_monthly", 20_000, _RP, "PP 46/2015", "", date(2015, 7, 1), _MEDIUM),
    _law("bpjs.health_class_1_monthly", 150_000, _RP, "Perpres 64/2020", "34", date(2020, 7, 1)),
    _law("bpjs.health_class_2_monthly", 100_000, _RP, "Perpres 64/2020", "34", date(2020, 7, 1)),
    _law("bpjs.health_class_3_member_monthly", 25_500, _RP, "Perpres 64/2020", "34", date(2020, 7, 1)),
    _law("bpjs.health_class_3_member_monthly", 35_000, _RP, "Perpres 64/2020", "34", date(2021, 1, 1)),
    _law("bpjs.health_due_day", 10, Unit.DAYS, "Perpres 64/2020", "", date(2020, 7, 1)),  # of the month
    # Written for carrying passengers by motorcycle. Goods and food are left to platform and driver.
    _law("platform.commission_cap", 1_500, _BP, "KP 667/2022", "", date(2022, 9, 10)),
    _law("platform.commission_cap", 1_500, _BP, "KP 1001/2022", "", date(2022, 11, 22), _MEDIUM),
    _law("platform.support_cap", 500, _BP, "KP 1001/2022", "", date(2022, 11, 22), _MEDIUM),
    # Reported: the driver has 92 % of it, so that nothing is left for support beside.
    _law("platform.commission_cap", 800, _BP, "Perpres 27/2026", "", _PLATFORMS, _LOW),
    _law("platform.support_cap", 0, _BP, "Perpres 27/2026", "", _PLATFORMS, _LOW),
    _law(
        "holiday_bonus.least_of_monthly_average",
        2_500,
        _BP,
        "SE M/4/HK.04.00/III/2026",
        "",
        date(2026, 3, 1),
        _MEDIUM,
    ),
    _law(
        "holiday_bonus.days_before_idul_fitri",
        7,
        Unit.DAYS,
        "SE M/4/HK.04.00/III/2026",
        "",
        date(2026, 3, 1),
        _MEDIUM,
    ),
    # Between 1 September and 30 November 2023, as each provider was ready.
    _law("qris.micro_free_up_to", 100_000, _RP, "Bank Indonesia", "", date(2023, 9, 1), _MEDIUM),
    _law("qris.micro_free_up_to", 500_000, _RP, "Bank Indonesia", "", date(2024, 12, 1)),
    _law("qris.micro_fee_above", 30, _BP, "Bank Indonesia", "", date(2023, 7, 1)),
    _law("qris.regular_fee", 70, _BP, "Bank Indonesia", "", date(2023, 7, 1)),
    _law("halal.binds_micro_and_small", 1, _N, "PP 42/2024", "", date(2026, 10, 17)),
)

_added: tuple[RuleValue, ...] = ()


def value_on(rule: str, on: date) -> RuleValue:
    """The value of `rule` on that day; of two that begin on one day, the operator's. Raises NoSuchRule."""
    values = [value for value in (*BUILT_IN, *_added) if value.name == rule and value.since <= on]
    if not values:
        raise NoSuchRule(f"{rule} on {on}")
    latest = max(value.since for value in values)
    return [value for value in values if value.since == latest][-1]


def all_values() -> list[RuleValue]:
    """Every value known, by name and day."""
    return sorted((*BUILT_IN, *_added), key=lambda value: (value.name, value.since))


def unsure(on: date) -> list[RuleValue]:
    """The values in force on that day of which we are not sure: the operator is told of them."""
    names = sorted({value.name for value in (*BUILT_IN, *_added) if value.since <= on})
    return [value for name in names if (value := value_on(name, on)).confidence is not Confidence.HIGH]


def use(values: Iterable[RuleValue]) -> None:
    """Add these values to the built-in ones, in place of what was added before."""
    global _added
    _added = tuple(values)


def read_file(path: Path) -> tuple[RuleValue, ...]:
    """The operator's values in this file; none when there is no such file. Raises RulesRefused."""
    if not path.exists():
        return ()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise RulesRefused(f"{path}: {cause}") from cause
    if not isinstance(entries, list):
        raise RulesRefused(f"{path}: it takes a list of objects")
    return tuple(_read(path, number, entry) for number, entry in enumerate(entries, start=1))


def _read(path: Path, number: int, entry: object) -> RuleValue:
    try:
        if not isinstance(entry, dict):
            raise TypeError("not an object")
        value = entry["value"]
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError("value takes a whole number")
        return RuleValue(
            name=str(entry["name"]),
            value=value,
            unit=Unit(entry["unit"]),
            instrument=str(entry["instrument"]),
            article=str(entry.get("article", "")),
            confidence=Confidence(entry.get("confidence", "HIGH")),
            since=date.fromisoformat(entry["since"]),
        )
    except (KeyError, TypeError, ValueError) as cause:
        why = f"{cause} is missing" if isinstance(cause, KeyError) else str(cause)
        raise RulesRefused(f"{path}: entry {number}: {why}") from cause
