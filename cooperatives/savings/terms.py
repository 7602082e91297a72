"""What law and by-laws say of savings, in one place."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import by_laws_on
from cooperatives.savings.kinds import SavingsKind
from marketplace import rules
from marketplace.money import percent
from marketplace.rules import AgainstTheLaw, Confidence, NoSuchRule, RuleValue, Unit

RATES = {
    SavingsKind.VOLUNTARY: ByLaw.SAVINGS_RATE_YEARLY,
    SavingsKind.TERM: ByLaw.SAVINGS_TERM_RATE_YEARLY,
}


async def by_laws(cooperative_id: UUID, on: date) -> ByLaws:
    """What the co-op's by-laws say on that day."""
    return await by_laws_on(cooperative_id, on)


def check_rate(kind: SavingsKind, rate_bp: int, laws: ByLaws) -> None:
    """Go on when savings of this kind may earn so much a year. Raises AgainstTheLaw, naming the law's article or the
    by-law that forbids it."""
    cap = rules.value_on("savings.rate_cap_yearly", laws.day)
    by_law = laws.in_force[RATES[kind]]
    for rule in (cap, by_law.cited()):
        if rate_bp > rule.value:
            raise AgainstTheLaw.by(
                rule,
                f"savings may earn at most {rule.counted('en')} a year, not {percent(rate_bp, 'en')}",
                f"jasa simpanan paling tinggi {rule.counted('id')} setahun, bukan {percent(rate_bp)}",
            )


def tax_rules(on: date) -> tuple[RuleValue, RuleValue] | None:
    """Up to how much a month interest is free of tax, and the tax above it; None before there was one."""
    try:
        return rules.value_on("tax.savings_interest_free_monthly", on), rules.value_on("tax.savings_interest", on)
    except NoSuchRule:
        return None


def cited(rule: RuleValue) -> list[str]:
    """A rule as a result keeps it."""
    return [
        rule.name,
        str(rule.value),
        rule.unit.value,
        rule.instrument,
        rule.article,
        rule.confidence.value,
        str(rule.since),
    ]


def read_cited(kept: Sequence[str]) -> RuleValue:
    """The reverse of `cited`."""
    name, value, unit, instrument, article, confidence, since = kept
    return RuleValue(
        name, int(value), Unit(unit), instrument, article, Confidence(confidence), date.fromisoformat(since)
    )
