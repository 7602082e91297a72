"""What the rows of a set's sheets say, and what is told of them. Pure."""

from dataclasses import dataclass, field
from datetime import date

from cooperatives.membership.categories import MemberCategory
from cooperatives.moving.planning import Plan


@dataclass(frozen=True, slots=True)
class Told:
    """Something in a row, in both languages: why it is refused, or what was made of it."""

    sheet: str
    row: int
    column: str
    message: str
    pesan: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as the sheet has him; `number` is what the other sheets name him by."""

    row: int
    number: int
    written: str  # the number as the old books have it
    name: str
    national_id: str
    phone: str
    birth_place: str
    born_on: date | None
    sex: str
    address: str
    occupation: str
    joined_on: date
    category: MemberCategory
    heir: str
    relation: str


@dataclass(frozen=True, slots=True)
class SavingsRow:
    """What a member saved, in rupiah."""

    row: int
    member: int
    principal: int
    mandatory: int
    voluntary: int
    product: str


@dataclass(frozen=True, slots=True)
class DepositRow:
    """A term deposit; `rate_bp` a year, None: its product's."""

    row: int
    member: int
    product: str
    amount: int
    since: date
    rate_bp: int | None


@dataclass(frozen=True, slots=True)
class LoanRow:
    """A loan that runs."""

    row: int
    member: int
    number: str
    product: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class StockRow:
    """An item of a unit: how many are there (none: it is only listed), and what they cost altogether, in rupiah."""

    row: int
    unit: str  # by name; "": the only one that keeps stock
    code: str
    name: str
    category: str  # by code or name; "": other goods
    measure: str
    quantity: int
    value: int
    price: int | None  # needed where the unit has no such item yet
    member_price: int | None
    reorder_level: int | None
    account: str  # in whose sum of the opening balances its value stands; "": the first of stock


@dataclass(slots=True)
class Reading:
    """All that the sheets say, and what is wrong or worth a look."""

    members: dict[int, MemberRow] = field(default_factory=dict)
    savings: dict[int, SavingsRow] = field(default_factory=dict)
    deposits: list[DepositRow] = field(default_factory=list)
    loans: list[LoanRow] = field(default_factory=list)
    stock: dict[tuple[str, str], StockRow] = field(default_factory=dict)  # by unit (small letters) and code
    refusals: list[Told] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)
    controls: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)  # row and sum, by sheet and column
    by_national_id: dict[str, MemberRow] = field(default_factory=dict)
    loan_rows: dict[str, int] = field(default_factory=dict)
