"""Posting to the books, and reading them.

`post()` stands in the caller's transaction and comes last of what it locks: call it once a transaction,
with all entries of all books in one compound, so that two callers can't wait for each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.expressions import Q

from cooperatives.ledger import posting, posting_on_sqlite
from cooperatives.ledger.accounts import STANDARD, AccountRef, AccountType, Balance, Cause, Entry, Phase, Purpose
from cooperatives.ledger.compounds import Compound, Outcome, Resolve
from cooperatives.ledger.models import LedgerAccount
from cooperatives.ledger.moments import FEW_ACCOUNTS, moved_until
from marketplace import clock
from marketplace.database import connection, locked
from marketplace.errors import Code, MarketplaceError, NotFound

__all__ = [
    "AccountRef",
    "AccountType",
    "AlreadyResolved",
    "Balance",
    "Cause",
    "Compound",
    "Entry",
    "ExceedsPending",
    "LimitExceeded",
    "Outcome",
    "PendingExpired",
    "Phase",
    "PostedOtherwise",
    "Purpose",
    "Resolve",
    "Result",
    "TooMuch",
    "balance",
    "balances",
    "locked_balance",
    "open_book",
    "post",
    "post_batch",
    "post_pending",
    "set_limit",
    "void_pending",
]


class LimitExceeded(MarketplaceError):
    """This would take the account "{account}" below its limit."""

    code = Code.LIMIT_EXCEEDED
    pesan = 'Ini akan membawa akun "{account}" melewati batasnya.'


class PostedOtherwise(MarketplaceError):
    """This was already posted with other amounts: {cause}."""

    code = Code.CONFLICT
    pesan = "Ini sudah dibukukan dengan isian lain: {cause}."


class AlreadyResolved(MarketplaceError):
    """This pending transfer was already posted, voided or expired."""

    code = Code.WRONG_STATE
    pesan = "Transfer tertunda ini sudah diselesaikan."


class PendingExpired(MarketplaceError):
    """The time of this pending transfer ran out."""

    code = Code.EXPIRED
    pesan = "Waktu transfer tertunda ini sudah habis."


class ExceedsPending(MarketplaceError, ValueError):
    """A pending transfer is posted at most whole."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Transfer tertunda dibukukan paling banyak seluruhnya."


class TooMuch(MarketplaceError):
    """An account would hold more than can be counted."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Isi akun akan melebihi yang dapat dihitung."


class Result(NamedTuple):
    """What became of a compound: `account_id` is the one whose limit refused it, `pending_id` the transfer that
    could not be resolved."""

    outcome: Outcome
    account_id: UUID | None = None
    pending_id: UUID | None = None


async def post(entries: Sequence[Entry | Resolve], *, cause: Cause) -> None:
    """Post one compound in the caller's transaction. Entries of zero rupiah are left out.

    The same cause with the same entries again does nothing. Raises PostedOtherwise when the cause was posted
    with others, LimitExceeded when an account would go below its limit, and what `post_pending` raises; then
    nothing was written. One statement on PostgreSQL.
    """
    kept = tuple([entry for entry in entries if entry.amount != 0])
    if not kept:
        return
    (answer,) = await _run([Compound(cause, kept)])
    if answer != Outcome.POSTED:
        await _raise_refusal(_result(answer), cause)


async def post_batch(compounds: Sequence[Compound]) -> list[Result]:
    """Post compounds in order in the caller's transaction, each whole or not at all; says what became of each.

    Limits, repeats and resolutions are judged as if each were posted alone after those before it. Raises
    PostedOtherwise when the same cause is being posted with other accounts at this moment, TooMuch when an account
    overflows; then the caller's transaction can't go on.
    """
    kept = [Compound(c.cause, tuple([e for e in c.entries if e.amount != 0])) for c in compounds]
    answers = iter(await _run([compound for compound in kept if compound.entries]))
    return [_result(next(answers)) if compound.entries else _POSTED for compound in kept]


async def _run(compounds: Sequence[Compound]) -> Sequence[str]:
    """What the database answers for each; compounds without entries it isn't asked about."""
    if not compounds:
        return ()
    within = connection()
    try:
        if within.capabilities.dialect == "postgres":
            return await posting.on_postgres(compounds, clock.now(), within)
        return await posting_on_sqlite.on_sqlite(compounds, clock.now())
    except (IntegrityError, OperationalError) as refused:
        if "out of range" in str(refused):
            raise TooMuch from refused
        if "ledger_transfer" in str(refused) and "unique" in str(refused).lower():
            raise PostedOtherwise(cause=compounds[0].cause.kind) from refused
        raise


_POSTED = Result(Outcome.POSTED)


def _result(answer: str) -> Result:
    if answer == Outcome.POSTED:
        return _POSTED
    outcome, _, id = answer.partition(":")
    if not id:
        return Result(Outcome(outcome))
    if outcome == Outcome.LIMIT:
        return Result(Outcome.LIMIT, account_id=UUID(id))
    return Result(Outcome(outcome), pending_id=UUID(id))


async def _raise_refusal(result: Result, cause: Cause) -> None:
    match result.outcome:
        case Outcome.POSTED | Outcome.REPEATED:
            return
        case Outcome.MISMATCH:
            raise PostedOtherwise(cause=cause.kind)
        case Outcome.LIMIT:
            account = await LedgerAccount.get(id=result.account_id)
            raise LimitExceeded(account=posting.title(account.purpose))
        case Outcome.NOT_FOUND | Outcome.NOT_PENDING:
            raise NotFound("pending transfer")
        case Outcome.EXCEEDS_PENDING:
            raise ExceedsPending
        case Outcome.EXPIRED:
            raise PendingExpired
        case Outcome.OVERFLOW:
            raise TooMuch
        case Outcome.ALREADY_POSTED | Outcome.ALREADY_VOIDED | Outcome.NAMED_TWICE | Outcome.NOT_DUE:
            raise AlreadyResolved


async def post_pending(pending_id: UUID, *, cause: Cause, amount: int | None = None) -> None:
    """Make a pending transfer a fact, whole or in part (the rest is let go). Caller's transaction.

    Raises NotFound, AlreadyResolved, PendingExpired, or ExceedsPending when `amount` is more than was pending.
    """
    await post([Resolve(pending_id, Phase.POST, amount)], cause=cause)


async def void_pending(pending_id: UUID, *, cause: Cause, phase: Phase = Phase.VOID) -> None:
    """Let a pending transfer go (`phase` says whether by will or by time). Caller's transaction."""
    await post([Resolve(pending_id, phase)], cause=cause)


async def set_limit(ref: AccountRef, floor: int | None) -> None:
    """From now on the account's `available` may not go below `floor` rupiah; None takes the limit away.

    Caller's transaction. Raises LimitExceeded when it stands below already, ValueError for a hub account: its
    sub-accounts are posted to apart, so that no one limit could be right for all.
    """
    if ref.posts.is_hub:
        raise ValueError(f"{ref.purpose} is split into sub-accounts: it can't have a limit")
    await LedgerAccount.bulk_create([posting.account_row(ref, 0, clock.now())], ignore_conflicts=True)
    (row,) = (await locked(LedgerAccount, [ref.id()])).values()
    if floor is not None and of_row(row).available < floor:
        raise LimitExceeded(account=posting.title(ref.purpose))
    await LedgerAccount.filter(id=row.id).update(floor=floor)


async def open_book(cooperative_id: UUID) -> None:
    """Give a co-op its book: the accounts that every book has. May be called again. Caller's transaction."""
    refs = [AccountRef(cooperative_id, purpose) for purpose in STANDARD]
    await LedgerAccount.bulk_create([posting.account_row(ref, 0, clock.now()) for ref in refs], ignore_conflicts=True)


async def balance(ref: AccountRef, at: datetime | None = None) -> Balance:
    """The account's accumulators now, or as they stood at a past moment. Zero when it was never used."""
    return (await balances([ref], at))[ref]


async def locked_balance(ref: AccountRef) -> Balance:
    """`balance`, its account locked: nobody takes of it between the look and the caller's posting, in a transaction.

    Not of a hub, whose sub-accounts are others' to post to.
    """
    if ref.posts.is_hub:
        raise ValueError(f"{ref.purpose} is a hub: its balance can't be held by one lock")
    await locked(LedgerAccount, [ref.id()])
    return await balance(ref)


async def balances(refs: Iterable[AccountRef], at: datetime | None = None) -> Mapping[AccountRef, Balance]:
    """The accumulators of many accounts, hubs added up. One statement."""
    wanted = set(refs)
    rows = []
    if wanted:
        hubs = [ref for ref in wanted if ref.posts.is_hub]
        single = Q(pk__in=[ref.id() for ref in wanted if not ref.posts.is_hub])
        of_hubs = (
            Q(cooperative_id=ref.cooperative_id, purpose=ref.purpose, subject_id=ref.subject_id) for ref in hubs
        )
        rows = await LedgerAccount.filter(Q(single, *of_hubs, join_type=Q.OR))
    books, few = (
        {ref.cooperative_id for ref in wanted},
        [row.id for row in rows] if len(rows) <= FEW_ACCOUNTS else None,
    )
    past = await moved_until(books, at, few) if at and rows else None
    found = {ref: Balance(ref.posts.type) for ref in wanted}
    for row in rows:
        ref = AccountRef(row.cooperative_id, row.purpose, row.subject_id)
        found[ref] = added(found[ref], past.get(row.id) if past is not None else of_row(row))
    return found


def of_row(row: LedgerAccount) -> Balance:
    """One (sub-)account's accumulators."""
    return Balance(row.type, row.debits_posted, row.credits_posted, row.debits_pending, row.credits_pending)


def added(one: Balance, other: Balance | None) -> Balance:
    """Two accumulators as one."""
    if other is None:
        return one
    return Balance(
        one.type,
        one.debits_posted + other.debits_posted,
        one.credits_posted + other.credits_posted,
        one.debits_pending + other.debits_pending,
        one.credits_pending + other.credits_pending,
    )
