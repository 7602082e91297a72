"""Rows of membership: co-ops, their members, and alliances between co-ops."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.membership.categories import EndCause, MemberCategory
from marketplace.database import Row
from marketplace.identity.actor import Role

#: The longest short name that stands in an address, of a co-op or of a shop.
SLUG_LENGTH = 60


class CooperativeKind(StrEnum):
    DRIVER = "DRIVER"
    TRADER = "TRADER"
    FOOD = "FOOD"
    LOGISTICS = "LOGISTICS"
    MULTI = "MULTI"


class CooperativeLevel(StrEnum):
    PRIMARY = "PRIMARY"  # primer: people
    SECONDARY = "SECONDARY"  # sekunder: co-ops


class Cooperative(Row):
    """A koperasi. Shares are its own policy, in basis points."""

    slug = fields.CharField(max_length=SLUG_LENGTH, unique=True)
    code = fields.CharField(max_length=12, unique=True)  # short, for documents and netting: DRV
    name = fields.CharField(max_length=160)
    kind = fields.CharEnumField(CooperativeKind, max_length=12)
    level = fields.CharEnumField(CooperativeLevel, max_length=12, default=CooperativeLevel.PRIMARY)
    region_code = fields.CharField(max_length=13)  # Kemendagri
    registration_number = fields.CharField(max_length=40, null=True)  # NIK Koperasi
    commission_bp = fields.IntField(default=500)  # of goods sold by its sellers
    carrier_share_bp = fields.IntField(default=800)  # of a delivery's price; the driver gets the rest
    carrier_share_before_bp: int | None = fields.IntField(null=True)  # until it was voted on last
    carrier_share_changed_at: datetime | None = fields.DatetimeField(null=True)
    suspended_at = fields.DatetimeField(null=True)
    suspension_reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "cooperative"

    def carrier_share_at(self, taken_at: datetime | None) -> int:
        """What it keeps of a delivery that its driver took then, in basis points; None: of one taken now."""
        changed_at, before = self.carrier_share_changed_at, self.carrier_share_before_bp
        if taken_at is None or changed_at is None or before is None or taken_at >= changed_at:
            return self.carrier_share_bp
        return before


class MembershipState(StrEnum):
    APPLIED = "APPLIED"
    ACTIVE = "ACTIVE"
    REFUSED = "REFUSED"
    ENDED = "ENDED"


class Membership(Row):
    """A person's membership of a co-op: one, not transferable, with a number once approved."""

    cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="memberships", on_delete=fields.RESTRICT
    )
    cooperative_id: UUID
    account_id = fields.UUIDField(db_index=True)
    number = fields.IntField(null=True)
    state = fields.CharEnumField(MembershipState, max_length=10, default=MembershipState.APPLIED)
    decided_by = fields.UUIDField(null=True)
    decided_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "membership"
        unique_together = (("cooperative_id", "account_id"), ("cooperative_id", "number"))


class MemberEntry(Row):
    """A membership's line in the register of members (buku daftar anggota). `id` is the membership's.

    A membership without one has nothing written down yet: it is FULL, and joined when an officer decided. `details`
    and `heirs` are sealed; `national_id_mark` is the keyed digest by which a NIK is known again.
    """

    cooperative_id = fields.UUIDField(db_index=True)
    category = fields.CharEnumField(MemberCategory, max_length=10, default=MemberCategory.FULL)
    joined_on: date | None = fields.DateField(null=True)
    ended_on: date | None = fields.DateField(null=True)
    end_cause = fields.CharEnumField(EndCause, max_length=20, null=True)
    details: str | None = fields.TextField(null=True)
    heirs: str | None = fields.TextField(null=True)
    national_id_mark = fields.CharField(max_length=64, null=True)
    erased_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "member_entry"
        unique_together = (("cooperative_id", "national_id_mark"),)


class AllianceState(StrEnum):
    PROPOSED = "PROPOSED"
    AGREED = "AGREED"
    ENDED = "ENDED"


class Alliance(Row):
    """Two co-ops agree that `carrier`'s drivers carry for `seller`'s sellers.

    `carrier_share_bp` of the delivery price goes to the carrier co-op (10,000: all of it), which splits it
    with its driver by its own rule; the rest stays with the seller's co-op.
    """

    seller_cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="carried_by", on_delete=fields.RESTRICT
    )
    seller_cooperative_id: UUID
    carrier_cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="carries_for", on_delete=fields.RESTRICT
    )
    carrier_cooperative_id: UUID
    carrier_share_bp = fields.IntField(default=10_000)
    state = fields.CharEnumField(AllianceState, max_length=10, default=AllianceState.PROPOSED)
    proposed_by_cooperative_id = fields.UUIDField()
    proposed_by = fields.UUIDField(null=True)  # the officer's account
    agreed_by = fields.UUIDField(null=True)
    ended_by = fields.UUIDField(null=True)
    ended_at = fields.DatetimeField(null=True)
    agreed_at = fields.DatetimeField(null=True)
    terms_version: int | None = fields.IntField(null=True)  # the last that both agreed to; none: no bounds
    ends_at: datetime | None = fields.DatetimeField(null=True)  # notice was given: in force until then

    class Meta:
        table = "alliance"
        unique_together = (("seller_cooperative_id", "carrier_cooperative_id"),)


class TermsState(StrEnum):
    PROPOSED = "PROPOSED"
    AGREED = "AGREED"
    WITHDRAWN = "WITHDRAWN"


class AllianceTerms(Row):
    """One version of what an alliance allows; what `cooperatives.membership.terms.Terms` says, as a row."""

    alliance: fields.ForeignKeyRelation[Alliance] = fields.ForeignKeyField(
        "lumbung.Alliance", related_name="terms", on_delete=fields.RESTRICT
    )
    alliance_id: UUID
    version = fields.IntField()
    state = fields.CharEnumField(TermsState, max_length=10, default=TermsState.PROPOSED)
    carrier_share_bp = fields.IntField()
    least = fields.BigIntField()
    least_per_km = fields.BigIntField()
    area: dict[str, Any] | None = fields.JSONField(null=True)
    hours: list[list[int]] | None = fields.JSONField(null=True)
    zone = fields.CharField(max_length=40)
    jobs_a_day: int | None = fields.IntField(null=True)
    open_rupiah: int | None = fields.BigIntField(null=True)
    notice_days = fields.IntField()
    holds_from: datetime | None = fields.DatetimeField(null=True)
    holds_until: datetime | None = fields.DatetimeField(null=True)
    proposed_by_cooperative_id = fields.UUIDField()
    proposed_by = fields.UUIDField(null=True)
    agreed_by = fields.UUIDField(null=True)
    agreed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "alliance_terms"
        unique_together = (("alliance_id", "version"),)


class AllianceUse(Row):
    """Something that an ally carries or carried: counts against the limits, and keeps the share it was taken at.

    Its id is what is carried: a sub-order, a delivery booked alone, or a leg of one.
    """

    alliance_id: UUID = fields.UUIDField()
    carrier_cooperative_id: UUID = fields.UUIDField()
    terms_version = fields.IntField(null=True)
    carrier_share_bp = fields.IntField()
    rupiah = fields.BigIntField()  # cash that it brings while it is under way
    taken_at: datetime = fields.DatetimeField()
    ended_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "alliance_use"
        indexes = (("alliance_id", "taken_at"), ("alliance_id", "ended_at"))


class OfficeChangeState(StrEnum):
    PROPOSED = "PROPOSED"
    DONE = "DONE"
    WITHDRAWN = "WITHDRAWN"


class OfficeChange(Row):
    """An office given or ended. Power over money needs a second officer; the row records both."""

    cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="office_changes", on_delete=fields.RESTRICT
    )
    cooperative_id: UUID
    account_id = fields.UUIDField(db_index=True)
    role = fields.CharEnumField(Role, max_length=30)
    is_grant = fields.BooleanField()
    state = fields.CharEnumField(OfficeChangeState, max_length=10, default=OfficeChangeState.PROPOSED)
    proposed_by = fields.UUIDField(null=True)  # null: the system
    confirmed_by = fields.UUIDField(null=True)
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "office_change"
