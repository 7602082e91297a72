"""Where a payment stands, in words for its buyer. Pure but for the clock."""

from datetime import timedelta

from marketplace import clock
from marketplace.orders.models import PaymentMethod
from marketplace.payments.models import Payment, PaymentState

#: After so long without an answer a buyer is told that nobody knows yet.
SOON = timedelta(seconds=20)

SENTENCES: dict[str, tuple[str, str]] = {
    "agreed": ("Dibayar tunai saat diterima.", "To be paid in cash on delivery."),
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
        "Tidak terbayar ({failure}); tidak ada uang yang diambil. Pesanan dapat dibayar lagi sebelum kedaluwarsa.",
        "Not paid ({failure}); no money was taken. The order may be paid again until it expires.",
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
    "surplus": (
        "Pesanan ini sudah dibayar sebelumnya: pembayaran ini kembali penuh.",
        "The order was paid already: this payment goes back in full.",
    ),
}


def explain(payment: Payment, language: str) -> str:
    """A sentence or two, in Bahasa Indonesia or English."""
    sentence = SENTENCES[_which(payment)][1 if language == "en" else 0]
    return sentence.format(failure=payment.failure)


def _which(payment: Payment) -> str:
    if payment.state is PaymentState.PROCESSING:
        if payment.instructions:
            return "pay"
        return "asked" if clock.now() - payment.created_at < SOON else "unknown"
    if payment.state is PaymentState.FAILED:
        if payment.method is PaymentMethod.CASH:
            return "ended"
        return {"NEVER_ARRIVED": "lost", "WRONG_AMOUNT": "amount"}.get(payment.failure, "failed")
    return {
        PaymentState.AGREED: "agreed",
        PaymentState.AUTHORISED: "held",
        PaymentState.SUCCEEDED: "paid",
        PaymentState.SURPLUS: "surplus",
    }[payment.state]
