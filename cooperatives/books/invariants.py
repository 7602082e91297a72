"""What must always hold of locked months, for `lumbung check-books`."""

from collections.abc import AsyncIterator
from uuid import UUID

from cooperatives.books import movements
from cooperatives.books.balances import sides_of
from cooperatives.books.books import chart_of
from cooperatives.books.models import AccountingBook, LockedMonth, MonthTotal
from cooperatives.books.periods import last_day

MONTHS_RULE = "9 a locked month says what it said when it was locked"


async def changed_months() -> AsyncIterator[tuple[UUID, str]]:
    """Locked months whose accounts no longer moved what was written down: the book, and what differs."""
    for book in await AccountingBook.filter(locked_through__isnull=False).order_by("id"):
        chart = await chart_of(book.pk)
        for locked in await LockedMonth.filter(cooperative_id=book.pk).order_by("month"):
            kept = await MonthTotal.filter(cooperative_id=book.pk, month=locked.month)
            sides = sides_of(chart, await movements.totals(book, locked.month, last_day(locked.month)))
            written = {row.account_id: (row.debits, row.credits) for row in kept}
            for id in sorted({*written, *sides.debits, *sides.credits}):
                now = (sides.debits.get(id, 0), sides.credits.get(id, 0))
                then = written.get(id, (0, 0))
                if now != then:
                    account = chart.by_id.get(id)
                    name = account.number if account else str(id)
                    yield book.pk, f"{locked.month:%Y-%m}, account {name}: was {then}, is {now}"
