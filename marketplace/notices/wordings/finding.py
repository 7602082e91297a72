"""What people are told of what they look for. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
    NoticeKind.SEARCH_ANSWERED: Words(
        "Baru: {listing}",
        "Di {shop}, cocok dengan pencarian Anda “{search}”. Tidak ingin dikabari lagi? Buka Pencarian tersimpan.",
    ),
}
EN: dict[NoticeKind, Words] = {
    NoticeKind.SEARCH_ANSWERED: Words(
        "New: {listing}",
        "At {shop}, it answers your search “{search}”. No more of this? Open Saved searches.",
    ),
}
