"""The words of each notice, in Bahasa Indonesia and English. Pure.

A template takes the notice's stored values: `number` of the order, `shop`, `total` (written rupiah), `method`,
`reason`, `cooperative`, `member` (its number), `name`, `listing`. A value that is missing is left empty, so that
an old notice never fails to be read.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.notices.models import NoticeKind


@dataclass(frozen=True, slots=True)
class Words:
    """A title and a body for a person."""

    title: str
    body: str


_ID: dict[NoticeKind, Words] = {
    NoticeKind.ORDER_TO_ANSWER: Words("Pesanan baru {number}", "{total}, {method}. Terima atau tolak sekarang."),
    NoticeKind.ORDER_RECEIVED: Words("Pesanan {number} masuk", "{total}, {method}. Sudah diterima otomatis."),
    NoticeKind.ORDER_ACCEPTED: Words("{shop} menerima pesanan Anda", "Pesanan {number} sedang disiapkan."),
    NoticeKind.ORDER_DECLINED: Words(
        "{shop} tidak dapat melayani pesanan", "Pesanan {number} ditolak. Uang yang sudah dibayar dikembalikan."
    ),
    NoticeKind.ORDER_CANCELLED: Words("Pesanan {number} dibatalkan", "{reason}"),
    NoticeKind.ORDER_EXPIRED: Words(
        "Pesanan {number} kedaluwarsa", "Tidak ada jawaban atau pembayaran sampai batas waktunya."
    ),
    NoticeKind.ORDER_READY: Words("Pesanan {number} siap", "{shop} sudah menyiapkan pesanan."),
    NoticeKind.ORDER_COLLECTED: Words("Pesanan {number} di jalan", "Pengemudi sudah mengambil pesanan dari {shop}."),
    NoticeKind.ORDER_DELIVERED: Words("Pesanan {number} sampai", "Terima kasih sudah berbelanja di {shop}."),
    NoticeKind.ORDER_RETURNED: Words("Pesanan {number} dikembalikan", "Barang sudah kembali ke {shop}."),
    NoticeKind.DRIVER_ASSIGNED: Words("Pengemudi didapat", "Pengemudi menuju {shop} untuk pesanan {number}."),
    NoticeKind.JOB_ASSIGNED: Words("Tugas antar untuk Anda", "Ambil pesanan {number} di {shop}."),
    NoticeKind.JOB_UNSERVED: Words(
        "Belum ada pengemudi", "Pesanan {number}: tunggu, ambil sendiri, atau batalkan tanpa biaya."
    ),
    NoticeKind.JOB_CANCELLED: Words("Tugas antar dibatalkan", "Pesanan {number} tidak perlu diantar."),
    NoticeKind.MEMBERSHIP_APPLIED: Words("Calon anggota baru", "{name} ingin masuk {cooperative}."),
    NoticeKind.MEMBERSHIP_APPROVED: Words("Selamat datang di {cooperative}", "Nomor anggota Anda {member}."),
    NoticeKind.MEMBERSHIP_REFUSED: Words("{cooperative} menolak permohonan Anda", "{reason}"),
    NoticeKind.MEMBERSHIP_ENDED: Words("Keanggotaan Anda di {cooperative} berakhir", "{reason}"),
    NoticeKind.SHOP_APPLIED: Words("Toko baru mendaftar", "{shop} ingin berjualan lewat {cooperative}."),
    NoticeKind.SHOP_APPROVED: Words("{shop} boleh berjualan", "Pasang dagangan Anda sekarang."),
    NoticeKind.SHOP_REFUSED: Words("{shop} belum dapat diterima", "{reason}"),
    NoticeKind.SHOP_SUSPENDED: Words("{shop} dihentikan sementara", "{reason}"),
    NoticeKind.LISTING_SUSPENDED: Words(
        "Dagangan dihentikan: {listing}", "{reason} Anda dapat mengajukan keberatan."
    ),
}
_EN: dict[NoticeKind, Words] = {
    NoticeKind.ORDER_TO_ANSWER: Words("New order {number}", "{total}, {method}. Accept or decline it now."),
    NoticeKind.ORDER_RECEIVED: Words("Order {number} came in", "{total}, {method}. Accepted automatically."),
    NoticeKind.ORDER_ACCEPTED: Words("{shop} accepted your order", "Order {number} is being prepared."),
    NoticeKind.ORDER_DECLINED: Words(
        "{shop} can't take the order", "Order {number} was declined. What was paid is given back."
    ),
    NoticeKind.ORDER_CANCELLED: Words("Order {number} was cancelled", "{reason}"),
    NoticeKind.ORDER_EXPIRED: Words("Order {number} expired", "No answer or payment came in time."),
    NoticeKind.ORDER_READY: Words("Order {number} is ready", "{shop} has it ready."),
    NoticeKind.ORDER_COLLECTED: Words("Order {number} is on its way", "The driver has collected it from {shop}."),
    NoticeKind.ORDER_DELIVERED: Words("Order {number} has arrived", "Thank you for buying at {shop}."),
    NoticeKind.ORDER_RETURNED: Words("Order {number} was returned", "The goods are back at {shop}."),
    NoticeKind.DRIVER_ASSIGNED: Words("A driver was found", "The driver is on the way to {shop} for order {number}."),
    NoticeKind.JOB_ASSIGNED: Words("A delivery for you", "Collect order {number} at {shop}."),
    NoticeKind.JOB_UNSERVED: Words(
        "No driver yet", "Order {number}: wait, fetch it yourself, or cancel free of charge."
    ),
    NoticeKind.JOB_CANCELLED: Words("The delivery was cancelled", "Order {number} needs no delivery."),
    NoticeKind.MEMBERSHIP_APPLIED: Words("Someone wants to join", "{name} wants to join {cooperative}."),
    NoticeKind.MEMBERSHIP_APPROVED: Words("Welcome to {cooperative}", "Your member number is {member}."),
    NoticeKind.MEMBERSHIP_REFUSED: Words("{cooperative} refused your application", "{reason}"),
    NoticeKind.MEMBERSHIP_ENDED: Words("Your membership of {cooperative} has ended", "{reason}"),
    NoticeKind.SHOP_APPLIED: Words("A new shop applies", "{shop} wants to sell through {cooperative}."),
    NoticeKind.SHOP_APPROVED: Words("{shop} may sell", "Put up your listings now."),
    NoticeKind.SHOP_REFUSED: Words("{shop} was not accepted", "{reason}"),
    NoticeKind.SHOP_SUSPENDED: Words("{shop} was suspended", "{reason}"),
    NoticeKind.LISTING_SUSPENDED: Words("Suspended: {listing}", "{reason} You may appeal."),
}
TEMPLATES = {"id": _ID, "en": _EN}

#: Words that stand in values, by language.
METHODS = {
    "id": {"CASH": "tunai saat diantar", "ONLINE": "sudah dibayar"},
    "en": {"CASH": "cash on delivery", "ONLINE": "already paid"},
}


def words_of(kind: NoticeKind, values: Mapping[str, Any], language: str) -> Words:
    """The notice in `language` (`id` unless it is `en`)."""
    language = "en" if language == "en" else "id"
    template = TEMPLATES[language][kind]
    known: defaultdict[str, Any] = defaultdict(str, values)
    known["method"] = METHODS[language].get(str(values.get("method")), "")
    return Words(template.title.format_map(known), template.body.format_map(known).strip())
