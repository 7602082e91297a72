"""What each driver earned an available hour lately, and how evenly that falls: reckoned by time, published by day.

Counted over the last seven days: rides that he brought to their end or holds, by his co-op's present share; and the
hours in which he stood ready. A pause counts for nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.functions import Count

from cooperatives.membership import service as membership
from cooperatives.membership.models import Alliance, Cooperative
from marketplace import clock
from marketplace.database import as_utc, as_uuid, connection, is_postgres, transaction
from marketplace.deliveries import hours
from marketplace.deliveries.dispatch.equity import Earned, hourly_gini, reference_hourly
from marketplace.deliveries.dispatch.models import (
    DispatchMode,
    DispatchPolicy,
    DriverStanding,
    EquityFigure,
    JobOffer,
    OfferState,
)
from marketplace.deliveries.fares import split_fare
from marketplace.deliveries.lifecycle import ENDED_BY_DRIVER, HELD
from marketplace.deliveries.models import Driver
from marketplace.identity.actor import OFFICERS, Actor, Role
from marketplace.inserts import upsert
from marketplace.money import FULL_SHARE_BP
from marketplace.paging import Page, page_by_id
from marketplace.zones import zone_of

WINDOW = timedelta(days=7)
WATCHERS = OFFICERS | {Role.DISPATCHER, Role.SUPERVISOR, Role.DRIVER, Role.MEMBER}


@dataclass(slots=True)
class _Sum:
    """What was added up of one driver."""

    earned: int = 0
    last_job_at: datetime | None = None

    def add(self, rupiah: int, last_at: Any) -> None:
        """So much more, of what ended last at `last_at`, as the database says it."""
        self.earned += rupiah
        if last_at is not None:
            ended_at = as_utc(last_at)
            self.last_job_at = ended_at if self.last_job_at is None else max(self.last_job_at, ended_at)


async def sweep(adapters: object = None) -> int:
    """Reckon anew for each co-op that looks for drivers by offers, and for its allies; answers how many co-ops."""
    offering = DispatchPolicy.filter(ended_at=None).exclude(mode=DispatchMode.BOARD)
    sellers = {as_uuid(id) for id in await offering.values_list("cooperative_id", flat=True)}
    allied = await membership.carriers_of_all(sellers, at=clock.now())
    carriers = sellers | {id for standings in allied.values() for id in standings}
    for id in sorted(carriers):
        await reckon(id)
    return len(carriers)


async def reckon(cooperative_id: UUID) -> None:
    """Write what this co-op's drivers earned and how long they stood ready, and the day's figure."""
    now = clock.now()
    since = now - WINDOW
    ids = [as_uuid(id) for id in await Driver.filter(cooperative_id=cooperative_id).values_list("id", flat=True)]
    cooperative = (await membership.cooperatives_by_id([cooperative_id]))[cooperative_id]
    sums = await _rides(cooperative, since)
    ready = await hours.available_seconds(ids, since, now)
    answered = await _answers(cooperative_id, since)
    rows = [
        DriverStanding(
            id=id,
            cooperative_id=cooperative_id,
            earned=sums[id].earned,
            available_s=ready[id],
            last_job_at=sums[id].last_job_at,
            offers_answered=sum(answered[id]),
            offers_accepted=answered[id][0],
            reckoned_at=now,
        )
        for id in ids
    ]
    counted = [Earned(row.earned, row.available_s) for row in rows if row.available_s]
    figure = EquityFigure(
        cooperative_id=cooperative_id,
        day=now.astimezone(ZoneInfo(zone_of(cooperative.region_code))).date(),
        drivers=len(counted),
        reference_an_hour=reference_hourly(counted),
        gini_bp=round(hourly_gini(counted) * FULL_SHARE_BP),
        reckoned_at=now,
    )
    async with transaction():
        columns = ("cooperative_id", "earned", "available_s", "last_job_at", "offers_answered", "offers_accepted")
        await upsert(rows, connection(), by=("id",), change=(*columns, "reckoned_at"))
        told = ("drivers", "reference_an_hour", "gini_bp", "reckoned_at")
        await upsert([figure], connection(), by=("cooperative_id", "day"), change=told)


_RIDES = f"""
SELECT "driver_id", "cooperative_id", SUM("price") AS price, MAX("ended_at") AS last_at FROM "delivery_job"
WHERE "carrier_id" = {{carrier}} AND "driver_id" IS NOT NULL AND "assigned_at" >= {{since}} AND "legs_left" IS NULL
  AND "state" IN ({", ".join(f"'{state.value}'" for state in sorted(HELD | ENDED_BY_DRIVER))})
GROUP BY "driver_id", "cooperative_id" """

#: What is kept with each driver's share: legs of relays, once their fare was shared out, and waiting at shops.
_SHARED_OUT = """
SELECT s."driver_id", SUM(s."own") AS own, MAX(s."last_at") AS last_at FROM (
  SELECT COALESCE(l."driver_id", j."driver_id") AS driver_id, l."driver_share" AS own,
    COALESCE(l."ended_at", j."ended_at") AS last_at
  FROM "relay_leg" l JOIN "delivery_job" j ON j."id" = l."job_id"
  WHERE COALESCE(l."carrier_id", j."carrier_id") = {carrier} AND l."driver_share" IS NOT NULL
    AND j."assigned_at" >= {since}
  UNION ALL
  SELECT w."driver_id", w."driver_share", NULL FROM "order_waiting" w
  WHERE w."carrier_id" = {carrier} AND w."created_at" >= {since}
) s GROUP BY s."driver_id" """


async def _rides(carrier: Cooperative, since: datetime) -> Mapping[UUID, _Sum]:
    """What each driver of the co-op rode for, his part of it, and when he last ended. Three statements."""
    values = [carrier.pk, since] if is_postgres() else [str(carrier.pk), str(since)]
    marks = {"carrier": "$1", "since": "$2"} if is_postgres() else {"carrier": "?1", "since": "?2"}
    rows = await connection().execute_query_dict(_RIDES.format(**marks), values)
    allied = await Alliance.filter(carrier_cooperative_id=carrier.pk)
    shares = {row.seller_cooperative_id: row.carrier_share_bp for row in allied}
    found: dict[UUID, _Sum] = defaultdict(_Sum)
    for row in rows:
        total = found[as_uuid(row["driver_id"])]
        share_bp = shares.get(as_uuid(row["cooperative_id"]), FULL_SHARE_BP)
        parts = split_fare(int(row["price"]), carrier_share_bp=share_bp, carrier_cut_bp=carrier.carrier_share_bp)
        total.add(parts.driver, row["last_at"])
    for row in await connection().execute_query_dict(_SHARED_OUT.format(**marks), values):
        found[as_uuid(row["driver_id"])].add(int(row["own"]), row["last_at"])
    return found


async def _answers(cooperative_id: UUID, since: datetime) -> Mapping[UUID, tuple[int, int]]:
    """How many offers each driver took and declined; those that ran out count for neither. One statement."""
    answered = JobOffer.filter(carrier_id=cooperative_id, created_at__gte=since)
    counted = await (
        answered.filter(state__in=(OfferState.ACCEPTED, OfferState.DECLINED))
        .annotate(number=Count("id"))
        .group_by("driver_id", "state")
        .values("driver_id", "state", "number")
    )
    found: dict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in counted:
        taken, declined = found[as_uuid(row["driver_id"])]
        is_taken = row["state"] == OfferState.ACCEPTED
        found[as_uuid(row["driver_id"])] = (
            taken + (row["number"] if is_taken else 0),
            declined + (0 if is_taken else row["number"]),
        )
    return found


async def figures_of(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[EquityFigure]:
    """The published figures, newest day first; for those who have to do with the co-op, else none."""
    if not actor.holds(*WATCHERS, cooperative_id=cooperative_id):
        return Page([], [], False)
    return await page_by_id(EquityFigure.filter(cooperative_id=cooperative_id), first=first, after=after)
