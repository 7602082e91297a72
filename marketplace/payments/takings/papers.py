"""What a co-op took, as papers: a row each, and each month by the way it came."""

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.books.papers.paper import Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.papers.statements import for_period
from cooperatives.books.periods import Period, day_at, month_written
from cooperatives.books.registers import whole
from marketplace.orders.reading import orders_by_id
from marketplace.payments.takings.models import Taking
from marketplace.payments.takings.reading import MonthOfWay, add_up, within

BATCH = 500
_SUMS = (
    ("Jumlah", "Amount", 1.2, True),
    ("Biaya penyedia", "Provider's fee", 1.1, True),
    ("Dikembalikan", "Given back", 1.1, True),
    ("Bersih", "Net", 1.2, True),
)


async def papers(cooperative_id: UUID, days: Period | None, zone: ZoneInfo, language: str) -> list[Paper]:
    """The takings of these days in `zone`, or all; then their sums. Who asks was seen to be allowed."""
    found = Taking.filter(cooperative_id=cooperative_id)
    period = for_period(days, language) if days else ""
    rows: Sequence[Taking] = await whole((within(found, days, zone) if days else found).order_by("id"))
    spanned = _span(rows, zone)
    months = await add_up(found, spanned, zone) if spanned else ()
    return [await _listed(rows, zone, period, language), _added_up(months, period, language)]


def _span(rows: Sequence[Taking], zone: ZoneInfo) -> Period | None:
    """From the first day on which something was taken to the last; None where nothing was."""
    days = [day_at(row.created_at, zone) for row in rows]
    return Period(min(days), max(days)) if days else None


async def _listed(rows: Sequence[Taking], zone: ZoneInfo, period: str, language: str) -> Paper:
    order_ids = sorted({row.order_id for row in rows if row.order_id is not None})
    numbers: dict[UUID, str] = {}
    for begins in range(0, len(order_ids), BATCH):
        numbers |= {
            id: order.number for id, order in (await orders_by_id(order_ids[begins : begins + BATCH])).items()
        }
    made = [
        (
            day_at(row.created_at, zone),
            numbers.get(row.order_id, "") if row.order_id else "",
            read(row.source.value, language),
            read(row.way.value, language),
            row.reference,
            *_sums_of(row),
            read(row.state.value, language),
        )
        for row in rows
    ]
    headings = (
        ("Tanggal", "Day", 0.9, False),
        ("Pesanan", "Order", 1.2, False),
        ("Untuk", "For", 1.3, False),
        ("Cara bayar", "Way", 1, False),
        ("Referensi", "Reference", 1.4, False),
        *_SUMS,
        ("Keadaan", "State", 1.5, False),
    )
    title = "Penerimaan", "Takings"
    return register(title, headings, made, language, period=period, sums=(5, 6, 7, 8))


def _added_up(months: Sequence[MonthOfWay], period: str, language: str) -> Paper:
    made = [
        (month_written(one.month, language), read(one.way.value, language), one.count, *_sums_of(one))
        for one in months
    ]
    headings = (
        ("Bulan", "Month", 0.9, False),
        ("Cara bayar", "Way", 1.2, False),
        ("Banyaknya", "Number", 0.8, True),
        *_SUMS,
    )
    title = "Penerimaan per Bulan", "Takings by month"
    return register(title, headings, made, language, period=period, sums=(2, 3, 4, 5, 6))


def _sums_of(one: Taking | MonthOfWay) -> tuple[int, int, int, int]:
    return one.amount, one.fee, one.refunded, one.net
