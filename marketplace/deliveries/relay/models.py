"""Rows of relay: hubs, who keeps them, and the legs of a job that goes through them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields

from marketplace.database import Row


class Hub(Row):
    """A place of a co-op where goods stand between two legs; the co-op answers for them there."""

    cooperative_id: UUID = fields.UUIDField(db_index=True)
    name = fields.CharField(max_length=160)
    address = fields.CharField(max_length=700)
    lat = fields.FloatField()
    lon = fields.FloatField()
    opening_hours: Any = fields.JSONField(null=True)  # [[weekday, opens, closes]]; none: always
    zone = fields.CharField(max_length=40)
    closed_at: datetime | None = fields.DatetimeField(null=True)  # takes nothing in any more

    class Meta:
        table = "hub"


class HubKeeper(Row):
    """Someone who takes in and gives out at a hub, and signs for it."""

    hub_id: UUID = fields.UUIDField()
    account_id: UUID = fields.UUIDField(db_index=True)

    class Meta:
        table = "hub_keeper"
        unique_together = (("hub_id", "account_id"),)


class RelayLeg(Row):
    """One part of a job's way, from the pickup or a hub to the next hub or the drops."""

    job_id: UUID = fields.UUIDField()
    position = fields.IntField()
    weight = fields.IntField()  # its part of the fare, in basis points; those of a job sum to 10,000
    hub_id: UUID | None = fields.UUIDField(null=True, db_index=True)  # where it ends; none: at the drops
    opens_at: datetime = fields.DatetimeField()  # from when until when it may be taken
    closes_at: datetime = fields.DatetimeField()
    in_pin = fields.CharField(max_length=6)  # told by the hub's keeper to who brings the goods
    ready_at: datetime | None = fields.DatetimeField(null=True)  # since when the goods stand at its start
    put_out_at: datetime | None = fields.DatetimeField(null=True)  # since when drivers see it
    carrier_id: UUID | None = fields.UUIDField(null=True)  # who carried it, once done
    driver_id: UUID | None = fields.UUIDField(null=True)
    driver_account_id: UUID | None = fields.UUIDField(null=True)
    receipt_id: UUID | None = fields.UUIDField(null=True)  # of custody, that it was done
    ended_at: datetime | None = fields.DatetimeField(null=True)
    hosting: int | None = fields.BigIntField(null=True)  # how its price was shared out, once that was
    carrier_share: int | None = fields.BigIntField(null=True)
    driver_share: int | None = fields.BigIntField(null=True)

    class Meta:
        table = "relay_leg"
        unique_together = (("job_id", "position"),)
