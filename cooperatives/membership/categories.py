"""Kinds of members and what each may do, and how a membership ends. Pure.

Only full members vote, hold office and share in the surplus. By-laws may know anggota luar biasa (UU 25/1992
art. 18(2)); a calon anggota is served until he has paid his pokok (PP 9/1995 art. 18).
"""

from enum import StrEnum


class MemberCategory(StrEnum):
    """What kind of member one is."""

    FULL = "FULL"  # anggota biasa
    ASSOCIATE = "ASSOCIATE"  # anggota luar biasa
    CANDIDATE = "CANDIDATE"  # calon anggota


class MemberRight(StrEnum):
    """What membership gives."""

    VOTE = "VOTE"
    HOLD_OFFICE = "HOLD_OFFICE"
    SHARE_SURPLUS = "SHARE_SURPLUS"
    BORROW = "BORROW"
    SAVE = "SAVE"
    USE_SERVICES = "USE_SERVICES"


_SERVED = frozenset({MemberRight.BORROW, MemberRight.SAVE, MemberRight.USE_SERVICES})
RIGHTS: dict[MemberCategory, frozenset[MemberRight]] = {
    MemberCategory.FULL: frozenset(MemberRight),
    MemberCategory.ASSOCIATE: _SERVED,
    MemberCategory.CANDIDATE: _SERVED,
}


def rights_of(category: MemberCategory, *, is_overdue: bool = False) -> frozenset[MemberRight]:
    """What members of this kind may do; `is_overdue`: a candidate for too long, who has none."""
    return frozenset() if is_overdue and category is MemberCategory.CANDIDATE else RIGHTS[category]


class EndCause(StrEnum):
    """Why a membership ended."""

    RESIGNED = "RESIGNED"  # mengundurkan diri
    ENDED_BY_OFFICER = "ENDED_BY_OFFICER"  # diberhentikan pengurus
    DIED = "DIED"  # meninggal dunia
    EXPELLED = "EXPELLED"  # dikeluarkan
