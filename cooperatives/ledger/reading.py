"""The books as their readers see them: accounts with hubs as one, transfers, the trial balance of any day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.ledger.accounts import AccountType, Balance, Purpose
from cooperatives.ledger.models import ChainLink, LedgerAccount, Transfer
from cooperatives.ledger.moments import moved_until
from cooperatives.ledger.service import added, of_row
from marketplace.errors import NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor

#: Who may read a co-op's book from within it.
READERS = OFFICERS | {Role.SUPERVISOR}
#: Who may read every book of the node; none of them may post.
OVERSEERS = frozenset({Role.NODE_OPERATOR, Role.GOVERNMENT_SUPERVISOR})


@dataclass(frozen=True, slots=True)
class BookAccount:
    """An account of a book, its sub-accounts added up. `id` is that of the one made first."""

    id: UUID
    cooperative_id: UUID
    purpose: Purpose
    type: AccountType
    subject_id: UUID | None
    balance: Balance


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Every account's sums at a moment, and the sums of these: debits = credits."""

    lines: tuple[BookAccount, ...]

    @property
    def debits(self) -> int:
        return sum(line.balance.debits_posted for line in self.lines)

    @property
    def credits(self) -> int:
        return sum(line.balance.credits_posted for line in self.lines)


def may_read(actor: Actor, cooperative_id: UUID) -> bool:
    """Whether the actor may read this co-op's book."""
    return actor.holds(*OVERSEERS) or actor.holds(*READERS, cooperative_id=cooperative_id)


def require_reader(actor: Actor, cooperative_id: UUID) -> None:
    """Go on only for a reader of the book. Raises NotFound: others may not know what is in it."""
    if not may_read(actor, cooperative_id):
        raise NotFound("book")


async def list_accounts(
    actor: Actor, cooperative_id: UUID, *, type: AccountType | None = None, at: datetime | None = None
) -> list[BookAccount]:
    """The book's accounts with their balances now or at a past moment, in the order of the chart."""
    require_reader(actor, cooperative_id)
    found = LedgerAccount.filter(cooperative_id=cooperative_id)
    if type is not None:
        found = found.filter(type=type)
    rows = await found.order_by("created_at", "id")
    past = await moved_until({cooperative_id}, at) if at is not None else None
    accounts: dict[tuple[Purpose, UUID | None], BookAccount] = {}
    for row in rows:
        moved = of_row(row) if past is None else past.get(row.id, Balance(row.type))
        earlier = accounts.get((row.purpose, row.subject_id))
        accounts[row.purpose, row.subject_id] = BookAccount(
            id=earlier.id if earlier else row.id,
            cooperative_id=cooperative_id,
            purpose=row.purpose,
            type=row.type,
            subject_id=row.subject_id,
            balance=added(moved, earlier.balance if earlier else None),
        )
    order = list(Purpose)
    return sorted(accounts.values(), key=lambda account: (order.index(account.purpose), str(account.subject_id)))


async def trial_balance(actor: Actor, cooperative_id: UUID, at: datetime | None = None) -> TrialBalance:
    """Every account that was ever moved, now or at a past moment."""
    accounts = await list_accounts(actor, cooperative_id, at=at)
    return TrialBalance(tuple(line for line in accounts if line.balance.debits_posted or line.balance.credits_posted))


async def list_transfers(
    actor: Actor,
    cooperative_id: UUID,
    *,
    account_id: UUID | None = None,
    cause_id: UUID | None = None,
    first: int,
    after: str | None,
) -> Page[Transfer]:
    """The book's transfers, newest first; of one account (its sub-accounts included), of one cause."""
    require_reader(actor, cooperative_id)
    check_first(first)
    found = Transfer.filter(cooperative_id=cooperative_id)
    if account_id is not None:
        ids = await _with_siblings(cooperative_id, account_id)
        found = found.filter(Q(debit_account_id__in=ids) | Q(credit_account_id__in=ids))
    if cause_id is not None:
        found = found.filter(cause_id=cause_id)
    if after is not None:
        at, id = decode_cursor(after, 2)
        try:
            moment, bound = datetime.fromisoformat(at), UUID(id)
        except ValueError as cause:
            raise StaleCursor from cause
        found = found.filter(Q(created_at__lt=moment) | Q(created_at=moment, id__lt=bound))
    rows = await found.order_by("-created_at", "-id").limit(first + 1)
    shown = rows[:first]
    cursors = [encode_cursor(row.created_at.isoformat(), row.id) for row in shown]
    return Page(shown, cursors, len(rows) > first)


async def _with_siblings(cooperative_id: UUID, account_id: UUID) -> list[UUID]:
    row = await LedgerAccount.get_or_none(id=account_id, cooperative_id=cooperative_id)
    if row is None:
        raise NotFound("account")
    siblings = await LedgerAccount.filter(
        cooperative_id=cooperative_id, purpose=row.purpose, subject_id=row.subject_id
    )
    return [sibling.id for sibling in siblings]


async def accounts_by_id(ids: Sequence[UUID]) -> Mapping[UUID, LedgerAccount]:
    """The (sub-)accounts with these ids. One statement."""
    return {row.id: row for row in await LedgerAccount.filter(id__in=list(ids))}


async def links_by_transfer(ids: Sequence[UUID]) -> Mapping[UUID, ChainLink]:
    """The seals of these transfers, of those that have one. One statement."""
    return {row.transfer_id: row for row in await ChainLink.filter(transfer_id__in=list(ids))}


async def chain_head(actor: Actor, cooperative_id: UUID) -> ChainLink | None:
    """The last seal of the book: whoever notes it down can prove later that nothing before it changed."""
    require_reader(actor, cooperative_id)
    return await ChainLink.filter(cooperative_id=cooperative_id).order_by("-seq").first()
