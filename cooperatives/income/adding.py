"""What stands in an income statement, and how its rows add up. Pure; whole rupiah."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Section(StrEnum):
    """The parts of a statement, in their order."""

    EARNED = "EARNED"
    DEDUCTED = "DEDUCTED"
    SAVINGS = "SAVINGS"
    LOANS = "LOANS"
    PROTECTION = "PROTECTION"
    SURPLUS = "SURPLUS"


class Item(StrEnum):
    """What a row is."""

    DELIVERIES = "DELIVERIES"
    TIPS = "TIPS"
    SALES = "SALES"
    DEDUCTED_PROTECTION = "DEDUCTED_PROTECTION"
    DEDUCTED_LOAN = "DEDUCTED_LOAN"
    DEDUCTED_SAVINGS = "DEDUCTED_SAVINGS"
    DEDUCTED_PURCHASE = "DEDUCTED_PURCHASE"
    DEDUCTED_OPERATING = "DEDUCTED_OPERATING"
    SAVED_BEFORE = "SAVED_BEFORE"
    SAVED_IN = "SAVED_IN"
    SAVED_OUT = "SAVED_OUT"
    SAVED_AFTER = "SAVED_AFTER"
    LOAN_RECEIVED = "LOAN_RECEIVED"
    LOAN_REPAID = "LOAN_REPAID"
    LOAN_INTEREST = "LOAN_INTEREST"
    LOAN_LEFT = "LOAN_LEFT"
    PROTECTION_PAID = "PROTECTION_PAID"
    PROTECTION_CARRIED = "PROTECTION_CARRIED"
    SURPLUS_PAID = "SURPLUS_PAID"

    @property
    def section(self) -> Section:
        return SECTIONS[self]


SECTIONS: Mapping[Item, Section] = {
    item: section
    for section, items in {
        Section.EARNED: (Item.DELIVERIES, Item.TIPS, Item.SALES),
        Section.DEDUCTED: (
            Item.DEDUCTED_PROTECTION,
            Item.DEDUCTED_LOAN,
            Item.DEDUCTED_SAVINGS,
            Item.DEDUCTED_PURCHASE,
            Item.DEDUCTED_OPERATING,
        ),
        Section.SAVINGS: (Item.SAVED_BEFORE, Item.SAVED_IN, Item.SAVED_OUT, Item.SAVED_AFTER),
        Section.LOANS: (Item.LOAN_RECEIVED, Item.LOAN_REPAID, Item.LOAN_INTEREST, Item.LOAN_LEFT),
        Section.PROTECTION: (Item.PROTECTION_PAID, Item.PROTECTION_CARRIED),
        Section.SURPLUS: (Item.SURPLUS_PAID,),
    }.items()
    for item in items
}
#: What a member was paid for his work and his goods.
EARNED = (Item.DELIVERIES, Item.TIPS, Item.SALES)


@dataclass(frozen=True, slots=True)
class Month:
    """What was earned in a month, or the part of it that lies in the period; `first_on` is its first day there."""

    first_on: date
    deliveries: int = 0
    tips: int = 0
    sales: int = 0

    @property
    def total(self) -> int:
        return self.deliveries + self.tips + self.sales


@dataclass(frozen=True, slots=True)
class Reported:
    """What the member says that another platform paid him in these days. Nobody has proven it."""

    platform: str
    first_on: date
    last_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Income:
    """A member's income of a period: what the ledger proves by item and month, and apart what he reports."""

    first_on: date
    last_on: date
    items: Mapping[Item, int]
    months: tuple[Month, ...]
    reported: tuple[Reported, ...] = ()

    @property
    def earned(self) -> int:
        """What the ledger proves that he earned."""
        return sum(self.items.get(item, 0) for item in EARNED)

    @property
    def deducted(self) -> int:
        """What of it was kept for his dues."""
        return sum(amount for item, amount in self.items.items() if item.section is Section.DEDUCTED)

    @property
    def monthly(self) -> int:
        """What he earned in an average month of the period, every month counted, those with nothing too."""
        return self.earned // len(self.months) if self.months else 0

    @property
    def reported_total(self) -> int:
        return sum(row.amount for row in self.reported)


def earned_by_month(first_days: Iterable[date], moved: Iterable[tuple[int, Item, int]]) -> tuple[Month, ...]:
    """Months from what moved in each: (its place, what, rupiah; what was set right is below zero)."""
    days = list(first_days)
    sums: list[dict[Item, int]] = [{} for _ in days]
    for place, item, amount in moved:
        sums[place][item] = sums[place].get(item, 0) + amount
    return tuple(
        Month(day, of.get(Item.DELIVERIES, 0), of.get(Item.TIPS, 0), of.get(Item.SALES, 0))
        for day, of in zip(days, sums, strict=True)
    )


def kept(income: Income) -> dict[str, Any]:
    """A statement's figures as a row keeps them."""
    return {
        "items": {item.value: amount for item, amount in income.items.items()},
        "months": [{**asdict(month), "first_on": str(month.first_on)} for month in income.months],
        "reported": [
            {**asdict(row), "first_on": str(row.first_on), "last_on": str(row.last_on)} for row in income.reported
        ],
    }


def read(first_on: date, last_on: date, figures: Mapping[str, Any]) -> Income:
    """The reverse of `kept`."""
    day = date.fromisoformat
    return Income(
        first_on,
        last_on,
        {Item(name): int(amount) for name, amount in figures["items"].items()},
        tuple(Month(**{**month, "first_on": day(month["first_on"])}) for month in figures["months"]),
        tuple(
            Reported(row["platform"], day(row["first_on"]), day(row["last_on"]), row["amount"])
            for row in figures["reported"]
        ),
    )
