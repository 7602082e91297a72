"""What buyers and shops are told of orders and what goes back of them. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
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
    NoticeKind.ORDER_DELIVERED: Words("Pesanan {number} selesai", "Terima kasih sudah berbelanja di {shop}."),
    NoticeKind.ORDER_RETURNED: Words("Pesanan {number} dikembalikan", "Barang sudah kembali ke {shop}."),
    NoticeKind.ORDER_DISPUTED: Words("Keluhan atas pesanan {number}", "{reason}"),
    NoticeKind.DISPUTE_RESOLVED: Words("Keputusan atas pesanan {number}", "{reason}"),
    NoticeKind.REFUND_BEGUN: Words("Uang Anda dikembalikan", "{amount} dari pesanan {number} sedang dikirim."),
    NoticeKind.REFUND_TO_FETCH: Words(
        "Uang Anda dapat diambil", "{amount} dari pesanan {number}: ambil di {cooperative}."
    ),
    NoticeKind.REFUND_PAID: Words("Uang sudah dikembalikan", "{amount} dari pesanan {number}."),
    NoticeKind.REFUND_AWAITING: Words(
        "Pilih cara uang kembali", "{amount} dari pesanan {number}: transfer, atau ambil di {cooperative}."
    ),
}
EN: dict[NoticeKind, Words] = {
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
    NoticeKind.ORDER_DELIVERED: Words("Order {number} is complete", "Thank you for buying at {shop}."),
    NoticeKind.ORDER_RETURNED: Words("Order {number} was returned", "The goods are back at {shop}."),
    NoticeKind.ORDER_DISPUTED: Words("Order {number} is disputed", "{reason}"),
    NoticeKind.DISPUTE_RESOLVED: Words("Order {number}: it was decided", "{reason}"),
    NoticeKind.REFUND_BEGUN: Words("Your money goes back", "{amount} of order {number} is on its way."),
    NoticeKind.REFUND_TO_FETCH: Words(
        "Your money can be fetched", "{amount} of order {number}: fetch it at {cooperative}."
    ),
    NoticeKind.REFUND_PAID: Words("Your money went back", "{amount} of order {number}."),
    NoticeKind.REFUND_AWAITING: Words(
        "Choose how your money comes back", "{amount} of order {number}: by transfer, or at {cooperative}."
    ),
}
