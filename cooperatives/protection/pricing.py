"""What a month of protection costs, by the rules of that month. Pure; whole rupiah.

Discounts are the law's: JKK and JKM of who is not paid a wage (bukan penerima upah), PP 50/2025.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cooperatives.protection.kinds import Component, ProgrammeKind, Sector
from marketplace.money import FULL_SHARE_BP
from marketplace.rules import NoSuchRule, RuleValue, value_on

#: The rule that says what one person of a class pays.
HEALTH_CLASSES = {
    1: "bpjs.health_class_1_monthly",
    2: "bpjs.health_class_2_monthly",
    3: "bpjs.health_class_3_member_monthly",
}
DISCOUNTS = {Sector.TRANSPORT: "bpjs.discount_transport", Sector.OTHER: "bpjs.discount_others"}


@dataclass(frozen=True, slots=True)
class Insured:
    """What the price of one enrolment goes by. Rupiah a month; `persons` with the member himself."""

    persons: int = 1
    sector: Sector = Sector.OTHER
    income: int = 0  # as declared to BPJS Ketenagakerjaan
    has_old_age: bool = False  # JHT
    health_class: int = 3
    contribution: int = 0  # of a pension: what the member has chosen
    premium: int = 0  # of insurance: what the contract says a person


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a bill: `full` without discount, `amount` with it, and the rules that say so."""

    component: Component
    full: int
    amount: int
    rules: tuple[RuleValue, ...] = ()


def month_of(kind: ProgrammeKind, of: Insured, month: date) -> list[Line]:
    """The lines of a month's bill, `month` by its first day. Raises NoSuchRule before there was such a rule."""
    match kind:
        case ProgrammeKind.EMPLOYMENT:
            return _employment(of, month)
        case ProgrammeKind.HEALTH:
            rule = value_on(HEALTH_CLASSES[of.health_class], month)
            whole = rule.value * of.persons
            return [Line(Component.HEALTH, whole, whole, (rule,))]
        case ProgrammeKind.PENSION:
            return [Line(Component.PENSION, of.contribution, of.contribution)]
        case ProgrammeKind.ACCIDENT | ProgrammeKind.VEHICLE:
            whole = of.premium * of.persons
            return [Line(Component.PREMIUM, whole, whole)]


def _employment(of: Insured, month: date) -> list[Line]:
    accident = _of_income("bpjs.jkk", "bpjs.jkk_least_monthly", of.income, month)
    death = value_on("bpjs.jkm_monthly", month)
    discount = _discount(of.sector, month)
    lines = [
        _discounted(Component.JKK, accident[0], accident[1:], discount),
        _discounted(Component.JKM, death.value, (death,), discount),
    ]
    if of.has_old_age:
        amount, *cited = _of_income("bpjs.jht", "bpjs.jht_least_monthly", of.income, month)
        lines.append(Line(Component.JHT, amount, amount, tuple(cited)))
    return lines


def _of_income(share: str, least: str, income: int, month: date) -> tuple[int, RuleValue, RuleValue]:
    """A share of the declared income, the least contribution at least."""
    rate, floor = value_on(share, month), value_on(least, month)
    return max(floor.value, income * rate.value // FULL_SHARE_BP), rate, floor


def _discount(sector: Sector, month: date) -> RuleValue | None:
    try:
        return value_on(DISCOUNTS[sector], month)
    except NoSuchRule:
        return None


def _discounted(component: Component, full: int, cited: Sequence[RuleValue], discount: RuleValue | None) -> Line:
    if discount is None:
        return Line(component, full, full, tuple(cited))
    off = full * discount.value // FULL_SHARE_BP
    return Line(component, full, full - off, (*cited, discount))


def alone(kind: ProgrammeKind, lines: Sequence[Line], persons: int, alone_monthly: int | None) -> int | None:
    """What the same would cost a member who buys it by himself; None when nobody has said.

    The law's contributions and discounts hold for everybody, so that `alone_monthly` is what paying alone costs
    beside them (fees of the channel); of insurance it is the whole price a person.
    """
    if alone_monthly is None:
        return None
    if kind in (ProgrammeKind.ACCIDENT, ProgrammeKind.VEHICLE):
        return alone_monthly * persons
    return sum(line.amount for line in lines) + alone_monthly
