"""A town that answers: for a front-end developer who works alone, sellers cook and drivers carry by themselves.

Each sweep moves every open order and job on by one step, through the same services that people use. A word
in the note of the order makes something go wrong (`TRIGGERS`); an amount that ends in 001, 002 or 003 makes
the simulated gateway refuse, stay silent, or take its time.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from marketplace import clock
from marketplace.deliveries import service as jobs
from marketplace.deliveries.custody import Signer
from marketplace.deliveries.lifecycle import FailureCode, JobState
from marketplace.deliveries.models import DeliveryJob, Driver, DriverState, Drop
from marketplace.errors import MarketplaceError
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.models import RoleGrant
from marketplace.orders import answering
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import SubOrder
from marketplace.wiring import Adapters

#: A word in the order's note, and what it brings about.
TRIGGERS = {
    "tolak": "the seller declines",
    "diam": "the seller never answers: the order expires",
    "lama": "the seller accepts but is never ready: the driver waits",
    "tanpa kurir": "no driver takes the job: you carry it yourself, or it becomes UNSERVED",
    "tidak ada orang": "nobody opens the door: the goods go back to the seller",
}
EVERY_S = 2.0
#: Orders and jobs moved in one sweep.
BATCH = 50


def run_clock_at(speed: float) -> None:
    """Let the node's time run `speed` times as fast from this moment on."""
    began = datetime.now(UTC)
    clock.use(lambda: began + (datetime.now(UTC) - began) * speed)


async def live(adapters: Adapters) -> int:
    """One step of the town; answers how many steps were taken."""
    steps = 0
    for sub_order in await _waiting(SubOrderState.PAID, SubOrderState.CASH_AGREED):
        steps += await _try(_answer, sub_order)
    for sub_order in await _waiting(SubOrderState.ACCEPTED, SubOrderState.PREPARING):
        steps += await _try(_cook, sub_order)
    moving = [JobState.OPEN, *_ON_THE_WAY]
    for job in await DeliveryJob.filter(state__in=moving).order_by("id").limit(BATCH):
        steps += await _try(_carry, job, adapters)
    return steps


async def _waiting(*states: SubOrderState) -> Sequence[SubOrder]:
    return await SubOrder.filter(state__in=states).order_by("id").limit(BATCH)


async def _try(step: Callable[..., Awaitable[bool]], *arguments: Any) -> int:
    """A step that is refused (somebody was quicker, a limit was reached) is tried again in the next sweep."""
    try:
        return int(await step(*arguments))
    except MarketplaceError:
        return 0


def _has(note: str, trigger: str) -> bool:
    return trigger in note.lower()


async def _seller(sub_order: SubOrder) -> Actor | None:
    grant = await RoleGrant.filter(seller_id=sub_order.seller_id, role=Role.SELLER_OWNER, until=None).first()
    if grant is None:
        return None
    return Actor(grant.account_id, grants=frozenset({Grant(grant.role, grant.cooperative_id, grant.seller_id)}))


async def _answer(sub_order: SubOrder) -> bool:
    seller = await _seller(sub_order)
    if seller is None or _has(sub_order.note, "diam"):
        return False
    key = f"sandbox-{sub_order.pk}"
    if _has(sub_order.note, "tolak"):
        await answering.decline_sub_order(seller, sub_order_id=sub_order.pk, reason="Bahan habis", key=key)
    else:
        await answering.accept_sub_order(seller, sub_order_id=sub_order.pk, minutes=10, key=key)
    return True


async def _cook(sub_order: SubOrder) -> bool:
    seller = await _seller(sub_order)
    if seller is None or _has(sub_order.note, "lama"):
        return False
    await answering.mark_ready(seller, sub_order_id=sub_order.pk, key=f"sandbox-{sub_order.pk}")
    return True


async def _carry(job: DeliveryJob, adapters: Adapters) -> bool:
    sub_order = await SubOrder.get_or_none(pk=job.sub_order_id) if job.sub_order_id else None
    note = sub_order.note if sub_order else ""
    if _has(note, "tanpa kurir"):
        return False
    if job.state is JobState.OPEN:
        return await _claim(job, adapters)
    if job.state is JobState.AT_PICKUP and _has(note, "lama"):
        return False
    driver = await _holder(job)
    if driver is not None:
        await _ON_THE_WAY[job.state](driver, job, note, Signer.of(adapters.settings))
    return driver is not None


async def _claim(job: DeliveryJob, adapters: Adapters) -> bool:
    """The first driver whom the board lets have it."""
    for driver in await Driver.filter(state=DriverState.APPROVED).order_by("id").limit(BATCH):
        try:
            await jobs.claim_job(
                _driving(driver), job_id=job.pk, key=f"sandbox-{job.pk}-{job.version}", dispatch=adapters.dispatch
            )
        except MarketplaceError:
            continue
        return True
    return False


def _driving(driver: Driver) -> Actor:
    return Actor(driver.account_id, grants=frozenset({Grant(Role.DRIVER, driver.cooperative_id)}))


async def _holder(job: DeliveryJob) -> Actor | None:
    driver = await Driver.get_or_none(account_id=job.driver_account_id)
    return _driving(driver) if driver else None


async def _arrive(driver: Actor, job: DeliveryJob, note: str, signer: Signer) -> None:
    await jobs.arrive_at_pickup(driver, job_id=job.pk, key=_key(job))


async def _pick_up(driver: Actor, job: DeliveryJob, note: str, signer: Signer) -> None:
    await jobs.confirm_pickup(driver, job_id=job.pk, pin=job.pickup_pin, place=None, key=_key(job), signer=signer)


async def _arrive_at_door(driver: Actor, job: DeliveryJob, note: str, signer: Signer) -> None:
    drop = await Drop.filter(job_id=job.pk, ended_at=None).order_by("position").first()
    if drop is not None:
        await jobs.arrive_at_drop_off(driver, job_id=job.pk, drop_id=drop.pk, key=_key(job))


async def _hand_over(driver: Actor, job: DeliveryJob, note: str, signer: Signer) -> None:
    drop = await Drop.filter(job_id=job.pk, ended_at=None).order_by("position").first()
    if drop is None:
        return
    if _has(note, "tidak ada orang"):
        await jobs.fail_drop_off(
            driver, job_id=job.pk, drop_id=drop.pk, code=FailureCode.NOBODY_HOME, text="", key=_key(job)
        )
    else:
        await jobs.confirm_drop_off(
            driver, job_id=job.pk, drop_id=drop.pk, pin=drop.pin, place=None, key=_key(job), signer=signer
        )


async def _bring_back(driver: Actor, job: DeliveryJob, note: str, signer: Signer) -> None:
    await jobs.confirm_return(driver, job_id=job.pk, pin=job.return_pin, place=None, key=_key(job), signer=signer)


def _key(job: DeliveryJob) -> str:
    return f"sandbox-{job.pk}-{job.version}"


_ON_THE_WAY: dict[JobState, Callable[[Actor, DeliveryJob, str, Signer], Awaitable[None]]] = {
    JobState.ASSIGNED: _arrive,
    JobState.AT_PICKUP: _pick_up,
    JobState.CARRYING: _arrive_at_door,
    JobState.AT_DROPOFF: _hand_over,
    JobState.RETURNING: _bring_back,
}
