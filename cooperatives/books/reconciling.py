"""Bank reconciliation: lines of the bank matched with what the book holds, differences listed.

A match says that lines of the bank and entries of the book are the same money: both sides sum to one amount. It
moves nothing; what the book lacks is booked by a voucher from the bank's line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.books import matching, movements
from cooperatives.books.balances import Opened, balance_on
from cooperatives.books.books import chart_of, hold_book, read_book
from cooperatives.books.chart import Account
from cooperatives.books.lining import Line, VoucherKind
from cooperatives.books.matching import Side
from cooperatives.books.models import (
    AccountingBook,
    BankLine,
    BankMatch,
    BankStatement,
    ChartAccount,
    MatchedEntry,
    Voucher,
    VoucherSource,
    VoucherState,
)
from cooperatives.books.movements import BEGINNING, LedgerEntry
from cooperatives.books.voucher_posting import POSTED
from cooperatives.books.vouchers import enter
from marketplace.batches import rows_by
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

#: So many entries of a book are looked through at once.
MOST_ENTRIES = 20_000
#: So many lines and entries one match may join.
MOST_JOINED = 100
#: A cause of the ledger: its kind and id.
CauseKey = tuple[str, UUID]


class NotTheSameMoney(MarketplaceError):
    """The bank's lines sum to {bank}, the book's entries to {book}: a match needs the same amount."""

    code = Code.CONFLICT
    pesan = "Baris bank berjumlah {bank}, catatan buku {book}: pencocokan perlu jumlah yang sama."


class AlreadyMatched(MarketplaceError):
    """One of these is matched already: undo that match first."""

    code = Code.WRONG_STATE
    pesan = "Salah satu sudah dicocokkan: batalkan pencocokan itu dulu."


async def match_sure(book: AccountingBook, account: Account) -> int:
    """Match what is beyond doubt; answers how many pairs. Book locked."""
    lines = await BankLine.filter(account_id=account.id, match_id__isnull=True).order_by("booked_on", "id")
    if not lines:
        return 0
    entries = await unmatched_entries(book, account, BEGINNING, max(row.booked_on for row in lines))
    texts = await _references(entries)
    pairs = matching.sure([_of_line(row) for row in lines], [_of_entry(entry, texts) for entry in entries])
    by_id = {row.pk: row for row in lines}
    for line_id, (kind, id) in pairs:
        row = by_id[line_id]
        await join(account.id, [row], {(kind, id): row.amount}, by=None)
    return len(pairs)


async def unmatched_entries(book: AccountingBook, account: Account, first: date, last: date) -> list[LedgerEntry]:
    """What the book holds on the account in these days and no statement was matched with, oldest first."""
    return await movements.entries(book, account, first, last, opening=0, limit=MOST_ENTRIES, is_unmatched=True)


async def _references(entries: Sequence[LedgerEntry]) -> Mapping[UUID, Voucher]:
    return {row.pk: row for row in await rows_by(Voucher, "id", [e.cause_id for e in entries if e.voucher_number])}


def _of_line(row: BankLine) -> Side[UUID]:
    return Side(row.pk, row.booked_on, row.amount, row.description, (row.reference,) if row.reference else ())


def _of_entry(entry: LedgerEntry, vouchers: Mapping[UUID, Voucher]) -> Side[CauseKey]:
    voucher = vouchers.get(entry.cause_id)
    told = [voucher.description, voucher.party or ""] if voucher else [entry.cause_kind]
    names = [voucher.reference or "", voucher.number or ""] if voucher else []
    key = (entry.cause_kind, entry.cause_id)
    return Side(key, entry.day, entry.debit - entry.credit, " ".join(told), tuple(filter(None, names)))


async def join(
    account_id: UUID, lines: Sequence[BankLine], entries: Mapping[CauseKey, int], *, by: UUID | None
) -> BankMatch:
    """Write that these are the same money, which the caller knows; `by` None: beyond doubt. Book locked."""
    match = await BankMatch.create(
        account_id=account_id,
        amount=sum(row.amount for row in lines),
        is_automatic=by is None,
        matched_by=by,
    )
    for (kind, id), amount in entries.items():
        await MatchedEntry.create(
            match_id=match.pk, account_id=account_id, cause_kind=kind, cause_id=id, amount=amount
        )
    await BankLine.filter(pk__in=[row.pk for row in lines]).update(match_id=match.pk)
    return match


async def match_lines(
    actor: Actor, *, account_id: UUID, line_ids: Sequence[UUID], causes: Sequence[CauseKey], key: str
) -> BankMatch:
    """Match by hand: lines of the bank with entries of the book that sum to the same. An officer.

    Raises NotFound, Forbidden, Invalid, AlreadyMatched, NotTheSameMoney.
    """
    if not 1 <= len(line_ids) <= MOST_JOINED or not 1 <= len(causes) <= MOST_JOINED:
        most = MOST_JOINED
        raise Invalid.field(
            "lineIds", Code.OUT_OF_RANGE, f"1 to {most} of each", f"1 sampai {most} dari masing-masing"
        )
    id = new_id()
    async with transaction():
        book, account = await hold_account(actor, account_id)
        asked = {"account": account_id, "lines": list(line_ids), "causes": [list(map(str, one)) for one in causes]}
        if (earlier := await once(signed_in(actor), "matchBankLines", key, asked, id)) is not None:
            return await BankMatch.get(pk=earlier)
        lines = await BankLine.filter(pk__in=list(line_ids), account_id=account_id)
        if len(lines) != len(set(line_ids)):
            raise NotFound("bank line")
        if any(row.match_id for row in lines):
            raise AlreadyMatched
        found = await movements.entries(
            book,
            account,
            BEGINNING,
            date(9999, 1, 1),
            opening=0,
            limit=MOST_ENTRIES,
            cause_ids=[cause_id for _, cause_id in causes],
        )
        entries = {(entry.cause_kind, entry.cause_id): entry.debit - entry.credit for entry in found}
        wanted = {cause: entries[cause] for cause in causes if cause in entries}
        if len(wanted) != len(set(causes)):
            raise NotFound("entry")
        if await MatchedEntry.exists(account_id=account_id, cause_id__in=[cause_id for _, cause_id in wanted]):
            raise AlreadyMatched
        bank, held = sum(row.amount for row in lines), sum(wanted.values())
        if bank != held:
            raise NotTheSameMoney(bank=bank, book=held)
        return await join(account_id, lines, wanted, by=signed_in(actor))


async def book_line(
    actor: Actor, *, line_id: UUID, account_id: UUID, description: str, party: str | None = None, key: str
) -> Voucher:
    """Book what the bank moved and the book lacks (a fee, interest, a deposit) against this account, and match it.

    Above the threshold the voucher waits for a second officer, and the line for the next matching.
    Raises NotFound, Forbidden, Invalid, AlreadyMatched, MonthLocked.
    """
    seen = await BankLine.get_or_none(pk=line_id)
    if seen is None:
        raise NotFound("bank line")
    id = new_id()
    async with transaction():
        book, bank = await hold_account(actor, seen.account_id)
        asked = [line_id, account_id, description, party]
        if (earlier := await once(signed_in(actor), "bookBankLine", key, asked, id)) is not None:
            return await Voucher.get(pk=earlier)
        row = await BankLine.get(pk=line_id)
        if row.match_id is not None:
            raise AlreadyMatched
        amount = abs(row.amount)
        is_in = row.amount > 0
        voucher = Voucher(
            id=id,
            cooperative_id=book.pk,
            kind=VoucherKind.CASH_IN if is_in else VoucherKind.CASH_OUT,
            source=VoucherSource.BANK_STATEMENT,
            booked_on=row.booked_on,
            description=description.strip(),
            party=(party or "").strip() or None,
            reference=row.reference[:60] or None,
            proposed_by=signed_in(actor),
        )
        sides = (bank.id, account_id) if is_in else (account_id, bank.id)
        lines = [Line(sides[0], debit=amount), Line(sides[1], credit=amount)]
        await enter(book, await chart_of(book.pk), voucher, lines)
        if voucher.state is VoucherState.POSTED:
            await join(bank.id, [row], {(POSTED, voucher.pk): row.amount}, by=signed_in(actor))
        return voucher


async def hold_account(actor: Actor, account_id: UUID) -> tuple[AccountingBook, Account]:
    """The account's book, locked, and the account, for an officer."""
    row = await ChartAccount.get_or_none(pk=account_id)
    if row is None:
        raise NotFound("account")
    return await hold_book(actor, row.cooperative_id), row.as_account()


@dataclass(frozen=True, slots=True)
class UnmatchedLine:
    """A line that the book lacks, and what of it it may be."""

    line: BankLine
    suggestions: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A bank account at the end of a day, as the bank and as the book see it, and all that explains the rest.

    book balance + lines the book lacks - entries the bank lacks = bank balance, but for what is `unexplained`.
    """

    account: Account
    on: date
    bank_balance: int | None
    book_balance: int
    lines: tuple[UnmatchedLine, ...]
    entries: tuple[LedgerEntry, ...]

    @property
    def unexplained(self) -> int | None:
        if self.bank_balance is None:
            return None
        lacking = sum(int(one.line.amount) for one in self.lines)
        pending = sum(entry.debit - entry.credit for entry in self.entries)
        return self.bank_balance - (self.book_balance + lacking - pending)

    @property
    def is_reconciled(self) -> bool:
        """Whether nothing differs: every line is matched, every entry too, and the balances agree."""
        return not self.lines and not self.entries and self.unexplained == 0


async def reconciliation(actor: Actor, account_id: UUID, on: date) -> Reconciliation:
    """How the bank and the book differ on an account at the end of a day. Raises NotFound, BooksNotOpen."""
    row = await ChartAccount.get_or_none(pk=account_id)
    if row is None:
        raise NotFound("account")
    book, account = await read_book(actor, row.cooperative_id), row.as_account()
    statements = await BankStatement.filter(account_id=account_id, starts_on__lte=on).order_by("starts_on", "id")
    begins = statements[0].starts_on if statements else book.opened_on
    lines = await BankLine.filter(account_id=account_id, booked_on__lte=on, match_id__isnull=True).order_by(
        "booked_on", "id"
    )
    entries = await unmatched_entries(book, account, begins, on)
    texts = await _references(entries)
    sides = {(entry.cause_kind, entry.cause_id): entry for entry in entries}
    candidates = [_of_entry(entry, texts) for entry in entries]
    chart = await chart_of(book.pk)
    return Reconciliation(
        account=account,
        on=on,
        bank_balance=await _bank_balance(statements, account_id, on),
        book_balance=await balance_on(Opened(book, chart), account_id, on),
        lines=tuple(
            UnmatchedLine(line, tuple(sides[key] for key in matching.suggestions(_of_line(line), candidates)))
            for line in lines
        ),
        entries=tuple(entries),
    )


async def _bank_balance(statements: Sequence[BankStatement], account_id: UUID, on: date) -> int | None:
    """The bank's balance at the end of the day: the last statement's that ended, or from its opening on."""
    ended = [one for one in statements if one.ends_on <= on and one.closing is not None]
    running = [one for one in statements if one.ends_on > on and one.opening is not None]
    if running and (not ended or running[-1].starts_on > ended[-1].ends_on):
        latest = running[-1]
        moved = await BankLine.filter(
            account_id=account_id, booked_on__gte=latest.starts_on, booked_on__lte=on
        ).values_list("amount", flat=True)
        return int(latest.opening or 0) + sum(int(str(amount)) for amount in moved)
    closings = [(one.ends_on, one.pk, one.closing or 0) for one in ended]
    return max(closings)[2] if closings else None
