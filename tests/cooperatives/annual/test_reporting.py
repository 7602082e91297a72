"""The report to the annual meeting: its figures are the ledger's, and once the meeting closed it stays the same."""

import io
import zipfile
from collections.abc import Mapping

import docx
import httpx
import openpyxl
import pytest

from cooperatives.annual import reporting
from cooperatives.annual.models import AnnualReportFile, SupervisorReport
from cooperatives.annual.reporting import NoAnnualMeeting
from cooperatives.governance.lifecycle import MeetingKind
from cooperatives.governance.models import Meeting
from marketplace.errors import Invalid, NotFound
from marketplace.files import annual as annual_files
from marketplace.identity.actor import Forbidden
from marketplace.identity.models import Account
from marketplace.outbox import OutboxEvent
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.annual.stage import FINDINGS, INCOME, General, general
from tests.cooperatives.surplus.test_year import real_clock_after
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of

__all__ = ["real_clock_after"]
pytestmark = pytest.mark.anyio

EARNED = sum(INCOME) * 1_000
#: Twelve months of wages, electricity, rent and pay, and a members' meeting.
SPENT = 12 * (3_600_000 + 450_000 + 900_000 + 750_000) + 2_200_000


async def kept_by(made: General, meeting: Meeting) -> None:
    """The worker carries out what followed from the meeting's end."""
    told = {"cooperative_id": str(made.at.id)}
    event = OutboxEvent(handler="annual.keep", event="meeting.closed", aggregate_id=meeting.pk, payload=told)
    await annual_files.keep(None, event)


def sheets(content: bytes) -> Mapping[str, list[set[object]]]:
    """Each sheet's rows as sets of what stands in them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [{cell for cell in row if cell is not None} for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


async def test_it_tells_the_year_from_the_ledger_and_stays_as_the_meeting_had_it(
    client: httpx.AsyncClient, graphql: GraphQL
) -> None:
    made = await general(4)
    before = sheets(await reporting.annual_report(made.meeting, "xlsx", "id"))
    meeting = await made.held()
    await kept_by(made, meeting)
    assert await AnnualReportFile.all().count() == len(reporting.FORMS) * len(reporting.LANGUAGES)
    found = sheets(await reporting.annual_report(meeting, "xlsx", "id"))
    everywhere = [row for rows in found.values() for row in rows]
    for wanted in (
        {"Sisa hasil usaha (SHU)", EARNED - SPENT},
        {"Modal sendiri", f"{4 * 12 * 40_000:,}".replace(",", ".")},
        {"Volume usaha", f"{EARNED:,}".replace(",", ".")},
        {"4-1202  Pendapatan pengantaran", 114_000_000, EARNED, "112 %"},
        {"Sutrisno", "Ketua"},
        {"Anggota 4", "di tempat"},
        {"1. Laporan pertanggungjawaban 2026: DITERIMA, dengan musyawarah mufakat."},
        {"Cadangan", (EARNED - SPENT) * 4 // 10, "40 %"},
        {FINDINGS.split("\n")[0]},
    ):
        assert any(wanted <= row for row in everywhere), wanted
    assert not any("DITERIMA" in str(cell) for rows in before.values() for row in rows for cell in row)
    # what happens afterwards changes nothing of what the members were given
    await Account.all().update(name="Orang lain")
    await SupervisorReport.all().update(findings="Lain")
    member = await token_of(await Account.get(pk=made.at.members[0][1].account_id))
    path = f"/annual-reports/{to_id('Meeting', meeting.pk)}"
    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        answer = await client.get(f"{path}.{form}", headers={"Authorization": f"Bearer {member}"})
        kept = await AnnualReportFile.get(meeting_id=meeting.pk, form=form, language="id")
        assert (answer.status_code, answer.content) == (200, kept.content)
        assert answer.content.startswith(begins)
    stranger = await token_of(await Account.create(phone="+628129999002", name="Orang"))
    for token, ending in ((stranger, ".pdf"), (member, ".odt")):
        answer = await client.get(path + ending, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 404
    assert (await client.get(path + ".pdf")).status_code == 401
    query = "query ($id: ID!) { node(id: $id) { ... on Meeting { reportPath } } }"
    shown = await graphql(query, {"id": to_id("Meeting", meeting.pk)}, member)
    assert shown["data"]["node"]["reportPath"] == path


async def test_a_document_to_write_on_in_and_the_other_language(db: object) -> None:
    made = await general(2)
    content = await reporting.annual_report(made.meeting, "docx", "en", places=("Jawa Timur", "Kota Surabaya"))
    document = docx.Document(io.BytesIO(content))
    assert {round(min(one.page_width.cm, one.page_height.cm), 1) for one in document.sections} == {21.0}
    columns = [[column.width.cm for column in table.columns] for table in document.tables]
    assert any(wide[0] > 1.5 * wide[1] for wide in columns)  # words are given more room than amounts
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    headings = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings[:6] == [
        "The year at a glance",
        "Officers, supervisors and members",
        "Balance sheet",
        "Statement of surplus",
        "Statement of changes in equity",
        "Statement of cash flows",
    ]
    assert headings[-4:] == [
        "Report of the supervisory board",
        "Attendance",
        "Record of the members' meeting",
        "Data for ODS Koperasi",
    ]
    assert "with its seat in Kota Surabaya, Jawa Timur" in text
    assert "The meeting was not opened." in text
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pictures = [name for name in parts.namelist() if name.endswith(".png")]
        assert len(pictures) >= 3
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert f"{EARNED:,}".replace(",", ".") in cells


async def test_the_pengawas_alone_report_and_only_annual_meetings_are_reported_to(graphql: GraphQL) -> None:
    made = await general(2)
    (_, member), *_ = made.at.members
    filed = {"cooperative_id": made.at.id, "year": 2026, "findings": "Baik", "advice": "Teruskan", "key": "again"}
    again = await reporting.file_supervisor_report(made.watcher, **filed)
    assert (await reporting.file_supervisor_report(made.watcher, **filed)).pk == again.pk
    for actor, change, refused in (
        (made.chair, {"key": "1"}, Forbidden),
        (member, {"key": "2"}, NotFound),
        (made.watcher, {"key": "3", "findings": " "}, Invalid),
        (made.watcher, {"key": "4", "year": 1990}, Invalid),
    ):
        with pytest.raises(refused):
            await reporting.file_supervisor_report(actor, **{**filed, **change})
    with pytest.raises(NotFound):
        await reporting.reported_meeting(member, again.pk)
    await Meeting.filter(pk=made.meeting.pk).update(kind=MeetingKind.PLAN)
    with pytest.raises(NoAnnualMeeting):
        await reporting.reported_meeting(member, made.meeting.pk)
    token = await token_of(await Account.get(pk=member.account_id))
    wanted = "supervisorReports(first: 9) { nodes { findings by } }"
    lists = f"query ($slug: String!) {{ cooperative(slug: $slug) {{ {wanted} }} }}"
    slug = {"slug": made.at.at.cooperative.slug}
    await graphql(lists, slug, token)
    with count_statements() as two:
        found = (await graphql(lists, slug, token))["data"]["cooperative"]["supervisorReports"]["nodes"]
    assert [one["findings"] for one in found] == ["Baik", FINDINGS]
    assert {one["by"] for one in found} == {"Sri Wahyuni"}
    await SupervisorReport.filter(pk=again.pk).delete()
    with count_statements() as one:
        await graphql(lists, slug, token)
    assert one.number == two.number
