"""Where a payment stands, in words for its buyer. Pure but for the clock."""

from collections.abc import Sequence
from datetime import timedelta

from marketplace import clock
from marketplace.money import format_rupiah
from marketplace.orders.models import PaymentMethod
from marketplace.payments.lifecycle import GIVEN_UP
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState

#: After so long without an answer a buyer is told that nobody knows yet.
SOON = timedelta(seconds=20)

SENTENCES: dict[str, tuple[str, str]] = {
    "agreed": (
        "Dibayar tunai saat barang diterima atau pekerjaan selesai.",
        "To be paid in cash when it arrives, or is done.",
    ),
    "pay": (
        "Menunggu pembayaran Anda: ikuti petunjuk sebelum batas waktunya.",
        "Waiting for you to pay: follow the instructions before they expire.",
    ),
    "asked": (
        "Penyedia pembayaran sedang memproses.",
        "The payment provider is working on it.",
    ),
    "unknown": (
        "Penyedia pembayaran belum menjawab. Jangan bayar lagi: kami terus menanyakannya dan pesanan Anda disimpan. "
        "Bila uang sudah terambil, pesanan berlanjut; bila terlambat, uang kembali penuh.",
        "The payment provider has not answered. Don't pay again: we keep asking, and your order is kept. If the "
        "money was taken, the order goes on; if it comes too late, all of it goes back.",
    ),
    "held": (
        "Dana ditahan di kartu Anda dan segera diambil, atau dilepas bila pesanan batal.",
        "Held on your card: about to be taken, or let go if the order has ended.",
    ),
    "paid": ("Sudah dibayar.", "Paid."),
    "failed": (
        "Tidak terbayar: {reason}. Tidak ada uang yang diambil. Pesanan dapat dibayar lagi sebelum kedaluwarsa.",
        "Not paid: {reason}. No money was taken. The order may be paid again until it expires.",
    ),
    "unseen": (
        "{reason}. Bila Anda sudah membayar ke QRIS toko, tunjukkan buktinya kepada toko atau koperasinya; bila "
        "belum, pesanan dapat dibayar lagi sebelum kedaluwarsa.",
        "{reason}. If you have paid to the shop's QRIS, show your receipt to the shop or its co-op; if not, the "
        "order may be paid again until it expires.",
    ),
    "again": (
        "Belum terbayar: {reason}. Tidak ada uang yang diambil: coba lagi, atau dengan cara lain.",
        "Not paid yet: {reason}. No money was taken: try again, or another way.",
    ),
    "confirm": (
        "Bayar dengan memindai QRIS toko. Toko menyatakan bila uangnya sudah masuk, lalu pesanan berlanjut.",
        "Pay by scanning the shop's QRIS. The shop says when the money has come; then the order goes on.",
    ),
    "lost": (
        "Permintaan tidak sampai ke penyedia pembayaran. Bila uang tetap terambil nanti, pesanan yang masih terbuka "
        "berlanjut, dan selebihnya kembali penuh.",
        "The request did not reach the payment provider. Should money still be taken later, an order that is still "
        "open goes on, and anything else goes back in full.",
    ),
    "amount": (
        "Jumlah yang diterima berbeda dari tagihan: pengurus koperasi sedang memeriksa, uang Anda tercatat.",
        "Another amount came than was asked: the co-op's officers are looking into it; your money is on record.",
    ),
    "ended": ("Pesanan tunai ini berakhir tanpa pembayaran.", "This cash order ended without payment."),
    "rest": (
        "Bagian lain dari pesanan ini dibayar tersendiri dan tetap berjalan.",
        "The order's other parts are paid apart, and go on as they stand.",
    ),
    "surplus": (
        "Pesanan ini sudah dibayar sebelumnya: pembayaran ini kembali penuh.",
        "The order was paid already: this payment goes back in full.",
    ),
}


#: Why a payment failed, in words; a code that is not here is the provider's own, and stays in `failure`.
REASONS: dict[str, tuple[str, str]] = {
    "INSUFFICIENT_FUNDS": ("saldo atau batas kartu tidak cukup", "too little on the account or card"),
    "REFUSED_BY_BANK": ("bank menolak", "the bank refused"),
    "CARD_DECLINED": ("bank penerbit kartu menolak", "the card's bank refused"),
    "GENERIC_DECLINE": ("bank penerbit kartu menolak", "the card's bank refused"),
    "EXPIRED_CARD": ("kartu sudah kedaluwarsa", "the card has expired"),
    "INCORRECT_CVC": ("kode CVC kartu salah", "the card's CVC is wrong"),
    GIVEN_UP: ("pembayaran dibatalkan", "the payment was given up"),
    "EXPIRE": ("batas waktu pembayaran lewat", "its time ran out"),
    "EXPIRED": ("batas waktu pembayaran lewat", "its time ran out"),
    "DENY": ("penyedia pembayaran menolak", "the payment provider refused"),
    "NOT_RECEIVED": ("Toko menyatakan uang belum masuk", "The shop says that no money has come"),
    "NOT_CONFIRMED": (
        "Toko belum menyatakan menerima uang sampai batas waktunya",
        "The shop did not say in time that the money had come",
    ),
}
REFUSED = ("penyedia pembayaran menolak", "the payment provider refused")
#: What is said of what goes back, by where it stands.
BACK: dict[RefundState, tuple[str, str]] = {
    RefundState.PROCESSING: ("{amount} sedang dikembalikan kepada Anda.", "{amount} is on its way back to you."),
    RefundState.AWAITING: (
        "{amount} kembali kepada Anda, tetapi tidak dapat lewat jalan semula: pilih transfer atau tunai di koperasi.",
        "{amount} goes back to you, but not the way it came: choose a transfer, or cash at the co-op.",
    ),
    RefundState.SUCCEEDED: ("{amount} sudah dikembalikan kepada Anda.", "{amount} has gone back to you."),
}


#: Why money goes back that had no use, by the refund's reason.
NO_USE: dict[str, tuple[str, str]] = {
    "LATE": (
        "Sebagian yang Anda bayar sudah berakhir sebelum uangnya masuk.",
        "Some of what you paid for had ended before the money came.",
    ),
    "DOUBLE": (
        "Sebagian yang Anda bayar sudah dibayar sebelumnya.",
        "Some of what you paid for was paid already.",
    ),
}


def explain(payment: Payment, language: str, refunds: Sequence[Refund] = (), *, is_part: bool = False) -> str:
    """A few sentences, in Bahasa Indonesia or English: where it stands, what to do, and which `refunds` it has.

    `is_part`: it pays for some of its order's parts alone.
    """
    place = 1 if language == "en" else 0
    reason = REASONS.get(payment.failure, REFUSED)[place]
    told = [SENTENCES[_which(payment)][place].format(reason=reason)]
    if is_part:
        told.append(SENTENCES["rest"][place])
    if payment.state is PaymentState.SUCCEEDED:
        told += [NO_USE[why][place] for why in sorted({row.reason for row in refunds} & NO_USE.keys())]
    for state, words in BACK.items():
        amount = sum(row.amount for row in refunds if row.state is state)
        if amount:
            told.append(words[place].format(amount=format_rupiah(amount)))
    return " ".join(told)


def _which(payment: Payment) -> str:
    if payment.state is PaymentState.PROCESSING:
        if payment.method is PaymentMethod.DIRECT:
            return "confirm"
        if payment.instructions:
            return "again" if payment.failure else "pay"
        return "asked" if clock.now() - payment.created_at < SOON else "unknown"
    if payment.state is PaymentState.FAILED:
        if payment.method is PaymentMethod.CASH:
            return "ended"
        if payment.method is PaymentMethod.DIRECT and payment.failure != GIVEN_UP:
            return "unseen"
        return {"NEVER_ARRIVED": "lost", "WRONG_AMOUNT": "amount"}.get(payment.failure, "failed")
    return {
        PaymentState.AGREED: "agreed",
        PaymentState.AUTHORISED: "held",
        PaymentState.SUCCEEDED: "paid",
        PaymentState.SURPLUS: "surplus",
    }[payment.state]
