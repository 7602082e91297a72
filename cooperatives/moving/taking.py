"""Moving in: a set of sheets is tried dry, proved, agreed to by a second officer, then written whole or not at all.

The node's operator, who sets a co-op up, needs no second word: that he did it stands in the set's row. The same set
brought again is the same set. Locks: the co-op, its book, the set, then the ledger's accounts.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from cooperatives.books import openings
from cooperatives.books.books import BooksNotOpen, today_in
from cooperatives.books.models import AccountingBook
from cooperatives.books.voucher_posting import post_voucher, write_lines
from cooperatives.membership.joining import lock_cooperative
from cooperatives.membership.models import Cooperative
from cooperatives.moving.checking import Checked, check
from cooperatives.moving.models import MovingSet, MovingState
from cooperatives.moving.reading import Sheets
from cooperatives.moving.records import Told
from cooperatives.moving.writing import write
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.vault import Vault

#: Who moves a co-op in: it writes members, savings and loans at once.
MOVERS = frozenset({Role.CHAIR, Role.TREASURER})
READERS = OFFICERS | {Role.SUPERVISOR}
MOST_FAULTS = 50


class MovingWrongState(MarketplaceError):
    """This set is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Berkas pindahan ini berstatus {state}: tidak bisa dilakukan."


class OwnSet(MarketplaceError):
    """You brought this set yourself: another officer agrees to it."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Anda sendiri yang membawa berkas ini: perlu persetujuan pengurus lain."


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a set: what was read and proved (none: it was done before), and its row (none: tried dry)."""

    checked: Checked | None
    row: MovingSet | None
    notes: list[Told] = field(default_factory=list)

    @property
    def was_done(self) -> bool:
        """Whether this very set was moved in before; nothing was done now."""
        return self.checked is None


async def bring(
    actor: Actor, sheets: Sheets, *, cooperative_id: UUID, vault: Vault, is_dry_run: bool = True
) -> Brought:
    """Try a set, and unless it is a dry run or anything is wrong propose it; the node's operator has it done at once.

    Raises Unauthenticated, NotFound, Forbidden, BooksNotOpen.
    """
    require_mover(actor, cooperative_id)
    async with transaction():
        cooperative, book = await _hold(cooperative_id)
        known = await MovingSet.get_or_none(cooperative_id=cooperative_id, fingerprint=sheets.fingerprint)
        if known is not None and known.state is MovingState.DONE:
            return Brought(None, known)
        today = today_in(book)
        checked = await check(cooperative_id, sheets, vault, today)
        if is_dry_run or not checked.is_proved:
            return Brought(checked, None)
        row = known or MovingSet(id=new_id(), cooperative_id=cooperative_id, fingerprint=sheets.fingerprint)
        row.totals, row.state = totals_of(checked), MovingState.PROPOSED
        row.proposed_by, row.ended_by, row.ended_at = actor.account_id, None, None
        if actor.is_system:
            await _carry_out(cooperative, book, row, checked, vault, None, today)
        else:
            row.sheets = vault.seal({"sheets": sheets.as_text()}, row_id=row.pk, owner_id=cooperative_id)
        await (row.save() if known else row.save(force_create=True))
        await outbox.record(f"moving.{row.state.value.lower()}", row.pk, {"cooperative_id": str(cooperative_id)})
    return Brought(checked, row)


def require_mover(actor: Actor, cooperative_id: UUID) -> None:
    """Go on for one who moves this co-op in. Raises Unauthenticated, NotFound, Forbidden."""
    require(actor, *READERS, Role.MEMBER, cooperative_id=cooperative_id, hide="cooperative")
    require(actor, *MOVERS, cooperative_id=cooperative_id)


async def confirm(actor: Actor, *, set_id: UUID, vault: Vault) -> MovingSet:
    """A second officer's word: the set is read and proved anew, and written. Confirmed twice, it was written once.

    Raises NotFound, Forbidden, OwnSet, MovingWrongState, Invalid where it is no longer right.
    """
    by = signed_in(actor)
    async with transaction():
        cooperative, book, row = await _hold_set(actor, set_id)
        if row.state is MovingState.DONE:
            return row
        if row.state is not MovingState.PROPOSED or row.sheets is None:
            raise MovingWrongState(state=row.state.value)
        if row.proposed_by == by:
            raise OwnSet
        sheets = Sheets.from_text(vault.open(row.sheets, row_id=row.pk, owner_id=row.cooperative_id)["sheets"])
        today = today_in(book)
        checked = await check(row.cooperative_id, sheets, vault, today)
        if not checked.is_proved:
            raise Invalid(faults=[_fault(one) for one in checked.found.refusals[:MOST_FAULTS]])
        await _carry_out(cooperative, book, row, checked, vault, by, today)
        await row.save()
        await outbox.record("moving.done", row.pk, {"cooperative_id": str(row.cooperative_id)})
    return row


async def withdraw(actor: Actor, *, set_id: UUID) -> MovingSet:
    """Take a proposed set back, or turn it down; its sheets are forgotten. Raises NotFound, MovingWrongState."""
    by = signed_in(actor)
    async with transaction():
        _, _, row = await _hold_set(actor, set_id)
        if row.state is MovingState.WITHDRAWN:
            return row
        if row.state is not MovingState.PROPOSED:
            raise MovingWrongState(state=row.state.value)
        _end(row, MovingState.WITHDRAWN, by)
        await row.save()
        await outbox.record("moving.withdrawn", row.pk, {"cooperative_id": str(row.cooperative_id)})
    return row


async def sets_of(actor: Actor, cooperative_id: UUID) -> list[MovingSet]:
    """The co-op's newest 50 sets, newest first, for officers and pengawas."""
    require(actor, *READERS, cooperative_id=cooperative_id)
    return await MovingSet.filter(cooperative_id=cooperative_id).order_by("-id").limit(50)


def totals_of(checked: Checked) -> dict[str, Any]:
    """What was read and proved, as a set keeps it."""
    found = checked.found
    return {
        "members": len(found.members),
        "savings": len(found.savings),
        "deposits": len(found.deposits),
        "loans": len(found.loans),
        "items": len(found.stock),
        "opening": None
        if checked.opening is None
        else {"debits": checked.opening.debits, "credits": checked.opening.credits},
        "proof": [
            {
                "account": line.account,
                "sheet": line.sheet,
                "rows": line.rows,
                "total": line.total,
                "books": line.books,
            }
            for line in checked.proof
        ],
    }


async def _carry_out(
    cooperative: Cooperative,
    book: AccountingBook,
    row: MovingSet,
    checked: Checked,
    vault: Vault,
    by: UUID | None,
    today: date,
) -> None:
    if checked.opening is not None:
        chart, voucher, lines = await openings.prepare(book, checked.opening, row.proposed_by)
        voucher.total = checked.opening.debits
        voucher.approved_by, voucher.second_approved_by = row.proposed_by, by
        await voucher.save(force_create=True)
        await write_lines(voucher.pk, lines)
        await post_voucher(book, chart, voucher, lines)
        row.voucher_id = voucher.pk
    await write(cooperative, checked, vault, by or row.proposed_by, today)
    _end(row, MovingState.DONE, by)


def _end(row: MovingSet, state: MovingState, by: UUID | None) -> None:
    row.state, row.ended_by, row.ended_at, row.sheets = state, by, clock.now(), None


def _fault(one: Told) -> FieldFault:
    return FieldFault((one.sheet, str(one.row), one.column), Code.INVALID, one.message, one.pesan)


async def _hold(cooperative_id: UUID) -> tuple[Cooperative, AccountingBook]:
    cooperative = await lock_cooperative(cooperative_id)
    book = await locked_one(AccountingBook, cooperative_id)
    if book is None:
        raise BooksNotOpen
    return cooperative, book


async def _hold_set(actor: Actor, set_id: UUID) -> tuple[Cooperative, AccountingBook, MovingSet]:
    seen = await MovingSet.get_or_none(pk=set_id)
    if seen is None:
        raise NotFound("moving set")
    require(actor, *READERS, cooperative_id=seen.cooperative_id, hide="moving set")
    require_mover(actor, seen.cooperative_id)
    cooperative, book = await _hold(seen.cooperative_id)
    row = await locked_one(MovingSet, set_id)
    assert row is not None  # never removed
    return cooperative, book, row
