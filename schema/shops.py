"""Keeping a shop: opening, changing, pausing, approving, staffing."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from catalog import sellers
from schema.context import Info
from schema.ids import from_id
from schema.opening_hours import HolidayHoursInput, OpeningHoursInput
from schema.problems import KEY, Problem, intent
from schema.scalars import GeoPointInput, Metres, Rupiah
from schema.sellers import Seller

SellerResult = Annotated[Seller | Problem, strawberry.union("SellerResult", description="The shop, or why not.")]


@strawberry.input(description="What a shop says of itself. What is left out stays as it is.")
class ShopFacts:
    name: str | None = strawberry.field(default=None, description="2 to 160 characters.")
    slug: str | None = strawberry.field(default=None, description="Short menu link: a-z, 0-9, -. Made when left out.")
    description: str | None = strawberry.field(default=None, description="Up to 2,000 characters.")
    phone: str | None = strawberry.field(default=None, description="Shown to buyers. Empty: none.")
    nib: str | None = strawberry.field(default=None, description="13 digits. Empty: none.")
    npwp: str | None = strawberry.field(default=None, description="15 or 16 digits; kept sealed. Empty: none.")
    place: GeoPointInput | None = strawberry.field(default=None, description="Where goods are picked up.")
    address: str | None = strawberry.field(default=None, description="Up to 300 characters.")
    region_code: str | None = strawberry.field(default=None, description="Kemendagri: `35.78.19`.")
    service_radius: Metres | None = strawberry.field(default=None, description="100 to 100,000; 7,000 at first.")
    opening_hours: list[OpeningHoursInput] | None = strawberry.field(
        default=None, description="The whole ordinary week; a day left out is closed."
    )
    is_always_open: bool = strawberry.field(default=False, description="Takes the week's hours away.")
    holidays: list[HolidayHoursInput] | None = strawberry.field(
        default=None, description="All days with other hours; those left out are ordinary days."
    )
    takes_cash: bool | None = strawberry.field(default=None, description="Cash on delivery.")
    takes_online: bool | None = strawberry.field(default=None, description="Payment online.")
    allows_pickup: bool | None = strawberry.field(default=None, description="The buyer may fetch.")
    auto_accept: bool | None = strawberry.field(default=None, description="Orders are accepted by themselves.")
    packing_fee: Rupiah | None = strawberry.field(default=None, description="Added to each order.")
    minimum_order: Rupiah | None = strawberry.field(default=None, description="Least value of goods.")

    def values(self) -> dict[str, Any]:
        """The facts given, by the service's names."""
        same: tuple[str, ...] = ("name", "slug", "description", "phone", "nib", "npwp", "address")
        same += (
            "region_code",
            "takes_cash",
            "takes_online",
            "allows_pickup",
            "auto_accept",
            "packing_fee",
            "minimum_order",
        )
        found = {name: getattr(self, name) for name in same if getattr(self, name) is not None}
        if self.place is not None:
            found |= {"lat": self.place.lat, "lon": self.place.lon}
        if self.service_radius is not None:
            found["service_radius_m"] = self.service_radius
        if self.is_always_open:
            found["opening_hours"] = None
        elif self.opening_hours is not None:
            found["opening_hours"] = [hours_.span() for hours_ in self.opening_hours]
        if self.holidays is not None:
            found["holidays"] = {day.date.isoformat(): day.spans() for day in self.holidays}
        return found


@strawberry.input(description="An application to sell under a host co-op, which must approve it.")
class OpenShopInput(ShopFacts):
    cooperative_id: strawberry.ID = strawberry.field(description="The host co-op, in whose book the shop will be.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Changes to a shop.")
class UpdateShopInput(ShopFacts):
    id: strawberry.ID = strawberry.field(description="The shop.")


@strawberry.input(description="A pause in taking orders.")
class PauseShopInput:
    id: strawberry.ID = strawberry.field(description="The shop.")
    until: datetime | None = strawberry.field(default=None, description="Within 90 days; null: open again at once.")


@strawberry.input(description="Which shop.")
class ApproveShopInput:
    id: strawberry.ID = strawberry.field(description="The shop.")


@strawberry.input(description="Which shop, and why.")
class StopShopInput:
    id: strawberry.ID = strawberry.field(description="The shop.")
    reason: str = strawberry.field(description="Told to its owner; 3 to 300 characters.")


@strawberry.input(description="A person for a shop.")
class ShopPersonInput:
    id: strawberry.ID = strawberry.field(description="The shop.")
    phone: str = strawberry.field(description="The person's phone; an account is made where there is none.")


@strawberry.input(description="Who works in the shop no longer.")
class RemoveStaffInput:
    id: strawberry.ID = strawberry.field(description="The shop.")
    account_id: strawberry.ID = strawberry.field(description="The person's account.")


@strawberry.type
class SellerMutation:
    @strawberry.mutation(description="Apply to open a shop. FORBIDDEN, NOT_FOUND (co-op), INVALID.")
    @intent
    async def open_shop(self, info: Info, input: OpenShopInput) -> SellerResult:
        row = await sellers.open_shop(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            values=input.values(),
            key=input.idempotency_key,
        )
        return Seller.of(row)

    @strawberry.mutation(description="Change a shop's facts. Owner, staff, or an officer of the host co-op.")
    @intent
    async def update_shop(self, info: Info, input: UpdateShopInput) -> SellerResult:
        id = from_id("Seller", input.id)
        return Seller.of(await sellers.update_shop(info.context.actor, seller_id=id, values=input.values()))

    @strawberry.mutation(description="Take no orders for a while, or take them again. Owner, staff or officer.")
    @intent
    async def pause_shop(self, info: Info, input: PauseShopInput) -> SellerResult:
        id = from_id("Seller", input.id)
        return Seller.of(await sellers.pause_shop(info.context.actor, seller_id=id, until=input.until))

    @strawberry.mutation(description="Let a shop sell. An officer of the host co-op. WRONG_STATE when it does.")
    @intent
    async def approve_shop(self, info: Info, input: ApproveShopInput) -> SellerResult:
        return Seller.of(await sellers.approve_shop(info.context.actor, seller_id=from_id("Seller", input.id)))

    @strawberry.mutation(description="Refuse an application. An officer of the host co-op.")
    @intent
    async def refuse_shop(self, info: Info, input: StopShopInput) -> SellerResult:
        id = from_id("Seller", input.id)
        return Seller.of(await sellers.refuse_shop(info.context.actor, seller_id=id, reason=input.reason))

    @strawberry.mutation(description="Stop a shop from selling. The operator; its co-op can't lift that.")
    @intent
    async def block_shop(self, info: Info, input: StopShopInput) -> SellerResult:
        id = from_id("Seller", input.id)
        return Seller.of(await sellers.block_shop(info.context.actor, seller_id=id, reason=input.reason))

    @strawberry.mutation(description="Lift a block: the host co-op decides again. The operator.")
    @intent
    async def unblock_shop(self, info: Info, input: ApproveShopInput) -> SellerResult:
        return Seller.of(await sellers.unblock_shop(info.context.actor, seller_id=from_id("Seller", input.id)))

    @strawberry.mutation(description="Stop a shop from selling, until it is approved again. An officer of its co-op.")
    @intent
    async def suspend_shop(self, info: Info, input: StopShopInput) -> SellerResult:
        id = from_id("Seller", input.id)
        return Seller.of(await sellers.suspend_shop(info.context.actor, seller_id=id, reason=input.reason))

    @strawberry.mutation(
        description="Name the owner of a shop, e.g. of an imported one. An officer of the co-op. WRONG_STATE for the "
        "shop of a unit, which is the co-op's own."
    )
    @intent
    async def hand_shop_to(self, info: Info, input: ShopPersonInput) -> SellerResult:
        id = from_id("Seller", input.id)
        return Seller.of(await sellers.hand_shop_to(info.context.actor, seller_id=id, phone=input.phone))

    @strawberry.mutation(description="Let someone work in the shop. Its owner, or an officer of the co-op.")
    @intent
    async def add_staff(self, info: Info, input: ShopPersonInput) -> SellerResult:
        id = from_id("Seller", input.id)
        return Seller.of(await sellers.add_staff(info.context.actor, seller_id=id, phone=input.phone))

    @strawberry.mutation(description="End someone's work in the shop. Its owner, or an officer of the co-op.")
    @intent
    async def remove_staff(self, info: Info, input: RemoveStaffInput) -> SellerResult:
        row = await sellers.remove_staff(
            info.context.actor,
            seller_id=from_id("Seller", input.id),
            account_id=from_id("Account", input.account_id, "accountId"),
        )
        return Seller.of(row)
