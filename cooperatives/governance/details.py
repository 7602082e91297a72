"""What a motion's kind needs beside its words: by-laws and their values, or an election. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cooperatives.governance import counting
from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.lifecycle import MotionKind
from marketplace import rules
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import Role
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
