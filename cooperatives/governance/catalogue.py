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
    """What a by-law means and between what it lies.

    `least` and `most` bound it where no law does; `least_rule` and `most_rule` name the rules that do.
    """

    unit: Unit
    default: int
    least: int
    most: int
    name_id: str
    name_en: str
    least_rule: str | None = None
    most_rule: str | None = None


def _share(default: int, name_id: str, name_en: str, **bounds: str) -> Definition:
    return Definition(Unit.BASIS_POINTS, default, 0, 10_000, name_id, name_en, **bounds)


def _rupiah(default: int, name_id: str, name_en: str) -> Definition:
    return Definition(Unit.RUPIAH, default, 0, _MOST_RUPIAH, name_id, name_en)


def _number(unit: Unit, default: int, least: int, most: int, name_id: str, name_en: str, **bounds: str) -> Definition:
    return Definition(unit, default, least, most, name_id, name_en, **bounds)


_N, _D, _M, _Y = Unit.COUNT, Unit.DAYS, Unit.MONTHS, Unit.YEARS

CATALOGUE: Mapping[ByLaw, Definition] = {
    ByLaw.SAVINGS_PRINCIPAL: _rupiah(100_000, "Simpanan pokok, sekali", "Principal savings, once"),
    ByLaw.SAVINGS_MANDATORY_MONTHLY: _rupiah(20_000, "Simpanan wajib per bulan", "Mandatory savings a month"),
    ByLaw.SAVINGS_RATE_YEARLY: _share(
        300,
        "Jasa simpanan sukarela per tahun",
        "Interest on voluntary savings a year",
        most_rule="savings.rate_cap_yearly",
    ),
    ByLaw.SAVINGS_TERM_RATE_YEARLY: _share(
        500,
        "Jasa simpanan berjangka per tahun, paling tinggi",
        "Interest on term deposits a year, at most",
        most_rule="savings.rate_cap_yearly",
    ),
    ByLaw.SAVINGS_MOST_VOLUNTARY: _rupiah(
        100_000_000, "Simpanan sukarela seorang anggota, paling banyak", "One member's voluntary savings, at most"
    ),
    ByLaw.SAVINGS_WITHDRAWAL_NOTICE: _number(
        _D, 0, 0, 90, "Pemberitahuan sebelum penarikan simpanan", "Notice before savings are withdrawn"
    ),
    ByLaw.LOAN_RATE_YEARLY: _share(
        2_400,
        "Jasa pinjaman efektif per tahun, paling tinggi",
        "Effective interest on loans a year, at most",
        most_rule="loan.rate_cap_yearly",
    ),
    ByLaw.LOAN_MOST: _rupiah(25_000_000, "Pinjaman seorang anggota, paling banyak", "One member's loans, at most"),
    ByLaw.LOAN_MOST_TIMES_SAVINGS: _number(
        _N, 10, 1, 1_000, "Pinjaman paling banyak, kali simpanan", "Loans at most so many times the savings"
    ),
    ByLaw.LOAN_LONGEST_TERM: _number(_M, 36, 1, 120, "Jangka pinjaman, paling lama", "Term of a loan, at most"),
    ByLaw.LOAN_RELATED_PARTIES: _share(
        1_000,
        "Pinjaman pihak terkait dari modal sendiri, paling banyak",
        "Loans to related parties of own capital, at most",
        most_rule="loan.related_parties_of_own_capital",
    ),
    ByLaw.APPROVAL_THRESHOLD: _rupiah(
        5_000_000, "Di atas jumlah ini perlu dua pengurus", "Above this amount it takes two officers"
    ),
    ByLaw.OFFICERS_TERM: _number(
        _Y, 3, 1, 50, "Masa jabatan pengurus dan pengawas", "Term of officers and pengawas", most_rule="officers.term"
    ),
    ByLaw.CANDIDATE_MEMBERSHIP: _number(
        _M,
        0,
        0,
        120,
        "Lama keanggotaan calon pengurus dan pengawas, paling sedikit",
        "How long who stands for office has been a member, at least",
    ),
    ByLaw.DEDUCTION_SHARE: _share(
        3_000, "Potongan dari pendapatan, paling banyak", "Deducted from earnings, at most"
    ),
    ByLaw.ACTIVE_TRANSACTIONS: _number(
        _N, 1, 0, 10_000, "Transaksi setahun bagi anggota aktif", "Transactions a year of an active member"
    ),
    ByLaw.ACTIVE_ARREARS: _number(
        _M, 6, 0, 120, "Tunggakan simpanan wajib anggota aktif", "Mandatory savings that an active member may owe"
    ),
    ByLaw.ASSOCIATES_ALLOWED: _number(_N, 0, 0, 1, "Anggota luar biasa: 1 ada", "Associate members: 1 yes"),
    ByLaw.HEARING_NOTICE: _number(
        _D, 14, 1, 90, "Panggilan sebelum anggota didengar", "Notice before a member's hearing"
    ),
    ByLaw.EXPULSION_BY_MEETING: _number(
        _N,
        0,
        0,
        1,
        "Pemberhentian anggota oleh rapat anggota: 1 ya; 0 oleh dua pengurus",
        "Members are expelled by the members' meeting: 1 yes; 0 by two officers",
    ),
    ByLaw.EXPULSION_APPEAL: _number(
        _D, 30, 1, 365, "Banding atas pemberhentian, paling lama", "Appeal against an expulsion, at most"
    ),
    ByLaw.PROTECTION_SOLIDARITY: _rupiah(
        0, "Iuran dana solidaritas per bulan bagi peserta", "Monthly to the solidarity fund, of who is enrolled"
    ),
    ByLaw.PROTECTION_CARRIED: _number(
        _M,
        2,
        0,
        12,
        "Bulan yang ditalangi dana solidaritas, paling banyak",
        "Months that the solidarity fund carries a member, at most",
    ),
    ByLaw.SURPLUS_RESERVE: _share(4_000, "SHU: cadangan", "Surplus: reserve"),
    ByLaw.SURPLUS_PATRONAGE: _share(2_500, "SHU: jasa usaha", "Surplus: by members' business"),
    ByLaw.SURPLUS_CAPITAL: _share(2_000, "SHU: jasa modal", "Surplus: by members' savings"),
    ByLaw.SURPLUS_OFFICERS: _share(500, "SHU: pengurus dan karyawan", "Surplus: officers and staff"),
    ByLaw.SURPLUS_EDUCATION: _share(500, "SHU: pendidikan", "Surplus: education"),
    ByLaw.SURPLUS_SOCIAL: _share(500, "SHU: sosial", "Surplus: social fund"),
    ByLaw.SURPLUS_DEVELOPMENT: _share(0, "SHU: pembangunan daerah kerja", "Surplus: development of the area"),
    ByLaw.ANNUAL_MEETING_DEADLINE: _number(
        _M,
        3,
        1,
        12,
        "RAT setelah tutup buku, paling lambat",
        "Annual meeting after the year's end, at the latest",
        most_rule="annual_meeting.deadline",
    ),
    ByLaw.MEETING_NOTICE: _number(_D, 7, 1, 60, "Undangan sebelum rapat", "Call before a meeting"),
    ByLaw.MEETING_QUORUM: _number(
        Unit.BASIS_POINTS, 5_000, 1, 10_000, "Kuorum rapat, lebih dari", "Quorum of a meeting, more than"
    ),
    ByLaw.MEETING_SECOND_QUORUM: _number(
        Unit.BASIS_POINTS,
        2_000,
        1,
        10_000,
        "Kuorum rapat kedua, paling sedikit",
        "Quorum of a meeting called again, at least",
    ),
    ByLaw.MOTION_MAJORITY: _number(
        Unit.BASIS_POINTS, 5_000, 5_000, 9_999, "Suara setuju, lebih dari", "Votes in favour, more than"
    ),
    ByLaw.AMENDMENT_MAJORITY: _number(
        Unit.BASIS_POINTS,
        6_666,
        5_000,
        9_999,
        "Suara setuju atas perubahan AD/ART, lebih dari",
        "Votes in favour of a change of by-laws, more than",
    ),
    ByLaw.PROXIES_A_HOLDER: _number(
        _N, 0, 0, 10, "Kuasa suara yang boleh dipegang", "Proxies that one may hold; 0: none"
    ),
    ByLaw.VOTES_WEIGHTED: _number(
        _N,
        0,
        0,
        1,
        "Suara berimbang (sekunder): 1 ya",
        "Weighted votes (secondary co-ops): 1 yes",
        most_rule="votes.weighted_primary",
    ),
    ByLaw.DELEGATES_ALLOWED: _number(
        _N, 0, 0, 1, "Rapat kelompok dengan utusan: 1 ya", "Group meetings with delegates: 1 yes"
    ),
    ByLaw.MEMBERS_A_DELEGATE: _number(
        _N, 20, 1, 500, "Anggota yang diwakili seorang utusan, paling banyak", "Members for whom one delegate stands"
    ),
}

#: These share out the surplus: together exactly what the rule `surplus.percentages_total` says.
SURPLUS_SHARES = tuple(name for name in ByLaw if name.value.startswith("surplus."))
