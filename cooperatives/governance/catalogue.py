"""What a co-op's by-laws (AD/ART) can set: each by-law's unit, default and bounds. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from marketplace.rules import Unit

_MOST_RUPIAH = 1_000_000_000_000


class ByLaw(StrEnum):
    """The name of a by-law."""

    SAVINGS_PRINCIPAL = "savings.principal"
    SAVINGS_MANDATORY_MONTHLY = "savings.mandatory_monthly"
    SAVINGS_RATE_YEARLY = "savings.rate_yearly"
    SAVINGS_TERM_RATE_YEARLY = "savings.term_rate_yearly"
    SAVINGS_MOST_VOLUNTARY = "savings.most_voluntary"
    SAVINGS_WITHDRAWAL_NOTICE = "savings.withdrawal_notice"
    LOAN_RATE_YEARLY = "loan.rate_yearly"
    LOAN_MOST = "loan.most"
    LOAN_MOST_TIMES_SAVINGS = "loan.most_times_savings"
    LOAN_LONGEST_TERM = "loan.longest_term"
    LOAN_RELATED_PARTIES = "loan.related_parties"
    APPROVAL_THRESHOLD = "officers.approval_threshold"
    OFFICERS_TERM = "officers.term"
    CANDIDATE_MEMBERSHIP = "officers.candidate_membership"
    DEDUCTION_SHARE = "deduction.share_of_earnings"
    ACTIVE_TRANSACTIONS = "member.active_transactions_yearly"
    ACTIVE_ARREARS = "member.active_arrears_months"
    ASSOCIATES_ALLOWED = "member.associates_allowed"
    HEARING_NOTICE = "member.hearing_notice"
    EXPULSION_BY_MEETING = "member.expulsion_by_meeting"
    EXPULSION_APPEAL = "member.expulsion_appeal"
    PROTECTION_SOLIDARITY = "protection.solidarity_monthly"
    PROTECTION_CARRIED = "protection.carried_months"
    SURPLUS_RESERVE = "surplus.reserve"
    SURPLUS_PATRONAGE = "surplus.patronage"
    SURPLUS_CAPITAL = "surplus.capital"
    SURPLUS_OFFICERS = "surplus.officers"
    SURPLUS_EDUCATION = "surplus.education"
    SURPLUS_SOCIAL = "surplus.social"
    SURPLUS_DEVELOPMENT = "surplus.development"
    ANNUAL_MEETING_DEADLINE = "annual_meeting.deadline"
    MEETING_NOTICE = "meeting.notice"
    MEETING_QUORUM = "meeting.quorum"
    MEETING_SECOND_QUORUM = "meeting.second_quorum"
    MOTION_MAJORITY = "motion.majority"
    AMENDMENT_MAJORITY = "motion.amendment_majority"
    PROXIES_A_HOLDER = "meeting.proxies_a_holder"
    VOTES_WEIGHTED = "votes.weighted"
    DELEGATES_ALLOWED = "meeting.delegates_allowed"
    MEMBERS_A_DELEGATE = "meeting.members_a_delegate"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a by-law is counted in and between what it lies; `marketplace.rule_words` says what it is about.

    `least` and `most` bound it where no law does; `least_rule` and `most_rule` name the rules that do.
    """

    unit: Unit
    default: int
    least: int
    most: int
    least_rule: str | None = None
    most_rule: str | None = None


def _share(default: int, most_rule: str | None = None) -> Definition:
    return Definition(Unit.BASIS_POINTS, default, 0, 10_000, most_rule=most_rule)


def _rupiah(default: int) -> Definition:
    return Definition(Unit.RUPIAH, default, 0, _MOST_RUPIAH)


_N, _D, _M, _Y, _BP = Unit.COUNT, Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.BASIS_POINTS

CATALOGUE: Mapping[ByLaw, Definition] = {
    ByLaw.SAVINGS_PRINCIPAL: _rupiah(100_000),
    ByLaw.SAVINGS_MANDATORY_MONTHLY: _rupiah(20_000),
    ByLaw.SAVINGS_RATE_YEARLY: _share(300, most_rule="savings.rate_cap_yearly"),
    ByLaw.SAVINGS_TERM_RATE_YEARLY: _share(500, most_rule="savings.rate_cap_yearly"),
    ByLaw.SAVINGS_MOST_VOLUNTARY: _rupiah(100_000_000),
    ByLaw.SAVINGS_WITHDRAWAL_NOTICE: Definition(_D, 0, 0, 90),
    ByLaw.LOAN_RATE_YEARLY: _share(2_400, most_rule="loan.rate_cap_yearly"),
    ByLaw.LOAN_MOST: _rupiah(25_000_000),
    ByLaw.LOAN_MOST_TIMES_SAVINGS: Definition(_N, 10, 1, 1_000),
    ByLaw.LOAN_LONGEST_TERM: Definition(_M, 36, 1, 120),
    ByLaw.LOAN_RELATED_PARTIES: _share(1_000, most_rule="loan.related_parties_of_own_capital"),
    ByLaw.APPROVAL_THRESHOLD: _rupiah(5_000_000),
    ByLaw.OFFICERS_TERM: Definition(_Y, 3, 1, 50, most_rule="officers.term"),
    ByLaw.CANDIDATE_MEMBERSHIP: Definition(_M, 0, 0, 120),
    ByLaw.DEDUCTION_SHARE: _share(3_000),
    ByLaw.ACTIVE_TRANSACTIONS: Definition(_N, 1, 0, 10_000),
    ByLaw.ACTIVE_ARREARS: Definition(_M, 6, 0, 120),
    ByLaw.ASSOCIATES_ALLOWED: Definition(_N, 0, 0, 1),
    ByLaw.HEARING_NOTICE: Definition(_D, 14, 1, 90),
    ByLaw.EXPULSION_BY_MEETING: Definition(_N, 0, 0, 1),
    ByLaw.EXPULSION_APPEAL: Definition(_D, 30, 1, 365),
    ByLaw.PROTECTION_SOLIDARITY: _rupiah(0),
    ByLaw.PROTECTION_CARRIED: Definition(_M, 2, 0, 12),
    ByLaw.SURPLUS_RESERVE: _share(4_000),
    ByLaw.SURPLUS_PATRONAGE: _share(2_500),
    ByLaw.SURPLUS_CAPITAL: _share(2_000),
    ByLaw.SURPLUS_OFFICERS: _share(500),
    ByLaw.SURPLUS_EDUCATION: _share(500),
    ByLaw.SURPLUS_SOCIAL: _share(500),
    ByLaw.SURPLUS_DEVELOPMENT: _share(0),
    ByLaw.ANNUAL_MEETING_DEADLINE: Definition(_M, 3, 1, 12, most_rule="annual_meeting.deadline"),
    ByLaw.MEETING_NOTICE: Definition(_D, 7, 1, 60),
    ByLaw.MEETING_QUORUM: Definition(_BP, 5_000, 1, 10_000),
    ByLaw.MEETING_SECOND_QUORUM: Definition(_BP, 2_000, 1, 10_000),
    ByLaw.MOTION_MAJORITY: Definition(_BP, 5_000, 5_000, 9_999),
    ByLaw.AMENDMENT_MAJORITY: Definition(_BP, 6_666, 5_000, 9_999),
    ByLaw.PROXIES_A_HOLDER: Definition(_N, 0, 0, 10),
    ByLaw.VOTES_WEIGHTED: Definition(_N, 0, 0, 1, most_rule="votes.weighted_primary"),
    ByLaw.DELEGATES_ALLOWED: Definition(_N, 0, 0, 1),
    ByLaw.MEMBERS_A_DELEGATE: Definition(_N, 20, 1, 500),
}

#: These share out the surplus: together exactly what the rule `surplus.percentages_total` says.
SURPLUS_SHARES = tuple(name for name in ByLaw if name.value.startswith("surplus."))
