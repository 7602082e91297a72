"""What members are told of what they owe their co-op and of what it holds for them. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
    NoticeKind.DUES_MISSED: Words(
        "Tagihan {cooperative} belum dibayar",
        "{amount} sudah jatuh tempo. Bayar di loket, atau transfer dengan berita {reference}.",
    ),
}
EN: dict[NoticeKind, Words] = {
    NoticeKind.DUES_MISSED: Words(
        "Dues of {cooperative} are not paid",
        "{amount} has come due. Pay at the counter, or by transfer with the words {reference}.",
    ),
}
