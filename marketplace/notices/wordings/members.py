"""What members are told of what they owe their co-op and of what it holds for them. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
    NoticeKind.DUES_OF_DEAD: Words(
        "Kewajiban almarhum {name}",
        "{amount} belum dibayar, {cooperative}. Bicarakan dengan ahli waris atau penjamin.",
    ),
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
    NoticeKind.UNIT_CREDIT_SALE: Words(
        "Belanja tempo di {unit}", "{number}: {amount}, dibayar paling lambat {day}. Lihat tagihan Anda."
    ),
    NoticeKind.JOB_DONE: Words("Kendaraan Anda selesai di {unit}", "{number}: {amount}. Silakan diambil."),
    NoticeKind.UNIT_ITEM_LOW: Words("Stok menipis: {item}", "{unit}: sisa {quantity}. Saatnya membeli lagi."),
    NoticeKind.JOINT_CLOSED: Words(
        "Pendaftaran {number} ditutup", "{title}: terkumpul {quantity} {measure}. Pesan sekarang, atau batalkan."
    ),
    NoticeKind.JOINT_RECEIVED: Words(
        "Barang pembelian bersama datang", "{title}: bagian Anda {quantity} {measure}, {amount} dibayar sampai {day}."
    ),
    NoticeKind.JOINT_DUE: Words(
        "Pembelian bersama jatuh tempo", "{title}: {amount} jatuh tempo {day}. Bayar kepada koperasi pelaksana."
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
    NoticeKind.PROTECTION_REFUSED: Words(
        "{programme}: iuran {month} ditolak",
        "{reason}. Bulan itu Anda tidak terlindungi; yang sudah Anda bayar disimpan {cooperative} untuk Anda.",
    ),
    NoticeKind.PROTECTION_TO_REMIT: Words(
        "Setoran {programme} siap dikirim",
        "{number}: {amount} untuk {month}, {cooperative}. Kirim, lalu catat buktinya.",
    ),
    NoticeKind.PROTECTION_CLAIM: Words("Klaim {programme}: {claim}", "{cooperative}. {reason}"),
    NoticeKind.BENEFIT_TO_APPROVE: Words(
        "Santunan menunggu persetujuan", "{amount}, {cooperative}: perlu pengurus kedua."
    ),
    NoticeKind.REMITTANCE_TO_APPROVE: Words(
        "Setoran iuran perlindungan menunggu persetujuan", "{amount}, {cooperative}: perlu dua pengurus."
    ),
}
EN: dict[NoticeKind, Words] = {
    NoticeKind.DUES_OF_DEAD: Words(
        "What {name}, who died, still owes",
        "{amount} at {cooperative}. Speak with the heirs, or who stands behind it.",
    ),
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
    NoticeKind.UNIT_CREDIT_SALE: Words(
        "Bought on credit at {unit}", "{number}: {amount}, to be paid by {day}. See your dues."
    ),
    NoticeKind.JOB_DONE: Words("Your vehicle is done at {unit}", "{number}: {amount}. It can be fetched."),
    NoticeKind.UNIT_ITEM_LOW: Words("Running low: {item}", "{unit}: {quantity} left. It is time to buy again."),
    NoticeKind.JOINT_CLOSED: Words(
        "Joining {number} is over", "{title}: {quantity} {measure} together. Order it now, or call it off."
    ),
    NoticeKind.JOINT_RECEIVED: Words(
        "The goods of a joint purchase are here", "{title}: your part {quantity} {measure}, {amount} by {day}."
    ),
    NoticeKind.JOINT_DUE: Words(
        "A joint purchase is due", "{title}: {amount} came due on {day}. Pay the co-op that ran it."
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
    NoticeKind.PROTECTION_REFUSED: Words(
        "{programme}: {month} was refused",
        "{reason}. You are not covered in that month; what you paid is held for you by {cooperative}.",
    ),
    NoticeKind.PROTECTION_TO_REMIT: Words(
        "To send to {programme}", "{number}: {amount} of {month}, {cooperative}. Send it, then enter its receipt."
    ),
    NoticeKind.PROTECTION_CLAIM: Words("Claim on {programme}: {claim}", "{cooperative}. {reason}"),
    NoticeKind.BENEFIT_TO_APPROVE: Words(
        "A benefit waits for approval", "{amount}, {cooperative}: it needs a second officer."
    ),
    NoticeKind.REMITTANCE_TO_APPROVE: Words(
        "A remittance of contributions waits", "{amount}, {cooperative}: it takes two officers."
    ),
}
