"""What the ledger should say, in plain Python: dictionaries and sums, no database, none of the ledger's own rules."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cooperatives.ledger.accounts import CHART, HUB_SHARDS, AccountRef, Entry
from cooperatives.ledger.compounds import Compound, Resolve

ON_DEBIT_SIDE = {"ASSET", "EXPENSE"}


@dataclass
class Account:
    """The four sums of one (sub-)account."""

    grows_by_debit: bool
    floor: int | None
    debits: int = 0
    credits: int = 0
    debits_held: int = 0
    credits_held: int = 0

    def sums(self) -> tuple[int, int, int, int]:
        return self.debits, self.credits, self.debits_held, self.credits_held

    def available(self) -> int:
        if self.grows_by_debit:
            return self.debits - self.credits - self.credits_held
        return self.credits - self.debits - self.debits_held


@dataclass
class Row:
    """A transfer as it should stand."""

    id: UUID
    debit: UUID
    credit: UUID
    amount: int
    kind: str
    phase: str
    pending: UUID | None
    expires: datetime | None
    at: datetime

    def essence(self) -> tuple[object, ...]:
        return self.debit, self.credit, self.amount, self.kind, self.phase, self.pending, self.expires


@dataclass
class Model:
    """All books of a node."""

    accounts: dict[UUID, Account] = field(default_factory=dict)
    causes: dict[tuple[str, UUID], list[Row]] = field(default_factory=dict)
    rows: dict[UUID, Row] = field(default_factory=dict)
    ended: dict[UUID, str] = field(default_factory=dict)

    def account(self, ref: AccountRef, shard: int) -> UUID:
        id = ref.id(shard)
        if id not in self.accounts:
            posts = CHART[ref.purpose]
            self.accounts[id] = Account(posts.type.value in ON_DEBIT_SIDE, posts.floor)
        return id

    def post(self, compound: Compound, now: datetime) -> str:
        """The verdict on this compound; where it is posted, it is applied."""
        entries = [entry for entry in compound.entries if entry.amount != 0]
        if not entries:
            return "posted"
        rows, wrong = [], ""
        seen: set[UUID] = set()
        for ordinal, entry in enumerate(entries):
            if isinstance(entry, Entry):
                rows.append(self._entry_row(compound, ordinal, entry, now))
                continue
            wrong = wrong or self._wrong_end(entry, now, seen)
            seen.add(entry.pending_id)
            if entry.pending_id in self.rows:
                rows.append(self._end_row(compound, ordinal, entry, now))
        key = compound.cause.kind, compound.cause.id
        if key in self.causes:
            is_same = len(rows) == len(entries) and [r.essence() for r in rows] == [
                r.essence() for r in self.causes[key]
            ]
            return "repeated" if is_same else "mismatch"
        if wrong:
            return wrong
        if (account := self._below_floor(rows)) is not None:
            return f"limit:{account}"
        for row in rows:
            self._apply(row, self.accounts)
            self.rows[row.id] = row
            if row.pending is not None:
                self.ended[row.pending] = row.phase
        self.causes[key] = rows
        return "posted"

    def _entry_row(self, compound: Compound, ordinal: int, entry: Entry, now: datetime) -> Row:
        cause = compound.cause
        debit = self.account(entry.debit, cause.id.int % HUB_SHARDS if CHART[entry.debit.purpose].is_hub else 0)
        credit = self.account(entry.credit, cause.id.int % HUB_SHARDS if CHART[entry.credit.purpose].is_hub else 0)
        id = cause.transfer_id(ordinal)
        return Row(id, debit, credit, entry.amount, entry.kind, entry.phase.value, None, entry.expires_at, now)

    def _end_row(self, compound: Compound, ordinal: int, end: Resolve, now: datetime) -> Row:
        held = self.rows[end.pending_id]
        amount = held.amount if end.amount is None else end.amount
        id = compound.cause.transfer_id(ordinal)
        return Row(id, held.debit, held.credit, amount, held.kind, end.phase.value, held.id, None, now)

    def _wrong_end(self, end: Resolve, now: datetime, seen: set[UUID]) -> str:
        held, id = self.rows.get(end.pending_id), end.pending_id
        if held is None:
            return f"not_found:{id}"
        if held.phase != "PENDING":
            return f"not_pending:{id}"
        if (end.amount or 0) > held.amount:
            return f"exceeds_pending:{id}"
        if id in self.ended:
            return {"POST": "already_posted", "VOID": "already_voided", "EXPIRE": "expired"}[
                self.ended[id]
            ] + f":{id}"
        is_late = held.expires is not None and now >= held.expires
        if is_late and end.phase.value != "EXPIRE":
            return f"expired:{id}"
        if not is_late and end.phase.value == "EXPIRE":
            return f"not_due:{id}"
        return f"named_twice:{id}" if id in seen else ""

    def _below_floor(self, rows: list[Row]) -> UUID | None:
        touched = {id for row in rows for id in (row.debit, row.credit)}
        tried = {id: Account(**vars(self.accounts[id])) for id in touched}
        for row in rows:
            self._apply(row, tried)
        for id in sorted(touched):
            floor, after = tried[id].floor, tried[id].available()
            if floor is not None and after < floor and after < self.accounts[id].available():
                return id
        return None

    def _apply(self, row: Row, accounts: dict[UUID, Account]) -> None:
        fact = row.amount if row.phase in ("SINGLE", "POST") else 0
        held = row.amount if row.phase == "PENDING" else -self.rows[row.pending].amount if row.pending else 0
        accounts[row.debit].debits += fact
        accounts[row.debit].debits_held += held
        accounts[row.credit].credits += fact
        accounts[row.credit].credits_held += held

    def due(self, now: datetime) -> list[UUID]:
        """Pending transfers whose time has run out and that nothing has ended."""
        return [
            row.id
            for row in self.rows.values()
            if row.phase == "PENDING" and row.expires is not None and row.expires <= now and row.id not in self.ended
        ]
