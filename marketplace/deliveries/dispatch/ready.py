"""The drivers on shift with all that a pass needs to know of them: as many statements for a thousand as for one."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from marketplace.batches import execute_among, rows_by
from marketplace.database import as_utc, as_uuid
from marketplace.deliveries import limits
from marketplace.deliveries.dispatch.around import Passing, Stander
from marketplace.deliveries.dispatch.equity import Earned
from marketplace.deliveries.dispatch.models import DispatchPolicy
from marketplace.deliveries.dispatch.policy import Rider
from marketplace.deliveries.dispatch.ways import Known, WayStop, known_of, way
from marketplace.deliveries.lifecycle import HELD
from marketplace.deliveries.limits import Load
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.deliveries.roster import papers, slots
from marketplace.tariffs.rules import Point

# Cash is an asset of his co-op's book: what was put in his hands less what he handed in.
_ON_SHIFT = """
SELECT d."id", d."account_id", d."cooperative_id", d."vehicle", d."capacity_g", d."job_limit", d."cash_limit",
  d."licence_expires_on", d."insurance_expires_on", s."state", s."lat", s."lon", s."created_at",
  t."earned", t."available_s", t."last_job_at", t."offers_answered", t."offers_accepted",
  h."lat" AS home_lat, h."lon" AS home_lon, h."until" AS home_until,
  a."debits_posted" - a."credits_posted" AS cash,
  (SELECT COUNT(*) FROM "job_offer" o WHERE o."driver_id" = d."id" AND o."state" = 'OPEN') AS offers,
  EXISTS (SELECT 1 FROM "membership" m WHERE m."account_id" = d."account_id"
          AND m."cooperative_id" = d."cooperative_id" AND m."state" = 'ACTIVE') AS is_member,
  (SELECT MIN(p."expires_on") FROM "driver_paper" p WHERE p."driver_id" = d."id" AND p."state" = 'APPROVED'
     AND p."replaced_at" IS NULL AND p."kind" IN ('STNK', 'HEALTH')
     AND (p."vehicle_id" IS NULL OR EXISTS (SELECT 1 FROM "driver_vehicle" v
          WHERE v."id" = p."vehicle_id" AND v."ridden_since" IS NOT NULL))) AS papers_until
FROM "driver" d JOIN "shift" s ON s."driver_id" = d."id" AND s."state" IN ('ACTIVE', 'PAUSED')
LEFT JOIN "driver_standing" t ON t."id" = d."id"
LEFT JOIN "home_direction" h ON h."driver_id" = d."id"
LEFT JOIN "ledger_account" a ON a."cooperative_id" = d."cooperative_id" AND a."purpose" = 'CASH_WITH_DRIVER'
  AND a."subject_id" = d."account_id"
WHERE d."state" = 'APPROVED' AND d."cooperative_id" {among}"""


async def standers_of(
    cooperative_ids: Iterable[UUID], policies: Iterable[DispatchPolicy], now: datetime
) -> Mapping[UUID, list[Stander]]:
    """The drivers of these co-ops who are on shift, paused ones too, by co-op.

    Four statements; more where one brings goods to a hub, or fetches what was booked for a window.
    """
    policies = list(policies)
    limit = min((policy.offers_a_driver for policy in policies), default=1)
    today = papers.earliest_last_day(now)
    with_grace = {
        policy.cooperative_id: papers.earliest_last_day(now, grace_h=policy.paper_grace_h or 0) for policy in policies
    }
    rows = await execute_among(_ON_SHIFT, cooperative_ids)
    for row in rows:
        row["id"] = as_uuid(row["id"])
    ids = [row["id"] for row in rows]
    (held, known), ends = await asyncio.gather(_held(ids), slots.planned_ends(ids, now))
    found: dict[UUID, list[Stander]] = defaultdict(list)
    for row in rows:
        jobs, drops = held.get(row["id"], ((), ()))
        is_valid = _are_valid(row, today, with_grace.get(as_uuid(row["cooperative_id"]), today))
        stander = _stander(row, jobs, drops, known, ends.get(row["id"]), limit, is_valid, now)
        found[stander.cooperative_id].append(stander)
    return found


def _stander(
    row: Mapping[str, Any],
    jobs: Sequence[DeliveryJob],
    drops: Sequence[Drop],
    known: Known,
    ends_at: datetime | None,
    offer_limit: int,
    has_valid_documents: bool,
    now: datetime,
) -> Stander:
    cash, place = row["cash"] or 0, (row["lat"], row["lon"])
    load = limits.load(drops, cash) if jobs else Load(0, cash)
    stops: Sequence[WayStop] = ()
    if jobs and load.jobs < row["job_limit"]:  # else he can't take more, wherever he is
        stops = way(jobs, drops, known, place=place, capacity_g=row["capacity_g"], now=now)
    is_homeward = row["home_until"] is not None and as_utc(row["home_until"]) > now
    ends_in_s = None if ends_at is None else int((ends_at - now).total_seconds())
    return Stander(
        _rider(row, load, offer_limit, ends_in_s, has_valid_documents, now),
        as_uuid(row["account_id"]),
        as_uuid(row["cooperative_id"]),
        *place,
        way=[_passing(stop, now) for stop in stops],
        home=Point(row["home_lat"], row["home_lon"]) if is_homeward else None,
    )


def _rider(
    row: Mapping[str, Any],
    load: Load,
    offer_limit: int,
    shift_ends_in_s: int | None,
    has_valid_documents: bool,
    now: datetime,
) -> Rider:
    since = as_utc(row["created_at"])
    if row["last_job_at"] is not None:
        since = max(since, as_utc(row["last_job_at"]))
    return Rider(
        driver_id=row["id"],
        earned=Earned(row["earned"] or 0, row["available_s"] or 0),
        idle_s=0 if load.jobs else max(0, int((now - since).total_seconds())),
        vehicle=row["vehicle"],
        capacity_g=row["capacity_g"],
        jobs_held=load.jobs,
        job_limit=row["job_limit"],
        cash_held=load.cash,
        cash_limit=row["cash_limit"],
        offers_answered=row["offers_answered"] or 0,
        offers_accepted=row["offers_accepted"] or 0,
        offers_open=row["offers"],
        offer_limit=offer_limit,
        shift_ends_in_s=shift_ends_in_s,
        is_member=bool(row["is_member"]),
        is_paused=row["state"] == "PAUSED",
        has_valid_documents=has_valid_documents,
    )


def _are_valid(row: Mapping[str, Any], today: date, with_grace: date) -> bool:
    """Whether licence and insurance count today, and the papers that may lapse a little while he is on shift."""
    licence, insurance, others = row["licence_expires_on"], row["insurance_expires_on"], row["papers_until"]
    return _counts(licence, today) and _counts(insurance, today) and _counts(others, with_grace)


def _counts(last_day: date | str | None, earliest: date) -> bool:
    """Whether a paper's last day, which SQLite gives as text, is this one or later; who has none needs none."""
    if isinstance(last_day, str):
        last_day = date.fromisoformat(last_day)
    return last_day is None or last_day >= earliest


def _passing(stop: WayStop, now: datetime) -> Passing:
    return Passing(stop.stop, max(0, int((stop.expected_at - now).total_seconds())), stop.is_here)


_HELD = f"""
SELECT "id" FROM "delivery_job" WHERE "state" IN ({", ".join(f"'{state.value}'" for state in sorted(HELD))})
  AND "driver_id" {{among}}"""


async def _held(drivers: Sequence[UUID]) -> tuple[Mapping[UUID, tuple[list[DeliveryJob], list[Drop]]], Known]:
    """The jobs that each of these drivers holds, their drops in their order, and what is to be known beside.

    Two statements, and those of `known_of`.
    """
    jobs = [as_uuid(row["id"]) for row in await execute_among(_HELD, drivers)]
    found: dict[UUID, tuple[list[DeliveryJob], list[Drop]]] = {}
    known: set[UUID] = set()
    for drop in await rows_by(Drop, "job_id", jobs, order="position", related="job"):
        of_driver, drops = found.setdefault(drop.job.driver_id or drop.job.pk, ([], []))
        drops.append(drop)
        if drop.job_id not in known:
            known.add(drop.job_id)
            of_driver.append(drop.job)
    return found, await known_of([job for of_driver, _ in found.values() for job in of_driver])
