"""Relay: a hub opened, a job planned in legs, goods handed in, sent back, given back."""

from datetime import datetime
from typing import Annotated

import strawberry

from marketplace.deliveries.lifecycle import FailureCode
from marketplace.deliveries.relay import hubs, legs, planning, returning
from marketplace.deliveries.relay.hubs import HubWish
from marketplace.deliveries.relay.planning import LegWish
from schema.carrying import DeliveryJobResult, SellerPinInput, dress_job, place_given, signer_of
from schema.context import Info
from schema.hubs import Hub, HubParcel, parcel_of
from schema.ids import from_id
from schema.named import OfJob
from schema.opening_hours import OpeningHoursInput
from schema.problems import KEY, Problem, intent
from schema.scalars import BasisPoints, GeoPointInput, PhoneNumber


@strawberry.input(description="What a hub shall be.")
class SaveHubInput:
    cooperative_id: strawberry.ID = strawberry.field(description="Whose hub.")
    id: strawberry.ID | None = strawberry.field(default=None, description="Which; left out: a new one.")
    name: str = strawberry.field(description="1 to 160 characters.")
    address: str = strawberry.field(description="How to find it, 1 to 700 characters.")
    place: GeoPointInput = strawberry.field(description="Where it is.")
    opening_hours: list[OpeningHoursInput] | None = strawberry.field(
        default=None, description="1 to 28 spans of the week, in the co-op's zone; left out: always open."
    )
    keepers: list[PhoneNumber] = strawberry.field(description="1 to 20 people who take in and give out, by phone.")
    is_closed: bool = strawberry.field(default=False, description="Take nothing in any more.")
    idempotency_key: str = strawberry.field(description=KEY)

    def wish(self) -> HubWish:
        """Raises Invalid."""
        return HubWish(
            self.name,
            self.address,
            self.place.lat,
            self.place.lon,
            None if self.opening_hours is None else tuple(span.span() for span in self.opening_hours),
            tuple(self.keepers),
            self.is_closed,
        )


@strawberry.input(description="One leg of a job.")
class RelayLegInput:
    hub_id: strawberry.ID | None = strawberry.field(default=None, description="Where it ends; of the last: left out.")
    share: BasisPoints = strawberry.field(description="Its part of the fare; all sum to 10000.")
    opens_at: datetime | None = strawberry.field(
        default=None, description="From when drivers may take it; left out: now, as the first leg always."
    )
    closes_at: datetime = strawberry.field(description="Until when; within 7 days, while its hub is open.")


@strawberry.input(description="A job and its legs.")
class PlanRelayInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="An open job.")
    legs: list[RelayLegInput] = strawberry.field(description="2 to 5, in order.")


@strawberry.input(description="Another window for the leg that waits at a hub.")
class MoveRelayWindowInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="A job whose goods stand at a hub.")
    opens_at: datetime = strawberry.field(description="From when.")
    closes_at: datetime = strawberry.field(description="Until when; within 7 days.")


@strawberry.input(description="Goods at a hub that go no further.")
class TurnBackAtHubInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="A job whose goods stand at a hub.")
    code: FailureCode = strawberry.field(description="Why.")
    reason: str = strawberry.field(default="", description="In words, at most 300 characters.")


@strawberry.input(description="The seller's PIN for goods that he fetches at a hub.")
class ReturnFromHubInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="A job whose goods were sent back.")
    pin: str = strawberry.field(description="What the seller tells you.")


HubResult = Annotated[Hub | Problem, strawberry.union("HubResult", description="The hub, or why not.")]
HubParcelResult = Annotated[
    HubParcel | Problem, strawberry.union("HubParcelResult", description="The goods, or why not.")
]


@strawberry.type
class RelayMutation:
    @strawberry.mutation(
        description="Open a hub of your co-op, or change one; an officer. Problems: INVALID, FORBIDDEN, NOT_FOUND."
    )
    @intent
    async def save_hub(self, info: Info, input: SaveHubInput) -> HubResult:
        row = await hubs.save_hub(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            hub_id=None if input.id is None else from_id("Hub", input.id),
            wish=input.wish(),
            key=input.idempotency_key,
        )
        return Hub.of(row)

    @strawberry.mutation(
        description="Let an open job go in legs through hubs; officers and dispatchers of the shop's co-op. Each leg "
        "is put before drivers when the goods stand at its start and its window is open, and gets its part of the "
        "fare. Problems: NOT_FOUND, WRONG_STATE, INVALID."
    )
    @intent
    async def plan_relay(self, info: Info, input: PlanRelayInput) -> DeliveryJobResult:
        wishes = [
            LegWish(
                None if leg.hub_id is None else from_id("Hub", leg.hub_id, "legs.hubId"),
                leg.share,
                leg.opens_at,
                leg.closes_at,
            )
            for leg in input.legs
        ]
        return await dress_job(info, await planning.plan_relay(info.context.actor, **input.job(), legs=wishes))

    @strawberry.mutation(
        description="Give the leg that waits at a hub another window; officers and dispatchers of the shop's co-op. "
        "Problems: NOT_FOUND, WRONG_STATE, INVALID."
    )
    @intent
    async def move_relay_window(self, info: Info, input: MoveRelayWindowInput) -> DeliveryJobResult:
        row = await planning.move_window(
            info.context.actor, **input.job(), opens_at=input.opens_at, closes_at=input.closes_at
        )
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Give the goods to the hub where your leg ends, or, on the way back, began, by the PIN that its "
        "keeper tells. Who fetches them there uses confirmPickup. "
        "Problems: WRONG_PIN, TOO_MANY, WRONG_STATE, NOT_FOUND."
    )
    @intent
    async def hand_in_at_hub(self, info: Info, input: SellerPinInput) -> DeliveryJobResult:
        row = await legs.hand_in(
            info.context.actor,
            **input.job(),
            pin=input.pin,
            place=place_given(input.place),
            signer=signer_of(info),
        )
        return await dress_job(info, row)

    @strawberry.mutation(
        description="What stands at a hub goes no further: its seller fetches it there; officers and dispatchers of "
        "his co-op. Problems: NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def turn_back_at_hub(self, info: Info, input: TurnBackAtHubInput) -> DeliveryJobResult:
        row = await legs.turn_back(info.context.actor, **input.job(), code=input.code, reason=input.reason)
        return await dress_job(info, row)

    @strawberry.mutation(
        description="The hub's keeper gives what was sent back to its seller, by the PIN that he tells. "
        "Problems: WRONG_PIN, TOO_MANY, WRONG_STATE, NOT_FOUND."
    )
    @intent
    async def return_from_hub(self, info: Info, input: ReturnFromHubInput) -> HubParcelResult:
        row = await returning.return_from_hub(
            info.context.actor, **input.job(), pin=input.pin, signer=signer_of(info)
        )
        return parcel_of(row)
