"""What law and by-laws say of savings, in one place."""

from datetime import date
from uuid import UUID

from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import by_laws_on
from cooperatives.savings.kinds import SavingsKind
from marketplace import rules
from marketplace.rules import AgainstTheLaw, NoSuchRule, RuleValue

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
                f"savings may earn at most {percent(rule.value)} a year, not {percent(rate_bp)}",
                f"jasa simpanan paling tinggi {percent(rule.value)} setahun, bukan {percent(rate_bp)}",
            )


def percent(bp: int) -> str:
    """Basis points as people say them: `6.25 %`."""
    return f"{bp / 100:g} %"


def tax_rules(on: date) -> tuple[RuleValue, RuleValue] | None:
    """Up to how much a month interest is free of tax, and the tax above it; None before there was one."""
    try:
        return rules.value_on("tax.savings_interest_free_monthly", on), rules.value_on("tax.savings_interest", on)
    except NoSuchRule:
        return None


def cited(rule: RuleValue) -> list[object]:
    """A rule as a result keeps it."""
    return [rule.name, rule.value, rule.source]
