"""A month's interest, reckoned when it is over, and the tax on it: one posting a member, each account's part kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from cooperatives.books.periods import last_day
from cooperatives.governance.bylaws import ByLaws
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.ledger.compounds import Compound
from cooperatives.savings.balances import daily
from cooperatives.savings.interest import RateFrom, earned, tax
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import DepositTerm, InterestCredit, ProductRate, SavingsAccount
from cooperatives.savings.terms import RATES, by_laws, cited, tax_rules
from marketplace.rules import RuleValue, value_on

INTEREST, TAX = "savings.interest", "savings.tax"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What one account earned in a month, before tax."""

    savings: SavingsAccount
    gross: int


async def credit_members(
    cooperative_id: UUID, accounts: Sequence[SavingsAccount], month: date, zone: ZoneInfo
) -> int:
    """Credit what these accounts earned in the month, all accounts of each of their members; answers the gross sum.

    Caller's transaction. What was credited before is left: an account earns a month once.
    """
    laws = await by_laws(cooperative_id, month)
    known = await InterestCredit.filter(month=month, savings_id__in=[row.pk for row in accounts])
    done = {row.savings_id for row in known}
    waiting = [row for row in accounts if row.pk not in done]
    reckoned = await reckon(waiting, month, zone, laws)
    by_member: dict[UUID, list[Reckoned]] = {}
    for one in reckoned:
        if one.gross:
            by_member.setdefault(one.savings.membership_id, []).append(one)
    credits = [row for id in sorted(by_member) for row in _credits(by_member[id], month, laws)]
    await InterestCredit.bulk_create(credits)
    await ledger.post_batch(_compounds(cooperative_id, credits))
    return sum(row.gross for row in credits)


async def reckon(accounts: Sequence[SavingsAccount], month: date, zone: ZoneInfo, laws: ByLaws) -> list[Reckoned]:
    """What each account earned in the month by its balance at each day's end, no day above the cap of its kind."""
    held = await daily([row.ref for row in accounts], month, last_day(month), zone)
    rates = await _rates(accounts)
    return [Reckoned(row, earned(held[row.ref], rates[row.pk], cap_of(row.kind, laws).value)) for row in accounts]


async def _rates(accounts: Sequence[SavingsAccount]) -> Mapping[UUID, list[RateFrom]]:
    """Each account's rates: a deposit's own, else its product's."""
    found: dict[UUID, list[RateFrom]] = {row.pk: [] for row in accounts}
    for term in await DepositTerm.filter(savings_id__in=list(found)):
        found[term.savings_id].append(RateFrom(term.since, term.rate_bp))
    by_product: dict[UUID, list[RateFrom]] = {}
    products = {row.product_id for row in accounts if row.kind is SavingsKind.VOLUNTARY and row.product_id}
    for rate in await ProductRate.filter(product_id__in=list(products)):
        by_product.setdefault(rate.product_id, []).append(RateFrom(rate.since, rate.rate_bp))
    for row in accounts:
        if row.kind is SavingsKind.VOLUNTARY and row.product_id:
            found[row.pk] = by_product.get(row.product_id, [])
    return found


def cap_of(kind: SavingsKind, laws: ByLaws) -> RuleValue:
    """Above what nothing is earned: what by-laws say of voluntary savings; a deposit keeps its rate."""
    if kind is SavingsKind.TERM:
        return value_on("savings.rate_cap_yearly", laws.day)
    return laws.in_force[RATES[kind]].cited()


def _credits(earned_by_one: Sequence[Reckoned], month: date, laws: ByLaws) -> list[InterestCredit]:
    """The rows of one member: tax goes by all that he earned."""
    taxing = tax_rules(month)
    gross = {one.savings.pk: one.gross for one in earned_by_one}
    taxes = tax(gross, free_monthly=taxing[0].value, rate_bp=taxing[1].value) if taxing else dict.fromkeys(gross, 0)
    return [
        InterestCredit(
            cooperative_id=one.savings.cooperative_id,
            membership_id=one.savings.membership_id,
            savings_id=one.savings.pk,
            paid_into_id=one.savings.pays_into_id or one.savings.pk,
            month=month,
            cause_id=uuid5(one.savings.membership_id, f"interest:{month:%Y-%m}"),
            gross=one.gross,
            tax=taxes[one.savings.pk],
            rules=[cited(cap_of(one.savings.kind, laws)), *(cited(rule) for rule in taxing or ())],
        )
        for one in earned_by_one
    ]


def _compounds(cooperative_id: UUID, credits: Sequence[InterestCredit]) -> list[Compound]:
    """One posting a member: all that he earned in, the tax on it out again, so that his book shows both."""
    expense = AccountRef(cooperative_id, Purpose.SAVINGS_INTEREST)
    owed = AccountRef(cooperative_id, Purpose.FINAL_TAX_PAYABLE)
    found: dict[UUID, list[Entry]] = {}
    for row in credits:
        into = AccountRef(cooperative_id, Purpose.VOLUNTARY_SAVINGS, row.paid_into_id)
        entries = found.setdefault(row.cause_id, [])
        entries += [Entry(expense, into, row.gross, INTEREST), Entry(into, owed, row.tax, TAX)]
    return [Compound(Cause(INTEREST, id), tuple(entries)) for id, entries in found.items()]
