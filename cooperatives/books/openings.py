"""Opening balances taken over from a file: tried dry first, proved, then booked as one voucher.

They are dated on the evening before the books were opened, so that every statement counts them as its beginning.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cooperatives.books import opening_table
from cooperatives.books.books import chart_of, hold_book, read_book
from cooperatives.books.chart import Chart
from cooperatives.books.lines import LINES
from cooperatives.books.lining import Line, VoucherKind
from cooperatives.books.models import AccountingBook, ChartAccount, Voucher, VoucherSource, VoucherState
from cooperatives.books.opening_table import Opening
from cooperatives.books.periods import day_before
from cooperatives.books.vouchers import enter
from marketplace import tables
from marketplace.database import transaction
from marketplace.errors import Code, MarketplaceError
from marketplace.identity.actor import Actor, signed_in


class OpeningTaken(MarketplaceError):
    """Opening balances were taken over already ({number}): take that voucher back first."""

    code = Code.DUPLICATE
    pesan = "Saldo awal sudah dibukukan ({number}): jurnal balik bukti itu dulu."


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: what it says, and the voucher that was made of it (none: dry, or refused)."""

    opening: Opening
    is_dry_run: bool
    voucher: Voucher | None = None

    @property
    def is_proved(self) -> bool:
        """Whether nothing is wrong: every line is taken, and all sums agree."""
        return not self.opening.refusals


async def take_over(
    actor: Actor,
    path: Path,
    *,
    cooperative_id: UUID,
    control_debits: int | None = None,
    control_credits: int | None = None,
    is_dry_run: bool = True,
) -> Taken:
    """Read opening balances from a CSV or XLSX file, and book them unless it is a dry run or anything is wrong.

    Above the threshold the voucher waits for a second officer. Raises NotFound, Forbidden, BooksNotOpen,
    UnreadableFile, OpeningTaken.
    """
    await read_book(actor, cooperative_id)
    lines = await asyncio.to_thread(lambda: [(line.number, line.cells) for line in tables.lines(path)])
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        chart = await chart_of(cooperative_id)
        opening = opening_table.read(lines, chart)
        opening_table.prove(opening, control_debits, control_credits)
        await require_none(cooperative_id)
        if opening.refusals or is_dry_run:
            return Taken(opening, is_dry_run)
        chart, voucher, entries = await prepare(book, opening, signed_in(actor))
        return Taken(opening, is_dry_run, await enter(book, chart, voucher, entries))


async def prepare(book: AccountingBook, opening: Opening, by: UUID | None) -> tuple[Chart, Voucher, list[Line]]:
    """Add the accounts that the table brings; answers the chart, and the voucher to enter with its lines."""
    await ChartAccount.bulk_create(
        [
            ChartAccount(
                cooperative_id=book.pk,
                number=account.number,
                name_id=account.name,
                name_en=account.name,
                line=account.line,
                cash_flow=LINES[account.line].cash_flow,
            )
            for account in opening.new_accounts
        ]
    )
    chart = await chart_of(book.pk)
    voucher = Voucher(
        cooperative_id=book.pk,
        kind=VoucherKind.MEMORIAL,
        source=VoucherSource.OPENING,
        booked_on=day_before(book.opened_on),
        description="Saldo awal pembukuan",
        proposed_by=by,
    )
    lines = [Line(chart.by_number[row.number].id, row.debit, row.credit) for row in opening.balances]
    return chart, voucher, lines


async def require_none(cooperative_id: UUID) -> None:
    """Go on when no opening balances stand or wait. Book locked. Raises OpeningTaken."""
    found = await Voucher.filter(cooperative_id=cooperative_id, source=VoucherSource.OPENING).exclude(
        state=VoucherState.REFUSED
    )
    taken_back = {row.reverses_id for row in found if row.reverses_id and row.state is VoucherState.POSTED}
    standing = [row for row in found if row.reverses_id is None and row.pk not in taken_back]
    if standing:
        raise OpeningTaken(number=standing[0].number or "PROPOSED")
