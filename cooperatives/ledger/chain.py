"""The sealed chain: one a book, so that a row changed or removed behind the ledger's back is named.

A link's hash is SHA-256 over the canonical JSON (RFC 8785) of the transfer, its place and the hash before.
Whoever keeps the last hash of a book can prove later that nothing before it was altered.
"""

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any
from uuid import UUID

import rfc8785

from cooperatives.ledger.accounts import AccountRef
from cooperatives.ledger.models import ChainLink, LedgerAccount, Transfer, Unsealed
from marketplace import clock
from marketplace.database import connection, is_postgres, transaction

#: The hash before a book's first link.
GENESIS = "0" * 64
BATCH = 500
#: Transfers sealed in one transaction: thousands a second must not wait for each other's commits.
SEALED_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that does not follow from its transfer and the link before."""

    cooperative_id: UUID
    seq: int
    transfer_id: UUID
    why: str


def link_hash(previous: str, seq: int, transfer: Transfer) -> str:
    """The hash of a transfer at its place in its book's chain."""
    content: dict[str, Any] = {
        "amount": transfer.amount,
        "at": transfer.created_at.astimezone(UTC).isoformat(),
        "book": str(transfer.cooperative_id),
        "cause": {"id": str(transfer.cause_id), "kind": transfer.cause_kind},
        "credit": str(transfer.credit_account_id),
        "debit": str(transfer.debit_account_id),
        "id": str(transfer.id),
        "kind": transfer.kind,
        "pending": str(transfer.pending_id) if transfer.pending_id else None,
        "phase": transfer.phase.value,
        "previous": previous,
        "seq": seq,
    }
    if transfer.expires_at is not None:
        content["expires"] = transfer.expires_at.astimezone(UTC).isoformat()
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


async def seal_books() -> int:
    """Seal what was posted since; for the timetable. Answers how many transfers were sealed."""
    query = 'SELECT DISTINCT "cooperative_id" FROM "ledger_unsealed" LIMIT 1000'
    books = sorted({UUID(str(row["cooperative_id"])) for row in await connection().execute_query_dict(query)})
    return sum([await seal_book(book) for book in books])


async def seal_book(cooperative_id: UUID) -> int:
    """Append up to SEALED_AT_ONCE committed transfers to the book's chain. Nothing when another sealer is at it."""
    async with transaction():
        if is_postgres():
            lock = int.from_bytes(hashlib.sha256(b"seal" + cooperative_id.bytes).digest()[:8], "big", signed=True)
            values: list[Any] = [cooperative_id, lock, SEALED_AT_ONCE, clock.now()]
            (row,) = await connection().execute_query_dict(
                "SELECT ledger_seal($1::uuid, $2::bigint, $3::int, $4) AS sealed", values
            )
            return int(row["sealed"])
        return await _seal_on_sqlite(cooperative_id)


async def _seal_on_sqlite(cooperative_id: UUID) -> int:
    """What `ledger_seal` does on PostgreSQL. SQLite's write lock makes this the only sealer."""
    queue = Unsealed.filter(cooperative_id=cooperative_id).order_by("created_at", "transfer_id")
    waiting = await queue.limit(BATCH)  # fewer: their rows go through Python, and are written by place-holders
    transfers = await Transfer.in_bulk([row.transfer_id for row in waiting], "id")
    head = await ChainLink.filter(cooperative_id=cooperative_id).order_by("-seq").first()
    previous, seq = (head.hash, head.seq) if head else (GENESIS, 0)
    links = []
    # What was removed before it was sealed stays in the queue: `check-books` names it.
    for transfer in [transfers[row.transfer_id] for row in waiting if row.transfer_id in transfers]:
        seq += 1
        previous = link_hash(previous, seq, transfer)
        links.append(ChainLink(transfer_id=transfer.id, cooperative_id=cooperative_id, seq=seq, hash=previous))
    if links:
        await ChainLink.bulk_create(links)
        await Unsealed.filter(transfer_id__in=[link.transfer_id for link in links]).delete()
    return len(links)


async def lag() -> timedelta:
    """For how long the oldest transfer has waited for its seal."""
    oldest = await Unsealed.all().order_by("created_at").first()
    return max(clock.now() - oldest.created_at, timedelta(0)) if oldest else timedelta(0)


async def broken_links(cooperative_id: UUID) -> AsyncIterator[Broken]:
    """Recompute the book's chain; names each link that does not hold."""
    previous, seq = GENESIS, 0
    while links := await ChainLink.filter(cooperative_id=cooperative_id, seq__gt=seq).order_by("seq").limit(BATCH):
        transfers = await Transfer.in_bulk([link.transfer_id for link in links], "id")
        for broken in _broken(links, transfers, previous, seq):
            yield broken
        previous, seq = links[-1].hash, links[-1].seq


def _broken(links: Sequence[ChainLink], transfers: Any, previous: str, seq: int) -> list[Broken]:
    found = []
    for link in links:
        seq += 1
        transfer = transfers.get(link.transfer_id)
        if link.seq != seq:
            found.append(Broken(link.cooperative_id, seq, link.transfer_id, f"link {seq} is missing"))
            seq = link.seq
        elif transfer is None:
            found.append(Broken(link.cooperative_id, seq, link.transfer_id, "the transfer was removed"))
        elif link_hash(previous, seq, transfer) != link.hash:
            found.append(Broken(link.cooperative_id, seq, link.transfer_id, _now(transfer)))
        previous = link.hash
    return found


def _now(transfer: Transfer) -> str:
    return (
        f"the transfer was changed; it now says {transfer.phase.value} {transfer.amount} "
        f"debit {transfer.debit_account_id} credit {transfer.credit_account_id}, {transfer.kind!r}, "
        f"because of {transfer.cause_kind!r} {transfer.cause_id}, at {transfer.created_at.isoformat()}"
    )


async def misnamed_accounts() -> AsyncIterator[LedgerAccount]:
    """Accounts whose id does not follow from what they say they are: someone made one into another.

    The chain holds ids alone, so it would not see this.
    """
    last = UUID(int=0)
    while rows := await LedgerAccount.filter(id__gt=last).order_by("id").limit(BATCH):
        for row in rows:
            if AccountRef(row.cooperative_id, row.purpose, row.subject_id).id(row.shard) != row.id:
                yield row
        last = rows[-1].id
