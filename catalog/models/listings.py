"""Rows of what shops offer: listings, their variants, options, pictures, and prices as they were."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from tortoise import fields

from catalog.models.sellers import Seller
from marketplace.database import Row


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
