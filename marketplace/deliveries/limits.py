"""What a driver may hold at once: jobs, and cash. Read under his shift's lock, so that two claims can't both fit."""

from dataclasses import dataclass
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Purpose
from marketplace.deliveries.lifecycle import HELD, DropState
from marketplace.deliveries.models import DeliveryJob, Driver, Drop, FarePayer
from marketplace.errors import Code, MarketplaceError

#: A drop in one of these states still has its cash to bring.
_STILL_TO_COLLECT = frozenset({DropState.WAITING, DropState.CARRIED, DropState.AT_DOOR})


class AtJobLimit(MarketplaceError):
    """You already hold {held} of the {limit} delivery jobs that you may hold at once."""

    code = Code.AT_JOB_LIMIT
    pesan = "Anda sudah memegang {held} dari {limit} tugas antar yang boleh dipegang sekaligus."


class CashLimitReached(MarketplaceError):
    """This job would put Rp {cash} in your hands, above your limit of Rp {limit}: hand cash in first."""

    code = Code.CASH_LIMIT
    pesan = "Tugas ini membuat uang tunai di tangan Anda Rp {cash}, di atas batas Rp {limit}: setorkan dahulu."


class TooHeavy(MarketplaceError):
    """This job weighs {weight_g} g; your vehicle carries {capacity_g} g."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Berat tugas ini {weight_g} g; kendaraan Anda memuat {capacity_g} g."


@dataclass(frozen=True, slots=True)
class Load:
    """What a driver holds now: jobs, and rupiah that he holds or is about to collect."""

    jobs: int
    cash: int


def cash_of(job: DeliveryJob) -> int:
    """The cash that passes through the driver's hands when he carries this job."""
    fare: int = job.price if job.fare_payer is FarePayer.CASH_AT_PICKUP else 0
    goods: int = job.cash_to_collect
    return fare + goods


def check(driver: Driver, load: Load, job: DeliveryJob) -> None:
    """Raises AtJobLimit, CashLimitReached or TooHeavy when the job doesn't fit. Pure."""
    if load.jobs >= driver.job_limit:
        raise AtJobLimit(held=load.jobs, limit=driver.job_limit)
    cash = load.cash + cash_of(job)
    if cash_of(job) and cash > driver.cash_limit:
        raise CashLimitReached(cash=f"{cash:,}", limit=f"{driver.cash_limit:,}")
    if job.weight_g > driver.capacity_g:
        raise TooHeavy(weight_g=job.weight_g, capacity_g=driver.capacity_g)


async def load_of(driver: Driver) -> Load:
    """What the driver holds, jobs in hand and cash in the books. Two statements."""
    held = await Drop.filter(job__driver_id=driver.pk, job__state__in=HELD).values(
        "job_id", "state", "cash_to_collect", "job__price", "job__fare_payer", "job__picked_up_at"
    )
    coming: int = sum(drop["cash_to_collect"] for drop in held if drop["state"] in _STILL_TO_COLLECT)
    fares: dict[UUID, int] = {
        drop["job_id"]: drop["job__price"]
        for drop in held
        if drop["job__fare_payer"] == FarePayer.CASH_AT_PICKUP and drop["job__picked_up_at"] is None
    }
    account = AccountRef(driver.cooperative_id, Purpose.CASH_WITH_DRIVER, driver.account_id)
    in_hand = (await ledger.balance(account)).amount
    return Load(len({drop["job_id"] for drop in held}), in_hand + coming + sum(fares.values()))
