"""What waits for one who may be the second officer, in all co-ops in which he is one: oldest first.

Only what his word can move: not what he proposed himself, nor what he has agreed to. A fixed number of statements.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.books.models import AccountingBook, Voucher, VoucherState
from cooperatives.loans.access import LENDERS
from cooperatives.loans.kinds import BorrowingState, RestructuringState
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.models import Borrowing, BorrowingDraw, Loan, LoanApproval, LoanGuarantee, LoanRestructuring
from cooperatives.membership.models import OfficeChange, OfficeChangeState
from cooperatives.moving.models import MovingSet, MovingState
from cooperatives.protection.benefit_models import BenefitState, ProtectionBenefitPayment
from cooperatives.protection.models import BatchState, ProtectionBatch
from cooperatives.savings.models import SavingsWithdrawal, WithdrawalState
from cooperatives.settlements.models import SettlementAccount
from marketplace import clock
from marketplace.identity.actor import OFFICERS, Actor, Role, signed_in
from marketplace.identity.seconding import Awaiting
from marketplace.payments.models import CollectingConsent, RailAccount
from marketplace.payments.payouts.lifecycle import TWO_OFFICERS_FROM, PayoutState
from marketplace.payments.payouts.models import Payout, PayoutFinding, PayoutPolicy
from marketplace.payments.payouts.sending import KEY_LIFE

#: So many of each kind are looked at, the oldest; whoever has more begins with these.
MOST = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. `id` is its own, or its co-op's where it is a setting of the co-op."""

    what: Awaiting
    id: UUID
    cooperative_id: UUID
    since: datetime
    proposed_by: UUID | None = None
    amount: int | None = None
    about: str = ""


Finder = Callable[[UUID, Sequence[UUID]], Awaitable[list[Waiting]]]


async def awaiting(actor: Actor, *, first: int) -> list[Waiting]:
    """At most `first` of what waits for the signed-in person. Raises Unauthenticated."""
    by = signed_in(actor)
    any_office, money = sorted(actor.cooperatives(*OFFICERS)), sorted(actor.cooperatives(Role.CHAIR, Role.TREASURER))
    lending = sorted(actor.cooperatives(*LENDERS))
    found: list[Waiting] = []
    for finder, ids in (
        *((finder, any_office) for finder in (_vouchers, _thresholds, _settlement_accounts, _offices)),
        *((finder, lending) for finder in (_loans, _restructurings, _borrowings, _draws)),
        *((finder, money) for finder in (_payouts, _findings, _rail_accounts, _consents, _withdrawals)),
        *((finder, money) for finder in (_remittances, _benefits, _moving_sets)),
    ):
        if ids:
            found += await finder(by, ids)
    return sorted(found, key=lambda one: (one.since, one.id))[:first]


async def _vouchers(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = Voucher.filter(cooperative_id__in=ids, state=VoucherState.PROPOSED)
    mine = Q(approved_by__isnull=True) | ~Q(approved_by=by)
    return [
        Waiting(
            Awaiting.VOUCHER, row.pk, row.cooperative_id, row.created_at, row.proposed_by, row.total, row.description
        )
        for row in await rows.filter(mine).order_by("id").limit(MOST)
    ]


async def _thresholds(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = AccountingBook.filter(id__in=ids, proposed_threshold__isnull=False).exclude(threshold_proposed_by=by)
    what = Awaiting.VOUCHER_THRESHOLD
    return [
        Waiting(what, row.pk, row.pk, row.created_at, row.threshold_proposed_by, row.proposed_threshold)
        for row in await rows
    ]


async def _settlement_accounts(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    """The latest of each co-op alone can be confirmed."""
    latest: dict[UUID, SettlementAccount] = {}
    for row in await SettlementAccount.filter(cooperative_id__in=ids).order_by("id"):
        latest[row.cooperative_id] = row
    return [
        Waiting(
            Awaiting.SETTLEMENT_ACCOUNT,
            row.pk,
            row.cooperative_id,
            row.created_at,
            row.proposed_by,
            about=f"{row.institution} …{row.number[-4:]} ({row.holder})",
        )
        for row in latest.values()
        if row.confirmed_at is None and row.proposed_by != by
    ]


async def _loans(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    """Loans that one officer has agreed to; who asked for it or stands behind it is no second."""
    rows = Loan.filter(cooperative_id__in=ids, state=LoanState.APPLIED, approvals__id__isnull=False)
    found = await rows.exclude(account_id=by).order_by("id").limit(MOST)
    first = {row.loan_id: row for row in await LoanApproval.filter(loan_id__in=[row.pk for row in found])}
    concerned = LoanGuarantee.filter(account_id=by, loan_id__in=list(first))
    behind = {row.loan_id for row in await concerned}
    return [
        Waiting(
            Awaiting.LOAN,
            row.pk,
            row.cooperative_id,
            first[row.pk].created_at,
            first[row.pk].account_id,
            row.amount,
            row.reason,
        )
        for row in found
        if first[row.pk].account_id != by and row.pk not in behind
    ]


async def _restructurings(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = LoanRestructuring.filter(loan__cooperative_id__in=ids, state=RestructuringState.PROPOSED)
    found = await rows.exclude(proposed_by=by).exclude(loan__account_id=by).select_related("loan").limit(MOST)
    what = Awaiting.LOAN_RESTRUCTURING
    return [
        Waiting(what, row.loan_id, row.loan.cooperative_id, row.created_at, row.proposed_by, about=row.reason)
        for row in found
    ]


async def _borrowings(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = Borrowing.filter(cooperative_id__in=ids, state=BorrowingState.PROPOSED).exclude(proposed_by=by)
    return [
        Waiting(
            Awaiting.BORROWING,
            row.pk,
            row.cooperative_id,
            row.created_at,
            row.proposed_by,
            row.amount,
            row.lender_name,
        )
        for row in await rows.order_by("id").limit(MOST)
    ]


async def _draws(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    """Parts of what was borrowed; each is answered by its borrowing."""
    rows = BorrowingDraw.filter(borrowing__cooperative_id__in=ids, state=BorrowingState.PROPOSED)
    found = await rows.exclude(proposed_by=by).select_related("borrowing").order_by("id").limit(MOST)
    return [
        Waiting(
            Awaiting.BORROWING,
            row.borrowing_id,
            row.borrowing.cooperative_id,
            row.created_at,
            row.proposed_by,
            row.amount,
            row.borrowing.lender_name,
        )
        for row in found
    ]


async def _moving_sets(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = MovingSet.filter(cooperative_id__in=ids, state=MovingState.PROPOSED)
    others = Q(proposed_by__isnull=True) | ~Q(proposed_by=by)
    return [
        Waiting(Awaiting.MOVING_SET, row.pk, row.cooperative_id, row.created_at, row.proposed_by)
        for row in await rows.filter(others)
        .only("id", "cooperative_id", "created_at", "proposed_by")
        .order_by("id")
        .limit(MOST)
    ]


async def _offices(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = OfficeChange.filter(cooperative_id__in=ids, state=OfficeChangeState.PROPOSED).exclude(proposed_by=by)
    return [
        Waiting(Awaiting.OFFICE, row.pk, row.cooperative_id, row.created_at, row.proposed_by, about=row.role.value)
        for row in await rows.order_by("id").limit(MOST)
    ]


async def _thresholds_of_payouts(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    rows = await PayoutPolicy.filter(id__in=ids)
    return dict.fromkeys(ids, TWO_OFFICERS_FROM) | {row.pk: row.two_officers_from for row in rows}


async def _payouts(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    thresholds = await _thresholds_of_payouts(ids)
    large = Q(*(Q(cooperative_id=id, amount__gte=least) for id, least in thresholds.items()), join_type=Q.OR)
    rows = Payout.filter(large, state=PayoutState.REQUESTED).exclude(requested_by=by)
    return [
        Waiting(Awaiting.PAYOUT, row.pk, row.cooperative_id, row.created_at, row.requested_by, row.amount, row.masked)
        for row in await rows.order_by("id").limit(MOST)
        if str(by) not in row.approved_by and len(row.approved_by) < 2
    ]


async def _findings(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    old = clock.now() - KEY_LIFE  # only what nobody answered for can have a finding
    sent = Payout.filter(cooperative_id__in=ids, state=PayoutState.SENT, sent_at__lte=old).exclude(requested_by=by)
    rows = await sent.order_by("id").limit(MOST)
    open_ones = PayoutFinding.filter(id__in=[row.pk for row in rows], ended_at__isnull=True).exclude(found_by=by)
    found = {row.pk: row for row in await open_ones}
    return [
        Waiting(
            Awaiting.PAYOUT_OUTCOME,
            row.pk,
            row.cooperative_id,
            found[row.pk].found_at,
            found[row.pk].found_by,
            row.amount,
            f"{found[row.pk].outcome.value}: {found[row.pk].evidence}",
        )
        for row in rows
        if row.pk in found
    ]


async def _rail_accounts(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = RailAccount.filter(cooperative_id__in=ids, proposed_sealed__isnull=False).exclude(proposed_by=by)
    what = Awaiting.RAIL_ACCOUNT
    return [
        Waiting(what, row.pk, row.cooperative_id, row.created_at, row.proposed_by, about=row.rail.value)
        for row in await rows.order_by("id").limit(MOST)
    ]


async def _consents(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = CollectingConsent.filter(id__in=ids, is_given=False, proposed_by__isnull=False).exclude(proposed_by=by)
    what = Awaiting.COLLECTING_CONSENT
    return [Waiting(what, row.pk, row.pk, row.created_at, row.proposed_by) for row in await rows]


async def _withdrawals(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = SavingsWithdrawal.filter(cooperative_id__in=ids, state=WithdrawalState.REQUESTED, needs_two=True)
    rows = rows.filter(approved_by__isnull=True).exclude(account_id=by)
    what = Awaiting.SAVINGS_WITHDRAWAL
    return [
        Waiting(what, row.pk, row.cooperative_id, row.created_at, row.account_id, row.amount)
        for row in await rows.order_by("id").limit(MOST)
    ]


async def _remittances(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = ProtectionBatch.filter(cooperative_id__in=ids, state=BatchState.DRAFT, needs_two=True)
    what = Awaiting.REMITTANCE
    return [
        Waiting(what, row.pk, row.cooperative_id, row.created_at, amount=row.amount, about=row.number)
        for row in await rows.filter(approved_by__isnull=True).order_by("id").limit(MOST)
    ]


async def _benefits(by: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    rows = ProtectionBenefitPayment.filter(cooperative_id__in=ids, state=BenefitState.ASKED).exclude(asked_by=by)
    what = Awaiting.BENEFIT
    return [
        Waiting(what, row.pk, row.cooperative_id, row.created_at, row.asked_by, row.amount, row.reference)
        for row in await rows.order_by("id").limit(MOST)
    ]
