"""Rows of replays: which rule was tried on which days, and what each member had and would have had."""

from datetime import date
from uuid import UUID

from tortoise import fields

from cooperatives.surplus.sharing import WhyNot
from marketplace.database import Row


class RuleReplay(Row):
    """What a motion proposes, tried on days that are over. Of several of a motion the latest counts."""

    motion_id: UUID = fields.UUIDField(db_index=True)
    cooperative_id: UUID = fields.UUIDField()
    begins_on: date = fields.DateField()
    ends_on: date = fields.DateField()
    carrier_share_bp: int | None = fields.IntField(null=True)  # the co-op's share of deliveries, where that was tried
    pools: dict[str, list[int]] = fields.JSONField()  # of the surplus: rupiah before and after
    parts: dict[str, list[int]] = fields.JSONField()  # all members together: rupiah before and after
    better = fields.IntField()  # members who would have had more
    worse = fields.IntField()
    same = fields.IntField()
    rules: list[list[str]] = fields.JSONField()  # used, as `savings.terms.cited` keeps each
    asked_by: UUID = fields.UUIDField()

    class Meta:
        table = "rule_replay"


class ReplayedMember(Row):
    """One member's amounts as they were and as they would have been, in whole rupiah."""

    replay_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField()
    account_id: UUID = fields.UUIDField()  # the member's own
    parts: dict[str, list[int]] = fields.JSONField()  # before and after
    gained: int = fields.BigIntField()  # after less before, of what comes to him
    excluded_before = fields.CharEnumField(WhyNot, max_length=20, null=True)
    excluded_after = fields.CharEnumField(WhyNot, max_length=20, null=True)

    class Meta:
        table = "replayed_member"
        unique_together = (("replay_id", "membership_id"),)
