"""Rows of annual reports: what the pengawas say of a year, and the report as it stood when its meeting closed."""

from datetime import date
from uuid import UUID

from tortoise import fields

from marketplace.database import Row


class SupervisorReport(Row):
    """What the pengawas found in a book year, and what they advise. Filed again, the latest counts."""

    cooperative_id: UUID = fields.UUIDField(db_index=True)
    begins_on: date = fields.DateField()  # the book year
    ends_on: date = fields.DateField()
    findings = fields.TextField()
    advice = fields.TextField()
    filed_by: UUID = fields.UUIDField()

    class Meta:
        table = "supervisor_report"


class AnnualReportFile(Row):
    """The report as a file, kept whole once its meeting has closed: it is what the members were given."""

    meeting_id: UUID = fields.UUIDField()
    cooperative_id: UUID = fields.UUIDField()
    form = fields.CharField(max_length=4)  # pdf, docx, xlsx
    language = fields.CharField(max_length=2)
    digest = fields.CharField(max_length=64)  # SHA-256
    content: bytes = fields.BinaryField()

    class Meta:
        table = "annual_report_file"
        unique_together = (("meeting_id", "form", "language"),)
