"""What a driver may hold at once: jobs, and cash. Read under his shift's lock, so that two claims can't both fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Purpose
from marketplace.deliveries.lifecycle import HELD, DropState
from marketplace.deliveries.models import DeliveryJob, Driver, Drop, FarePayer
from marketplace.errors import Code, MarketplaceError
from marketplace.money import format_rupiah

#: A drop in one of these states still has its cash to bring.
STILL_TO_COLLECT = frozenset({DropState.WAITING, DropState.STORED, DropState.CARRIED, DropState.AT_DOOR})


class AtJobLimit(MarketplaceError):
    """You already hold {held} of the {limit} delivery jobs that you may hold at once."""

    code = Code.AT_JOB_LIMIT
    pesan = "Anda sudah memegang {held} dari {limit} tugas antar yang boleh dipegang sekaligus."


class CashLimitReached(MarketplaceError):
    """This job would put {cash} in your hands, above your limit of {limit}: hand cash in first."""

    code = Code.CASH_LIMIT
    pesan = "Tugas ini membuat uang tunai di tangan Anda {cash}, di atas batas {limit}: setorkan dahulu."


class TooHeavy(MarketplaceError):
    """This job weighs {weight_g} g; your vehicle carries {capacity_g} g."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Berat tugas ini {weight_g} g; kendaraan Anda memuat {capacity_g} g."


class OtherVehicleWanted(MarketplaceError):
    """This job asks for another vehicle: {wanted}; yours is {yours}."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Tugas ini meminta kendaraan lain: {wanted}; kendaraan Anda {yours}."


@dataclass(frozen=True, slots=True)
class Load:
    """What a driver holds now: jobs, and rupiah that he holds or is about to collect."""

    jobs: int
    cash: int


def cash_of(job: DeliveryJob) -> int:
    """The cash that passes through the driver's hands when he carries this job."""
    goods: int = 0 if job.legs_left else job.cash_to_collect  # who brings it to a hub collects nothing at doors
    fare = fare_in_cash(job) if job.picked_up_at is None else 0
    return fare + goods


def fare_in_cash(job: DeliveryJob) -> int:
    """What the seller gives the driver at the pickup of a delivery booked alone."""
    fare: int = job.price if job.fare_payer is FarePayer.CASH_AT_PICKUP else 0
    return fare


def check(driver: Driver, load: Load, job: DeliveryJob, *, coming: int | None = None) -> None:
    """Raises AtJobLimit, CashLimitReached, TooHeavy or OtherVehicleWanted when the job doesn't fit. Pure.

    `coming` is the cash that it still brings; None: all of it.
    """
    if load.jobs >= driver.job_limit:
        raise AtJobLimit(held=load.jobs, limit=driver.job_limit)
    coming = cash_of(job) if coming is None else coming
    cash = load.cash + coming
    if coming and cash > driver.cash_limit:
        raise CashLimitReached(cash=format_rupiah(cash), limit=format_rupiah(driver.cash_limit))
    if job.weight_g > driver.capacity_g:
        raise TooHeavy(weight_g=job.weight_g, capacity_g=driver.capacity_g)
    if job.vehicle is not None and job.vehicle is not driver.vehicle:
        raise OtherVehicleWanted(wanted=job.vehicle.value, yours=driver.vehicle.value)


async def load_of(driver: Driver) -> Load:
    """What the driver holds, jobs in hand and cash in the books. Two statements."""
    return (await _loads([driver]))[driver.pk]


async def loads_by_driver(ids: Sequence[UUID]) -> Mapping[UUID, Load]:
    """What each of these drivers holds. Three statements."""
    return await _loads(await Driver.filter(pk__in=list(ids)))


async def _loads(drivers: Sequence[Driver]) -> dict[UUID, Load]:
    drops = await Drop.filter(
        job__driver_id__in=[driver.pk for driver in drivers], job__state__in=HELD
    ).select_related("job")
    accounts = {
        driver.pk: AccountRef(driver.cooperative_id, Purpose.CASH_WITH_DRIVER, driver.account_id)
        for driver in drivers
    }
    held: dict[UUID, list[Drop]] = {driver.pk: [] for driver in drivers}
    for drop in drops:
        held[drop.job.driver_id or drop.job.pk].append(drop)
    booked = await ledger.balances(accounts.values())
    return {id: load(held[id], booked[account].amount) for id, account in accounts.items()}


def still_to_collect(drops: Sequence[Drop]) -> int:
    """The cash that these drops still bring. Pure."""
    return sum([drop.cash_to_collect for drop in drops if drop.state in STILL_TO_COLLECT])


def load(drops: Sequence[Drop], in_hand: int) -> Load:
    """What a driver holds by the drops of his jobs, each with its job, and the cash in his hands. Pure."""
    coming = still_to_collect([drop for drop in drops if not drop.job.legs_left])
    jobs = {drop.job_id: drop.job for drop in drops}
    fares = sum([fare_in_cash(job) for job in jobs.values() if job.picked_up_at is None])
    return Load(len(jobs), in_hand + coming + fares)
