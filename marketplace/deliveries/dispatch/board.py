"""The open board: every open job of one's own and allied co-ops, near the pickup, oldest first.

The oldest stands first because it has waited longest; the place bounds the list, it doesn't rank it.
"""

import math
from typing import Any
from uuid import UUID

from cooperatives.membership import service as membership
from cooperatives.membership.terms import Standing
from marketplace import clock
from marketplace.database import as_uuid, connection, is_postgres
from marketplace.deliveries import blocks, limits
from marketplace.deliveries.allied import is_on_the_road, pickup_of
from marketplace.deliveries.custody import Place
from marketplace.deliveries.dispatch.adoption import policies_in_force
from marketplace.deliveries.dispatch.models import DispatchMode, JobOffer, JobSearch, OfferState
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor

#: Length of a degree of latitude, in metres (mean meridian of WGS84).
METRES_PER_DEGREE = 111_320
#: Where alliances' terms leave out jobs of a page, so often it is looked further, and for so many jobs at once.
MOST_LOOKS, A_LOOK = 5, 400


#: A condition on `delivery_job`: its co-op adopted no offers, or the search by offers has put it on the board.
_ON_BOARD = f"""(NOT EXISTS (SELECT 1 FROM "dispatch_policy" p
    WHERE p."cooperative_id" = "delivery_job"."cooperative_id" AND p."ended_at" IS NULL
      AND p."mode" <> '{DispatchMode.BOARD.value}')
  OR EXISTS (SELECT 1 FROM "job_search" s WHERE s."id" = "delivery_job"."id" AND s."is_on_board"))"""


class Board:
    """`Dispatch` by open board, and by offers where a co-op adopted them: of those before whom a job stands, who
    comes first takes it."""

    async def jobs_for(
        self, driver: Driver, *, near: Place, radius_m: int, first: int, after: str | None
    ) -> Page[DeliveryJob]:
        """Open jobs within the radius that fit the driver's vehicle and cash limit, and the alliances' terms.

        Three statements where no terms bound what his co-op may carry.
        """
        check_first(first)
        now = clock.now()
        standings = await membership.sellers_of(driver.cooperative_id, at=now)
        sellers = [driver.cooperative_id, *(id for id, held in standings.items() if held.bar(now, None) is None)]
        found: list[DeliveryJob] = []
        limit, last = first + 1, _bound(after)
        for _ in range(MOST_LOOKS):
            ids = await _open_near(driver, sellers, near, radius_m, limit, last)
            rows = {row.pk: row for row in await DeliveryJob.filter(pk__in=ids)}
            found += [rows[id] for id in ids if _is_within(standings.get(rows[id].cooperative_id), rows[id])]
            if len(found) > first or len(ids) < limit:
                break
            limit, last = A_LOOK, ids[-1]
        shown = found[:first]  # one taken meanwhile shows its new state
        return Page(shown, [encode_cursor(row.pk) for row in shown], len(found) > first)

    async def may_take(self, job: DeliveryJob, driver: Driver) -> bool:
        """Whether the driver's co-op carries for the seller's there and now, and no block stands between them."""
        if driver.cooperative_id not in await self.reach(job):
            return False
        return not await blocks.blocked_pairs([driver.pk], [job.pk])

    async def stands_before(self, job: DeliveryJob, driver: Driver) -> bool:
        """Whether the driver may take the job now: it lies open on the board, or was offered to him."""
        if job.state is JobState.OFFERED:
            offer = JobOffer.exists(job_id=job.pk, driver_id=driver.pk, state=OfferState.OPEN)
            return await offer and await self.may_take(job, driver)
        if job.state is not JobState.OPEN or not await self.may_take(job, driver):
            return False
        policy = (await policies_in_force([job.cooperative_id])).get(job.cooperative_id)
        is_on_board = policy is None or policy.mode is DispatchMode.BOARD
        return is_on_board or await JobSearch.exists(pk=job.pk, is_on_board=True)

    async def reach(self, job: DeliveryJob) -> list[UUID]:
        """The seller's co-op and those allied to carry for it, whose terms allow this job now.

        Of goods on the road hours, area and limits were asked when they set out.
        """
        if is_on_the_road(job):
            return await membership.carriers_for(job.cooperative_id)
        return await membership.carriers_for(
            job.cooperative_id, at=clock.now(), where=pickup_of(job), rupiah=limits.cash_of(job)
        )


def _is_within(held: Standing | None, job: DeliveryJob) -> bool:
    """Whether the alliance allows this very job: its pickup, and the cash that it brings."""
    if held is None or held.terms is None:
        return True
    return held.bar(clock.now(), pickup_of(job), rupiah=limits.cash_of(job)) is None


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
        f'("legs_left" > 0 OR "cash_to_collect" <= {mark(driver.cash_limit)})',  # a hub is no door
        blocks.unblocked_sql(mark(driver.pk)),
        _ON_BOARD,
        f'("vehicle" IS NULL OR "vehicle" = {mark(driver.vehicle.value)})',
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
    return [as_uuid(row["id"]) for row in found]
