"""What a motion's kind needs beside its words: by-laws, an election, a share of deliveries, a ruling. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from cooperatives.governance import counting
from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.lifecycle import MotionKind
from marketplace import rules
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import Role
from marketplace.money import FULL_SHARE_BP
from marketplace.rules import AgainstTheLaw

#: What members elect: officers (pengurus) and those who watch over them (pengawas).
ELECTED = frozenset({Role.CHAIR, Role.SECRETARY, Role.TREASURER, Role.SUPERVISOR})
#: Seats of whom there may be several; MEMBER: the delegates (utusan) of a group.
MOST_SEATS = {Role.SUPERVISOR: 15, Role.MEMBER: 50}
MOST_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class NewByLaws:
    """Which by-laws change to which values, from which day on."""

    values: Mapping[ByLaw, int]
    since: date

    def as_json(self) -> dict[str, Any]:
        return {"values": {name.value: value for name, value in self.values.items()}, "since": self.since.isoformat()}

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "NewByLaws":
        values = {ByLaw(name): int(value) for name, value in said["values"].items()}
        return cls(values, date.fromisoformat(said["since"]))


@dataclass(frozen=True, slots=True)
class Election:
    """Which office, how many seats, for how many years, and who stands (memberships)."""

    role: Role
    seats: int
    term_years: int
    candidates: tuple[UUID, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "role": self.role.value,
            "seats": self.seats,
            "term_years": self.term_years,
            "candidates": [str(id) for id in self.candidates],
        }

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Election":
        candidates = tuple(UUID(id) for id in said["candidates"])
        return cls(Role(said["role"]), int(said["seats"]), int(said["term_years"]), candidates)


@dataclass(frozen=True, slots=True)
class CarrierShare:
    """What the co-op is to keep of the price of a delivery that its drivers carry, in basis points."""

    share_bp: int

    def as_json(self) -> dict[str, Any]:
        return {"carrier_share_bp": self.share_bp}

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "CarrierShare":
        return cls(int(said["carrier_share_bp"]))


class Ruling(StrEnum):
    """What a meeting says of the expulsion of a member."""

    EXPEL = "EXPEL"  # where the by-laws leave it to the meeting
    UPHOLD = "UPHOLD"  # after an appeal: he leaves
    OVERTURN = "OVERTURN"  # after an appeal: he stays


@dataclass(frozen=True, slots=True)
class ExpulsionRuling:
    """On which expulsion is ruled, and how."""

    expulsion_id: UUID
    ruling: Ruling

    def as_json(self) -> dict[str, Any]:
        return {"expulsion_id": str(self.expulsion_id), "ruling": self.ruling.value}

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "ExpulsionRuling":
        return cls(UUID(said["expulsion_id"]), Ruling(said["ruling"]))


#: What a motion's kind needs beside its words.
Details = NewByLaws | Election | CarrierShare | ExpulsionRuling
_NEEDED: Mapping[MotionKind, tuple[str, type[Details]]] = {
    MotionKind.BY_LAWS: ("byLaws", NewByLaws),
    MotionKind.ELECTION: ("election", Election),
    MotionKind.CARRIER_SHARE: ("carrierShare", CarrierShare),
    MotionKind.EXPULSION: ("expulsion", ExpulsionRuling),
}


def checked_details(kind: MotionKind, given: Sequence[Details]) -> dict[str, Any]:
    """What is kept of them: each kind has its own, and only that. Raises Invalid."""
    for other, (field, needed) in _NEEDED.items():
        if any(isinstance(one, needed) for one in given) is not (kind is other):
            raise Invalid.field(
                field, Code.REQUIRED, f"of {other.value}, and only there", f"hanya untuk {other.value}"
            )
    return given[0].as_json() if given else {}


def check_carrier_share(new: CarrierShare) -> None:
    """Go on when a co-op may keep so much. Raises Invalid."""
    if not 0 <= new.share_bp <= FULL_SHARE_BP:
        raise Invalid.field("carrierShare", Code.OUT_OF_RANGE, "0 to 100 %", "0 sampai 100 %")


def check_election(election: Election, laws: ByLaws) -> None:
    """Go on when this may be voted on. Raises Invalid, AgainstTheLaw with the article."""
    if election.role not in ELECTED | {Role.MEMBER}:
        raise Invalid.field("election.role", Code.INVALID, "an elected office", "jabatan yang dipilih rapat anggota")
    most_seats = MOST_SEATS.get(election.role, 1)
    if not 1 <= election.seats <= most_seats:
        raise Invalid.field("election.seats", Code.OUT_OF_RANGE, f"1 to {most_seats}", f"1 sampai {most_seats}")
    candidates = election.candidates
    if not 1 <= len(candidates) <= MOST_CANDIDATES or len(set(candidates)) < len(candidates):
        raise Invalid.field(
            "election.candidates", Code.OUT_OF_RANGE, "1 to 50 members, each once", "1 sampai 50 anggota, sekali saja"
        )
    if election.term_years < 1:
        raise Invalid.field("election.termYears", Code.OUT_OF_RANGE, "1 or more", "1 atau lebih")
    law, own = rules.value_on("officers.term", laws.day), laws.in_force[ByLaw.OFFICERS_TERM]
    for rule in (law, own.cited()):
        if election.term_years > rule.value:
            raise AgainstTheLaw.by(
                rule,
                f"a term of {election.term_years} years, at most {rule.value} are allowed",
                f"masa jabatan {election.term_years} tahun, paling lama {rule.value} tahun",
            )


def options_of(kind: MotionKind, said: Mapping[str, Any]) -> Sequence[str]:
    """Between what is voted: in an election the candidates' memberships, else for, against, or neither."""
    return tuple(said["candidates"]) if kind is MotionKind.ELECTION else counting.OPTIONS
