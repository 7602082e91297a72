"""What members are told of what they owe their co-op and of what it holds for them. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
    NoticeKind.DUES_MISSED: Words(
        "Tagihan {cooperative} belum dibayar",
        "{amount} sudah jatuh tempo. Bayar di loket, atau transfer dengan berita {reference}.",
    ),
    NoticeKind.WITHDRAWAL_TO_APPROVE: Words(
        "Penarikan simpanan menunggu persetujuan", "{amount}, {cooperative}: perlu dua pengurus."
    ),
    NoticeKind.WITHDRAWAL_REFUSED: Words("Penarikan simpanan ditolak", "{amount}, {cooperative}: {reason}"),
    NoticeKind.DEPOSIT_MATURED: Words(
        "Simpanan berjangka jatuh tempo", "{number}, {cooperative}: lihat buku simpanan Anda."
    ),
    NoticeKind.SURPLUS_PAID: Words(
        "Bagian SHU Anda sudah dibayar", "{amount}, {cooperative}, {number}: lihat rincian perhitungannya."
    ),
}
EN: dict[NoticeKind, Words] = {
    NoticeKind.DUES_MISSED: Words(
        "Dues of {cooperative} are not paid",
        "{amount} has come due. Pay at the counter, or by transfer with the words {reference}.",
    ),
    NoticeKind.WITHDRAWAL_TO_APPROVE: Words(
        "A withdrawal of savings waits", "{amount}, {cooperative}: it takes two officers."
    ),
    NoticeKind.WITHDRAWAL_REFUSED: Words("Your withdrawal was refused", "{amount}, {cooperative}: {reason}"),
    NoticeKind.DEPOSIT_MATURED: Words(
        "The term of your deposit has ended", "{number}, {cooperative}: see your passbook."
    ),
    NoticeKind.SURPLUS_PAID: Words(
        "Your share of the surplus was paid", "{amount}, {cooperative}, {number}: see how it was reckoned."
    ),
}
