"""What members and officers are told of loans. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
    NoticeKind.LOAN_APPLIED: Words("Pengajuan pinjaman", "{name} mengajukan {amount} di {cooperative}."),
    NoticeKind.LOAN_TO_APPROVE: Words(
        "Pinjaman menunggu persetujuan", "{amount}, {cooperative}: perlu pengurus kedua."
    ),
    NoticeKind.LOAN_GUARANTEE_ASKED: Words(
        "Anda diminta menjamin pinjaman", "{name} mengajukan {amount} di {cooperative}. Setujui atau tolak."
    ),
    NoticeKind.LOAN_GUARANTEE_GIVEN: Words("Pinjaman Anda dijamin", "{name} setuju menjamin pinjaman Anda."),
    NoticeKind.LOAN_GUARANTEE_REFUSED: Words("Jaminan ditolak", "{name} tidak bersedia menjamin pinjaman Anda."),
    NoticeKind.LOAN_APPROVED: Words("Pinjaman disetujui", "{amount} di {cooperative}: tunggu pencairannya."),
    NoticeKind.LOAN_REJECTED: Words("Pinjaman ditolak", "{amount} di {cooperative}. {reason}"),
    NoticeKind.LOAN_DISBURSED: Words("Pinjaman {number} cair", "{amount} dari {cooperative}."),
    NoticeKind.LOAN_TO_FETCH: Words(
        "Belanja Anda dibiayai", "{amount} disetujui {cooperative}: ambil barangnya di {unit}."
    ),
    NoticeKind.LOAN_PAID_UNIT: Words("Pinjaman {number} berjalan", "{amount} dibayarkan ke {unit} untuk Anda."),
    NoticeKind.LOAN_CALLED_OFF: Words(
        "Pinjaman untuk servis batal", "Servis {job} di {unit} dibatalkan, maka pinjaman {amount} tidak jadi."
    ),
    NoticeKind.LOAN_RESTRUCTURED: Words("Pinjaman {number}: syarat baru", "Lihat jadwal angsuran yang baru."),
    NoticeKind.LOAN_REPAID: Words("Pinjaman {number} lunas", "Terima kasih. {cooperative} tidak menagih lagi."),
    NoticeKind.LOAN_WRITTEN_OFF: Words(
        "Pinjaman {number} dihapuskan", "Menurut keputusan rapat anggota {cooperative}."
    ),
    NoticeKind.LOAN_LATE: Words(
        "Pinjaman {number} terlambat {days} hari", "Bayar angsuran, atau bicarakan syarat baru dengan pengurus."
    ),
    NoticeKind.LOAN_BEHIND_LATE: Words(
        "Pinjaman yang Anda jamin terlambat {days} hari", "{name}, pinjaman {number} di {cooperative}."
    ),
}
EN: dict[NoticeKind, Words] = {
    NoticeKind.LOAN_APPLIED: Words("A loan is asked for", "{name} asks for {amount} at {cooperative}."),
    NoticeKind.LOAN_TO_APPROVE: Words(
        "A loan waits for approval", "{amount}, {cooperative}: it needs a second officer."
    ),
    NoticeKind.LOAN_GUARANTEE_ASKED: Words(
        "You are asked to stand behind a loan", "{name} asks for {amount} at {cooperative}. Agree or refuse."
    ),
    NoticeKind.LOAN_GUARANTEE_GIVEN: Words("Someone stands behind your loan", "{name} agreed."),
    NoticeKind.LOAN_GUARANTEE_REFUSED: Words("Nobody behind your loan yet", "{name} does not stand behind it."),
    NoticeKind.LOAN_APPROVED: Words("Your loan was agreed to", "{amount} at {cooperative}: the money comes next."),
    NoticeKind.LOAN_REJECTED: Words("Your loan was turned down", "{amount} at {cooperative}. {reason}"),
    NoticeKind.LOAN_DISBURSED: Words("Loan {number} was paid out", "{amount} from {cooperative}."),
    NoticeKind.LOAN_TO_FETCH: Words("Your purchase is financed", "{cooperative} pays {amount}: fetch it at {unit}."),
    NoticeKind.LOAN_PAID_UNIT: Words("Loan {number} runs", "{amount} went to {unit} for what you bought."),
    NoticeKind.LOAN_CALLED_OFF: Words(
        "Your loan for a job is off", "Job {job} at {unit} was called off, and with it the loan of {amount}."
    ),
    NoticeKind.LOAN_RESTRUCTURED: Words("Loan {number}: new terms", "See the new instalments."),
    NoticeKind.LOAN_REPAID: Words("Loan {number} is paid back", "Thank you. You owe {cooperative} nothing of it."),
    NoticeKind.LOAN_WRITTEN_OFF: Words("Loan {number} was let go", "By decision of the members of {cooperative}."),
    NoticeKind.LOAN_LATE: Words(
        "Loan {number} is {days} days late", "Pay the instalment, or talk with the officers about new terms."
    ),
    NoticeKind.LOAN_BEHIND_LATE: Words(
        "A loan that you stand behind is {days} days late", "{name}, loan {number} at {cooperative}."
    ),
}
