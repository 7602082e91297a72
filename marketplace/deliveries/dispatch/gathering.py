"""What a pass of rounds is planned by, read for all jobs and drivers together: 200 cost no more statements than 1."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from cooperatives.ledger.models import LedgerAccount
from cooperatives.ledger.service import Purpose, of_row
from cooperatives.membership import service as membership
from cooperatives.membership.models import Cooperative
from cooperatives.membership.terms import Standing, share_of
from marketplace.batches import rows_by
from marketplace.database import as_utc, connection, is_postgres
from marketplace.deliveries import blocks, homeward, limits
from marketplace.deliveries.allied import pickup_of
from marketplace.deliveries.dispatch.adoption import policies_in_force, weights_of
from marketplace.deliveries.dispatch.equity import Earned
from marketplace.deliveries.dispatch.models import (
    DispatchMode,
    DispatchPolicy,
    DriverStanding,
    EquityFigure,
    JobOffer,
    JobSearch,
    OfferState,
)
from marketplace.deliveries.dispatch.planning import STOP_S, Crowds, OpenOffer, Rules, Stander, Wanting
from marketplace.deliveries.dispatch.policy import Rider
from marketplace.deliveries.fares import split_fare
from marketplace.deliveries.lifecycle import HELD, LOOKING, JobEvent
from marketplace.deliveries.limits import Load
from marketplace.deliveries.models import DeliveryJob, Driver, Drop, JobStateChange
from marketplace.money import FULL_SHARE_BP
from marketplace.tariffs.rules import Point


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that a pass needs to know."""

    jobs: Mapping[UUID, DeliveryJob]
    searches: Mapping[UUID, JobSearch]
    policies: Mapping[UUID, DispatchPolicy]
    wanting: Sequence[Wanting]
    crowds: Crowds
    references: Mapping[UUID, int]
    cooperatives: Mapping[UUID, Cooperative]
    allies: Mapping[UUID, Mapping[UUID, Standing]]

    def own_share(self, job: DeliveryJob, carrier_id: UUID) -> int:
        """What carrying the job would bring a driver of this co-op, in rupiah."""
        carrier = self.cooperatives[carrier_id]
        allied = self.allies.get(job.cooperative_id, {}).get(carrier_id)
        share_bp = FULL_SHARE_BP
        if allied is not None:
            share_bp = share_of(allied.terms, allied.legacy_bp, price=job.price, distance_m=job.distance_m)
        return split_fare(job.price, carrier_share_bp=share_bp, carrier_cut_bp=carrier.carrier_share_bp).driver


async def gather(searches: Sequence[JobSearch], now: datetime) -> Gathered:
    """Read what the next steps of these searches are decided by; a job that looks no more is not `wanting`."""
    by_id = {search.pk: search for search in searches}
    jobs = {job.pk: job for job in await rows_by(DeliveryJob, "id", by_id)}
    looking = {id: job for id, job in jobs.items() if job.state in LOOKING}
    sellers = {job.cooperative_id for job in looking.values()}
    policies = await policies_in_force(sorted(sellers))
    allies = await membership.carriers_of_all(sellers, at=now)
    called = sellers | {id for standings in allies.values() for id in standings}
    standers = await standers_of(called, policies.values(), now)
    return Gathered(
        jobs=jobs,
        searches=by_id,
        policies=policies,
        wanting=await _wanting(looking, by_id, policies, allies, standers, now),
        crowds=standers,
        references=await references_of(sellers),
        cooperatives=await membership.cooperatives_by_id(sorted(called)),
        allies=allies,
    )


def carriers_of(job: DeliveryJob, allies: Mapping[UUID, Standing], now: datetime) -> tuple[UUID, ...]:
    """Whose drivers may carry this job now: its own co-op's, and those of allies whose terms allow it. Pure."""
    own: UUID = job.cooperative_id
    if not allies:
        return (own,)
    where = pickup_of(job) if any(standing.terms is not None for standing in allies.values()) else None
    cash = limits.cash_of(job)
    return (own, *sorted(id for id, held in allies.items() if held.bar(now, where, rupiah=cash) is None))


async def references_of(cooperative_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """What each co-op's drivers are compared with, by its newest figure. One statement."""
    rows = await rows_by(EquityFigure, "cooperative_id", cooperative_ids, order="day")
    return {row.cooperative_id: row.reference_an_hour for row in rows}


async def _wanting(
    jobs: Mapping[UUID, DeliveryJob],
    searches: Mapping[UUID, JobSearch],
    policies: Mapping[UUID, DispatchPolicy],
    allies: Mapping[UUID, Mapping[UUID, Standing]],
    standers: Mapping[UUID, Sequence[Stander]],
    now: datetime,
) -> list[Wanting]:
    drops: dict[UUID, int] = defaultdict(int)
    apart = await blocks.blocked_pairs(
        [stander.rider.driver_id for crowd in standers.values() for stander in crowd], jobs
    )
    blocked: dict[UUID, set[UUID]] = defaultdict(set)
    for job_id, driver_id in apart:
        blocked[job_id].add(driver_id)
    ends: dict[UUID, Point] = {}
    for drop in await rows_by(Drop, "job_id", jobs, order="position"):
        drops[drop.job_id] += 1
        ends[drop.job_id] = Point(drop.lat, drop.lon)
    offers: dict[UUID, list[JobOffer]] = defaultdict(list)
    for offer in await rows_by(JobOffer, "job_id", jobs, order="id"):
        offers[offer.job_id].append(offer)
    people = {stander.account_id: stander.rider.driver_id for crowd in standers.values() for stander in crowd}
    said_no: dict[UUID, set[UUID]] = {
        id: {offer.driver_id for offer in offers[id] if offer.state is OfferState.DECLINED} for id in jobs
    }
    for change in await rows_by(JobStateChange, "job_id", jobs, event=JobEvent.GIVE_UP.value):
        if change.by_id in people:
            said_no[change.job_id].add(people[change.by_id])
    found = []
    for id, job in jobs.items():
        policy = policies.get(job.cooperative_id)
        search = searches[id]
        if policy is None or policy.mode is DispatchMode.BOARD or search.next_at is None:
            continue
        of_search = [offer for offer in offers[id] if offer.round > search.first_round]
        found.append(
            Wanting(
                id=id,
                version=job.version,
                cooperative_id=job.cooperative_id,
                carriers=carriers_of(job, allies[job.cooperative_id], now),
                lat=job.pickup_lat,
                lon=job.pickup_lon,
                ready_in_s=0 if job.ready_at is None else max(0, int((job.ready_at - now).total_seconds())),
                ride_m=job.distance_m,
                weight_g=job.weight_g,
                cash=limits.cash_of(job),
                vehicles=() if job.vehicle is None else (job.vehicle.value,),
                drops=drops[id],
                rules=rules_of(policy),
                round=search.round - search.first_round,
                round_ends_at=search.round_ends_at,
                seen_next_at=search.next_at,
                offers=tuple(
                    OpenOffer(offer.pk, offer.driver_id, offer.driver_account_id, offer.expires_at)
                    for offer in of_search
                    if offer.state is OfferState.OPEN
                ),
                declined=frozenset(said_no[id]),
                end=ends.get(id),
                blocked=frozenset(blocked[id]),
                in_round=frozenset(o.driver_id for o in of_search if o.round == search.round),
                unanswered=frozenset(o.driver_id for o in of_search if o.state is OfferState.EXPIRED),
            )
        )
    return found


def rules_of(policy: DispatchPolicy) -> Rules:
    """The policy as planning needs it."""
    return Rules(
        weights=weights_of(policy),
        offers_at_once=policy.offers_at_once,
        expires=timedelta(seconds=policy.expires_s),
        radius_m=policy.radius_m,
        radius_growth_m=policy.radius_growth_m,
        most_rounds=policy.most_rounds,
        allies_from_round=policy.allies_from_round,
        is_board_after=policy.mode is DispatchMode.OFFERS_THEN_BOARD,
        batch_from=policy.batch_from,
    )


async def standers_of(
    cooperative_ids: Iterable[UUID], policies: Iterable[DispatchPolicy], now: datetime
) -> Mapping[UUID, list[Stander]]:
    """The drivers of these co-ops who are on shift, paused ones too, with all that is known of them."""
    limit = min((policy.offers_a_driver for policy in policies), default=1)
    on_shift = await _select(_ON_SHIFT.replace("{today}", now.date().isoformat()), cooperative_ids)
    drivers = {row.pk: row for row in await rows_by(Driver, "id", [UUID(str(row["driver_id"])) for row in on_shift])}
    held = await _held(drivers)
    cash = await _cash_of({row.cooperative_id for row in drivers.values()})
    standings = {row.pk: row for row in await rows_by(DriverStanding, "id", drivers)}
    towards = await homeward.homes(drivers, now)
    waiting: dict[UUID, int] = defaultdict(int)
    for offer in await rows_by(JobOffer, "driver_id", drivers, state=OfferState.OPEN.value):
        waiting[offer.driver_id] += 1
    found: dict[UUID, list[Stander]] = defaultdict(list)
    for row in on_shift:
        driver = drivers[UUID(str(row["driver_id"]))]
        load = limits.load(held[driver.pk], cash.get((driver.cooperative_id, driver.account_id), 0))
        standing = standings.get(driver.pk)
        rider = _rider(driver, row, load, standing, waiting[driver.pk], limit, now)
        found[driver.cooperative_id].append(
            Stander(
                rider,
                driver.account_id,
                driver.cooperative_id,
                row["lat"],
                row["lon"],
                busy_s=sum(STOP_S * 2 for _ in held[driver.pk]),
                home=towards.get(driver.pk),
            )
        )
    return found


def _rider(
    driver: Driver,
    row: Mapping[str, Any],
    load: Load,
    standing: DriverStanding | None,
    open_offers: int,
    offer_limit: int,
    now: datetime,
) -> Rider:
    began = as_utc(row["created_at"])
    since = max(began, standing.last_job_at) if standing is not None and standing.last_job_at else began
    idle_s = 0 if load.jobs else max(0, int((now - since).total_seconds()))
    return Rider(
        driver_id=driver.pk,
        earned=Earned(0, 0) if standing is None else Earned(standing.earned, standing.available_s),
        idle_s=idle_s,
        vehicle=driver.vehicle.value,
        capacity_g=driver.capacity_g,
        jobs_held=load.jobs,
        job_limit=driver.job_limit,
        cash_held=load.cash,
        cash_limit=driver.cash_limit,
        offers_answered=0 if standing is None else standing.offers_answered,
        offers_accepted=0 if standing is None else standing.offers_accepted,
        offers_open=open_offers,
        offer_limit=offer_limit,
        is_member=bool(row["is_member"]),
        is_paused=row["state"] == "PAUSED",
        has_valid_documents=not row["has_expired"] and _are_valid(driver, now.date()),
    )


def _are_valid(driver: Driver, today: date) -> bool:
    papers = (driver.licence_expires_on, driver.insurance_expires_on)
    return all(day is None or day >= today for day in papers)


_ON_SHIFT = """
SELECT s."driver_id", s."state", s."lat", s."lon", s."created_at",
  EXISTS (SELECT 1 FROM "membership" m WHERE m."account_id" = d."account_id"
          AND m."cooperative_id" = d."cooperative_id" AND m."state" = 'ACTIVE') AS is_member,
  EXISTS (SELECT 1 FROM "driver_paper" p WHERE p."driver_id" = d."id" AND p."state" = 'APPROVED'
          AND p."replaced_at" IS NULL AND p."expires_on" < '{today}'
          AND (p."vehicle_id" IS NULL OR EXISTS (SELECT 1 FROM "driver_vehicle" v
               WHERE v."id" = p."vehicle_id" AND v."ridden_since" IS NOT NULL))) AS has_expired
FROM "driver" d JOIN "shift" s ON s."driver_id" = d."id" AND s."state" IN ('ACTIVE', 'PAUSED')
WHERE d."state" = 'APPROVED' AND d."cooperative_id" {among}"""

_HELD = f"""
SELECT "id" FROM "delivery_job" WHERE "state" IN ({", ".join(f"'{state.value}'" for state in sorted(HELD))})
  AND "driver_id" {{among}}"""


async def _select(text: str, ids: Iterable[UUID]) -> list[dict[str, Any]]:
    wanted = list(ids)
    if not wanted:
        return []
    if is_postgres():
        return list(await connection().execute_query_dict(text.format(among="= ANY($1)"), [wanted]))
    marks = ",".join("?" * len(wanted))
    return list(await connection().execute_query_dict(text.format(among=f"IN ({marks})"), [str(id) for id in wanted]))


async def _held(drivers: Iterable[UUID]) -> Mapping[UUID, list[Drop]]:
    """The drops of the jobs that each of these drivers holds. Two statements."""
    jobs = [UUID(str(row["id"])) for row in await _select(_HELD, drivers)]
    found: dict[UUID, list[Drop]] = defaultdict(list)
    for drop in await rows_by(Drop, "job_id", jobs, related="job"):
        found[drop.job.driver_id or drop.job.pk].append(drop)
    return found


async def _cash_of(cooperative_ids: Iterable[UUID]) -> Mapping[tuple[UUID, UUID], int]:
    """The cash with each driver of these co-ops, by co-op and account, as the books say. One statement."""
    found: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for row in await rows_by(
        LedgerAccount, "cooperative_id", cooperative_ids, purpose=Purpose.CASH_WITH_DRIVER.value
    ):
        if row.subject_id is not None:
            found[row.cooperative_id, row.subject_id] += of_row(row).amount
    return found
