"""Drivers: who may carry for a co-op, with which vehicle and within which limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.membership import service as membership
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.lifecycle import HELD
from marketplace.deliveries.models import DeliveryJob, Driver, DriverState, VehicleKind
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import service as identity
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.paging import Page, page_by_id

#: Cash that a driver may hold at once unless his co-op says otherwise, in rupiah.
CASH_LIMIT = 500_000
#: Jobs that a driver may hold at once unless his co-op says otherwise.
JOB_LIMIT = 1
MOST_JOBS = 20
MOST_CASH = 100_000_000
HEAVIEST_G = 10_000_000
PLATE_LENGTH = 16
#: Characters of a search that count.
MOST_SEARCHED = 60


class AlreadyDriver(MarketplaceError):
    """You have already applied as a driver: one person drives for one co-op at a time."""

    code = Code.DUPLICATE
    pesan = "Anda sudah mendaftar sebagai pengemudi: satu orang mengemudi untuk satu koperasi."


class NotYetMember(MarketplaceError):
    """A driver carries for a co-op as its member: the membership must be approved, and not ended."""

    code = Code.WRONG_STATE
    pesan = "Pengemudi harus anggota koperasi: keanggotaannya harus disetujui dan belum berakhir."


class DriverAlreadyDecided(MarketplaceError):
    """This driver was already decided on: he is {state}."""

    code = Code.WRONG_STATE
    pesan = "Pengemudi ini sudah diputuskan: statusnya {state}."


class NotADriver(MarketplaceError):
    """You are not an approved driver of a co-op: apply first, then let an officer approve you."""

    code = Code.FORBIDDEN
    pesan = "Anda belum menjadi pengemudi koperasi: daftar dahulu, lalu tunggu persetujuan pengurus."


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What a driver rides: how much it carries, in grams, and until when its papers hold."""

    kind: VehicleKind
    plate: str
    capacity_g: int
    licence_expires_on: date | None
    insurance_expires_on: date | None

    def check(self) -> None:
        """Raises Invalid naming the field."""
        if not 1 <= self.capacity_g <= HEAVIEST_G:
            raise Invalid.field("capacity", Code.OUT_OF_RANGE, "1 g to 10 t", "1 g sampai 10 ton")
        if len(self.plate.strip()) > PLATE_LENGTH:
            raise Invalid.field("plate", Code.TOO_LONG, "at most 16 characters", "paling banyak 16 huruf")
        if self.kind is VehicleKind.BICYCLE:
            return
        if len(self.plate.strip()) < 2:
            raise Invalid.field("plate", Code.REQUIRED, "the plate's number", "nomor polisi wajib diisi")
        if self.licence_expires_on is None or self.licence_expires_on < clock.now().date():
            raise Invalid.field(
                "licenceExpiresOn", Code.EXPIRED, "a licence (SIM) that is valid", "SIM harus masih berlaku"
            )


async def drivers_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Driver]:
    """The drivers with these ids. One statement."""
    return {row.pk: row for row in await Driver.filter(pk__in=list(ids))}


async def drivers_by_account(ids: Sequence[UUID]) -> Mapping[UUID, Driver]:
    """The drivers that these accounts are. One statement."""
    return {row.account_id: row for row in await Driver.filter(account_id__in=list(ids))}


async def drivers_of(
    actor: Actor, cooperative_id: UUID, *, search: str | None = None, first: int, after: str | None
) -> Page[Driver]:
    """A co-op's drivers, newest first; its officers and dispatchers only.

    With `search`, those whose names or plates hold each of its words.
    """
    require(actor, *OFFICERS, Role.DISPATCHER, cooperative_id=cooperative_id)
    found = Driver.filter(cooperative_id=cooperative_id)
    for word in (search or "")[:MOST_SEARCHED].split():
        found = found.filter(Q(name__icontains=word) | Q(plate__icontains=word))
    return await page_by_id(found, first=first, after=after)


async def acting_driver(actor: Actor) -> Driver:
    """The approved driver that acts; raises Unauthenticated or NotADriver."""
    driver = await carrying_driver(actor)
    may_carry = actor.holds(Role.DRIVER, cooperative_id=driver.cooperative_id)
    if driver.state is not DriverState.APPROVED or not may_carry:
        raise NotADriver
    return driver


async def carrying_driver(actor: Actor) -> Driver:
    """The driver that acts; one suspended, or who has left, still brings to its end what he carries.

    Raises NotADriver.
    """
    driver = await Driver.get_or_none(account_id=signed_in(actor))
    if driver is None:
        raise NotADriver
    is_driver = actor.holds(Role.DRIVER, cooperative_id=driver.cooperative_id)
    if not is_driver and not await DeliveryJob.exists(driver_id=driver.pk, state__in=list(HELD)):
        raise NotADriver
    return driver


async def apply_as_driver(actor: Actor, *, cooperative_id: UUID, name: str, vehicle: Vehicle, key: str) -> Driver:
    """Ask a co-op to carry for it. Raises AlreadyDriver, Invalid, NotFound."""
    account_id = signed_in(actor)
    name = name.strip()
    if not 1 <= len(name) <= 120:
        raise Invalid.field("name", Code.OUT_OF_RANGE, "1 to 120 characters", "1 sampai 120 huruf")
    vehicle.check()
    async with transaction():
        driver_id = new_id()
        earlier = await once(account_id, "applyAsDriver", key, [cooperative_id, name, vehicle], driver_id)
        if earlier is not None:
            return await Driver.get(pk=earlier)
        cooperative = (await membership.cooperatives_by_id([cooperative_id])).get(cooperative_id)
        if cooperative is None or cooperative.suspended_at is not None:
            raise NotFound("cooperative")
        if await Driver.exists(account_id=account_id):
            raise AlreadyDriver
        driver = await Driver.create(
            id=driver_id,
            account_id=account_id,
            cooperative_id=cooperative_id,
            name=name,
            vehicle=vehicle.kind,
            plate=vehicle.plate.strip().upper(),
            capacity_g=vehicle.capacity_g,
            licence_expires_on=vehicle.licence_expires_on,
            insurance_expires_on=vehicle.insurance_expires_on,
            cash_limit=CASH_LIMIT,
            job_limit=JOB_LIMIT,
        )
        await outbox.record("driver.applied", driver.pk, {"cooperative_id": str(cooperative_id)})
        return driver


async def approve_driver(
    actor: Actor, *, driver_id: UUID, cash_limit: int | None = None, job_limit: int | None = None, key: str
) -> Driver:
    """An officer lets a member carry, within limits; it also takes back a refusal or a suspension.

    Raises NotYetMember, DriverAlreadyDecided, Forbidden.
    """
    limits = (cash_limit, job_limit)
    if cash_limit is not None and not 0 <= cash_limit <= MOST_CASH:
        raise Invalid.field("cashLimit", Code.OUT_OF_RANGE, "0 to 100,000,000", "0 sampai 100.000.000")
    if job_limit is not None and not 1 <= job_limit <= MOST_JOBS:
        raise Invalid.field("jobLimit", Code.OUT_OF_RANGE, "1 to 20", "1 sampai 20")
    account_id = signed_in(actor)
    async with transaction():
        driver = await _for_officer(actor, driver_id)
        if await once(account_id, "approveDriver", key, [driver_id, *limits], driver_id) is not None:
            return driver
        if driver.state is DriverState.APPROVED:
            raise DriverAlreadyDecided(state=driver.state.value)
        if not await membership.is_member(driver.account_id, driver.cooperative_id):
            raise NotYetMember
        driver.cash_limit = driver.cash_limit if cash_limit is None else cash_limit
        driver.job_limit = driver.job_limit if job_limit is None else job_limit
        await decide(driver, DriverState.APPROVED, account_id, None)
        await identity.grant_role(
            driver.account_id, Role.DRIVER, cooperative_id=driver.cooperative_id, granted_by=account_id
        )
        return driver


async def refuse_driver(actor: Actor, *, driver_id: UUID, reason: str, key: str) -> Driver:
    """An officer declines an application, with a reason. Raises DriverAlreadyDecided, Forbidden."""
    account_id = signed_in(actor)
    _check_reason(reason)
    async with transaction():
        driver = await _for_officer(actor, driver_id)
        if await once(account_id, "refuseDriver", key, [driver_id, reason], driver_id) is None:
            if driver.state is not DriverState.APPLIED:
                raise DriverAlreadyDecided(state=driver.state.value)
            await decide(driver, DriverState.REFUSED, account_id, reason)
        return driver


async def suspend_driver(actor: Actor, *, driver_id: UUID, reason: str, key: str) -> Driver:
    """An officer takes a driver off the road; what he carries now he still brings to its end."""
    account_id = signed_in(actor)
    _check_reason(reason)
    async with transaction():
        driver = await _for_officer(actor, driver_id)
        if await once(account_id, "suspendDriver", key, [driver_id, reason], driver_id) is None:
            await decide(driver, DriverState.SUSPENDED, account_id, reason)
        return driver


async def _for_officer(actor: Actor, driver_id: UUID) -> Driver:
    driver = await locked_one(Driver, driver_id)
    if driver is None:
        raise NotFound("driver")
    require(actor, *OFFICERS, cooperative_id=driver.cooperative_id, hide="driver")
    return driver


def _check_reason(reason: str) -> None:
    if not 1 <= len(reason.strip()) <= 300:
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 huruf")


async def decide(driver: Driver, state: DriverState, by: UUID | None, reason: str | None) -> None:
    """Write what was decided of a driver, locked, and tell of it; `by` None: it follows from something else."""
    driver.state, driver.decided_by, driver.decided_at, driver.reason = state, by, clock.now(), reason
    await driver.save(update_fields=["state", "decided_by", "decided_at", "reason", "cash_limit", "job_limit"])
    await outbox.record("driver.decided", driver.pk, {"state": state.value})
