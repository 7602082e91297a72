"""What drivers, buyers and dispatchers are told of deliveries. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
    NoticeKind.DRIVER_ASSIGNED: Words("Pengemudi sudah ada", "Pengemudi menuju {shop} untuk pesanan {number}."),
    NoticeKind.JOB_ASSIGNED: Words("Tugas antar untuk Anda", "Ambil pesanan {number} di {shop}."),
    NoticeKind.JOB_UNSERVED: Words(
        "Belum ada pengemudi", "Pesanan {number}: tunggu, ambil sendiri, atau batalkan tanpa biaya."
    ),
    NoticeKind.JOB_CANCELLED: Words("Tugas antar dibatalkan", "Pesanan {number} tidak perlu diantar."),
    NoticeKind.BOOKED_ASSIGNED: Words("Pengemudi sudah ada", "Pengemudi menuju {shop} untuk antaran Anda."),
    NoticeKind.BOOKED_UNSERVED: Words("Belum ada pengemudi", "Antaran dari {shop}: tunggu atau batalkan."),
    NoticeKind.BOOKED_REPRICED: Words("Ongkir disesuaikan", "Antaran dari {shop}: lihat penyesuaian dan alasannya."),
    NoticeKind.WEEKLY_NOT_MADE: Words("Antaran mingguan tidak dibuat", "{shop}, {on}: {why_id}"),
    NoticeKind.BOOKED_DELIVERED: Words("Antaran sampai", "Antaran dari {shop} sudah diterima."),
    NoticeKind.BOOKED_RETURNING: Words("Antaran tidak dapat diserahkan", "Barang dibawa kembali ke {shop}."),
    NoticeKind.BOOKED_RETURNED: Words("Barang kembali", "Barang sudah kembali ke {shop}."),
    NoticeKind.BOOKED_JOB_ASSIGNED: Words("Tugas antar untuk Anda", "Ambil barang di {shop}."),
    NoticeKind.BOOKED_JOB_CANCELLED: Words("Tugas antar dibatalkan", "Barang di {shop} tidak perlu diantar."),
    NoticeKind.DISPATCH_APPEALED: Words(
        "Keberatan pengemudi", "Seorang pengemudi keberatan atas pembagian tugas {cooperative}. Jawab sekarang."
    ),
    NoticeKind.DISPATCH_ANSWERED: Words("Keberatan Anda dijawab", "{cooperative} sudah menjawab: baca jawabannya."),
    NoticeKind.HAND_OVER_OFFERED: Words(
        "Rekan meminta Anda mengambil alih", "Antaran dari {shop}: lihat tugas yang ditawarkan."
    ),
    NoticeKind.HUB_STORED: Words("Barang di {hub}", "Antaran dari {shop} menunggu pengemudi berikutnya di {hub}."),
    NoticeKind.HUB_TO_FETCH: Words(
        "Ambil barang di {hub}", "Antaran dari {shop} tidak diteruskan. Ambil di {hub} dengan PIN pengembalian."
    ),
    NoticeKind.HUB_WINDOW_CLOSED: Words(
        "Barang tertahan di {hub}", "Tidak ada yang mengambil antaran dari {shop}: beri waktu baru atau kembalikan."
    ),
    NoticeKind.ALLIANCE_PROPOSED: Words(
        "Usulan kerja sama", "{cooperative} mengusulkan kerja sama pengantaran. Baca dan jawab."
    ),
    NoticeKind.ALLIANCE_TERMS_PROPOSED: Words(
        "Usulan ketentuan kerja sama", "{cooperative} mengusulkan ketentuan baru. Yang lama berlaku sampai disetujui."
    ),
    NoticeKind.LATE_READY: Words(
        "{shop} terlambat menyiapkan", "Pesanan {number} terlambat siap {minutes} menit. Perkiraan tiba disesuaikan."
    ),
    NoticeKind.LATE_RIDER: Words(
        "Antaran dari {shop} terlambat", "Antaran {number} diperkirakan terlambat {minutes} menit."
    ),
    NoticeKind.JOB_MESSAGE: Words("Pesan tentang antaran", "Ada pesan baru tentang antaran dari {shop}."),
    NoticeKind.JOB_INCIDENT: Words("Pengemudi terkendala", "{name}: {incident}. Pilih penanganannya."),
    NoticeKind.SOS_RAISED: Words("DARURAT: {name}", "{name} meminta pertolongan. Tanggapi sekarang."),
    NoticeKind.SOS_ACKNOWLEDGED: Words("Koperasi sudah tahu", "Pertolongan untuk Anda sedang diurus."),
    NoticeKind.SOS_CLOSED: Words("Panggilan darurat ditutup", "Koperasi menutup panggilan darurat Anda."),
    NoticeKind.TIP_GIVEN: Words("Anda mendapat tip", "{amount}, semuanya untuk Anda."),
}
EN: dict[NoticeKind, Words] = {
    NoticeKind.DRIVER_ASSIGNED: Words("A driver was found", "The driver is on the way to {shop} for order {number}."),
    NoticeKind.JOB_ASSIGNED: Words("A delivery for you", "Collect order {number} at {shop}."),
    NoticeKind.JOB_UNSERVED: Words(
        "No driver yet", "Order {number}: wait, fetch it yourself, or cancel free of charge."
    ),
    NoticeKind.JOB_CANCELLED: Words("The delivery was cancelled", "Order {number} needs no delivery."),
    NoticeKind.BOOKED_ASSIGNED: Words("A driver was found", "The driver is on the way to {shop} for your delivery."),
    NoticeKind.BOOKED_UNSERVED: Words("No driver yet", "The delivery from {shop}: wait, or cancel it."),
    NoticeKind.BOOKED_REPRICED: Words("The delivery's price was adjusted", "From {shop}: see by how much, and why."),
    NoticeKind.WEEKLY_NOT_MADE: Words("A weekly delivery was not made", "{shop}, {on}: {why_en}"),
    NoticeKind.BOOKED_DELIVERED: Words("The delivery has arrived", "The delivery from {shop} was handed over."),
    NoticeKind.BOOKED_RETURNING: Words("The delivery could not be made", "The goods come back to {shop}."),
    NoticeKind.BOOKED_RETURNED: Words("The goods are back", "The goods are back at {shop}."),
    NoticeKind.BOOKED_JOB_ASSIGNED: Words("A delivery for you", "Collect the goods at {shop}."),
    NoticeKind.BOOKED_JOB_CANCELLED: Words("The delivery was cancelled", "The goods at {shop} need no delivery."),
    NoticeKind.DISPATCH_APPEALED: Words(
        "A driver appeals", "A driver objects to how {cooperative} shared out a job. Answer him."
    ),
    NoticeKind.DISPATCH_ANSWERED: Words("Your appeal was answered", "{cooperative} has answered: read it."),
    NoticeKind.HAND_OVER_OFFERED: Words(
        "A colleague asks you to take over", "The delivery from {shop}: see what is offered to you."
    ),
    NoticeKind.HUB_STORED: Words("Goods at {hub}", "The delivery from {shop} waits for its next driver at {hub}."),
    NoticeKind.HUB_TO_FETCH: Words(
        "Fetch the goods at {hub}", "The delivery from {shop} goes no further. Fetch it at {hub} with the return PIN."
    ),
    NoticeKind.HUB_WINDOW_CLOSED: Words(
        "Goods lie at {hub}", "Nobody took the delivery from {shop} on: give it another window, or turn it back."
    ),
    NoticeKind.ALLIANCE_PROPOSED: Words(
        "An alliance is proposed", "{cooperative} proposes that one carries for the other. Read it and answer."
    ),
    NoticeKind.ALLIANCE_TERMS_PROPOSED: Words(
        "Other terms are proposed", "{cooperative} proposes other terms. Those in force hold until you agree."
    ),
    NoticeKind.LATE_READY: Words(
        "{shop} is late with the goods", "Order {number} should have been ready {minutes} minutes ago."
    ),
    NoticeKind.LATE_RIDER: Words(
        "The delivery from {shop} runs late", "Delivery {number} is expected {minutes} minutes late."
    ),
    NoticeKind.JOB_MESSAGE: Words("A message about a delivery", "Something was said about the delivery from {shop}."),
    NoticeKind.JOB_INCIDENT: Words("A driver is held up", "{name}: {incident}. Choose what is done."),
    NoticeKind.SOS_RAISED: Words("EMERGENCY: {name}", "{name} calls for help. See where, and answer now."),
    NoticeKind.SOS_ACKNOWLEDGED: Words("The co-op knows", "Help for you is being seen to."),
    NoticeKind.SOS_CLOSED: Words("Your call for help was closed", "The co-op has closed your call for help."),
    NoticeKind.TIP_GIVEN: Words("You got a tip", "{amount}, all of it yours."),
}
#: What a driver's phone says of an offer; of these no notice is kept.
OFFERED = {
    "id": Words("Tawaran antar: {share} untuk Anda", "Ongkir {price}, {far} ke {shop}. Jawab dalam {seconds} detik."),
    "en": Words("A job for you: {share}", "Price {price}, {far} to {shop}. Answer within {seconds} seconds."),
}
