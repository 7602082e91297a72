"""The open board: every open job of one's own and allied co-ops, near the pickup, oldest first.

The oldest stands first because it has waited longest; the place bounds the list, it doesn't rank it.
"""

import math
from typing import Any
from uuid import UUID

from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.database import connection, is_postgres
from marketplace.deliveries import blocks
from marketplace.deliveries.custody import Place
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor

#: Length of a degree of latitude, in metres (mean meridian of WGS84).
METRES_PER_DEGREE = 111_320


class Board:
    """`Dispatch` by open board: who comes first takes the job."""

    async def jobs_for(
        self, driver: Driver, *, near: Place, radius_m: int, first: int, after: str | None
    ) -> Page[DeliveryJob]:
        """Open jobs within the radius that fit the driver's vehicle and cash limit. Three statements."""
        check_first(first)
        sellers_of = await membership.carries_for(driver.cooperative_id)
        ids = await _open_near(driver, sellers_of, near, radius_m, first + 1, _bound(after))
        rows = {row.pk: row for row in await DeliveryJob.filter(pk__in=ids)}
        shown = [rows[id] for id in ids[:first]]  # one taken meanwhile shows its new state
        return Page(shown, [encode_cursor(row.pk) for row in shown], len(ids) > first)

    async def may_take(self, job: DeliveryJob, driver: Driver) -> bool:
        """Whether the driver's co-op carries for the seller's, and nobody there and he shall not meet."""
        if driver.cooperative_id not in await self.reach(job):
            return False
        return not await blocks.blocked_pairs([driver.pk], [job.pk])

    async def reach(self, job: DeliveryJob) -> list[UUID]:
        """The seller's co-op and those allied to carry for it."""
        return await membership.carriers_for(job.cooperative_id)


def _bound(after: str | None) -> UUID | None:
    if after is None:
        return None
    try:
        return UUID(decode_cursor(after, 1)[0])
    except ValueError as cause:
        raise StaleCursor from cause


async def _open_near(
    driver: Driver, cooperatives: list[UUID], near: Place, radius_m: int, limit: int, after: UUID | None
) -> list[UUID]:
    """Ids of open jobs in a circle: a box that an index can use, then the circle on the tangent plane."""
    height = radius_m / METRES_PER_DEGREE
    per_lon = METRES_PER_DEGREE * max(math.cos(math.radians(near.lat)), 0.01)
    width = radius_m / per_lon
    values: list[Any] = []

    def mark(value: Any) -> str:
        values.append(value if is_postgres() or not isinstance(value, UUID) else str(value))
        return f"${len(values)}" if is_postgres() else "?"

    real = "::double precision" if is_postgres() else ""
    conditions = [
        f"\"state\" = '{JobState.OPEN.value}'",
        f'"cooperative_id" IN ({", ".join(mark(id) for id in cooperatives)})',
        f'"open_until" > {mark(clock.now() if is_postgres() else str(clock.now()))}',
        f'"weight_g" <= {mark(driver.capacity_g)}',
        f'"cash_to_collect" <= {mark(driver.cash_limit)}',
        blocks.unblocked_sql(mark(driver.pk)),
        f'"pickup_lat" BETWEEN {mark(near.lat - height)} AND {mark(near.lat + height)}',
        f'"pickup_lon" BETWEEN {mark(near.lon - width)} AND {mark(near.lon + width)}',
    ]
    dy = f'(("pickup_lat" - {mark(near.lat)}{real}) * {METRES_PER_DEGREE})'
    dy_again = f'(("pickup_lat" - {mark(near.lat)}{real}) * {METRES_PER_DEGREE})'
    dx = f'(("pickup_lon" - {mark(near.lon)}{real}) * {mark(per_lon)}{real})'
    dx_again = f'(("pickup_lon" - {mark(near.lon)}{real}) * {mark(per_lon)}{real})'
    conditions.append(f"{dy} * {dy_again} + {dx} * {dx_again} <= {mark(float(radius_m) ** 2)}")
    if after is not None:
        conditions.append(f'"id" > {mark(after)}')
    found = await connection().execute_query_dict(
        f'SELECT "id" FROM "delivery_job" WHERE {" AND ".join(conditions)} ORDER BY "id" LIMIT {limit:d}', values
    )
    return [UUID(str(row["id"])) for row in found]
