"""Taking voluntary savings out: asked for, above a threshold agreed to by a second officer, paid at the counter or to
one's earnings. Pokok and wajib are not withdrawn: they are given back on leaving (`leaving`).

Locks: the withdrawal, its savings, then the ledger's accounts.
"""

from datetime import timedelta
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.dues.access import CASHIERS, READERS
from cooperatives.dues.earnings import payables_of
from cooperatives.dues.paying import one_officer_up_to, today_of
from cooperatives.governance.catalogue import ByLaw
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.membership.categories import EndCause
from cooperatives.membership.entries import entries_by_id
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings.accounts import NotEnoughSaved, least_of, own_or_at_counter
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import SavingsAccount, SavingsWithdrawal, WithdrawalState, WithdrawalWay
from cooperatives.savings.saving import check_amount
from cooperatives.savings.terms import by_laws
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.money import format_rupiah
from marketplace.rules import AgainstTheLaw, value_on

#: Who agrees to a withdrawal above the threshold.
APPROVERS = frozenset({Role.CHAIR, Role.TREASURER})
REASON_LENGTH = 300


class WithdrawalWrongState(MarketplaceError):
    """This withdrawal is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Penarikan ini berstatus {state}: tindakan itu tidak dapat dilakukan."


class NotYet(MarketplaceError):
    """The by-laws ask for notice: this can be paid from {day} on."""

    code = Code.WRONG_STATE
    pesan = "AD/ART meminta pemberitahuan: penarikan ini dapat dibayar mulai {day}."


class ForHeirs(MarketplaceError):
    """This member has died: his savings are paid to his heirs, with claimForHeir."""

    code = Code.WRONG_STATE
    pesan = "Anggota ini telah meninggal: simpanannya dibayarkan kepada ahli waris, dengan claimForHeir."


class NeedsTwo(MarketplaceError):
    """So much takes two officers ({source}), neither of whom withdraws: one agrees, another pays."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Penarikan sebesar ini perlu dua pengurus ({sumber}), bukan penariknya: satu setuju, yang lain membayar."


async def request_withdrawal(
    actor: Actor, *, savings_id: UUID, amount: int, way: WithdrawalWay, key: str
) -> SavingsWithdrawal:
    """A member, or one at the counter for him, asks for some of his voluntary savings.

    To his earnings it goes at once, where neither notice nor a second officer is needed; else see `pay_withdrawal`.
    Raises NotFound, Forbidden, Invalid, NotEnoughSaved, AgainstTheLaw for pokok and wajib of one who stays.
    """
    by, id = signed_in(actor), new_id()
    check_amount(amount)
    async with transaction():
        savings = await locked_one(SavingsAccount, savings_id)
        if savings is None:
            raise NotFound("savings")
        member = await own_or_at_counter(actor, savings.membership_id)
        if (earlier := await once(by, "requestSavingsWithdrawal", key, [savings_id, amount, way], id)) is not None:
            return await SavingsWithdrawal.get(pk=earlier)
        entry = (await entries_by_id([member.pk])).get(member.pk)
        if entry is not None and entry.end_cause is EndCause.DIED and member.state is MembershipState.ENDED:
            raise ForHeirs
        return await ask(savings, member, amount, way, id=id, by=by)


async def ask(
    savings: SavingsAccount, member: Membership, amount: int, way: WithdrawalWay, *, id: UUID, by: UUID
) -> SavingsWithdrawal:
    """`request_withdrawal` of locked savings, once it is clear who may. Caller's transaction."""
    _require_free_kind(savings)
    await _require_free(savings, member, amount)
    today = await today_of(savings.cooperative_id)
    laws = await by_laws(savings.cooperative_id, today)
    withdrawal = await SavingsWithdrawal.create(
        id=id,
        cooperative_id=savings.cooperative_id,
        savings_id=savings.pk,
        membership_id=member.pk,
        account_id=member.account_id,
        amount=amount,
        way=way,
        payable_from=today + timedelta(days=laws[ByLaw.SAVINGS_WITHDRAWAL_NOTICE]),
        needs_two=amount > laws[ByLaw.APPROVAL_THRESHOLD],
        requested_by=by,
    )
    if withdrawal.needs_two:
        book, what = savings.cooperative_id, Awaiting.SAVINGS_WITHDRAWAL
        await ask_second(what, id, cooperative_id=book, by=member.account_id, amount=amount)
    elif way is WithdrawalWay.EARNINGS and withdrawal.payable_from <= today:
        await _pay(withdrawal, savings, by)
    return withdrawal


def _require_free_kind(savings: SavingsAccount) -> None:
    if savings.kind.is_capital:
        rule = value_on("savings.capital_kept", clock.now().date())
        raise AgainstTheLaw.by(
            rule,
            "simpanan pokok and wajib can't be taken out while one is a member",
            "simpanan pokok dan wajib tidak dapat diambil selama menjadi anggota",
        )
    if savings.kind is not SavingsKind.VOLUNTARY:
        raise Invalid.field(
            "savingsId", Code.INVALID, "break the deposit first", "cairkan dahulu simpanan berjangkanya"
        )


async def _require_free(savings: SavingsAccount, member: Membership, amount: int) -> None:
    """What is asked for and not yet paid can't be asked for again."""
    rows = (
        await SavingsWithdrawal.filter(savings_id=savings.pk, state=WithdrawalState.REQUESTED)
        .annotate(total=Sum("amount"))
        .values("total")
    )
    asked = int(rows[0]["total"] or 0) if rows else 0
    kept = await least_of(savings) if member.state is MembershipState.ACTIVE else 0
    free = (await ledger.balance(savings.ref)).available - asked - kept
    if amount > free:
        raise NotEnoughSaved(available=format_rupiah(max(0, free)))


async def approve_withdrawal(actor: Actor, *, withdrawal_id: UUID, key: str) -> SavingsWithdrawal:
    """A chair or treasurer agrees to a withdrawal above the threshold; another one then pays it.

    Raises NotFound, Forbidden, WithdrawalWrongState, NeedsTwo for one's own.
    """
    by = signed_in(actor)
    async with transaction():
        withdrawal, _ = await _hold(actor, withdrawal_id, APPROVERS)
        if await once(by, "approveSavingsWithdrawal", key, [withdrawal_id], withdrawal_id) is not None:
            return withdrawal
        _require_open(withdrawal)
        if by == withdrawal.account_id:
            raise await _needs_two(withdrawal)
        if withdrawal.approved_by is None:
            withdrawal.approved_by = by
            await withdrawal.save(update_fields=["approved_by"])
        return withdrawal


async def _needs_two(withdrawal: SavingsWithdrawal) -> NeedsTwo:
    rule = await one_officer_up_to(withdrawal.cooperative_id)
    return NeedsTwo(source=rule.source, sumber=rule.sumber)


async def pay_withdrawal(actor: Actor, *, withdrawal_id: UUID, key: str) -> SavingsWithdrawal:
    """One at the counter pays a withdrawal out; the ledger refuses what the savings no longer hold.

    Raises NotFound, Forbidden, WithdrawalWrongState, NotYet, NeedsTwo, LimitExceeded.
    """
    by = signed_in(actor)
    async with transaction():
        withdrawal, savings = await _hold(actor, withdrawal_id, CASHIERS)
        if await once(by, "paySavingsWithdrawal", key, [withdrawal_id], withdrawal_id) is not None:
            return withdrawal
        _require_open(withdrawal)
        if by == withdrawal.account_id or (withdrawal.needs_two and withdrawal.approved_by in (None, by)):
            raise await _needs_two(withdrawal)
        if withdrawal.payable_from > await today_of(withdrawal.cooperative_id):
            raise NotYet(day=withdrawal.payable_from)
        await _pay(withdrawal, savings, by)
        return withdrawal


async def end_withdrawal(actor: Actor, *, withdrawal_id: UUID, reason: str = "", key: str) -> SavingsWithdrawal:
    """The member takes his request back, or an officer refuses it with a reason. Raises NotFound, Invalid."""
    by, reason = signed_in(actor), " ".join(reason.split())
    async with transaction():
        withdrawal = await locked_one(SavingsWithdrawal, withdrawal_id)
        if withdrawal is None:
            raise NotFound("withdrawal")
        is_own = withdrawal.account_id == by
        if not is_own:
            await _hold(actor, withdrawal_id, CASHIERS)
        if await once(by, "endSavingsWithdrawal", key, [withdrawal_id, reason], withdrawal_id) is not None:
            return withdrawal
        if not is_own and not 3 <= len(reason) <= REASON_LENGTH:
            raise Invalid.field("reason", Code.OUT_OF_RANGE, "3 to 300 characters", "3 sampai 300 karakter")
        _require_open(withdrawal)
        state = WithdrawalState.CANCELLED if is_own else WithdrawalState.REFUSED
        await _end(withdrawal, state, by, reason[:REASON_LENGTH])
        return withdrawal


async def _pay(withdrawal: SavingsWithdrawal, savings: SavingsAccount, by: UUID) -> None:
    to = AccountRef(savings.cooperative_id, Purpose.CASH)
    if withdrawal.way is WithdrawalWay.EARNINGS:
        to = await _earnings_of(savings)
    await _end(withdrawal, WithdrawalState.PAID, by)
    entry = Entry(savings.ref, to, withdrawal.amount, "savings.withdrawn")
    await ledger.post([entry], cause=Cause("savings.withdrawn", withdrawal.pk))


async def _earnings_of(savings: SavingsAccount) -> AccountRef:
    """From where the member is paid out: as a driver, else as the owner of a shop."""
    refs = (await payables_of(savings.cooperative_id, [savings.account_id]))[savings.account_id]
    is_driver = await identity.holds_any(savings.account_id, [Role.DRIVER], cooperative_id=savings.cooperative_id)
    usable = refs if is_driver else refs[1:]
    if not usable:
        raise Invalid.field("way", Code.INVALID, "CASH: he earns nothing here", "CASH: tidak ada pendapatan di sini")
    return usable[0]


async def _end(withdrawal: SavingsWithdrawal, state: WithdrawalState, by: UUID, reason: str = "") -> None:
    withdrawal.state, withdrawal.ended_by, withdrawal.ended_at = state, by, clock.now()
    withdrawal.reason = reason
    await withdrawal.save(update_fields=["state", "ended_by", "ended_at", "reason"])
    told = {"state": state.value, "cooperative_id": str(withdrawal.cooperative_id)}
    await outbox.record("savings.withdrawal_ended", withdrawal.pk, told)


def _require_open(withdrawal: SavingsWithdrawal) -> None:
    if withdrawal.state is not WithdrawalState.REQUESTED:
        raise WithdrawalWrongState(state=withdrawal.state.value)


async def _hold(
    actor: Actor, withdrawal_id: UUID, roles: frozenset[Role]
) -> tuple[SavingsWithdrawal, SavingsAccount]:
    withdrawal = await locked_one(SavingsWithdrawal, withdrawal_id)
    if withdrawal is None:
        raise NotFound("withdrawal")
    require(actor, *READERS, cooperative_id=withdrawal.cooperative_id, hide="withdrawal")
    require(actor, *roles, cooperative_id=withdrawal.cooperative_id)
    savings = await locked_one(SavingsAccount, withdrawal.savings_id)
    assert savings is not None  # never removed
    return withdrawal, savings
