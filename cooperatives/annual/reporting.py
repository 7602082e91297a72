"""The annual report of a members' meeting (laporan RAT), made on demand and kept as it was once the meeting closed.

The year is the last one that ended before the meeting. Locks: the meeting, when the file is kept.
"""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from tortoise.exceptions import IntegrityError

from cooperatives.annual import notes, ods, papers
from cooperatives.annual.facts import Year
from cooperatives.annual.gathering import year_of
from cooperatives.annual.minutes import minutes, moment
from cooperatives.annual.models import AnnualReportFile, SupervisorReport
from cooperatives.books import files as books
from cooperatives.books import folders
from cooperatives.books.books import read_book
from cooperatives.books.files import Wish
from cooperatives.books.models import AccountingBook
from cooperatives.books.papers import docx, pdf, statements, xlsx
from cooperatives.books.papers.paper import Cover, Folder, Paper
from cooperatives.books.papers.statements import for_period, say
from cooperatives.books.periods import Period, add_months, day_before, year_start
from cooperatives.books.texts import fits
from cooperatives.budgets import files as budgets
from cooperatives.budgets import reading as budget_reading
from cooperatives.budgets.kinds import BudgetState
from cooperatives.budgets.models import Budget
from cooperatives.governance import setting
from cooperatives.governance.lifecycle import MeetingKind, MeetingState
from cooperatives.governance.models import Meeting
from cooperatives.governance.reading import sees, visible_meeting
from cooperatives.membership.models import Cooperative
from cooperatives.surplus.files import pool_paper
from marketplace.database import transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import SYSTEM, Actor, Role, require, signed_in
from marketplace.paging import Page, page_by_id

FORMS: Mapping[str, Callable[[Folder], bytes]] = {"pdf": pdf.write, "docx": docx.write, "xlsx": xlsx.write}
LANGUAGES = ("id", "en")
TEXT_LENGTH = 20_000


class NoAnnualMeeting(MarketplaceError):
    """This meeting is none on a year's accounts: the annual report belongs to a meeting of the kind ANNUAL."""

    code = Code.WRONG_STATE
    pesan = "Rapat ini bukan rapat anggota tahunan: laporan tahunan hanya untuk rapat berjenis ANNUAL."


async def file_supervisor_report(
    actor: Actor, *, cooperative_id: UUID, year: int, findings: str, advice: str, key: str
) -> SupervisorReport:
    """The pengawas say what they found in the book year that begins in `year`, and advise; the latest word counts.

    Raises Unauthenticated, Forbidden, NotFound, BooksNotOpen, Invalid.
    """
    by = signed_in(actor)
    book = await read_book(actor, cooperative_id)
    require(actor, Role.SUPERVISOR, cooperative_id=cooperative_id)
    for field, text in (("findings", findings), ("advice", advice)):
        if not fits(text.strip(), 1, TEXT_LENGTH):
            most = TEXT_LENGTH
            raise Invalid.field(field, Code.OUT_OF_RANGE, f"1 to {most} characters", f"1 sampai {most} huruf")
    first = _first_of(book, year)
    row = SupervisorReport(
        cooperative_id=cooperative_id,
        begins_on=first,
        ends_on=day_before(add_months(first, 12)),
        findings=findings.strip(),
        advice=advice.strip(),
        filed_by=by,
    )
    async with transaction():
        asked = [cooperative_id, year, findings, advice]
        if (earlier := await once(by, "fileSupervisorReport", key, asked, row.pk)) is not None:
            return await SupervisorReport.get(pk=earlier)
        await row.save(force_create=True)
    return row


def _first_of(book: AccountingBook, year: int) -> date:
    if not book.opened_on.year - 1 <= year <= book.opened_on.year + 100:
        raise Invalid.field("year", Code.OUT_OF_RANGE, "a year of the books", "tahun pembukuan")
    return date(year, book.year_starts_month, 1)


async def reported_meeting(actor: Actor, meeting_id: UUID) -> Meeting:
    """The annual meeting, for who has to do with its co-op. Raises Unauthenticated, NotFound, NoAnnualMeeting."""
    signed_in(actor)
    meeting = await visible_meeting(actor, meeting_id)
    if meeting is None:
        raise NotFound("meeting")
    if meeting.kind is not MeetingKind.ANNUAL:
        raise NoAnnualMeeting
    return meeting


async def supervisor_reports(
    actor: Actor, cooperative_id: UUID, *, first: int, after: str | None
) -> Page[SupervisorReport]:
    """What the pengawas filed, the latest first; for who has to do with the co-op, else none."""
    if not sees(actor, cooperative_id):
        return Page([], [], False)
    return await page_by_id(SupervisorReport.filter(cooperative_id=cooperative_id), first=first, after=after)


async def annual_report(meeting: Meeting, form: str, language: str, *, places: tuple[str, ...] = ()) -> bytes:
    """The report as PDF, DOCX or XLSX; once the meeting has closed always the same. The caller has authorised.

    `places`: the regions of the co-op's seat, largest first. Raises NotFound for another form, BooksNotOpen.
    """
    if form not in FORMS:
        raise NotFound("report")
    kept = await AnnualReportFile.get_or_none(meeting_id=meeting.pk, form=form, language=language)
    if kept is not None:
        return bytes(kept.content)
    content = await _made(meeting, form, language, places)
    return await _keep(meeting, form, language, content) if meeting.state is MeetingState.CLOSED else content


async def _keep(meeting: Meeting, form: str, language: str, content: bytes) -> bytes:
    """Keep the file of a closed meeting; of two who ask at once the first one's stays."""
    try:
        async with transaction():
            await AnnualReportFile.create(
                meeting_id=meeting.pk,
                cooperative_id=meeting.cooperative_id,
                form=form,
                language=language,
                digest=hashlib.sha256(content).hexdigest(),
                content=content,
            )
    except IntegrityError:
        kept = await AnnualReportFile.get(meeting_id=meeting.pk, form=form, language=language)
        return bytes(kept.content)
    return content


async def freeze(meeting_id: UUID, places: tuple[str, ...]) -> None:
    """Keep every form of a closed annual meeting's report. Again, it stays as it is."""
    meeting = await Meeting.get(pk=meeting_id)
    has_books = await AccountingBook.exists(pk=meeting.cooperative_id)
    if meeting.kind is not MeetingKind.ANNUAL or meeting.state is not MeetingState.CLOSED or not has_books:
        return
    for form in FORMS:
        for language in LANGUAGES:
            await annual_report(meeting, form, language, places=places)


async def _made(meeting: Meeting, form: str, language: str, places: tuple[str, ...]) -> bytes:
    cooperative = await Cooperative.get(pk=meeting.cooperative_id)
    book = await read_book(SYSTEM, cooperative.pk)
    this = year_start(setting.day_in(cooperative, meeting.starts_at), book.year_starts_month)
    days = Period(add_months(this, -12), day_before(this))
    year = await year_of(meeting, days, places, language)
    folder = await folders.folder_of(SYSTEM, cooperative.pk, await _papers(year, cooperative.pk, language), language)
    title = say(language, ("Laporan Rapat Anggota Tahunan", "Report to the annual meeting"))
    lines = [say(language, ("Tahun buku ", "Book year ")) + for_period(days, language)]
    lines += [meeting.title, f"{meeting.place}, {moment(year.meeting.starts_at, language)}"]
    if book.locked_through is None or book.locked_through < days.last:
        unlocked = (
            "SEMENTARA: pembukuan tahun ini belum dikunci.",
            "PROVISIONAL: the year's books are not locked yet.",
        )
        lines.append(say(language, unlocked))
    cover = Cover(title, tuple(lines), say(language, ("Daftar isi", "Contents")))
    return await asyncio.to_thread(FORMS[form], replace(folder, cover=cover))


async def _papers(year: Year, cooperative_id: UUID, language: str) -> list[Paper]:
    """The report's papers in their order; what the co-op has nothing of is left out."""
    days = year.days
    asked = Wish(cooperative_id, days.first, days.last, language, compared=True)
    officers = papers.signers(year, language, Role.CHAIR, Role.TREASURER, Role.SUPERVISOR)[:4]
    signed = [replace(paper, signers=officers) for paper in await books.sak_ep(SYSTEM, asked)]
    made = [
        papers.summary(year, language),
        papers.people(year, language),
        *signed,
        notes.policies(year, language),
        *_details(year, language),
    ]
    made += await _budgets(year, cooperative_id, language)
    shared = await pool_paper(cooperative_id, days.first, language)
    made += [shared] if shared is not None else []
    made += [papers.supervision(year, language), papers.attendance(year.meeting, language)]
    leading = papers.signers(year, language, Role.CHAIR, Role.SECRETARY)[:2]
    return [*made, minutes(year, language, signers=leading), ods.sheet(year, language)]


def _details(year: Year, language: str) -> list[Paper]:
    """CALK, its second part: what each line is made of, account by account."""
    made = [
        statements.balance_sheet(year.sheet, year.days.last, language, details=True),
        statements.surplus_statement(year.result, year.days, language, details=True),
    ]
    return [replace(paper, name=f"CALK {paper.name}"[:31], title=f"CALK: {paper.title}") for paper in made]


async def _budgets(year: Year, cooperative_id: UUID, language: str) -> list[Paper]:
    """The year's budget against what happened; then the plan and budget of the next one."""
    made = []
    past = await budget_reading.budget_in_force(cooperative_id, year.days.last)
    if past is not None:
        made.append(await budgets.use_paper(SYSTEM, past, language))
    coming = Budget.filter(cooperative_id=cooperative_id, begins_on__gt=year.days.last)
    row = await coming.exclude(state=BudgetState.REPLACED).order_by("begins_on", "-id").first()
    if row is not None:
        made += await budgets.plan_papers(row, language)
    return made
