"""Bank statements taken in: read, proved, kept line by line; what is sure is matched at once."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cooperatives.books import statement_files
from cooperatives.books.bank_files import BankFile, Movement
from cooperatives.books.bank_forms import UnknownForm
from cooperatives.books.bank_templates import templates_for
from cooperatives.books.books import hold_book, read_book
from cooperatives.books.models import AccountingBook, BankLine, BankStatement, ChartAccount
from cooperatives.books.reconciling import match_sure
from marketplace import outbox
from marketplace.database import transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, signed_in


class StatementUnreadable(MarketplaceError):
    """This bank statement can't be read: {reason}."""

    code = Code.UNSUPPORTED_MEDIA
    pesan = "Rekening koran ini tidak dapat dibaca: {reason}."


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a statement's file."""

    file: BankFile
    is_dry_run: bool
    statement: BankStatement | None = None
    added: int = 0
    known: int = 0
    matched: int = 0


async def import_statement(
    actor: Actor,
    content: bytes,
    *,
    account_id: UUID,
    form: str | None = None,
    folder: Path | None = None,
    is_dry_run: bool = True,
) -> Imported:
    """Take in a bank statement and match what is sure. Lines known from an overlapping one are left out.

    The same file again changes nothing. Raises NotFound, Forbidden, BooksNotOpen, Invalid, StatementUnreadable.
    """
    signed_in(actor)
    seen = await ChartAccount.get_or_none(pk=account_id)
    if seen is None:
        raise NotFound("account")
    await read_book(actor, seen.cooperative_id)
    if not seen.as_account().is_cash:
        raise Invalid.field("account", Code.INVALID, "not a cash or bank account", "bukan akun kas atau bank")
    try:
        forms = await templates_for(seen.cooperative_id, folder)
        file = await asyncio.to_thread(statement_files.read, content, form, forms)
    except UnknownForm as cause:
        raise StatementUnreadable(reason=str(cause)) from cause
    async with transaction():
        book = await hold_book(actor, seen.cooperative_id)
        digest = hashlib.sha256(content).hexdigest()
        earlier = await BankStatement.get_or_none(account_id=account_id, file_hash=digest)
        prints = _fingerprints(file.movements)
        known = await _known(account_id, prints)
        added = [(mark, one) for mark, one in zip(prints, file.movements, strict=True) if mark not in known]
        if earlier is not None or file.refusals or is_dry_run:
            return Imported(file, is_dry_run, earlier, len(added), len(file.movements) - len(added))
        statement = await _write(book, account_id, file, digest, added, signed_in(actor))
        matched = await match_sure(book, seen.as_account())
        await outbox.record("bank_statement.imported", statement.pk, {"cooperative_id": str(book.pk)})
        return Imported(file, False, statement, len(added), len(file.movements) - len(added), matched)


def _fingerprints(movements_read: Sequence[Movement]) -> list[str]:
    """What a line is, with how many like it came before on that day: two alike on a day are two."""
    counted: dict[str, int] = {}
    prints = []
    for one in movements_read:
        words = f"{one.day}|{one.amount}|{one.description}|{one.reference}|{one.balance}"
        counted[words] = counted.get(words, 0) + 1
        prints.append(hashlib.sha256(f"{words}|{counted[words]}".encode()).hexdigest())
    return prints


async def _known(account_id: UUID, prints: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for begins in range(0, len(prints), 500):
        part = list(prints[begins : begins + 500])
        rows = await BankLine.filter(account_id=account_id, fingerprint__in=part).values_list(
            "fingerprint", flat=True
        )
        found |= {str(row) for row in rows}
    return found


async def _write(
    book: AccountingBook,
    account_id: UUID,
    file: BankFile,
    digest: str,
    added: Sequence[tuple[str, Movement]],
    account: UUID,
) -> BankStatement:
    assert file.starts_on is not None  # a file that is refused nothing has lines
    assert file.ends_on is not None
    statement = await BankStatement.create(
        cooperative_id=book.pk,
        account_id=account_id,
        form=file.form,
        starts_on=file.starts_on,
        ends_on=file.ends_on,
        opening=file.opening,
        closing=file.closing,
        file_hash=digest,
        imported_by=account,
    )
    await BankLine.bulk_create(
        [
            BankLine(
                statement_id=statement.pk,
                account_id=account_id,
                ordinal=ordinal,
                booked_on=one.day,
                amount=one.amount,
                description=one.description,
                reference=one.reference,
                balance=one.balance,
                fingerprint=mark,
            )
            for ordinal, (mark, one) in enumerate(added)
        ]
    )
    return statement


async def statements_of(actor: Actor, account_id: UUID, limit: int = 100) -> list[BankStatement]:
    """The statements taken in for an account, the latest first, for a reader of its book."""
    row = await ChartAccount.get_or_none(pk=account_id)
    if row is None:
        raise NotFound("account")
    await read_book(actor, row.cooperative_id)
    return await BankStatement.filter(account_id=account_id).order_by("-ends_on", "-id").limit(limit)
