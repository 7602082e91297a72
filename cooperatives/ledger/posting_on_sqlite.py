"""The posting call on SQLite: what `ledger_post` does on PostgreSQL, in a few statements under the one write lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Balance, Entry, Phase
from cooperatives.ledger.compounds import Compound, Outcome, PendingState, why_not_resolved
from cooperatives.ledger.models import LedgerAccount, Transfer
from cooperatives.ledger.posting import account_row


@dataclass(frozen=True, slots=True)
class Pending:
    """A transfer that something wants to end, and how it was ended before."""

    row: Transfer
    resolved_as: Phase | None

    @property
    def state(self) -> PendingState:
        return PendingState(self.row.phase, self.row.amount, self.row.expires_at, self.resolved_as)


async def on_sqlite(compounds: Sequence[Compound], moment: datetime) -> list[str]:
    """Post compounds in order; answers for each as `ledger_post` does."""
    wanted = _named_accounts(compounds)
    known = await LedgerAccount.in_bulk(list(wanted.values()), "id") if wanted else {}
    missing = [account_row(ref, shard, moment) for (ref, shard), id in wanted.items() if id not in known]
    if missing:
        await LedgerAccount.bulk_create(missing)
        known |= {row.id: row for row in missing}
    return [await _post(compound, moment, known) for compound in compounds]


def _named_accounts(compounds: Sequence[Compound]) -> dict[tuple[AccountRef, int], UUID]:
    """The (sub-)accounts that the entries name, each with its id; in the order of the ids."""
    found: dict[tuple[AccountRef, int], UUID] = {}
    for compound in compounds:
        for entry in compound.entries:
            if isinstance(entry, Entry):
                for ref in (entry.debit, entry.credit):
                    key = ref, ref.shard_for(compound.cause.id)
                    if key not in found:
                        found[key] = ref.id(key[1])
    return dict(sorted(found.items(), key=lambda item: item[1]))


async def _post(compound: Compound, moment: datetime, known: dict[UUID, LedgerAccount]) -> str:
    pendings = await _pendings(compound)
    ended = {pending.row.debit_account_id for pending in pendings.values()}
    ended |= {pending.row.credit_account_id for pending in pendings.values()}
    if unread := ended - known.keys():
        known |= await LedgerAccount.in_bulk(list(unread), "id")
    rows = _transfer_rows(compound, moment, pendings)
    stored = await Transfer.filter(cause_id=compound.cause.id, cause_kind=compound.cause.kind)
    if stored:
        alike = len(rows) == len(compound.entries) and {_essence(row) for row in stored} == {
            _essence(r) for r in rows
        }
        return Outcome.REPEATED if alike else Outcome.MISMATCH
    if wrong := _wrong_resolution(compound, pendings, moment):
        return wrong
    amounts = {id: pending.row.amount for id, pending in pendings.items()}
    broken = _below_floor(rows, known, amounts)
    if broken is not None:
        return f"{Outcome.LIMIT}:{broken}"
    await Transfer.bulk_create(rows)
    for row in rows:
        _apply(row, known, amounts)
    return Outcome.POSTED


async def _pendings(compound: Compound) -> dict[UUID, Pending]:
    ids = [entry.pending_id for entry in compound.entries if not isinstance(entry, Entry)]
    if not ids:
        return {}
    ended = {row.pending_id: row.phase for row in await Transfer.filter(pending_id__in=ids)}
    return {row.id: Pending(row, ended.get(row.id)) for row in await Transfer.filter(id__in=ids)}


def _wrong_resolution(compound: Compound, pendings: Mapping[UUID, Pending], moment: datetime) -> str | None:
    seen: set[UUID] = set()
    for entry in compound.entries:
        if isinstance(entry, Entry):
            continue
        pending = pendings.get(entry.pending_id)
        wrong = why_not_resolved(entry, pending.state if pending else None, moment)
        if wrong is None and entry.pending_id in seen:
            wrong = Outcome.NAMED_TWICE
        if wrong is not None:
            return f"{wrong}:{entry.pending_id}"
        seen.add(entry.pending_id)
    return None


def _transfer_rows(compound: Compound, moment: datetime, pendings: Mapping[UUID, Pending]) -> list[Transfer]:
    """The compound's rows; without those that would end a pending transfer that isn't there."""
    cause = compound.cause
    rows = []
    for ordinal, entry in enumerate(compound.entries):
        common = {
            "id": cause.transfer_id(ordinal),
            "created_at": moment,
            "cause_kind": cause.kind,
            "cause_id": cause.id,
            "ordinal": ordinal,
            "phase": entry.phase,
        }
        if isinstance(entry, Entry):
            row = Transfer(
                **common,
                cooperative_id=entry.debit.cooperative_id,
                debit_account_id=entry.debit.id(entry.debit.shard_for(cause.id)),
                credit_account_id=entry.credit.id(entry.credit.shard_for(cause.id)),
                amount=entry.amount,
                kind=entry.kind,
                expires_at=entry.expires_at,
            )
        elif entry.pending_id not in pendings:
            continue
        else:
            pending = pendings[entry.pending_id].row
            row = Transfer(
                **common,
                cooperative_id=pending.cooperative_id,
                debit_account_id=pending.debit_account_id,
                credit_account_id=pending.credit_account_id,
                amount=pending.amount if entry.amount is None else entry.amount,
                kind=pending.kind,
                pending_id=pending.id,
            )
        rows.append(row)
    return rows


def _essence(row: Transfer) -> tuple[object, ...]:
    accounts = row.debit_account_id, row.credit_account_id
    return (row.ordinal, *accounts, row.amount, row.kind, row.phase, row.pending_id, row.expires_at)


def _moved(balance: Balance, row: Transfer, account_id: UUID, pendings: Mapping[UUID, int]) -> Balance:
    """The accumulators after this transfer, as the trigger moves those in the database."""
    posted = row.amount if row.phase in (Phase.SINGLE, Phase.POST) else 0
    waiting = row.amount if row.phase is Phase.PENDING else 0
    if row.pending_id is not None:
        waiting -= pendings[row.pending_id]
    if row.debit_account_id == account_id:
        return replace(
            balance,
            debits_posted=balance.debits_posted + posted,
            debits_pending=balance.debits_pending + waiting,
        )
    return replace(
        balance,
        credits_posted=balance.credits_posted + posted,
        credits_pending=balance.credits_pending + waiting,
    )


def _balance(row: LedgerAccount) -> Balance:
    return Balance(row.type, row.debits_posted, row.credits_posted, row.debits_pending, row.credits_pending)


def _apply(row: Transfer, accounts: Mapping[UUID, LedgerAccount], pendings: Mapping[UUID, int]) -> None:
    """Move the rows in memory too: the batch goes on with them."""
    for id in (row.debit_account_id, row.credit_account_id):
        account = accounts[id]
        moved = _moved(_balance(account), row, id, pendings)
        account.debits_posted, account.debits_pending = moved.debits_posted, moved.debits_pending
        account.credits_posted, account.credits_pending = moved.credits_posted, moved.credits_pending


def _below_floor(
    rows: Sequence[Transfer], accounts: Mapping[UUID, LedgerAccount], pendings: Mapping[UUID, int]
) -> UUID | None:
    """The first account with a floor that these transfers together would take below it."""
    for id in sorted({id for row in rows for id in (row.debit_account_id, row.credit_account_id)}):
        floor = accounts[id].floor
        if floor is None:
            continue
        before = after = _balance(accounts[id])
        for row in rows:
            if id in (row.debit_account_id, row.credit_account_id):
                after = _moved(after, row, id, pendings)
        if after.available < floor and after.available < before.available:
            return id
    return None
