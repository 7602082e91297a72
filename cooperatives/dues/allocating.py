"""Which due a rupiah pays, and which account it credits. Pure; amounts are whole rupiah."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.dues.kinds import DueKind
from cooperatives.ledger.accounts import AccountRef, Entry, Purpose
from marketplace.money import FULL_SHARE_BP


@dataclass(frozen=True, slots=True)
class Part:
    """What of a due credits one account, under which kind of posting."""

    to: AccountRef
    amount: int
    kind: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What the rules need to know of an open due."""

    id: UUID
    kind: DueKind
    due_on: date
    amount: int  # still owed


def served(owed: Iterable[Owed], order: Sequence[DueKind]) -> list[Owed]:
    """Dues in the order in which money pays them: by kind, then the oldest."""
    return sorted(owed, key=lambda due: (order.index(due.kind), due.due_on, due.id))


def allocate(amount: int, dues: Iterable[Owed]) -> tuple[list[tuple[UUID, int]], int]:
    """What of `amount` each due gets, in the order given, and what is left when all are paid."""
    shares, left = [], amount
    for due in dues:
        taken = min(left, due.amount)
        if taken:
            shares.append((due.id, taken))
            left -= taken
    return shares, left


def deductible(earned: int, share_bp: int, available: int) -> int:
    """What may be kept of a day's earnings: the agreed share, never more of it, nor than is still owed the member."""
    return max(0, min(max(earned, 0) * share_bp // FULL_SHARE_BP, available))


def parts_reached(parts: Sequence[Part], paid: int, amount: int) -> list[Part]:
    """Which parts of a due the next `amount` rupiah fill when `paid` were paid before; the first is filled first.

    Raises ValueError when it is more than the parts hold.
    """
    reached, skipped, left = [], paid, amount
    for part in parts:
        room = max(0, part.amount - skipped)
        skipped = max(0, skipped - part.amount)
        taken = min(room, left)
        if taken:
            reached.append(Part(part.to, taken, part.kind))
            left -= taken
    if left:
        raise ValueError(f"{left} rupiah more than the due's parts hold")
    return reached


def entries(sources: Iterable[tuple[AccountRef, int]], parts: Iterable[Part]) -> list[Entry]:
    """Debit the sources, in their order, and credit the parts, in theirs. Both sum to the same.

    Entries between the same two accounts of one kind are one.
    """
    waiting = [(ref, amount) for ref, amount in sources if amount]
    sums: dict[tuple[AccountRef, AccountRef, str], int] = {}
    for part in parts:
        left = part.amount
        while left:
            ref, held = waiting[0]
            taken = min(held, left)
            key = (ref, part.to, part.kind)
            sums[key] = sums.get(key, 0) + taken
            left -= taken
            waiting[0] = (ref, held - taken)
            if held == taken:
                waiting.pop(0)
    if waiting:
        raise ValueError("the sources hold more than the parts take")
    return [Entry(debit, credit, amount, kind) for (debit, credit, kind), amount in sums.items()]


def drawn(amount: int, sources: Iterable[tuple[AccountRef, int]]) -> list[tuple[AccountRef, int]]:
    """What of each source `amount` takes, the first first."""
    found, left = [], amount
    for ref, held in sources:
        taken = min(held, left)
        if taken:
            found.append((ref, taken))
            left -= taken
    return found


def kept(parts: Sequence[Part]) -> list[list[object]]:
    """Parts as a row keeps them."""
    return [
        [part.to.purpose.value, str(part.to.subject_id) if part.to.subject_id else None, part.amount, part.kind]
        for part in parts
    ]


def parts_of(cooperative_id: UUID, rows: Sequence[Sequence[object]]) -> list[Part]:
    """The reverse of `kept`."""
    return [
        Part(
            AccountRef(cooperative_id, Purpose(str(purpose)), UUID(str(subject)) if subject else None),
            int(str(amount)),
            str(kind),
        )
        for purpose, subject, amount, kind in rows
    ]
