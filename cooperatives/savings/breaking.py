"""What breaking a term deposit would cost, told before it is done, by the same rule that does it (`interest`)."""

from dataclasses import dataclass
from datetime import date, timedelta

from cooperatives.dues.paying import today_of, zone_at
from cooperatives.ledger import service as ledger
from cooperatives.membership.models import Cooperative
from cooperatives.savings.balances import daily
from cooperatives.savings.crediting import cap_of
from cooperatives.savings.interest import RateFrom, broken_since, days_of, earned_by_month, forgone
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import DepositTerm, SavingsAccount
from cooperatives.savings.terms import by_laws
from marketplace.rules import RuleValue

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Breaking:
    """A deposit that would be broken today. Rupiah, before tax.

    `given_back`: what returns to savings; `since`: from this day on it would have earned nothing; `forgone`: what it
    had earned from then until yesterday; `by_the_end`: what it would earn from then on if it stayed for its term.
    """

    given_back: int
    since: date
    forgone: int
    by_the_end: int
    rule: RuleValue


async def breaking_of(deposit: SavingsAccount) -> Breaking | None:
    """What breaking it today would cost; None for other savings, and once it was given back. The caller has
    authorised."""
    if deposit.kind is not SavingsKind.TERM or deposit.closed_at is not None or deposit.matures_on is None:
        return None
    today, held = await today_of(deposit.cooperative_id), (await ledger.balance(deposit.ref)).available
    terms = await DepositTerm.filter(savings_id=deposit.pk)
    rates = [RateFrom(row.since, row.rate_bp) for row in terms]
    cap = cap_of(SavingsKind.TERM, await by_laws(deposit.cooperative_id, today))
    since = broken_since(deposit.opened_on, today)
    past = await _past(deposit, since, today)
    coming = dict.fromkeys(days_of(today, deposit.matures_on - _A_DAY), held)
    return Breaking(
        given_back=held,
        since=since,
        forgone=forgone(past, rates, deposit.opened_on, today, cap.value),
        by_the_end=earned_by_month({**past, **coming}, rates, cap.value),
        rule=cap,
    )


async def _past(deposit: SavingsAccount, since: date, today: date) -> dict[date, int]:
    """What it held at the end of each day from then until yesterday."""
    if since >= today:
        return {}
    zone = zone_at(await Cooperative.get(pk=deposit.cooperative_id))
    return dict((await daily([deposit.ref], since, today - _A_DAY, zone))[deposit.ref])
