"""What members are told of their meetings and votes, and officers of what is due by law. Pure."""

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings.words import Words

ID: dict[NoticeKind, Words] = {
    NoticeKind.MEETING_CALLED: Words("Undangan: {title}", "{cooperative}, {when}, {place}."),
    NoticeKind.MEETING_CLOSED: Words("Risalah: {title}", "{cooperative}: baca keputusan rapat."),
    NoticeKind.VOTE_OPENED: Words("Pemungutan suara dibuka", "{title}, {cooperative}."),
    NoticeKind.MOTION_DECIDED: Words("Keputusan: {title}", "{cooperative}: {outcome}."),
    NoticeKind.DUTY_NEAR: Words("Tenggat {due_on}: {duty}", "{cooperative}, {subject} ({sumber})."),
}
EN: dict[NoticeKind, Words] = {
    NoticeKind.MEETING_CALLED: Words("You are called: {title}", "{cooperative}, {when}, {place}."),
    NoticeKind.MEETING_CLOSED: Words("Minutes: {title}", "{cooperative}: read what was decided."),
    NoticeKind.VOTE_OPENED: Words("A vote is open", "{title}, {cooperative}."),
    NoticeKind.MOTION_DECIDED: Words("Decided: {title}", "{cooperative}: {outcome}."),
    NoticeKind.DUTY_NEAR: Words("Due by {due_on}: {duty}", "{cooperative}, {subject} ({source})."),
}
