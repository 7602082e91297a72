"""How a unit's acts stand in the ledger. Every account of a unit has the unit as its subject: its books are those
accounts, with the vouchers that officers ascribe to it. Pure."""

from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Entry, Purpose
from cooperatives.units.kinds import SupplyWay

#: The cause under which a sale stands in the ledger, and among the member's dues when it was on credit.
SOLD = "unit.sold"
RETURNED = "unit.returned"


def of_unit(book_id: UUID, purpose: Purpose, unit_id: UUID) -> AccountRef:
    return AccountRef(book_id, purpose, unit_id)


def stock_of(book_id: UUID, unit_id: UUID) -> AccountRef:
    """What the unit's stock is worth."""
    return of_unit(book_id, Purpose.UNIT_STOCK, unit_id)


def claim_of(book_id: UUID, unit_id: UUID) -> AccountRef:
    """What members owe the unit for what they bought on credit."""
    return of_unit(book_id, Purpose.UNIT_RECEIVABLE, unit_id)


def debt_of(book_id: UUID, unit_id: UUID) -> AccountRef:
    """What the unit owes its suppliers."""
    return of_unit(book_id, Purpose.UNIT_PAYABLE, unit_id)


def current_of(book_id: UUID, unit_id: UUID) -> AccountRef:
    """What the credit unit owes the unit for what members bought with loans, in the unit's books."""
    return of_unit(book_id, Purpose.UNIT_CURRENT, unit_id)


def sales_of(book_id: UUID, unit_id: UUID, *, to_member: bool) -> AccountRef:
    """What it sold; business with members is kept apart, for the surplus."""
    return of_unit(book_id, Purpose.UNIT_SALES if to_member else Purpose.UNIT_OTHER_SALES, unit_id)


def money_of(book_id: UUID, way: SupplyWay, unit_id: UUID) -> AccountRef:
    """Out of what a purchase is paid."""
    match way:
        case SupplyWay.CASH:
            return AccountRef(book_id, Purpose.CASH)
        case SupplyWay.TRANSFER:
            return AccountRef(book_id, Purpose.BANK)
        case SupplyWay.CREDIT:
            return debt_of(book_id, unit_id)


def stocked(book_id: UUID, unit_id: UUID, source: AccountRef, value: int, kind: str) -> list[Entry]:
    """Goods came in, paid or brought by `source`."""
    return [Entry(stock_of(book_id, unit_id), source, value, kind)]


def sold(book_id: UUID, unit_id: UUID, source: AccountRef, total: int, cost: int, *, to_member: bool) -> list[Entry]:
    """Goods and work went out: what was taken for them, and what the goods had cost."""
    return [
        Entry(source, sales_of(book_id, unit_id, to_member=to_member), total, "unit.sale"),
        *used(book_id, unit_id, cost),
    ]


def used(book_id: UUID, unit_id: UUID, cost: int) -> list[Entry]:
    """Goods left the stock: what they had cost."""
    return [Entry(of_unit(book_id, Purpose.UNIT_COST, unit_id), stock_of(book_id, unit_id), cost, "unit.cost")]


def taken_back(
    book_id: UUID, unit_id: UUID, into: list[tuple[AccountRef, int]], cost: int, *, to_member: bool
) -> list[Entry]:
    """A sale was taken back: the goods at what they had cost, the money to where `into` says."""
    sales = sales_of(book_id, unit_id, to_member=to_member)
    return [
        *(Entry(sales, ref, amount, "unit.sale_returned") for ref, amount in into),
        Entry(stock_of(book_id, unit_id), of_unit(book_id, Purpose.UNIT_COST, unit_id), cost, "unit.cost_returned"),
    ]


def counted(book_id: UUID, unit_id: UUID, short: int, over: int) -> list[Entry]:
    """A count found less (an expense) and more (taken off it) than the books said."""
    stock = stock_of(book_id, unit_id)
    difference = of_unit(book_id, Purpose.UNIT_STOCK_DIFFERENCE, unit_id)
    return [
        Entry(difference, stock, short, "unit.count_short"),
        Entry(stock, difference, over, "unit.count_over"),
    ]
