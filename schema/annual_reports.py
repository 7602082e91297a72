"""What the pengawas report on a year, and where the annual report is found."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from cooperatives.annual import models as rows
from cooperatives.annual import reporting
from cooperatives.governance import models as governance_rows
from cooperatives.governance.lifecycle import MeetingKind
from cooperatives.membership import models as cooperative_rows
from schema.context import Info
from schema.costs import LISTED
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent


@strawberry.type(description="What the pengawas found in a book year.")
class SupervisorReport:
    row: strawberry.Private[rows.SupervisorReport]
    begins_on: date = strawberry.field(description="The book year's first day.")
    ends_on: date = strawberry.field(description="Its last day.")
    findings: str = strawberry.field(description="What they found.")
    advice: str = strawberry.field(description="What they advise.")
    filed_at: datetime = strawberry.field(description="When it was filed; of a year the latest counts.")

    @classmethod
    def of(cls, row: rows.SupervisorReport) -> "SupervisorReport":
        return cls(
            row=row,
            begins_on=row.begins_on,
            ends_on=row.ends_on,
            findings=row.findings,
            advice=row.advice,
            filed_at=row.created_at,
        )

    @strawberry.field(description="Who filed it.")
    async def by(self, info: Info) -> str:
        from schema.accounts import account_of

        found = await account_of(info, self.row.filed_by)
        return "" if found is None else found.name


@strawberry.type
class MeetingReport:
    row: strawberry.Private[governance_rows.Meeting]

    @strawberry.field(
        description="Of an ANNUAL meeting where its report is downloaded: add `.pdf`, `.docx` or `.xlsx`, and "
        "`?language=en`. Made anew each time until the meeting has closed, from then on the same; null: none."
    )
    def report_path(self) -> str | None:
        is_annual = self.row.kind is MeetingKind.ANNUAL
        return f"/annual-reports/{to_id('Meeting', self.row.pk)}" if is_annual else None


@strawberry.type
class CooperativeReports:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="What the pengawas reported on its years, the latest first; its members, officers and pengawas, "
        "and the pembina; else empty.",
        directives=[LISTED],
    )
    async def supervisor_reports(
        self, info: Info, first: First = 5, after: After = None
    ) -> Connection[SupervisorReport]:
        page = await reporting.supervisor_reports(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, SupervisorReport.of, after=after)


SupervisorReportResult = Annotated[
    SupervisorReport | Problem, strawberry.union("SupervisorReportResult", description="The report, or why not.")
]


@strawberry.input(description="What the pengawas say of a year.")
class FileSupervisorReportInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    year: int = strawberry.field(description="In which the book year begins.")
    findings: str = strawberry.field(description="1 to 20,000 characters.")
    advice: str = strawberry.field(description="1 to 20,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class ReportMutation:
    @strawberry.mutation(
        description="One of the pengawas files what they found in a book year, and what they advise: it stands in "
        "the annual report; filed again, the latest counts. Fails with INVALID, WRONG_STATE before the books are "
        "opened, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def file_supervisor_report(
        self, info: Info, input: Annotated[FileSupervisorReportInput, strawberry.argument(description="The report.")]
    ) -> SupervisorReportResult:
        row = await reporting.file_supervisor_report(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            year=input.year,
            findings=input.findings,
            advice=input.advice,
            key=input.idempotency_key,
        )
        return SupervisorReport.of(row)
