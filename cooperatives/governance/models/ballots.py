"""Secret ballots: one row a motion, so that no row tells when a ballot came or after which other."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from marketplace.database import Row


class BallotBox(Model):
    """All secret ballots of a motion, in the order of their receipts; without times and without people.

    One row, written whole with each ballot: there is no row number, transaction number or page order by ballot.
    `private_key` is gone once the vote is closed: no token can be signed any more.
    """

    motion_id: UUID = fields.UUIDField(primary_key=True)
    public_key = fields.TextField()  # SubjectPublicKeyInfo, base64
    private_key: str | None = fields.TextField(null=True)  # sealed with the node's secret
    ballots: dict[str, dict[str, Any]] = fields.JSONField()  # by receipt

    class Meta:
        table = "ballot_box"


class PaperBallots(Row):
    """Paper ballots counted in the hall, entered by an officer; they count once two witnesses agreed."""

    motion_id: UUID = fields.UUIDField(db_index=True)
    counted: list[dict[str, Any]] = fields.JSONField()  # {"choice": […], "number": n}
    number = fields.IntField()
    entered_by: UUID = fields.UUIDField()
    first_witness: UUID | None = fields.UUIDField(null=True)
    second_witness: UUID | None = fields.UUIDField(null=True)

    class Meta:
        table = "paper_ballots"
