"""Shops: how clients see them, open them and keep them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import strawberry

from catalog import listings, reads, regions, sale, sellers
from catalog import models as rows
from catalog.models import ListingKind, ListingState, SellerState
from catalog.sellers import keeps
from marketplace import clock
from schema.blocks import SellerBlocks
from schema.context import Info
from schema.costs import LISTED
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.opening_hours import HolidayHours, OpeningHours
from schema.paging import After, Connection, First, connection_of
from schema.payouts import SellerPayouts
from schema.purchase_rounds import SellerPurchasing
from schema.qris import SellerQrisCode
from schema.ratings import SellerRatings
from schema.recurring_deliveries import SellerRecurringDeliveries
from schema.regions import Region
from schema.scalars import GeoPoint, Metres, PhoneNumber, Rupiah
from schema.selling import SellerOrders

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative
    from schema.listings import Listing

CooperativeType = Annotated["Cooperative", strawberry.lazy("schema.cooperatives")]
ListingType = Annotated["Listing", strawberry.lazy("schema.listings")]

described(
    SellerState,
    "Where a shop stands.",
    {
        "APPLIED": "Waits for an officer of its host co-op.",
        "APPROVED": "Sells.",
        "REFUSED": "Not let in, with a reason.",
        "SUSPENDED": "Stopped from selling by its host co-op, with a reason.",
        "BLOCKED": "Stopped from selling by the node's operator, with a reason; only he lifts it.",
    },
)
described(
    ListingState,
    "Where a listing stands.",
    {
        "DRAFT": "Not on sale yet.",
        "PUBLISHED": "On sale.",
        "UNPUBLISHED": "Taken off sale by its seller.",
        "SUSPENDED": "Taken off by the operator, with a reason; may be appealed.",
    },
)


@strawberry.type(description="A shop: an UMKM that sells, in the book of its host co-op.")
class Seller(
    SellerOrders,
    SellerQrisCode,
    SellerPayouts,
    SellerPurchasing,
    SellerBlocks,
    SellerRecurringDeliveries,
    SellerRatings,
    Node,
):
    row: strawberry.Private[rows.Seller]
    slug: str = strawberry.field(description="Its short menu link.")
    name: str = strawberry.field(description="What it is called.")
    description: str = strawberry.field(description="What it says of itself.")
    place: GeoPoint = strawberry.field(description="Where goods are picked up.")
    address: str = strawberry.field(description="As people write it.")
    state: SellerState = strawberry.field(description="Where it stands.")
    is_member: bool = strawberry.field(description="Whether it belongs to the co-op; else the co-op hosts it.")
    service_radius: Metres = strawberry.field(description="How far from its place it delivers.")
    paused_until: datetime | None = strawberry.field(description="Takes no orders until then.")
    takes_cash: bool = strawberry.field(description="Whether a buyer may pay in cash on delivery.")
    takes_online: bool = strawberry.field(description="Whether a buyer may pay online.")
    allows_pickup: bool = strawberry.field(description="Whether a buyer may fetch the goods.")
    packing_fee: Rupiah = strawberry.field(description="Added to each order.")
    minimum_order: Rupiah = strawberry.field(description="The least value of goods in an order.")
    region_code: str = strawberry.field(description="Kemendagri's code of where it is.")
    time_zone: str = strawberry.field(description="The IANA zone of its hours.")

    @classmethod
    def of(cls, row: rows.Seller) -> "Seller":
        return cls(
            id=to_id("Seller", row.pk),
            row=row,
            slug=row.slug,
            name=row.name,
            description=row.description,
            place=GeoPoint(lat=row.lat, lon=row.lon),
            address=row.address,
            state=row.state,
            is_member=row.is_member,
            service_radius=Metres(row.service_radius_m),
            paused_until=row.paused_until,
            takes_cash=row.takes_cash,
            takes_online=row.takes_online,
            allows_pickup=row.allows_pickup,
            packing_fee=Rupiah(row.packing_fee),
            minimum_order=Rupiah(row.minimum_order),
            region_code=row.region_code,
            time_zone=row.time_zone,
        )

    @strawberry.field(description="The co-op in whose book the shop is.")
    async def cooperative(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import cooperative_of

        return await cooperative_of(info, self.row.cooperative_id)

    @strawberry.field(description="Where it is.")
    def region(self) -> Region | None:
        row = regions.find(self.row.region_code)
        return None if row is None else Region.of(row)

    @strawberry.field(description="Whether it takes orders then: approved, not paused, within its hours.")
    def is_open(
        self, at: Annotated[datetime | None, strawberry.argument(description="When; null: now.")] = None
    ) -> bool:
        return sale.is_open(self.row, at)

    @strawberry.field(description="When it opens next; null when it is open or there is no opening within 14 days.")
    def opens_at(self) -> datetime | None:
        if sale.is_open(self.row):
            return None
        after = max(clock.now(), self.row.paused_until or clock.now())
        zone = ZoneInfo(self.row.time_zone)
        found = sale.seller_hours(self.row)
        return after if found.is_open(after, zone) else found.opens_at(after, zone)

    @strawberry.field(description="Its hours in an ordinary week, in its own zone; null: always open.")
    def opening_hours(self) -> list[OpeningHours] | None:
        if self.row.opening_hours is None:
            return None
        return [OpeningHours.of(*span) for span in self.row.opening_hours]

    @strawberry.field(description="Days on which other hours hold, or none.")
    def holidays(self) -> list[HolidayHours]:
        return [HolidayHours.of(day, spans) for day, spans in self.row.holidays.items()]

    @strawberry.field(description="A phone that buyers may call.")
    def phone(self) -> PhoneNumber | None:
        return PhoneNumber(self.row.phone) if self.row.phone else None

    @strawberry.field(description="Business number (NIB); null when it has none.")
    def nib(self) -> str | None:
        return self.row.nib

    @strawberry.field(description="Tax number, masked: `•••1234`; null when none, or not yours to see.")
    def npwp(self, info: Info) -> str | None:
        tail = self.row.npwp_tail if keeps(info.context.actor, self.row) else None
        return f"•••{tail}" if tail else None

    @strawberry.field(description="Why it was refused or suspended; null for those who don't keep the shop.")
    def state_reason(self, info: Info) -> str | None:
        return self.row.state_reason if keeps(info.context.actor, self.row) else None

    @strawberry.field(description="Whether it accepts orders by itself.")
    def auto_accept(self) -> bool:
        return self.row.auto_accept

    @strawberry.field(
        description="What it offers, oldest first; what is not on sale only for its keepers.", directives=[LISTED]
    )
    async def listings(
        self,
        info: Info,
        kind: Annotated[ListingKind | None, strawberry.argument(description="Only of this kind.")] = None,
        state: Annotated[ListingState | None, strawberry.argument(description="Only in this state.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ListingType]:
        from schema.listings import Listing

        page = await listings.listings_of(
            info.context.actor, self.row, kind=kind, state=state, first=first, after=after
        )
        for row in page.rows:
            row.seller = self.row
        return connection_of(page, Listing.of, after=after)


async def seller_of(info: Info, id: UUID) -> Seller | None:
    """The shop with this id, loaded together with all others that the request asks for."""
    row = await info.context.load(reads.sellers_by_id, id)
    return None if row is None else Seller.of(row)


async def is_keeper(info: Info, seller_id: UUID) -> bool:
    """Whether who asks sees this shop as its keepers do."""
    actor = info.context.actor
    if actor.account_id is None:
        return False
    row = await info.context.load(reads.sellers_by_id, seller_id)
    return row is not None and keeps(actor, row)


@finds("Seller")
async def find_seller(info: Info, id: UUID) -> Seller | None:
    row = await info.context.load(reads.sellers_by_id, id)
    return Seller.of(row) if row is not None and sellers.is_visible(info.context.actor, row) else None


@strawberry.type
class SellerQuery:
    @strawberry.field(description="The shop with this menu link, or null when there is none that you may see.")
    async def seller(
        self, info: Info, slug: Annotated[str, strawberry.argument(description="Its short menu link.")]
    ) -> Seller | None:
        row = await sellers.seller_by_slug(info.context.actor, slug)
        return None if row is None else Seller.of(row)


@strawberry.type
class ViewerSelling:
    @strawberry.field(description="The shops that you own or work in, oldest first.")
    async def selling(self, info: Info) -> list[Seller]:
        return [Seller.of(row) for row in await sellers.selling(info.context.actor)]


@strawberry.type
class CooperativeSellers:
    row: strawberry.Private[Any]

    @strawberry.field(
        description="The shops in its book, oldest first; those not approved only for its officers.",
        directives=[LISTED],
    )
    async def sellers(
        self,
        info: Info,
        state: Annotated[SellerState | None, strawberry.argument(description="Only in this state.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Seller]:
        page = await sellers.sellers_of(info.context.actor, self.row.pk, state=state, first=first, after=after)
        return connection_of(page, Seller.of, after=after)
