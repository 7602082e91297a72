"""The record of a members' meeting (berita acara): how it came to order, what it decided, its minutes. Pure."""

from datetime import datetime

from cooperatives.annual.facts import Decision, Gathering, Year
from cooperatives.books.papers.paper import Paper, Passage
from cooperatives.books.papers.registers import Words
from cooperatives.books.papers.statements import say
from cooperatives.books.periods import MONTHS_EN, MONTHS_ID
from cooperatives.governance.lifecycle import MotionState, VotingWay

_STATES: dict[MotionState, Words] = {
    MotionState.DRAFT: ("rancangan", "draft"),
    MotionState.TABLED: ("belum diputus", "not decided yet"),
    MotionState.VOTING: ("sedang dipungut suara", "being voted on"),
    MotionState.ADOPTED: ("DITERIMA", "ADOPTED"),
    MotionState.REJECTED: ("DITOLAK", "REJECTED"),
    MotionState.LAPSED: ("gugur", "lapsed"),
}
_WAYS: dict[VotingWay, Words] = {
    VotingWay.CONSENSUS: ("musyawarah mufakat", "consensus"),
    VotingWay.OPEN: ("pemungutan suara terbuka", "an open vote"),
    VotingWay.SECRET: ("pemungutan suara rahasia", "a secret vote"),
}
_COUNTS: dict[str, Words] = {
    "FOR": ("setuju", "for"),
    "AGAINST": ("tidak setuju", "against"),
    "ABSTAIN": ("abstain", "abstained"),
}


def moment(at: datetime, language: str) -> str:
    """`12 Maret 2027 pukul 09.00`."""
    return say(
        language,
        (
            f"{at.day} {MONTHS_ID[at.month - 1]} {at.year} pukul {at:%H.%M}",
            f"{at.day} {MONTHS_EN[at.month - 1]} {at.year}, {at:%H:%M}",
        ),
    )


def paragraphs(text: str) -> list[Passage]:
    return [Passage(part.strip()) for part in text.split("\n") if part.strip()]


def minutes(year: Year, language: str, *, signers: tuple[str, ...]) -> Paper:
    """Berita acara: how the meeting came to order, what it decided and how, and its minutes."""
    meeting, title = year.meeting, say(language, ("Berita Acara Rapat Anggota", "Record of the members' meeting"))
    prose = [*_order(meeting, language), Passage(say(language, ("Acara", "Agenda")), True)]
    prose += [Passage(f"{place}. {item}") for place, item in enumerate(meeting.agenda, start=1)]
    if meeting.groups:
        prose.append(Passage(say(language, ("Utusan kelompok", "Delegates of groups")), True))
        stands = say(language, ("mewakili", "stands for"))
        prose += [Passage(f"{group}: {name}, {stands} {number}") for group, name, number in meeting.groups]
    prose.append(Passage(say(language, ("Keputusan", "Decisions")), True))
    for place, decision in enumerate(meeting.decisions, start=1):
        prose += _decided(place, decision, language)
    if not meeting.decisions:
        prose.append(Passage(say(language, ("Belum ada usul.", "No motion stands before it."))))
    if meeting.minutes:
        prose += [Passage(say(language, ("Risalah", "Minutes")), True), *paragraphs(meeting.minutes)]
    for_members = say(language, ("Wakil anggota", "For the members"))
    return Paper(title, title, meeting.title, (), [], prose=tuple(prose), signers=(*signers, for_members))


def _order(meeting: Gathering, language: str) -> list[Passage]:
    begun = say(
        language,
        (
            f"Pada {moment(meeting.starts_at, 'id')} di {meeting.place}, anggota diundang ke {meeting.title}.",
            f"Members were called to {meeting.title}, on {moment(meeting.starts_at, 'en')} at {meeting.place}.",
        ),
    )
    if meeting.opened_at is None:
        return [Passage(begun), Passage(say(language, ("Rapat belum dibuka.", "The meeting was not opened.")))]
    closed_id = f" dan ditutup {moment(meeting.closed_at, 'id')}" if meeting.closed_at else ""
    closed_en = f" and closed on {moment(meeting.closed_at, 'en')}" if meeting.closed_at else ""
    quorum = say(
        language,
        (
            f"Rapat dibuka {moment(meeting.opened_at, 'id')}{closed_id}. Anggota yang berhak hadir "
            f"{meeting.entitled}, "
            f"hadir atau diwakili {meeting.represented}, kuorum {meeting.needed}: rapat sah.",
            f"It was opened on {moment(meeting.opened_at, 'en')}{closed_en}. Of {meeting.entitled} members "
            f"{meeting.represented} were there or represented; the quorum was {meeting.needed}: the meeting is "
            f"valid.",
        ),
    )
    return [Passage(begun), Passage(quorum)]


def _decided(place: int, decision: Decision, language: str) -> list[Passage]:
    told = f"{place}. {decision.title}: {say(language, _STATES[decision.state])}"
    if decision.way is not None:
        told += say(language, (", dengan ", ", by ")) + say(language, _WAYS[decision.way])
    counts = ", ".join(f"{say(language, _COUNTS[option])} {votes}" for option, votes in decision.counts)
    elected = ", ".join(decision.elected)
    lines = [told + (f" ({counts})" if counts else "") + "."]
    if elected:
        lines.append(say(language, ("Terpilih: ", "Elected: ")) + elected + ".")
    lines += [part for part in (decision.text.strip(), decision.note.strip()) if part]
    if decision.digest:
        digest = say(language, ("Sidik hasil suara (SHA-256): ", "Digest of the results (SHA-256): "))
        lines.append(digest + decision.digest)
    return [Passage(line, is_heading=number == 0) for number, line in enumerate(lines)]
