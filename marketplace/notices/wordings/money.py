"""What officers and payees are told of money between co-ops and payouts. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
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
    NoticeKind.SETTLEMENT_TO_APPROVE: Words(
        "Putaran kliring {number} ditutup: mohon persetujuan",
        "{group}. {cooperative} membayar {amount}, menerima {other_amount}.",
    ),
    NoticeKind.SETTLEMENT_TO_PAY: Words(
        "Putaran kliring {number}: saatnya membayar", "{cooperative} membayar {amount} kepada {other}."
    ),
    NoticeKind.SETTLEMENT_TO_CONFIRM: Words(
        "Putaran kliring {number}: mohon pastikan penerimaan",
        "{other} mengirim {amount} kepada {cooperative}, rujukan bank {reference}.",
    ),
    NoticeKind.SETTLEMENT_CONFIRMED: Words(
        "Putaran kliring {number}: pembayaran diterima", "{other} menerima {amount} dari {cooperative}."
    ),
    NoticeKind.SETTLEMENT_SETTLED: Words(
        "Putaran kliring {number} selesai", "{group}: semua pembayaran sudah diterima."
    ),
    NoticeKind.SETTLEMENT_DEFAULTED: Words(
        "Putaran kliring {number}: {other} gagal bayar", "{group}: pembayaran dihitung ulang. {reason}"
    ),
    NoticeKind.SETTLEMENT_ABORTED: Words(
        "Putaran kliring {number} dibatalkan", "{group}: utang dibawa ke putaran berikutnya. {reason}"
    ),
    NoticeKind.SETTLEMENT_FAILED: Words(
        "Putaran kliring {number} gagal", "{group}: yang belum dibayar dibawa ke putaran berikutnya. {reason}"
    ),
}
EN: dict[NoticeKind, Words] = {
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
