"""A day's deductions of a whole co-op: from what each member who agreed earned that day, his dues are paid.

In batches of members, each one transaction in which accounts are locked, the deductions posted together, and
payments, dues and the run's progress written: a process that dies leaves whole batches done, and the next goes on
behind them. The ledger's bulk queue commits by itself: a due's paid part must commit with its posting, so the batch
is posted as the queue does it (`post_batch`), within this transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from tortoise.expressions import Q

from cooperatives.dues.allocating import allocate, deductible, drawn, parts_of, served
from cooperatives.dues.earnings import earned, payables_of
from cooperatives.dues.models import DeductionConsent, DeductionRun, Due, DuePayment, DueState, PaymentWay
from cooperatives.dues.paying import Prepared, owed, pay_many, zone_at
from cooperatives.dues.terms import DuesTerms, terms_of
from cooperatives.ledger.accounts import AccountRef
from cooperatives.ledger.models import LedgerAccount
from cooperatives.ledger.service import of_row
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.database import for_update, locked, locked_one, new_id, transaction

#: Members in one batch: a statement of some hundred transfers, and nobody waits long for an account.
BATCH = 200


async def deduct_day(cooperative_id: UUID, day: date) -> DeductionRun:
    """Carry out, or go on with, the deductions from what was earned on `day` in the co-op's own time. Idempotent.

    Raises ValueError for a day that is not over: what is earned in its last hours would be missed.
    """
    cooperative = await Cooperative.get(pk=cooperative_id)
    zone = zone_at(cooperative)
    since = datetime.combine(day, time(), zone)
    until = since + timedelta(days=1)
    if until > clock.now():
        raise ValueError(f"{day} is not over yet")
    await DeductionRun.bulk_create([DeductionRun(cooperative_id=cooperative_id, day=day)], ignore_conflicts=True)
    run = await DeductionRun.get(cooperative_id=cooperative_id, day=day)
    terms = await terms_of(cooperative_id, day)
    while run.finished_at is None:
        run = await _batch(run.pk, terms, since, until)
    return run


async def _batch(run_id: UUID, terms: DuesTerms, since: datetime, until: datetime) -> DeductionRun:
    async with transaction():
        run = await locked_one(DeductionRun, run_id)
        assert run is not None  # never removed
        if run.finished_at is not None:
            return run
        consents = await _consents(run, until)
        if consents:
            prepared, dues = await _prepare(run, consents, terms, since, until)
            taken = await pay_many(prepared, dues)
            run.payments += len(taken)
            run.deducted += sum(one.payment.amount for one in taken)
            run.refused += len(prepared) - len(taken)
            run.through = consents[-1].membership_id
        if len(consents) < BATCH:
            run.finished_at = clock.now()
        await run.save()
        return run


async def _consents(run: DeductionRun, until: datetime) -> list[DeductionConsent]:
    """The next members who had agreed by the end of the day, the last word of each."""
    found = DeductionConsent.filter(cooperative_id=run.cooperative_id, given_at__lt=until)
    found = found.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=until))
    if run.through is not None:
        found = found.filter(membership_id__gt=run.through)
    return await found.order_by("membership_id").limit(BATCH)


async def _prepare(
    run: DeductionRun, consents: Sequence[DeductionConsent], terms: DuesTerms, since: datetime, until: datetime
) -> tuple[list[Prepared], dict[UUID, Due]]:
    """The batch's payments and the dues that they reach; dues and accounts are locked."""
    members = [consent.membership_id for consent in consents]
    found = Due.filter(membership_id__in=members, state=DueState.OPEN, opens_on__lte=run.day).order_by("id")
    dues = {row.pk: row for row in await for_update(found)}
    by_member: dict[UUID, list[Due]] = {}
    for due in dues.values():
        by_member.setdefault(due.membership_id, []).append(due)
    owing = [consent for consent in consents if consent.membership_id in by_member]
    payables = await payables_of(run.cooperative_id, [consent.account_id for consent in owing])
    gained = await earned([ref for refs in payables.values() for ref in refs], since, until)
    available = await _available([ref for ref, amount in gained.items() if amount], dues.values())
    prepared = []
    for consent in owing:
        sources = [
            (ref, deductible(gained[ref], min(consent.share_bp, terms.largest_share_bp), available.get(ref, 0)))
            for ref in payables[consent.account_id]
        ]
        wanted = [
            owed(due)
            for due in by_member[consent.membership_id]
            if not consent.kinds or due.kind.value in consent.kinds
        ]
        shares, left = allocate(sum(amount for _, amount in sources), served(wanted, terms.order))
        amount = sum(amount for _, amount in sources) - left
        if amount:
            payment = _payment(run, consent, amount, sum(gained[ref] for ref in payables[consent.account_id]))
            prepared.append(Prepared(payment, tuple(shares), tuple(drawn(amount, sources))))
    return prepared, dues


async def _available(sources: Sequence[AccountRef], dues: Iterable[Due]) -> dict[AccountRef, int]:
    """What each source holds, all accounts of the batch locked in one order: sources and what the dues credit."""
    by_id = {ref.id(): ref for ref in sources}
    targets = {
        part.to.id() for due in dues for part in parts_of(due.cooperative_id, due.parts) if not part.to.posts.is_hub
    }
    rows = await locked(LedgerAccount, sorted({*by_id, *targets})) if by_id else {}
    return {ref: of_row(rows[id]).available for id, ref in by_id.items() if id in rows}


def _payment(run: DeductionRun, consent: DeductionConsent, amount: int, gained: int) -> DuePayment:
    return DuePayment(
        id=new_id(),
        cooperative_id=run.cooperative_id,
        membership_id=consent.membership_id,
        account_id=consent.account_id,
        way=PaymentWay.DEDUCTION,
        source_id=uuid5(consent.membership_id, f"deduction:{run.day}"),
        amount=amount,
        received_on=run.day,
        earned=gained,
    )
