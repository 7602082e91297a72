"""Rows of the catalogue: sellers, what they offer, in which variants, and what is left of it."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.membership.models import Cooperative
from marketplace.database import Row


class SellerState(StrEnum):
    APPLIED = "APPLIED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    SUSPENDED = "SUSPENDED"  # by its co-op
    BLOCKED = "BLOCKED"  # by the node's operator, who alone can lift it


class Seller(Row):
    """An UMKM that sells, in the book of its host co-op.

    `opening_hours` is `[[weekday, opens_minute, closes_minute], …]`, Monday 0, minutes since midnight, closing
    after 1,440 when it is past midnight; None: always open. `holidays` is `{"2026-12-25": [[opens, closes]]}`,
    an empty list: closed that day. Times are in `time_zone`.
    """

    cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="sellers", on_delete=fields.RESTRICT
    )
    cooperative_id: UUID
    owner_id = fields.UUIDField(null=True, db_index=True)  # an account; None while imported and unclaimed
    is_member = fields.BooleanField(default=False)  # of the co-op; else hosted by it
    external_id = fields.CharField(max_length=80, null=True)  # in the file that it was imported from
    slug = fields.CharField(max_length=60, unique=True)  # the short menu link
    name = fields.CharField(max_length=160)
    description = fields.CharField(max_length=2000, default="")
    phone = fields.CharField(max_length=16, null=True)  # E.164, shown to buyers
    nib = fields.CharField(max_length=13, null=True)
    npwp_sealed = fields.CharField(max_length=200, null=True)  # encrypted
    npwp_tail = fields.CharField(max_length=4, null=True)  # what is shown of it
    state = fields.CharEnumField(SellerState, max_length=10, default=SellerState.APPLIED)
    state_reason = fields.CharField(max_length=300, null=True)
    address = fields.CharField(max_length=300, default="")
    region_code = fields.CharField(max_length=13, db_index=True)  # Kemendagri
    lat = fields.FloatField()
    lon = fields.FloatField()
    time_zone = fields.CharField(max_length=40, default="Asia/Jakarta")
    service_radius_m = fields.IntField(default=7_000)
    opening_hours: Any = fields.JSONField(null=True)
    holidays: dict[str, Any] = fields.JSONField(default=dict)
    paused_until = fields.DatetimeField(null=True)
    takes_cash = fields.BooleanField(default=True)
    takes_online = fields.BooleanField(default=True)
    allows_pickup = fields.BooleanField(default=True)
    auto_accept = fields.BooleanField(default=False)
    packing_fee = fields.BigIntField(default=0)  # rupiah an order
    minimum_order = fields.BigIntField(default=0)  # rupiah of goods

    class Meta:
        table = "seller"
        unique_together = (("cooperative_id", "external_id"),)


class ListingKind(StrEnum):
    GOODS = "GOODS"
    FOOD = "FOOD"
    SERVICE = "SERVICE"
    LOGISTICS = "LOGISTICS"


class ListingState(StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    UNPUBLISHED = "UNPUBLISHED"
    SUSPENDED = "SUSPENDED"


class Unit(StrEnum):
    PIECE = "PIECE"  # buah
    PORTION = "PORTION"  # porsi
    PACK = "PACK"  # bungkus
    BOX = "BOX"  # dus
    BUNCH = "BUNCH"  # ikat
    SACK = "SACK"  # karung
    BOTTLE = "BOTTLE"  # botol
    TRAY = "TRAY"  # papan
    GRAM = "GRAM"
    HUNDRED_GRAMS = "HUNDRED_GRAMS"  # ons
    KILOGRAM = "KILOGRAM"
    LITRE = "LITRE"
    METRE = "METRE"
    HOUR = "HOUR"
    DAY = "DAY"
    SESSION = "SESSION"
    TRIP = "TRIP"


class Listing(Row):
    """What a seller offers. Prices' range and the cover are kept here so that a page of listings is one read."""

    seller: fields.ForeignKeyRelation[Seller] = fields.ForeignKeyField(
        "lumbung.Seller", related_name="listings", on_delete=fields.RESTRICT
    )
    seller_id: UUID
    external_id = fields.CharField(max_length=80, null=True)
    kind = fields.CharEnumField(ListingKind, max_length=10)
    category_code = fields.CharField(max_length=40, db_index=True)
    section = fields.CharField(max_length=80, default="")  # of the menu
    title = fields.CharField(max_length=160)
    description = fields.CharField(max_length=4000, default="")
    state = fields.CharEnumField(ListingState, max_length=12, default=ListingState.DRAFT)
    price_from = fields.BigIntField(default=0)
    price_to = fields.BigIntField(default=0)
    cover_hash = fields.CharField(max_length=64, null=True)
    sold_out_on: date | None = fields.DateField(null=True)  # habis hari ini, in the seller's zone
    preparation_minutes = fields.IntField(null=True)
    halal_number = fields.CharField(max_length=40, null=True)
    halal_until: date | None = fields.DateField(null=True)
    pirt_number = fields.CharField(max_length=30, null=True)
    allergens: list[str] = fields.JSONField(default=list)
    by_quote = fields.BooleanField(default=False)  # SERVICE: the seller names the price when asked
    session_minutes = fields.IntField(null=True)  # SERVICE: length of a slot
    per_km = fields.BigIntField(null=True)  # LOGISTICS: rupiah a kilometre above the variant's price
    capacity_g = fields.IntField(null=True)  # LOGISTICS: what one trip carries
    area_codes: list[str] = fields.JSONField(default=list)  # LOGISTICS: regions served

    class Meta:
        table = "listing"
        unique_together = (("seller_id", "external_id"),)


class Variant(Row):
    """One thing that can be bought. `on_hand` None: stock isn't counted; else reserved ≤ on hand, always."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="variants", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    name = fields.CharField(max_length=80, default="")
    unit = fields.CharEnumField(Unit, max_length=16, default=Unit.PIECE)
    price = fields.BigIntField()
    weight_g = fields.IntField(null=True)
    on_hand = fields.IntField(null=True)
    reserved = fields.IntField(default=0)
    position = fields.IntField(default=0)
    is_offered = fields.BooleanField(default=True)  # False: withdrawn; orders still name it

    class Meta:
        table = "variant"


class OptionGroup(Row):
    """A choice that comes with a listing: `least` to `most` of its options."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="option_groups", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    name = fields.CharField(max_length=80)
    least = fields.IntField(default=0)
    most = fields.IntField(default=1)
    position = fields.IntField(default=0)
    is_offered = fields.BooleanField(default=True)

    class Meta:
        table = "option_group"


class Option(Row):
    """One of a group's options; its price is added to the variant's."""

    group: fields.ForeignKeyRelation[OptionGroup] = fields.ForeignKeyField(
        "lumbung.OptionGroup", related_name="options", on_delete=fields.RESTRICT
    )
    group_id: UUID
    name = fields.CharField(max_length=80)
    price_delta = fields.BigIntField(default=0)
    is_available = fields.BooleanField(default=True)
    position = fields.IntField(default=0)

    class Meta:
        table = "option"


class Image(Row):
    """A picture of a listing. The files stand in the node's folder under the hash of what was kept."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="images", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    hash = fields.CharField(max_length=64)
    width = fields.IntField()
    height = fields.IntField()
    description = fields.CharField(max_length=200, default="")
    position = fields.IntField(default=0)

    class Meta:
        table = "image"
        unique_together = (("listing_id", "hash"),)


class ReservationState(StrEnum):
    HELD = "HELD"
    COMMITTED = "COMMITTED"
    RELEASED = "RELEASED"


class StockReservation(Row):
    """What a sub-order holds of a variant whose stock is counted."""

    sub_order_id = fields.UUIDField()
    variant: fields.ForeignKeyRelation[Variant] = fields.ForeignKeyField(
        "lumbung.Variant", related_name="reservations", on_delete=fields.RESTRICT
    )
    variant_id: UUID
    quantity = fields.IntField()
    state = fields.CharEnumField(ReservationState, max_length=10, default=ReservationState.HELD)

    class Meta:
        table = "stock_reservation"
        unique_together = (("sub_order_id", "variant_id"),)


class ServiceSlot(Row):
    """A time at which a service can be had. One sub-order at most can stand in it."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="slots", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    sub_order_id = fields.UUIDField(null=True, unique=True)

    class Meta:
        table = "service_slot"
        unique_together = (("listing_id", "starts_at"),)


class PriceChange(Row):
    """A variant's price before and after, and who changed it."""

    variant: fields.ForeignKeyRelation[Variant] = fields.ForeignKeyField(
        "lumbung.Variant", related_name="price_changes", on_delete=fields.RESTRICT
    )
    variant_id: UUID
    old_price = fields.BigIntField()
    new_price = fields.BigIntField()
    changed_by = fields.UUIDField(null=True)

    class Meta:
        table = "price_change"


class ReportReason(StrEnum):
    FORBIDDEN_GOODS = "FORBIDDEN_GOODS"
    COUNTERFEIT = "COUNTERFEIT"
    UNSAFE_FOOD = "UNSAFE_FOOD"
    FALSE_HALAL = "FALSE_HALAL"
    WRONG_PRICE = "WRONG_PRICE"
    MISLEADING = "MISLEADING"
    OFFENSIVE = "OFFENSIVE"
    OTHER = "OTHER"


class ListingReport(Row):
    """A person says that a listing should not stand as it does. One a person and listing."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="reports", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    reporter_id = fields.UUIDField()
    reason = fields.CharEnumField(ReportReason, max_length=20)
    text = fields.CharField(max_length=1000, default="")

    class Meta:
        table = "listing_report"
        unique_together = (("listing_id", "reporter_id"),)


class ListingSuspension(Row):
    """The operator took a listing off, with the reason; the seller may appeal once; the operator answers."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="suspensions", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    reason = fields.CharField(max_length=500)
    suspended_by = fields.UUIDField(null=True)
    appeal = fields.CharField(max_length=1000, null=True)
    appealed_by = fields.UUIDField(null=True)
    appealed_at = fields.DatetimeField(null=True)
    answer = fields.CharField(max_length=500, null=True)
    answered_by = fields.UUIDField(null=True)
    answered_at = fields.DatetimeField(null=True)
    lifted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "listing_suspension"


class ImportRun(Row):
    """How far an import of a file has come, so that one that was cut off goes on where it stood."""

    cooperative_id = fields.UUIDField()
    what = fields.CharField(max_length=10)  # sellers | listings
    file_hash = fields.CharField(max_length=64)
    lines_done = fields.IntField(default=0)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "import_run"
        unique_together = (("cooperative_id", "what", "file_hash"),)
