"""Vehicles: several a driver, of which he rides one."""

from datetime import datetime
from typing import Annotated

import strawberry

from marketplace.deliveries import models as rows
from marketplace.deliveries.models import VehicleKind
from marketplace.deliveries.roster import models as roster_rows
from marketplace.deliveries.roster import vehicles
from schema.context import Info
from schema.costs import cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.problems import KEY, Problem, intent
from schema.scalars import Grams

described(
    VehicleKind,
    "What a driver rides.",
    {
        "BICYCLE": "A bicycle: needs no licence.",
        "MOTORCYCLE": "A motorcycle.",
        "TRICYCLE": "A becak motor or other three-wheeler.",
        "CAR": "A car.",
        "VAN": "A van.",
        "TRUCK": "A truck.",
    },
)


@strawberry.type(description="A vehicle that a driver may ride.")
class DriverVehicle:
    id: strawberry.ID = strawberry.field(description="To ride or retire it by.")
    kind: VehicleKind = strawberry.field(description="What it is.")
    plate: str = strawberry.field(description="Its number; empty for a bicycle.")
    capacity: Grams = strawberry.field(description="How much it carries at once.")
    size: int = strawberry.field(description="Of its box or bed, in litres; 0 where not said.")
    is_ridden: bool = strawberry.field(description="Whether he rides it now.")
    ridden_since: datetime | None = strawberry.field(description="Since when.")

    @classmethod
    def of(cls, row: roster_rows.DriverVehicle) -> "DriverVehicle":
        return cls(
            id=to_id("DriverVehicle", row.pk),
            kind=row.kind,
            plate=row.plate,
            capacity=Grams(row.capacity_g),
            size=row.size_l,
            is_ridden=row.ridden_since is not None,
            ridden_since=row.ridden_since,
        )


@strawberry.type
class DriverVehicles:
    row: strawberry.Private[rows.Driver]
    is_full: strawberry.Private[bool]

    @strawberry.field(
        description="His vehicles, oldest first, once he has added one to that of his application; himself and "
        "officers only.",
        directives=[cost(2, rows=5)],
    )
    async def vehicles(self, info: Info) -> list[DriverVehicle] | None:
        if not self.is_full:
            return None
        found = await info.context.load(vehicles.vehicles_by_driver, self.row.pk) or []
        return [DriverVehicle.of(row) for row in found]


@strawberry.input(description="One more vehicle of yours. Its papers are submitted apart.")
class AddVehicleInput:
    kind: VehicleKind = strawberry.field(description="What it is.")
    plate: str = strawberry.field(description="Its number; may be empty for a bicycle.", default="")
    capacity: Grams = strawberry.field(description="How much it carries at once.")
    size: int = strawberry.field(description="Of its box or bed, in litres, to 100,000; 0: not said.", default=0)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which vehicle of yours.")
class OwnVehicleInput:
    id: strawberry.ID = strawberry.field(description="The vehicle.")
    idempotency_key: str = strawberry.field(description=KEY)


VehicleResult = Annotated[
    DriverVehicle | Problem, strawberry.union("VehicleResult", description="The vehicle, or why not.")
]


@strawberry.type
class VehicleMutation:
    @strawberry.mutation(description="Add a vehicle that you may ride, at most 10. Fails with FORBIDDEN, TOO_MANY.")
    @intent
    async def add_vehicle(
        self, info: Info, input: Annotated[AddVehicleInput, strawberry.argument(description="What you ride.")]
    ) -> VehicleResult:
        row = await vehicles.add_vehicle(
            info.context.actor,
            kind=input.kind,
            plate=input.plate,
            capacity_g=int(input.capacity),
            size_l=input.size,
            key=input.idempotency_key,
        )
        return DriverVehicle.of(row)

    @strawberry.mutation(
        description="Ride this one from now on: jobs are matched with it. Fails: WRONG_STATE while you hold a job."
    )
    @intent
    async def ride_vehicle(
        self, info: Info, input: Annotated[OwnVehicleInput, strawberry.argument(description="Which one.")]
    ) -> VehicleResult:
        vehicle_id = from_id("DriverVehicle", input.id)
        row = await vehicles.ride_vehicle(info.context.actor, vehicle_id=vehicle_id, key=input.idempotency_key)
        return DriverVehicle.of(row)

    @strawberry.mutation(description="Take a vehicle off your list. Fails with WRONG_STATE while you ride it.")
    @intent
    async def retire_vehicle(
        self, info: Info, input: Annotated[OwnVehicleInput, strawberry.argument(description="Which one.")]
    ) -> VehicleResult:
        vehicle_id = from_id("DriverVehicle", input.id)
        row = await vehicles.retire_vehicle(info.context.actor, vehicle_id=vehicle_id, key=input.idempotency_key)
        return DriverVehicle.of(row)
