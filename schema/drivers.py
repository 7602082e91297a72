"""Drivers: who carries for a co-op."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries import cash, drivers, hours, limits, passing, reading, shifts
from marketplace.deliveries import models as rows
from marketplace.deliveries.drivers import Vehicle
from marketplace.deliveries.models import DriverState, VehicleKind
from marketplace.identity.actor import OFFICERS, Role
from marketplace.identity.service import accounts_by_id
from schema.cash import CashReceipt
from schema.context import Info
from schema.costs import LISTED, RECKONED
from schema.dispatch_appeals import DriverAppeals
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.offers import DriverOffers
from schema.paging import After, Connection, First, connection_of
from schema.papers import CooperativePapers, DriverPapers
from schema.problems import KEY, Problem, intent
from schema.ratings import DriverRatings
from schema.roster import CooperativeRoster, DriverRoster
from schema.scalars import Grams, PhoneNumber, Rupiah
from schema.shifts import DriverHours, Shift
from schema.vehicles import DriverVehicles
from schema.ways import DriverRoute

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative
    from schema.hand_overs import DriverHandOver
    from schema.jobs import DeliveryJob

described(
    DriverState,
    "Whether a driver may carry.",
    {
        "APPLIED": "Applied; an officer decides.",
        "APPROVED": "May carry.",
        "REFUSED": "Was refused.",
        "SUSPENDED": "May take no jobs until an officer approves him again.",
    },
)


@strawberry.type(description="A person who carries for a co-op.")
class Driver(
    DriverOffers, DriverAppeals, DriverVehicles, DriverPapers, DriverRoute, DriverRoster, DriverRatings, Node
):
    row: strawberry.Private[rows.Driver]
    is_full: strawberry.Private[bool]
    is_reachable: strawberry.Private[bool]
    name: str = strawberry.field(description="As buyers and sellers see it.")
    vehicle: VehicleKind = strawberry.field(description="What he rides.")
    plate: str = strawberry.field(description="The vehicle's number, to know him by; empty for a bicycle.")
    state: DriverState = strawberry.field(description="Whether he may carry.")
    capacity: Grams = strawberry.field(description="How much he can carry at once.")
    job_limit: int = strawberry.field(description="How many jobs he may hold at once.")
    licence_expires_on: date | None = strawberry.field(description="End of his SIM; himself and officers only.")
    insurance_expires_on: date | None = strawberry.field(
        description="End of his insurance; himself and officers only."
    )
    cash_limit: Rupiah | None = strawberry.field(description="How much cash he may hold; himself and officers only.")
    reason: str | None = strawberry.field(description="Why he was refused or suspended; himself and officers only.")

    @classmethod
    def of(cls, row: rows.Driver, *, is_full: bool = False, is_reachable: bool = False) -> "Driver":
        """`is_full`: for himself and his officers; `is_reachable`: for who waits for him now."""
        return cls(
            id=to_id("Driver", row.pk),
            row=row,
            is_full=is_full,
            is_reachable=is_full or is_reachable,
            name=row.name,
            vehicle=row.vehicle,
            plate=row.plate,
            state=row.state,
            capacity=Grams(row.capacity_g),
            job_limit=row.job_limit,
            licence_expires_on=row.licence_expires_on if is_full else None,
            insurance_expires_on=row.insurance_expires_on if is_full else None,
            cash_limit=Rupiah(row.cash_limit) if is_full else None,
            reason=row.reason if is_full else None,
        )

    @strawberry.field(
        description="How to reach him: for his officers; and for who waits for him on a running job, unless the node "
        "puts calls through (`callParty`)."
    )
    async def phone(self, info: Info) -> PhoneNumber | None:
        if not self.is_reachable:
            return None
        account = await info.context.load(accounts_by_id, self.row.account_id)
        return None if account is None else PhoneNumber(account.phone)

    @strawberry.field(description="For whom he carries.")
    async def cooperative(
        self, info: Info
    ) -> Annotated["Cooperative", strawberry.lazy("schema.cooperatives")] | None:
        from schema.cooperatives import cooperative_of  # cooperatives.py builds on this module

        return await cooperative_of(info, self.row.cooperative_id)

    @strawberry.field(description="His running shift; himself and officers only.")
    async def shift(self, info: Info) -> Shift | None:
        if not self.is_full:
            return None
        row = await info.context.load(shifts.open_shifts_by_driver, self.row.pk)
        return None if row is None else Shift.of(row)

    @strawberry.field(
        description="How long he did what within a period of at most 92 days; himself and officers only.",
        directives=[LISTED],
    )
    async def hours(
        self,
        info: Info,
        since: Annotated[datetime, strawberry.argument(description="From then.")],
        until: Annotated[datetime, strawberry.argument(description="Until then; what is to come doesn't count.")],
    ) -> DriverHours | None:
        if not self.is_full:
            return None
        return DriverHours.of(await hours.hours_of(info.context.actor, self.row, since=since, until=until))

    @strawberry.field(
        description="Rupiah in cash that he holds or is about to collect; himself and officers only.",
        directives=[RECKONED],
    )
    async def cash_in_hand(self, info: Info) -> Rupiah | None:
        if not self.is_full:
            return None
        load = await info.context.load(limits.loads_by_driver, self.row.pk)
        return Rupiah(0 if load is None else load.cash)

    @strawberry.field(
        description="What his co-op owes him for carrying, in rupiah; himself and officers only.",
        directives=[RECKONED],
    )
    async def earnings_due(self, info: Info) -> Rupiah | None:
        if not self.is_full:
            return None
        return Rupiah(await info.context.load(cash.earned_by_driver, self.row.pk) or 0)

    @strawberry.field(
        description="Cash that he handed in or kept, newest first; himself and officers only.", directives=[LISTED]
    )
    async def cash_receipts(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
    ) -> Connection[CashReceipt] | None:
        if not self.is_full:
            return None
        page = await cash.receipts_of(self.row.pk, first=first, after=after)
        return connection_of(page, CashReceipt.of, after=after)

    @strawberry.field(
        description="Jobs that he holds or has carried, newest first; himself and officers only.", directives=[LISTED]
    )
    async def jobs(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
    ) -> Connection[Annotated["DeliveryJob", strawberry.lazy("schema.jobs")]] | None:
        from schema.jobs import DeliveryJob  # jobs.py builds on this module

        if not self.is_full:
            return None
        page = await reading.jobs_held_by(self.row.pk, first=first, after=after)
        actor = info.context.actor
        return connection_of(page, lambda row: DeliveryJob.of(row, reading.sight_of(actor, row, ())), after=after)

    @strawberry.field(
        description="Goods on the road that others want to hand over to him; himself only.",
        directives=[LISTED],
    )
    async def hand_overs_offered(
        self, info: Info
    ) -> list[Annotated["DriverHandOver", strawberry.lazy("schema.hand_overs")]]:
        from schema.hand_overs import DriverHandOver  # hand_overs.py builds on this module

        if info.context.actor.account_id != self.row.account_id:
            return []
        return [DriverHandOver.of(row) for row in await passing.offered_to(self.row.account_id)]


def driver_for(info: Info, row: rows.Driver, *, is_reachable: bool = False) -> Driver:
    """The driver as the actor may see him; `is_reachable` when the actor waits for him now."""
    actor = info.context.actor
    is_full = actor.account_id == row.account_id or actor.holds(
        *OFFICERS, Role.DISPATCHER, cooperative_id=row.cooperative_id
    )
    return Driver.of(row, is_full=is_full, is_reachable=is_reachable)


@finds("Driver")
async def find_driver(info: Info, id: UUID) -> Driver | None:
    row = await info.context.load(drivers.drivers_by_id, id)
    driver = None if row is None else driver_for(info, row)
    return driver if driver is not None and driver.is_full else None


@strawberry.type
class ViewerDriving:
    @strawberry.field(description="The person as a driver; null when he never applied.")
    async def driving(self, info: Info) -> Driver | None:
        account_id = info.context.actor.account_id
        row = None if account_id is None else await info.context.load(drivers.drivers_by_account, account_id)
        return None if row is None else Driver.of(row, is_full=True)


@strawberry.type
class CooperativeDrivers(CooperativePapers, CooperativeRoster):
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Its drivers, newest first. Its officers and dispatchers only.", directives=[LISTED]
    )
    async def drivers(
        self,
        info: Info,
        search: Annotated[
            str | None, strawberry.argument(description="Only those whose name or plate holds these words.")
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Driver]:
        page = await drivers.drivers_of(info.context.actor, self.row.pk, search=search, first=first, after=after)
        return connection_of(page, lambda row: Driver.of(row, is_full=True), after=after)


@strawberry.input(description="You and your vehicle.")
class ApplyAsDriverInput:
    cooperative_id: strawberry.ID = strawberry.field(description="For whom you want to carry.")
    name: str = strawberry.field(description="As buyers and sellers will see it, 1 to 120 characters.")
    vehicle: VehicleKind = strawberry.field(description="What you ride.")
    plate: str = strawberry.field(description="Its number; may be empty for a bicycle.", default="")
    capacity: Grams = strawberry.field(description="How much it carries at once.")
    licence_expires_on: date | None = strawberry.field(
        description="End of your SIM; needed but for a bicycle.", default=None
    )
    insurance_expires_on: date | None = strawberry.field(description="End of your insurance.", default=None)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which driver to approve, within which limits.")
class ApproveDriverInput:
    driver_id: strawberry.ID = strawberry.field(description="The driver.")
    cash_limit: Rupiah | None = strawberry.field(description="Cash that he may hold at once.", default=None)
    job_limit: int | None = strawberry.field(description="Jobs that he may hold at once, 1 to 20.", default=None)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which driver, and why.")
class DriverReasonInput:
    driver_id: strawberry.ID = strawberry.field(description="The driver.")
    reason: str = strawberry.field(description="What he will read, 1 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


DriverResult = Annotated[Driver | Problem, strawberry.union("DriverResult", description="The driver, or why not.")]


@strawberry.type
class DriverMutation:
    @strawberry.mutation(description="Ask a co-op to carry for it; an officer decides. Fails with DUPLICATE.")
    @intent
    async def apply_as_driver(
        self, info: Info, input: Annotated[ApplyAsDriverInput, strawberry.argument(description="You.")]
    ) -> DriverResult:
        row = await drivers.apply_as_driver(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            name=input.name,
            vehicle=Vehicle(
                input.vehicle,
                input.plate,
                int(input.capacity),
                input.licence_expires_on,
                input.insurance_expires_on,
            ),
            key=input.idempotency_key,
        )
        return Driver.of(row, is_full=True)

    @strawberry.mutation(
        description="An officer lets a member carry; it also ends a suspension. Fails with WRONG_STATE, FORBIDDEN."
    )
    @intent
    async def approve_driver(
        self, info: Info, input: Annotated[ApproveDriverInput, strawberry.argument(description="Who, and how far.")]
    ) -> DriverResult:
        row = await drivers.approve_driver(
            info.context.actor,
            driver_id=from_id("Driver", input.driver_id, "driverId"),
            cash_limit=None if input.cash_limit is None else int(input.cash_limit),
            job_limit=input.job_limit,
            key=input.idempotency_key,
        )
        return Driver.of(row, is_full=True)

    @strawberry.mutation(description="An officer declines an application. Fails with WRONG_STATE, FORBIDDEN.")
    @intent
    async def refuse_driver(
        self, info: Info, input: Annotated[DriverReasonInput, strawberry.argument(description="Who, and why.")]
    ) -> DriverResult:
        driver_id = from_id("Driver", input.driver_id, "driverId")
        row = await drivers.refuse_driver(
            info.context.actor, driver_id=driver_id, reason=input.reason, key=input.idempotency_key
        )
        return Driver.of(row, is_full=True)

    @strawberry.mutation(
        description="An officer takes a driver off the road; what he carries he still brings. Fails with FORBIDDEN."
    )
    @intent
    async def suspend_driver(
        self, info: Info, input: Annotated[DriverReasonInput, strawberry.argument(description="Who, and why.")]
    ) -> DriverResult:
        driver_id = from_id("Driver", input.driver_id, "driverId")
        row = await drivers.suspend_driver(
            info.context.actor, driver_id=driver_id, reason=input.reason, key=input.idempotency_key
        )
        return Driver.of(row, is_full=True)
