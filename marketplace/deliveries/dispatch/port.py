"""The seam: what deliveries ask of whatever matches jobs with drivers."""

from typing import Protocol
from uuid import UUID

from marketplace.deliveries.custody import Place
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.paging import Page


class Dispatch(Protocol):
    """Decides which open jobs a driver sees, and whether he may take one."""

    async def jobs_for(
        self, driver: Driver, *, near: Place, radius_m: int, first: int, after: str | None
    ) -> Page[DeliveryJob]:
        """The jobs that this driver may take now, within the radius of `near`."""
        ...

    async def may_take(self, job: DeliveryJob, driver: Driver) -> bool:
        """Whether the job stands before this driver at all. Called under the job's lock."""
        ...

    async def stands_before(self, job: DeliveryJob, driver: Driver) -> bool:
        """Whether the driver may take the job now, by himself."""
        ...

    async def reach(self, job: DeliveryJob) -> list[UUID]:
        """The co-ops whose drivers the job is put before."""
        ...
