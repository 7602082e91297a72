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
    NoticeKind.JOB_ESTIMATED: Words(
        "{unit} menunggu persetujuan Anda", "{number}: pekerjaan kendaraan Anda {amount}. Setujui atau tolak dahulu."
    ),
    NoticeKind.SURPLUS_PAID: Words(
        "Bagian SHU Anda sudah dibayar", "{amount}, {cooperative}, {number}: lihat rincian perhitungannya."
    ),
    NoticeKind.PROTECTION_DUE: Words(
        "{programme}: iuran belum dibayar",
        "{amount} dibayar paling lambat {day} agar perlindungan Anda tidak terputus. {cooperative}, berita transfer "
        "{reference}.",
    ),
    NoticeKind.PROTECTION_CARRIED: Words(
        "{programme}: ditalangi dana solidaritas",
        "{amount} untuk {month} dibayar dana solidaritas {cooperative}. Anda tetap terlindungi dan mengembalikannya "
        "lewat tagihan Anda.",
    ),
    NoticeKind.PROTECTION_LAPSED: Words(
        "{programme}: perlindungan terputus",
        "Iuran {month} belum dibayar, jadi bulan ini Anda tidak terlindungi. Hubungi {cooperative}.",
    ),
    NoticeKind.PROTECTION_CLAIM: Words("Klaim {programme}: {claim}", "{cooperative}. {reason}"),
    NoticeKind.REMITTANCE_TO_APPROVE: Words(
        "Setoran iuran perlindungan menunggu persetujuan", "{amount}, {cooperative}: perlu dua pengurus."
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
    NoticeKind.JOB_ESTIMATED: Words(
        "{unit} waits for your word", "{number}: the work on your vehicle comes to {amount}. Agree to it, or decline."
    ),
    NoticeKind.SURPLUS_PAID: Words(
        "Your share of the surplus was paid", "{amount}, {cooperative}, {number}: see how it was reckoned."
    ),
    NoticeKind.PROTECTION_DUE: Words(
        "{programme}: the contribution is not paid",
        "Pay {amount} by {day}, so that your cover goes on. {cooperative}, by transfer with the words {reference}.",
    ),
    NoticeKind.PROTECTION_CARRIED: Words(
        "{programme}: the solidarity fund stood in",
        "{amount} for {month} was paid by the solidarity fund of {cooperative}. You stay covered, and owe it back "
        "with your dues.",
    ),
    NoticeKind.PROTECTION_LAPSED: Words(
        "{programme}: your cover has lapsed",
        "The contribution of {month} is not paid, so you are not covered this month. Speak to {cooperative}.",
    ),
    NoticeKind.PROTECTION_CLAIM: Words("Claim on {programme}: {claim}", "{cooperative}. {reason}"),
    NoticeKind.REMITTANCE_TO_APPROVE: Words(
        "A remittance of contributions waits", "{amount}, {cooperative}: it takes two officers."
    ),
}
