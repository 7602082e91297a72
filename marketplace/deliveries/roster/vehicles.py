"""The vehicles of a driver: several, of which he rides one; his own row says which, for all who match jobs."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from marketplace import clock
from marketplace.batches import lists_by
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.drivers import Vehicle, acting_driver
from marketplace.deliveries.lifecycle import HELD
from marketplace.deliveries.models import DeliveryJob, Driver, VehicleKind
from marketplace.deliveries.roster.models import DriverVehicle
from marketplace.deliveries.shifts import StillCarrying
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor

MOST_VEHICLES = 10
LARGEST_L = 100_000


class TooManyVehicles(MarketplaceError):
    """You have {limit} vehicles already: retire one first."""

    code = Code.TOO_MANY
    pesan = "Anda sudah mempunyai {limit} kendaraan: hapus satu dahulu."


class RiddenNow(MarketplaceError):
    """You ride this vehicle: ride another one first."""

    code = Code.WRONG_STATE
    pesan = "Kendaraan ini sedang Anda pakai: pilih kendaraan lain dahulu."


async def vehicles_by_driver(ids: Sequence[UUID]) -> Mapping[UUID, list[DriverVehicle]]:
    """Each driver's vehicles but those retired, oldest first. One statement."""
    rows = await lists_by(DriverVehicle, "driver_id", ids)
    return {id: [row for row in rows[id] if row.retired_at is None] for id in rows}


async def add_vehicle(
    actor: Actor, *, kind: VehicleKind, plate: str, capacity_g: int, size_l: int, key: str
) -> DriverVehicle:
    """One more vehicle that the driver may ride; the one that he came with stands first.

    The driver's licence must hold, whatever he rides but a bicycle. Raises NotADriver, Invalid, TooManyVehicles.
    """
    if not 0 <= size_l <= LARGEST_L:
        raise Invalid.field("size", Code.OUT_OF_RANGE, "0 to 100,000 litres", "0 sampai 100.000 liter")
    driver_id = (await acting_driver(actor)).pk
    async with transaction():
        driver = await _locked(driver_id)
        vehicle = Vehicle(kind, plate, capacity_g, driver.licence_expires_on, driver.insurance_expires_on)
        vehicle.check()
        owned = await _vehicles(driver)
        vehicle_id = new_id()
        earlier = await once(driver.account_id, "addVehicle", key, [kind, plate, capacity_g, size_l], vehicle_id)
        if earlier is not None:
            return await DriverVehicle.get(pk=earlier)
        if len(owned) >= MOST_VEHICLES:
            raise TooManyVehicles(limit=MOST_VEHICLES)
        return await DriverVehicle.create(
            id=vehicle_id,
            driver_id=driver.pk,
            kind=vehicle.kind,
            plate=vehicle.plate.strip().upper(),
            capacity_g=vehicle.capacity_g,
            size_l=size_l,
        )


async def ride_vehicle(actor: Actor, *, vehicle_id: UUID, key: str) -> DriverVehicle:
    """From now on the driver rides this one. Not while he holds jobs, which were matched with the other.

    Raises NotADriver, NotFound, StillCarrying.
    """
    driver_id = (await acting_driver(actor)).pk
    async with transaction():
        driver = await _locked(driver_id)
        vehicles = {row.pk: row for row in await _vehicles(driver)}
        chosen = vehicles.get(vehicle_id)
        if chosen is None:
            raise NotFound("vehicle")
        if await once(driver.account_id, "rideVehicle", key, [vehicle_id], vehicle_id) is not None:
            return chosen
        held = await DeliveryJob.filter(driver_id=driver.pk, state__in=list(HELD)).count()
        if held:
            raise StillCarrying(count=held)
        await DriverVehicle.filter(driver_id=driver.pk).update(ridden_since=None)
        chosen.ridden_since = clock.now()
        await chosen.save(update_fields=["ridden_since"])
        driver.vehicle, driver.plate, driver.capacity_g = chosen.kind, chosen.plate, chosen.capacity_g
        await driver.save(update_fields=["vehicle", "plate", "capacity_g"])
        return chosen


async def retire_vehicle(actor: Actor, *, vehicle_id: UUID, key: str) -> DriverVehicle:
    """Take a vehicle off the list. Raises NotADriver, NotFound, RiddenNow."""
    driver_id = (await acting_driver(actor)).pk
    async with transaction():
        driver = await _locked(driver_id)
        vehicle = await DriverVehicle.get_or_none(pk=vehicle_id, driver_id=driver.pk)
        if vehicle is None:
            raise NotFound("vehicle")
        if await once(driver.account_id, "retireVehicle", key, [vehicle_id], vehicle_id) is None:
            if vehicle.ridden_since is not None:
                raise RiddenNow
            vehicle.retired_at = vehicle.retired_at or clock.now()
            await vehicle.save(update_fields=["retired_at"])
        return vehicle


async def _locked(driver_id: UUID) -> Driver:
    driver = await locked_one(Driver, driver_id)
    if driver is None:
        raise NotFound("driver")
    return driver


async def _vehicles(driver: Driver) -> list[DriverVehicle]:
    """The locked driver's vehicles; the one of his application is written down when it is first asked for."""
    rows = await DriverVehicle.filter(driver_id=driver.pk, retired_at=None).order_by("id")
    if rows:
        return rows
    first = await DriverVehicle.create(
        driver_id=driver.pk,
        kind=driver.vehicle,
        plate=driver.plate,
        capacity_g=driver.capacity_g,
        ridden_since=clock.now(),
    )
    return [first]
