"""What is matched already: the bank's lines with the entries that they are, and how a match is undone."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.books.books import read_book
from cooperatives.books.models import BankLine, BankMatch, ChartAccount, MatchedEntry
from cooperatives.books.reconciling import hold_account
from cooperatives.books.texts import fits
from marketplace.batches import rows_by
from marketplace.database import transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity import audit
from marketplace.identity.actor import Actor, signed_in
from marketplace.paging import Page, page_by_id

LEAST_REASON, MOST_REASON = 3, 300


async def matched_lines(actor: Actor, account_id: UUID, *, first: int, after: str | None) -> Page[BankLine]:
    """The account's lines that the book has, those of the latest statement first. Raises NotFound, BooksNotOpen."""
    row = await ChartAccount.get_or_none(pk=account_id)
    if row is None:
        raise NotFound("account")
    await read_book(actor, row.cooperative_id)
    return await page_by_id(BankLine.filter(account_id=account_id, match_id__isnull=False), first=first, after=after)


async def matches_by_id(ids: Sequence[UUID]) -> Mapping[UUID, BankMatch]:
    """The matches with these ids. One statement."""
    return {row.pk: row for row in await rows_by(BankMatch, "id", ids)}


async def entries_by_match(ids: Sequence[UUID]) -> Mapping[UUID, list[MatchedEntry]]:
    """The entries of the book that each of these matches joins. One statement."""
    found: dict[UUID, list[MatchedEntry]] = {id: [] for id in ids}
    for row in await rows_by(MatchedEntry, "match_id", ids, order="id"):
        found[row.match_id].append(row)
    return found


async def unmatch(actor: Actor, *, line_id: UUID, reason: str | None = None) -> BankLine:
    """Undo the match of a line, with all that it joins; why stands in the audit log. An officer.

    Raises NotFound, Forbidden, Invalid.
    """
    reason = None if reason is None else reason.strip()
    if reason is not None and not fits(reason, LEAST_REASON, MOST_REASON):
        least, most = LEAST_REASON, MOST_REASON
        told = f"{least} to {most} characters", f"{least} sampai {most} huruf"
        raise Invalid.field("reason", Code.OUT_OF_RANGE, *told)
    seen = await BankLine.get_or_none(pk=line_id)
    if seen is None:
        raise NotFound("bank line")
    async with transaction():
        book, _ = await hold_account(actor, seen.account_id)
        row = await BankLine.get(pk=line_id)
        if row.match_id is not None:
            await _undo(row.match_id, book.pk, signed_in(actor), reason)
        return await BankLine.get(pk=line_id)


async def _undo(match_id: UUID, cooperative_id: UUID, by: UUID, reason: str | None) -> None:
    match = await BankMatch.get(pk=match_id)
    about = {"amount": match.amount, "reason": reason}
    await BankLine.filter(match_id=match_id).update(match_id=None)
    await MatchedEntry.filter(match_id=match_id).delete()
    await match.delete()
    await audit.note("bank_match.undone", account_id=by, by=by, cooperative_id=cooperative_id, **about)
