"""What an annual report is made of, beside the statements: the co-op, its people, its meeting. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cooperatives.books.periods import Period
from cooperatives.books.statements import Statement
from cooperatives.governance.lifecycle import MotionState, VotingWay
from marketplace.identity.actor import Role


@dataclass(frozen=True, slots=True)
class About:
    """Which co-op: its registered name, NIK, kind and level as codes, and where its seat is, largest region first."""

    name: str
    registration_number: str | None
    kind: str
    level: str
    places: tuple[str, ...]
    books_since: date
    locked_through: date | None


@dataclass(frozen=True, slots=True)
class Members:
    """Members through the year: as it began, who came, who left, and what they are now."""

    before: int
    joined: int
    left: int

    @property
    def at_end(self) -> int:
        return self.before + self.joined - self.left


@dataclass(frozen=True, slots=True)
class Officer:
    """Who held an office when the report was made; `until` where members elected him for a term."""

    name: str
    role: Role
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A motion that stood before the meeting, and what became of it."""

    title: str
    text: str
    state: MotionState
    way: VotingWay | None
    counts: tuple[tuple[str, int], ...]
    elected: tuple[str, ...]
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who came: his number in the register, his name, by which way, when, and for how many others he voted."""

    number: int | None
    name: str
    is_online: bool
    came_at: datetime
    proxies: int


@dataclass(frozen=True, slots=True)
class Gathering:
    """The meeting; all times as its co-op's clocks show them."""

    title: str
    place: str
    starts_at: datetime
    agenda: Sequence[str]
    entitled: int | None
    represented: int | None
    needed: int | None
    opened_at: datetime | None
    closed_at: datetime | None
    minutes: str
    attendees: Sequence[Attendee]
    decisions: Sequence[Decision]
    groups: Sequence[tuple[str, str, int]] = ()  # group, delegate, for how many he stood


@dataclass(frozen=True, slots=True)
class Watched:
    """What the pengawas filed: findings, advice, by whom, when; and what the books prove by themselves."""

    findings: str
    advice: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Year:
    """A book year whole: its statements beside the year before, and month by month income and expenses."""

    about: About
    days: Period
    sheet: Statement
    result: Statement
    months: Sequence[tuple[str, int, int]]
    members: Members
    officers: Sequence[Officer]
    meeting: Gathering
    watched: Watched | None
    seal: str
    vouchers: int
    is_balanced: bool = field(default=True)
