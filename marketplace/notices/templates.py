"""The words of each notice, in Bahasa Indonesia and English. Pure.

A template takes the notice's stored values: `number` of the order, `shop`, `total` (written rupiah), `method`,
`reason`, `cooperative`, `member` (its number), `name`, `listing`, `role`; of money between co-ops `group`, `amount`,
`other_amount`, `other` (the other co-op), `reference` (the bank's). A value that is missing is left empty, so that
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
    NoticeKind.SHOP_BLOCKED: Words("{shop} diblokir pengelola", "{reason}"),
    NoticeKind.SHOP_HANDED_OVER: Words("{shop} berganti pemilik", "Pemilik sekarang: {name}."),
    NoticeKind.LISTING_APPEALED: Words("Keberatan: {listing}", "{reason}"),
    NoticeKind.APPEAL_ALLOWED: Words("Keberatan diterima: {listing}", "{reason} Anda dapat menayangkannya lagi."),
    NoticeKind.APPEAL_REFUSED: Words("Keberatan ditolak: {listing}", "{reason}"),
    NoticeKind.LISTING_REPORTED: Words("Dagangan dilaporkan: {listing}", "{reason}"),
    NoticeKind.REPORT_UPHELD: Words("Laporan Anda diterima", "{listing} sudah dihentikan. Terima kasih."),
    NoticeKind.REPORT_DISMISSED: Words("Laporan Anda sudah diperiksa", "{listing} tetap dijual. {reason}"),
    NoticeKind.OFFICE_PROPOSED: Words(
        "Perubahan jabatan menunggu", "{name}, {role} {cooperative}: perlu persetujuan pengurus kedua."
    ),
    NoticeKind.OFFICE_GIVEN: Words("Anda menjadi {role}", "Jabatan di {cooperative} berlaku mulai sekarang."),
    NoticeKind.OFFICE_ENDED: Words("Jabatan Anda berakhir", "Anda bukan lagi {role} {cooperative}."),
    NoticeKind.OFFICE_WITHDRAWN: Words("Perubahan jabatan dibatalkan", "{name}, {role} {cooperative}."),
    NoticeKind.DRIVER_APPLIED: Words("Calon pengemudi baru", "{name} ingin mengantar untuk {cooperative}."),
    NoticeKind.DRIVER_APPROVED: Words("Anda boleh mengantar", "{cooperative} menerima Anda. Mulailah bertugas."),
    NoticeKind.DRIVER_REFUSED: Words("{cooperative} menolak Anda sebagai pengemudi", "{reason}"),
    NoticeKind.DRIVER_SUSPENDED: Words("Anda dihentikan sebagai pengemudi", "{cooperative}: {reason}"),
    NoticeKind.ORDER_DISPUTED: Words("Pesanan {number} dipersoalkan", "{reason}"),
    NoticeKind.DISPUTE_RESOLVED: Words("Keputusan atas pesanan {number}", "{reason}"),
    NoticeKind.REFUND_BEGUN: Words("Uang Anda dikembalikan", "{amount} dari pesanan {number} sedang dikirim."),
    NoticeKind.REFUND_TO_FETCH: Words(
        "Uang Anda dapat diambil", "{amount} dari pesanan {number}: ambil di {cooperative}."
    ),
    NoticeKind.REFUND_PAID: Words("Uang sudah dikembalikan", "{amount} dari pesanan {number}."),
    NoticeKind.REFUND_AWAITING: Words(
        "Pilih cara uang kembali", "{amount} dari pesanan {number}: transfer, atau ambil di {cooperative}."
    ),
    NoticeKind.PAYOUT_CONFIRMED: Words("Pencairan masuk", "{amount} ke {to}."),
    NoticeKind.PAYOUT_FAILED: Words("Pencairan gagal", "{amount} ke {to}: kembali ke saldo Anda di koperasi."),
    NoticeKind.STRAY_MONEY_FOUND: Words(
        "Uang belum dikenali", "{amount} pada penyedia pembayaran {cooperative}: periksa asalnya."
    ),
    NoticeKind.VOUCHER_TO_APPROVE: Words(
        "Bukti menunggu persetujuan", "{amount}, {cooperative}: perlu pengurus kedua."
    ),
    NoticeKind.PAYOUT_TO_APPROVE: Words(
        "Pencairan menunggu persetujuan", "{amount}, {cooperative}: perlu dua pengurus."
    ),
    NoticeKind.PAYOUT_OUTCOME_TO_APPROVE: Words(
        "Hasil pencairan menunggu pengurus kedua",
        "{amount}, {cooperative}: periksa mutasi bank, lalu nyatakan hasilnya.",
    ),
    NoticeKind.MONEY_SETTING_TO_APPROVE: Words(
        "Perubahan pengaturan uang menunggu", "{cooperative}: pengurus kedua perlu menyetujui usulan ini."
    ),
    NoticeKind.PAYOUT_CONTRADICTED: Words(
        "Pencairan ternyata terbayar",
        "{amount} ke {to}: penyedia menyatakan terbayar, padahal dicatat gagal. Tagih kembali dari penerima.",
    ),
    NoticeKind.BOOKED_ASSIGNED: Words("Pengemudi didapat", "Pengemudi menuju {shop} untuk antaran Anda."),
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
    NoticeKind.SHIFT_CANCELLED: Words("Jadwal {when} dibatalkan", "{cooperative}: {reason}"),
    NoticeKind.SHIFT_TAKEN: Words("Jadwal {when} diambil rekan", "Tempat Anda di {cooperative} sudah digantikan."),
    NoticeKind.PAPER_TO_CHECK: Words("Dokumen pengemudi untuk diperiksa", "{name}: {paper}."),
    NoticeKind.PAPER_APPROVED: Words("{paper} Anda disetujui", "Berlaku sampai {day}."),
    NoticeKind.PAPER_REFUSED: Words("{paper} Anda ditolak", "{reason}"),
    NoticeKind.PAPER_EXPIRING: Words(
        "{paper} segera berakhir", "Berakhir pada {day}: perpanjang dan unggah yang baru."
    ),
    NoticeKind.PAPER_EXPIRED: Words(
        "{paper} sudah berakhir", "{name}: berakhir pada {day}; tidak dapat bertugas dahulu."
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
    NoticeKind.SETTLEMENT_TO_APPROVE: Words(
        "Jendela {number} ditutup: mohon persetujuan",
        "{group}. {cooperative} membayar {amount}, menerima {other_amount}.",
    ),
    NoticeKind.SETTLEMENT_TO_PAY: Words(
        "Jendela {number}: saatnya membayar", "{cooperative} membayar {amount} kepada {other}."
    ),
    NoticeKind.SETTLEMENT_TO_CONFIRM: Words(
        "Jendela {number}: mohon pastikan penerimaan",
        "{other} mengirim {amount} kepada {cooperative}, rujukan bank {reference}.",
    ),
    NoticeKind.SETTLEMENT_CONFIRMED: Words(
        "Jendela {number}: pembayaran diterima", "{other} menerima {amount} dari {cooperative}."
    ),
    NoticeKind.SETTLEMENT_SETTLED: Words("Jendela {number} selesai", "{group}: semua pembayaran sudah diterima."),
    NoticeKind.SETTLEMENT_DEFAULTED: Words(
        "Jendela {number}: {other} gagal bayar", "{group}: pembayaran dihitung ulang. {reason}"
    ),
    NoticeKind.SETTLEMENT_ABORTED: Words(
        "Jendela {number} dibatalkan", "{group}: utang dibawa ke jendela berikutnya. {reason}"
    ),
    NoticeKind.SETTLEMENT_FAILED: Words(
        "Jendela {number} gagal", "{group}: yang belum dibayar dibawa ke jendela berikutnya. {reason}"
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
    NoticeKind.SHOP_BLOCKED: Words("{shop} was blocked by the operator", "{reason}"),
    NoticeKind.SHOP_HANDED_OVER: Words("{shop} has another owner", "Its owner is now {name}."),
    NoticeKind.LISTING_APPEALED: Words("Appeal: {listing}", "{reason}"),
    NoticeKind.APPEAL_ALLOWED: Words("Appeal allowed: {listing}", "{reason} You may publish it again."),
    NoticeKind.APPEAL_REFUSED: Words("Appeal refused: {listing}", "{reason}"),
    NoticeKind.LISTING_REPORTED: Words("Reported: {listing}", "{reason}"),
    NoticeKind.REPORT_UPHELD: Words("Your report was upheld", "{listing} was taken off. Thank you."),
    NoticeKind.REPORT_DISMISSED: Words("Your report was looked into", "{listing} stays on sale. {reason}"),
    NoticeKind.OFFICE_PROPOSED: Words(
        "A change of office waits", "{name}, {role} of {cooperative}: a second officer must confirm."
    ),
    NoticeKind.OFFICE_GIVEN: Words("You are now {role}", "The office at {cooperative} holds from now on."),
    NoticeKind.OFFICE_ENDED: Words("Your office has ended", "You are no longer {role} of {cooperative}."),
    NoticeKind.OFFICE_WITHDRAWN: Words("A change of office was withdrawn", "{name}, {role} of {cooperative}."),
    NoticeKind.DRIVER_APPLIED: Words("Someone wants to drive", "{name} wants to carry for {cooperative}."),
    NoticeKind.DRIVER_APPROVED: Words("You may carry", "{cooperative} approved you. Start a shift."),
    NoticeKind.DRIVER_REFUSED: Words("{cooperative} refused you as a driver", "{reason}"),
    NoticeKind.DRIVER_SUSPENDED: Words("You may not carry for now", "{cooperative}: {reason}"),
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
    NoticeKind.PAYOUT_CONFIRMED: Words("Your payout has arrived", "{amount} to {to}."),
    NoticeKind.PAYOUT_FAILED: Words("Your payout failed", "{amount} to {to}: the co-op owes it to you as before."),
    NoticeKind.STRAY_MONEY_FOUND: Words(
        "Money that nobody explains", "{amount} at the payment provider of {cooperative}: find out what it is."
    ),
    NoticeKind.VOUCHER_TO_APPROVE: Words(
        "A voucher waits for approval", "{amount}, {cooperative}: it takes a second officer."
    ),
    NoticeKind.PAYOUT_TO_APPROVE: Words(
        "A payout waits for approval", "{amount}, {cooperative}: it takes two officers."
    ),
    NoticeKind.PAYOUT_OUTCOME_TO_APPROVE: Words(
        "What became of a payout waits for a second officer",
        "{amount}, {cooperative}: look at the bank's statement, then say what you find.",
    ),
    NoticeKind.MONEY_SETTING_TO_APPROVE: Words(
        "A change of where money goes waits", "{cooperative}: a second officer must agree to the proposal."
    ),
    NoticeKind.PAYOUT_CONTRADICTED: Words(
        "A payout was paid after all",
        "{amount} to {to}: the provider says so, though it is booked as failed. Claim it back from the payee.",
    ),
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
    NoticeKind.SHIFT_CANCELLED: Words("The shift of {when} was called off", "{cooperative}: {reason}"),
    NoticeKind.SHIFT_TAKEN: Words("A colleague took the shift of {when}", "Your place at {cooperative} is filled."),
    NoticeKind.PAPER_TO_CHECK: Words("A driver's paper to check", "{name}: {paper}."),
    NoticeKind.PAPER_APPROVED: Words("Your {paper} was approved", "It holds until {day}."),
    NoticeKind.PAPER_REFUSED: Words("Your {paper} was refused", "{reason}"),
    NoticeKind.PAPER_EXPIRING: Words("{paper} ends soon", "It ends on {day}: renew it and upload the new one."),
    NoticeKind.PAPER_EXPIRED: Words("{paper} has ended", "{name}: it ended on {day}; no shift can be started."),
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
    NoticeKind.SETTLEMENT_TO_APPROVE: Words(
        "Window {number} closed: please approve", "{group}. {cooperative} pays {amount} and receives {other_amount}."
    ),
    NoticeKind.SETTLEMENT_TO_PAY: Words("Window {number}: please pay", "{cooperative} pays {amount} to {other}."),
    NoticeKind.SETTLEMENT_TO_CONFIRM: Words(
        "Window {number}: please confirm", "{other} sent {amount} to {cooperative}, bank reference {reference}."
    ),
    NoticeKind.SETTLEMENT_CONFIRMED: Words(
        "Window {number}: your payment arrived", "{other} received {amount} from {cooperative}."
    ),
    NoticeKind.SETTLEMENT_SETTLED: Words("Window {number} is settled", "{group}: every payment was received."),
    NoticeKind.SETTLEMENT_DEFAULTED: Words(
        "Window {number}: {other} is in default", "{group}: the payments were planned afresh. {reason}"
    ),
    NoticeKind.SETTLEMENT_ABORTED: Words(
        "Window {number} was given up", "{group}: its debts go on in the next window. {reason}"
    ),
    NoticeKind.SETTLEMENT_FAILED: Words(
        "Window {number} has failed", "{group}: what is unpaid goes on in the next window. {reason}"
    ),
}
TEMPLATES = {"id": _ID, "en": _EN}

#: Words that stand in values, by language.
METHODS = {
    "id": {"CASH": "tunai saat diantar", "ONLINE": "sudah dibayar"},
    "en": {"CASH": "cash on delivery", "ONLINE": "already paid"},
}


#: Offices of a co-op, as its people call them.
ROLES = {
    "id": {
        "CHAIR": "ketua",
        "SECRETARY": "sekretaris",
        "TREASURER": "bendahara",
        "DISPATCHER": "petugas antar",
        "UNIT_MANAGER": "manajer unit",
        "LOAN_OFFICER": "petugas pinjaman",
        "SUPERVISOR": "pengawas",
    },
    "en": {
        "CHAIR": "chair",
        "SECRETARY": "secretary",
        "TREASURER": "treasurer",
        "DISPATCHER": "dispatcher",
        "UNIT_MANAGER": "unit manager",
        "LOAN_OFFICER": "loan officer",
        "SUPERVISOR": "supervisor (pengawas)",
    },
}

#: A driver's papers, as people call them.
PAPERS = {
    "id": {"SIM": "SIM", "STNK": "STNK", "INSURANCE": "Asuransi", "HEALTH": "Surat keterangan sehat"},
    "en": {
        "SIM": "licence (SIM)",
        "STNK": "registration (STNK)",
        "INSURANCE": "insurance",
        "HEALTH": "health certificate",
    },
}


def words_of(kind: NoticeKind, values: Mapping[str, Any], language: str) -> Words:
    """The notice in `language` (`id` unless it is `en`)."""
    language = "en" if language == "en" else "id"
    template = TEMPLATES[language][kind]
    known: defaultdict[str, Any] = defaultdict(str, values)
    known["role"] = ROLES[language].get(str(values.get("role")), "")
    known["paper"] = PAPERS[language].get(str(values.get("paper")), "")
    known["method"] = METHODS[language].get(str(values.get("method")), "")
    return Words(template.title.format_map(known), template.body.format_map(known).strip())
