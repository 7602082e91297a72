"""A window's statement for one co-op as papers: what it owed and claimed, what it pays, and line by line. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.books.papers.drawing import Drawing
from cooperatives.books.papers.paper import HEADING, TOTAL, Column, Paper, Row
from cooperatives.books.papers.statements import say
from cooperatives.settlements.netting import Debt

_CAUSES = {
    "debt.acknowledged": ("Utang yang diakui", "Debt acknowledged"),
    "delivery.cash": ("Tunai yang dipungut pengantar", "Cash taken by a driver"),
    "delivery.cash_at_pickup": ("Tunai dibayar saat ambil", "Cash paid at the pickup"),
    "delivery.ended": ("Ongkos antar", "Delivery fare"),
    "delivery.passed_on": ("Ongkos antar yang dioper", "Delivery fare passed on"),
    "delivery.waited": ("Waktu tunggu pengantar", "Driver kept waiting"),
    "payment.fee": ("Bagian biaya penyedia pembayaran", "Part of the payment provider's fee"),
    "refund.paid": ("Pengembalian dana", "Refund"),
    "settlement_payment": ("Pembayaran kliring", "Settlement payment"),
    "settlement_window.failed": ("Sisa putaran terdahulu", "Left from an earlier window"),
    "sub_order.collected": ("Pembayaran pembeli yang dipungutkan", "Buyer's payment collected for the other"),
    "sub_order.ended": ("Pesanan selesai", "Order ended"),
    "sub_order.paid_again": ("Pesanan dibayar lagi", "Order paid again"),
    "sub_order.refund_disputed": ("Pengembalian yang disengketakan", "Disputed refund"),
    "sub_order.released": ("Hasil penjualan", "Proceeds of a sale"),
}
_STATES = {
    "PLANNED": ("menunggu persetujuan kedua bendahara", "waits for both treasurers"),
    "APPROVED": ("disetujui, menunggu dibayar", "agreed, to be paid"),
    "PAID": ("dibayar, menunggu penerima", "paid, to be confirmed"),
    "CONFIRMED": ("diterima", "received"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One obligation: `amount` above zero is owed to the co-op, below by it. Unwound ones are left out."""

    day: date
    other: str
    cause_kind: str
    note: str
    amount: int


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of the plan: above zero comes in. `account`: where the receiver is paid, empty when unknown."""

    other: str
    amount: int
    state: str
    reference: str
    account: str


@dataclass(frozen=True, slots=True)
class Window:
    """Which window: its group, number, days in words, and what stands."""

    group: str
    number: int
    period: str
    is_open: bool


def papers(
    window: Window, lines: Sequence[Line], payments: Sequence[Payment], drawing: Drawing | None, language: str
) -> list[Paper]:
    """The summary with the picture, then each line."""
    title = say(language, ("Laporan Kliring", "Settlement statement"))
    period = f"{window.group}, {say(language, ('putaran', 'window'))} {window.number}, {window.period}"
    return [
        Paper(
            say(language, ("Ringkasan", "Summary")),
            title,
            period,
            _columns(language, ("Koperasi", "Co-operative", 3.4, False), *_SIDES, ("Neto", "Net", 1.2, True)),
            [*_positions(lines, language), *_payments(payments, language, is_open=window.is_open)],
            (_note(language),),
            drawing=drawing,
        ),
        Paper(
            say(language, ("Rincian", "Lines")),
            say(language, ("Rincian Kliring", "Settlement lines")),
            period,
            _columns(
                language,
                ("Tanggal", "Date", 0.8, False),
                ("Koperasi", "Co-operative", 1.9, False),
                ("Uraian", "What for", 2.8, False),
                *_SIDES,
            ),
            _each(lines, language),
        ),
    ]


_SIDES = (("Piutang", "Claim", 1.1, True), ("Utang", "Debt", 1.1, True))


def _note(language: str) -> str:
    return say(
        language,
        (
            "Neto dalam kurung adalah utang. Acuan harus tertulis pada berita transfer.",
            "A net sum in brackets is owed. The reference must stand on the transfer.",
        ),
    )


def _columns(language: str, *titles: tuple[str, str, float, bool]) -> tuple[Column, ...]:
    return tuple(Column(say(language, (one, other)), share, is_amount) for one, other, share, is_amount in titles)


def _positions(lines: Sequence[Line], language: str) -> list[Row]:
    claims: dict[str, int] = defaultdict(int)
    debts: dict[str, int] = defaultdict(int)
    for line in lines:
        (claims if line.amount > 0 else debts)[line.other] += abs(line.amount)
    rows = [
        Row((other, claims[other], debts[other], claims[other] - debts[other])) for other in sorted({*claims, *debts})
    ]
    owed, owing = sum(claims.values()), sum(debts.values())
    return [*rows, Row((say(language, ("Jumlah", "Total")), owed, owing, owed - owing), TOTAL)]


def _payments(payments: Sequence[Payment], language: str, *, is_open: bool) -> list[Row]:
    rows = [Row((say(language, ("Pembayaran", "Payments")), None, None, None), HEADING)]
    if not payments:
        told = (
            ("Putaran masih terbuka: belum dikliring", "Still open: not netted yet")
            if is_open
            else ("Tidak ada yang harus dibayar", "Nothing to pay")
        )
        return [*rows, Row((say(language, told), None, None, None))]
    for payment in payments:
        comes_in = payment.amount > 0
        to = say(language, ("Terima dari", "From") if comes_in else ("Bayar kepada", "To"))
        rows.append(Row((f"{to} {payment.other}", None, None, payment.amount)))
        state = say(language, _STATES.get(payment.state, (payment.state, payment.state)))
        rows.append(Row((f"{payment.reference}: {state}", None, None, None), level=1))
        if payment.account and not comes_in:
            rows.append(Row((payment.account, None, None, None), level=1))
    total = sum(payment.amount for payment in payments)
    return [*rows, Row((say(language, ("Jumlah", "Total")), None, None, total), TOTAL)]


def _each(lines: Sequence[Line], language: str) -> list[Row]:
    rows = [
        Row((line.day, line.other, _words(line, language), max(line.amount, 0), max(-line.amount, 0)))
        for line in lines
    ]
    claims, debts = (sum(max(sign * line.amount, 0) for line in lines) for sign in (1, -1))
    return [*rows, Row((None, None, say(language, ("Jumlah", "Total")), claims, debts), TOTAL)]


def _words(line: Line, language: str) -> str:
    told = cause(line.cause_kind, language)
    return f"{told}: {line.note}" if line.note else told


def cause(kind: str, language: str) -> str:
    """Why a line was posted, in words; one that has none as it is called."""
    return say(language, _CAUSES.get(kind, (kind, kind)))


def by_codes(debts: Sequence[Debt[UUID]], codes: Mapping[UUID, str]) -> list[Debt[str]]:
    """Debts as a picture names them."""
    return [Debt(codes.get(debt.debtor, "?"), codes.get(debt.creditor, "?"), debt.amount) for debt in debts]
