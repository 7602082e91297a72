"""A driver whose membership ends: he takes no more jobs, and gives back those that he has not picked up yet.

A handler of the outbox. His role is revoked with the membership itself, in its transaction; what he carries he still
brings to its end.
"""

from uuid import UUID

from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.deliveries import drivers, shifts
from marketplace.deliveries.holding import lock_job, move
from marketplace.deliveries.lifecycle import HELD, JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob, Driver, DriverState
from marketplace.deliveries.opening import OPEN_FOR
from marketplace.deliveries.service import name_carrier
from marketplace.outbox import OutboxEvent

REASON = "Keanggotaan berakhir."
#: Jobs before their pickup: they go back on the board.
NOT_PICKED_UP = (JobState.ASSIGNED, JobState.AT_PICKUP)


async def on_membership_ended(adapters: object, event: OutboxEvent) -> None:
    """Suspend the driver, end his shift, put his unfetched jobs back. Run again it does nothing."""
    ended = await membership.membership_of_id(event.aggregate_id)
    if ended is None or await membership.is_member(ended.account_id, ended.cooperative_id):
        return
    driver = await Driver.get_or_none(account_id=ended.account_id, cooperative_id=ended.cooperative_id)
    if driver is None:
        return
    await _give_back(driver)
    async with transaction():
        await shifts.end_if_free(driver.pk)
        row = await locked_one(Driver, driver.pk)
        if row is not None and row.state is DriverState.APPROVED:
            await drivers.decide(row, DriverState.SUSPENDED, None, REASON)


async def _give_back(driver: Driver) -> None:
    ids = await DeliveryJob.filter(driver_id=driver.pk, state__in=list(HELD)).values_list("id", flat=True)
    for id in ids:
        async with transaction():
            job = await lock_job(UUID(str(id)))
            if job.row.driver_id == driver.pk and job.row.state in NOT_PICKED_UP:
                values = {"open_until": clock.now() + OPEN_FOR}
                await move(job, JobEvent.GIVE_UP, by=None, reason=REASON, values=values)
                await name_carrier(job.row)
