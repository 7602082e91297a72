"""What a co-op's by-laws say on a day, within the law's bounds. Pure.

A by-law without a value of the co-op's own has its default. Where the law becomes narrower than what a meeting
adopted, the law's bound counts from its day on, without a meeting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cooperatives.governance.catalogue import CATALOGUE, SURPLUS_SHARES, ByLaw
from marketplace import rules
from marketplace.errors import Code, Invalid
from marketplace.money import percent
from marketplace.rule_words import title_of
from marketplace.rules import BY_LAWS, AgainstTheLaw, Confidence, NoSuchRule, RuleValue, counted

#: From when on a default counts: the law on co-operatives.
EARLIEST = date(1992, 10, 21)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what a by-law lies on a day, with the rules that say so."""

    least: int
    most: int
    least_rule: RuleValue | None
    most_rule: RuleValue | None


def bounds_on(name: ByLaw, on: date, *, is_secondary: bool = False) -> Bounds:
    """The bounds of a by-law on that day. Votes are bounded by the law in primary co-ops only."""
    definition = CATALOGUE[name]
    is_free = is_secondary and name is ByLaw.VOTES_WEIGHTED
    least_rule = _rule(definition.least_rule, on)
    most_rule = None if is_free else _rule(definition.most_rule, on)
    return Bounds(
        definition.least if least_rule is None else max(definition.least, least_rule.value),
        definition.most if most_rule is None else min(definition.most, most_rule.value),
        least_rule,
        most_rule,
    )


def _rule(name: str | None, on: date) -> RuleValue | None:
    """The rule on that day; None before there was one."""
    try:
        return None if name is None else rules.value_on(name, on)
    except NoSuchRule:
        return None


def check(name: ByLaw, value: int, on: date, *, is_secondary: bool = False) -> None:
    """Go on when the by-law may have this value. Raises AgainstTheLaw with the article, or Invalid."""
    bounds, unit = bounds_on(name, on, is_secondary=is_secondary), CATALOGUE[name].unit
    if bounds.least <= value <= bounds.most:
        return
    is_high = value > bounds.most
    rule = bounds.most_rule if is_high else bounds.least_rule
    if rule is None:
        raise Invalid.field(
            name.value,
            Code.OUT_OF_RANGE,
            f"{counted(bounds.least, unit, 'en')} to {counted(bounds.most, unit, 'en')}",
            f"{counted(bounds.least, unit, 'id')} sampai {counted(bounds.most, unit, 'id')}",
        )
    bound = bounds.most if is_high else bounds.least
    raise AgainstTheLaw.by(
        rule,
        f"{title_of(name, 'en')}: {counted(value, unit, 'en')} asked, "
        f"{'at most' if is_high else 'at least'} {counted(bound, unit, 'en')} is allowed",
        f"{title_of(name, 'id')}: diminta {counted(value, unit, 'id')}, "
        f"{'paling tinggi' if is_high else 'paling rendah'} {counted(bound, unit, 'id')}",
    )


def check_together(values: Mapping[ByLaw, int], before: "ByLaws", *, is_secondary: bool = False) -> None:
    """Go on when the by-laws could be changed so, all from that day on. Raises AgainstTheLaw, Invalid."""
    if not values:
        raise Invalid.field("values", Code.REQUIRED, "at least one by-law", "sedikitnya satu ketentuan")
    for name, value in values.items():
        check(name, value, before.day, is_secondary=is_secondary)
    if not set(SURPLUS_SHARES).isdisjoint(values):
        check_surplus(sum(values.get(name, before[name]) for name in SURPLUS_SHARES), before.day)


@dataclass(frozen=True, slots=True)
class Adopted:
    """A value that a co-op gave itself: from which day on, and by which motion; none: with its founding."""

    name: ByLaw
    value: int
    since: date
    motion_id: str | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """What a by-law says on a day. `limited_by`: the rule that cut what was adopted; `adopted` None: the default."""

    name: ByLaw
    value: int
    adopted: Adopted | None
    limited_by: RuleValue | None
    since: date

    def cited(self) -> RuleValue:
        """As a result names it among the rules that it used; the rule that cut it stands in its place."""
        if self.limited_by is not None:
            return self.limited_by
        by = "" if self.adopted is None or self.adopted.motion_id is None else self.adopted.motion_id
        unit = CATALOGUE[self.name].unit
        return RuleValue(self.name.value, self.value, unit, BY_LAWS, by, Confidence.HIGH, self.since)


@dataclass(frozen=True, slots=True)
class ByLaws:
    """All that a co-op's by-laws say on a day."""

    day: date
    in_force: Mapping[ByLaw, InForce]

    @classmethod
    def on(cls, day: date, adopted: Sequence[Adopted], *, is_secondary: bool = False) -> "ByLaws":
        """`adopted` oldest first; of two that begin on one day the later one counts."""
        latest: dict[ByLaw, Adopted] = {}
        for one in adopted:
            known = latest.get(one.name)
            if one.since <= day and (known is None or one.since >= known.since):
                latest[one.name] = one
        found = {name: _in_force(name, day, latest.get(name), is_secondary) for name in ByLaw}
        return cls(day, found)

    def __getitem__(self, name: ByLaw) -> int:
        """The value: rupiah, basis points, months, years, days or a number, as the catalogue says."""
        return self.in_force[name].value

    def changed(self, values: Mapping[ByLaw, int]) -> "ByLaws":
        """The same by-laws with these values in their place, as if adopted on that day; the law bounds them too."""
        new = {
            name: _in_force(name, self.day, Adopted(name, value, self.day), False) for name, value in values.items()
        }
        return ByLaws(self.day, {**self.in_force, **new})

    def cited(self, *names: ByLaw) -> tuple[RuleValue, ...]:
        """These by-laws as a result names them."""
        return tuple(self.in_force[name].cited() for name in names)


def _in_force(name: ByLaw, day: date, adopted: Adopted | None, is_secondary: bool) -> InForce:
    bounds = bounds_on(name, day, is_secondary=is_secondary)
    value = CATALOGUE[name].default if adopted is None else adopted.value
    since = EARLIEST if adopted is None else adopted.since
    if value > bounds.most:
        return InForce(name, bounds.most, adopted, bounds.most_rule, since)
    if value < bounds.least:
        return InForce(name, bounds.least, adopted, bounds.least_rule, since)
    return InForce(name, value, adopted, None, since)


def check_surplus(total: int, on: date) -> None:
    """Go on when the shares of the surplus make up the whole. Raises AgainstTheLaw."""
    rule = rules.value_on("surplus.percentages_total", on)
    if total != rule.value:
        raise AgainstTheLaw.by(
            rule,
            f"the shares of the surplus make {percent(total, 'en')}, they must make exactly {rule.counted('en')}",
            f"bagian SHU berjumlah {percent(total)}, harus tepat {rule.counted('id')}",
        )
