"""Posting to the books, and reading them.

`post()` stands in the caller's transaction and comes last of what it locks: call it once a transaction,
with all entries of all books in one compound, so that two callers can't wait for each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.ledger import posting
from cooperatives.ledger.accounts import (
    STANDARD,
    AccountRef,
    AccountType,
    Balance,
    Cause,
    Compound,
    Entry,
    Phase,
    Purpose,
)
from cooperatives.ledger.models import LedgerAccount, Transfer
from marketplace import clock
from marketplace.database import connection, is_postgres
from marketplace.errors import Code, MarketplaceError, NotFound

__all__ = [
    "AccountRef",
    "AccountType",
    "Balance",
    "Cause",
    "Compound",
    "Entry",
    "LimitExceeded",
    "Outcome",
    "PostedOtherwise",
    "Purpose",
    "Result",
    "balance",
    "balances",
    "open_book",
    "post",
    "post_batch",
    "post_pending",
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


class Outcome(StrEnum):
    """What became of a compound."""

    POSTED = "posted"
    REPEATED = "repeated"  # it stood already; nothing was done
    MISMATCH = "mismatch"  # it stood already with other entries
    LIMIT = "limit"


class Result(NamedTuple):
    """What became of a compound; `account_id` is the one whose limit refused it."""

    outcome: Outcome
    account_id: UUID | None = None


async def post(entries: Sequence[Entry], *, cause: Cause) -> None:
    """Post one compound in the caller's transaction. Entries of zero rupiah are left out.

    The same cause with the same entries again does nothing. Raises PostedOtherwise when the cause was posted
    with others, LimitExceeded when an account would go below its limit; then nothing was written.
    One statement on PostgreSQL.
    """
    for result in await post_batch([Compound(cause, tuple(entries))]):
        if result.outcome is Outcome.MISMATCH:
            raise PostedOtherwise(cause=cause.kind)
        if result.outcome is Outcome.LIMIT:
            account = await LedgerAccount.get(id=result.account_id)
            raise LimitExceeded(account=posting.title(account.purpose))


async def post_batch(compounds: Sequence[Compound]) -> list[Result]:
    """Post compounds in order in the caller's transaction, each whole or not at all; says what became of each."""
    kept = [Compound(c.cause, tuple(e for e in c.entries if e.amount)) for c in compounds]
    numbered = [n for n, compound in enumerate(kept) if compound.entries]
    outcomes: dict[int, Result] = dict.fromkeys(range(len(kept)), Result(Outcome.POSTED))
    if numbered:
        run = posting.on_postgres if is_postgres() else posting.on_sqlite
        answers = await run([kept[n] for n in numbered], clock.now())
        outcomes |= {n: _result(answer) for n, answer in zip(numbered, answers, strict=True)}
    return [outcomes[n] for n in range(len(kept))]


def _result(answer: str) -> Result:
    outcome, _, account = answer.partition(":")
    return Result(Outcome(outcome), UUID(account) if account else None)


async def post_pending(pending_id: UUID, *, cause: Cause, amount: int | None = None) -> None:
    """Make a pending transfer a fact, whole or in part (the rest is let go). Caller's transaction.

    Raises NotFound, AlreadyResolved, or ValueError when `amount` is more than was pending.
    """
    await _resolve(pending_id, Phase.POST, cause, amount)


async def void_pending(pending_id: UUID, *, cause: Cause, phase: Phase = Phase.VOID) -> None:
    """Let a pending transfer go (`phase` says whether by will or by time). Caller's transaction."""
    await _resolve(pending_id, phase, cause, None)


async def _resolve(pending_id: UUID, phase: Phase, cause: Cause, amount: int | None) -> None:
    pending = await Transfer.get_or_none(id=pending_id, phase=Phase.PENDING)
    if pending is None:
        raise NotFound("pending transfer")
    if await Transfer.exists(pending_id=pending_id) and not await Transfer.exists(
        pending_id=pending_id, cause_kind=cause.kind, cause_id=cause.id
    ):
        raise AlreadyResolved
    if amount is not None and not 0 < amount <= pending.amount:
        raise ValueError("a pending transfer is posted at most whole")
    accounts = await LedgerAccount.in_bulk([pending.debit_account_id, pending.credit_account_id], "id")
    debit, credit = (
        AccountRef(account.cooperative_id, account.purpose, account.subject_id)
        for account in (accounts[pending.debit_account_id], accounts[pending.credit_account_id])
    )
    entry = Entry(debit, credit, amount or pending.amount, pending.kind, phase, pending_id)
    # A hub's sub-account follows from the cause: the pending one's own must be used.
    fixed = {debit: accounts[pending.debit_account_id].shard, credit: accounts[pending.credit_account_id].shard}
    run = posting.on_postgres if is_postgres() else posting.on_sqlite
    (answer,) = await run([Compound(cause, (entry,))], clock.now(), fixed)
    if _result(answer).outcome is Outcome.MISMATCH:
        raise PostedOtherwise(cause=cause.kind)


async def open_book(cooperative_id: UUID) -> None:
    """Give a co-op its book: the accounts that every book has. May be called again. Caller's transaction."""
    refs = [AccountRef(cooperative_id, purpose) for purpose in STANDARD]
    await LedgerAccount.bulk_create([posting.account_row(ref, 0, clock.now()) for ref in refs], ignore_conflicts=True)


async def balance(ref: AccountRef, at: datetime | None = None) -> Balance:
    """The account's accumulators now, or as they stood at a past moment. Zero when it was never used."""
    return (await balances([ref], at))[ref]


async def balances(refs: Iterable[AccountRef], at: datetime | None = None) -> Mapping[AccountRef, Balance]:
    """The accumulators of many accounts, hubs added up."""
    wanted = set(refs)
    rows = []
    if wanted:
        match = Q(
            *(Q(cooperative_id=ref.cooperative_id, purpose=ref.purpose, subject_id=ref.subject_id) for ref in wanted),
            join_type=Q.OR,
        )
        rows = await LedgerAccount.filter(match)
    past = await moved_until({ref.cooperative_id for ref in wanted}, at) if at and wanted else None
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


async def moved_until(cooperative_ids: Iterable[UUID], at: datetime) -> dict[UUID, Balance]:
    """Every account's accumulators in these books, recomputed from the transfers made until `at`."""
    books = ",".join(f"'{id}'" for id in sorted(set(cooperative_ids)))
    mark = "$1" if is_postgres() else "?"
    query = posting.RECOMPUTE.format(where=f"WHERE t.cooperative_id IN ({books}) AND t.created_at <= {mark}")
    values: list[Any] = [at] if is_postgres() else [at.isoformat(" ")] * 2
    return {
        UUID(str(row["account_id"])): Balance(
            AccountType(row["type"]),
            *(int(row[name]) for name in ("debits", "credits", "debits_waiting", "credits_waiting")),
        )
        for row in await connection().execute_query_dict(query, values)
    }
