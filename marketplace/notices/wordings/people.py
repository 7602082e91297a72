"""What members, officers, drivers and shops are told of their standing. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
    NoticeKind.MEMBERSHIP_APPLIED: Words("Calon anggota baru", "{name} ingin masuk {cooperative}."),
    NoticeKind.MEMBERSHIP_APPROVED: Words("Selamat datang di {cooperative}", "Nomor anggota Anda {member}."),
    NoticeKind.MEMBERSHIP_REFUSED: Words("{cooperative} menolak permohonan Anda", "{reason}"),
    NoticeKind.MEMBERSHIP_ENDED: Words("Keanggotaan Anda di {cooperative} berakhir", "{reason}"),
    NoticeKind.HEARING_CALLED: Words(
        "Anda dipanggil untuk didengar, {cooperative}", "{when}, {place}. Alasan: {grounds}"
    ),
    NoticeKind.EXPULSION_DECIDED: Words(
        "Keputusan pemberhentian, {cooperative}", "{decision} Anda dapat banding sampai {until}."
    ),
    NoticeKind.EXPULSION_DROPPED: Words("Anda tetap anggota {cooperative}", "Proses pemberhentian dihentikan."),
    NoticeKind.EXPULSION_APPEALED: Words(
        "{name} mengajukan banding", "{cooperative}: rapat anggota memutus pemberhentiannya."
    ),
    NoticeKind.MOVING_PROPOSED: Words(
        "Berkas pindahan menunggu persetujuan", "{cooperative}: {members} anggota. Perlu dua pengurus."
    ),
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
}
EN: dict[NoticeKind, Words] = {
    NoticeKind.MEMBERSHIP_APPLIED: Words("Someone wants to join", "{name} wants to join {cooperative}."),
    NoticeKind.MEMBERSHIP_APPROVED: Words("Welcome to {cooperative}", "Your member number is {member}."),
    NoticeKind.MEMBERSHIP_REFUSED: Words("{cooperative} refused your application", "{reason}"),
    NoticeKind.MEMBERSHIP_ENDED: Words("Your membership of {cooperative} has ended", "{reason}"),
    NoticeKind.HEARING_CALLED: Words("You are called to be heard, {cooperative}", "{when}, {place}. Why: {grounds}"),
    NoticeKind.EXPULSION_DECIDED: Words(
        "Your expulsion was decided, {cooperative}", "{decision} You may appeal until {until}."
    ),
    NoticeKind.EXPULSION_DROPPED: Words("You stay a member of {cooperative}", "The expulsion was dropped."),
    NoticeKind.EXPULSION_APPEALED: Words(
        "{name} has appealed", "{cooperative}: the members' meeting decides on the expulsion."
    ),
    NoticeKind.MOVING_PROPOSED: Words(
        "Sheets of members wait", "{cooperative}: {members} members. It takes two officers."
    ),
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
    NoticeKind.SHIFT_CANCELLED: Words("The shift of {when} was called off", "{cooperative}: {reason}"),
    NoticeKind.SHIFT_TAKEN: Words("A colleague took the shift of {when}", "Your place at {cooperative} is filled."),
    NoticeKind.PAPER_TO_CHECK: Words("A driver's paper to check", "{name}: {paper}."),
    NoticeKind.PAPER_APPROVED: Words("Your {paper} was approved", "It holds until {day}."),
    NoticeKind.PAPER_REFUSED: Words("Your {paper} was refused", "{reason}"),
    NoticeKind.PAPER_EXPIRING: Words("{paper} ends soon", "It ends on {day}: renew it and upload the new one."),
    NoticeKind.PAPER_EXPIRED: Words("{paper} has ended", "{name}: it ended on {day}; no shift can be started."),
}
