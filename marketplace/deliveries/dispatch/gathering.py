"""What a pass of rounds is planned by, read for all jobs and drivers together: 200 cost no more statements than 1."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from cooperatives.membership import service as membership
from cooperatives.membership.models import Cooperative
from cooperatives.membership.terms import Standing, share_of
from marketplace.batches import execute_among, rows_by
from marketplace.database import as_utc, as_uuid
from marketplace.deliveries import blocks, limits
from marketplace.deliveries.allied import pickup_of
from marketplace.deliveries.bookings.models import PickupWindow
from marketplace.deliveries.bookings.pricing import windows_by_job
from marketplace.deliveries.dispatch.adoption import past_shift_end_s, policies_in_force, weights_of
from marketplace.deliveries.dispatch.around import Stander
from marketplace.deliveries.dispatch.models import (
    DispatchMode,
    DispatchPolicy,
    EquityFigure,
    JobSearch,
)
from marketplace.deliveries.dispatch.planning import Crowds, OpenOffer, Rules, Wanting
from marketplace.deliveries.dispatch.ready import standers_of
from marketplace.deliveries.dispatch.ways import seconds_left
from marketplace.deliveries.fares import split_fare
from marketplace.deliveries.lifecycle import LOOKING
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.relay.ahead import Ahead, legs_ahead
from marketplace.deliveries.relay.pricing import leg_prices
from marketplace.money import FULL_SHARE_BP
from marketplace.tariffs.rules import Point

T = TypeVar("T")


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
    leg_prices: Mapping[UUID, int]
    """Of jobs that go through hubs: what the present leg brings."""

    def price(self, job: DeliveryJob) -> int:
        """What carrying the job brings him who is asked now: of a relay its present leg."""
        price: int = self.leg_prices.get(job.pk, job.price)
        return price

    def own_share(self, job: DeliveryJob, carrier_id: UUID) -> int:
        """What carrying the job would bring a driver of this co-op, in rupiah."""
        carrier = self.cooperatives[carrier_id]
        allied = self.allies.get(job.cooperative_id, {}).get(carrier_id)
        share_bp = FULL_SHARE_BP
        if allied is not None:
            share_bp = share_of(allied.terms, allied.legacy_bp, price=job.price, distance_m=job.distance_m)
        parts = split_fare(self.price(job), carrier_share_bp=share_bp, carrier_cut_bp=carrier.carrier_share_bp)
        return parts.driver


async def gather(searches: Sequence[JobSearch], now: datetime) -> Gathered:
    """Read what the next steps of these searches are decided by; a job that looks no more is not `wanting`.

    Outside a transaction: drivers are read on a connection of their own, for which the database takes longest.
    """
    by_id = {search.pk: search for search in searches}
    jobs = {job.pk: job for job in await rows_by(DeliveryJob, "id", by_id)}
    looking = {id: job for id, job in jobs.items() if job.state in LOOKING}
    sellers = {job.cooperative_id for job in looking.values()}
    policies, allies = await asyncio.gather(
        policies_in_force(sorted(sellers)), membership.carriers_of_all(sellers, at=now)
    )
    called = sellers | {id for standings in allies.values() for id in standings}
    standers, facts = await asyncio.gather(
        standers_of(called, policies.values(), now), _facts_of(looking, sellers, called)
    )
    return Gathered(
        jobs=jobs,
        searches=by_id,
        policies=policies,
        wanting=_wanting(looking, facts, by_id, policies, allies, standers, now),
        crowds=standers,
        references=facts.references,
        cooperatives=facts.cooperatives,
        allies=allies,
        leg_prices=facts.leg_prices,
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is to be known beside rows of jobs and drivers: by job, and by co-op."""

    ends: Mapping[UUID, Mapping[str, Any]]
    """The last drop."""
    offers: Mapping[UUID, Sequence[Mapping[str, Any]]]
    gave_back: Mapping[UUID, Collection[UUID]]
    """Accounts of drivers who took it and gave it back."""
    blocked: Mapping[UUID, Collection[UUID]]
    """Drivers whom its seller or a receiver shall not meet."""
    ahead: Mapping[UUID, Ahead]
    windows: Mapping[UUID, PickupWindow]
    leg_prices: Mapping[UUID, int]
    references: Mapping[UUID, int]
    cooperatives: Mapping[UUID, Cooperative]


async def _facts_of(jobs: Mapping[UUID, DeliveryJob], sellers: Iterable[UUID], called: Iterable[UUID]) -> _Facts:
    alone = [id for id, job in jobs.items() if job.sub_order_id is None]
    return _Facts(
        ends={as_uuid(row["job_id"]): row for row in await execute_among(_LAST_DROPS, jobs)},
        offers=_by_job((row["job_id"], row) for row in await execute_among(_OFFERS, jobs)),
        gave_back=_by_job((row["job_id"], as_uuid(row["by_id"])) for row in await execute_among(_GIVEN_BACK, jobs)),
        blocked=_by_job(await blocks.blocked_from(jobs)),
        ahead=await legs_ahead(list(jobs.values())),
        windows=await windows_by_job(alone) if alone else {},
        leg_prices=await leg_prices([job for job in jobs.values() if job.legs_left is not None]),
        references=await references_of(sellers),
        cooperatives=await membership.cooperatives_by_id(sorted(called)),
    )


def _by_job(pairs: Iterable[tuple[Any, T]]) -> Mapping[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for job_id, value in pairs:
        found[as_uuid(job_id)].append(value)
    return found


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


def _wanting(
    jobs: Mapping[UUID, DeliveryJob],
    facts: _Facts,
    searches: Mapping[UUID, JobSearch],
    policies: Mapping[UUID, DispatchPolicy],
    allies: Mapping[UUID, Mapping[UUID, Standing]],
    standers: Mapping[UUID, Sequence[Stander]],
    now: datetime,
) -> list[Wanting]:
    people = {stander.account_id: stander.rider.driver_id for crowd in standers.values() for stander in crowd}
    rules = {id: rules_of(policy) for id, policy in policies.items() if policy.mode is not DispatchMode.BOARD}
    found = []
    for id, job in jobs.items():
        search = searches[id]
        if job.cooperative_id not in rules or search.next_at is None:
            continue
        way = facts.ahead.get(id) or _whole_way(job, facts.ends.get(id))
        gave_back = {people[account_id] for account_id in facts.gave_back.get(id, ()) if account_id in people}
        found.append(
            Wanting(
                id=id,
                version=job.version,
                cooperative_id=job.cooperative_id,
                carriers=carriers_of(job, allies[job.cooperative_id], now),
                lat=job.pickup_lat,
                lon=job.pickup_lon,
                ready_in_s=0 if job.ready_at is None else max(0, int((job.ready_at - now).total_seconds())),
                ride_m=way.ride_m,
                weight_g=job.weight_g,
                cash=limits.cash_of(job),
                latest_in_s=seconds_left(facts.windows.get(id), now),
                vehicles=() if job.vehicle is None else (job.vehicle.value,),
                drops=way.stops,
                rules=rules[job.cooperative_id],
                round=search.round - search.first_round,
                round_ends_at=search.round_ends_at,
                seen_next_at=search.next_at,
                end=way.end,
                blocked=frozenset(facts.blocked.get(id, ())),
                **_so_far(facts.offers.get(id, ()), search, gave_back),
            )
        )
    return found


def _whole_way(job: DeliveryJob, last: Mapping[str, Any] | None) -> Ahead:
    """From the pickup to the last drop."""
    if last is None:
        return Ahead(Point(job.pickup_lat, job.pickup_lon), 0, job.distance_m)
    return Ahead(Point(last["lat"], last["lon"]), last["position"] + 1, job.distance_m)


_LAST_DROPS = """
SELECT d."job_id", d."position", d."lat", d."lon" FROM "delivery_drop" d WHERE d."job_id" {among}
  AND d."position" = (SELECT MAX(o."position") FROM "delivery_drop" o WHERE o."job_id" = d."job_id")"""
_OFFERS = """
SELECT "id", "job_id", "driver_id", "driver_account_id", "round", "state", "expires_at" FROM "job_offer"
WHERE "job_id" {among} ORDER BY "id" """
_GIVEN_BACK = """
SELECT "job_id", "by_id" FROM "job_state_change" WHERE "event" = 'GIVE_UP' AND "by_id" IS NOT NULL
  AND "job_id" {among}"""


def _so_far(offers: Sequence[Mapping[str, Any]], search: JobSearch, gave_back: Collection[UUID]) -> dict[str, Any]:
    """What came of the job's offers: all who said no, and the rest of this search alone."""
    if not offers:
        return {"declined": frozenset(gave_back)}
    drivers = {row["id"]: as_uuid(row["driver_id"]) for row in offers}
    of_search = [row for row in offers if row["round"] > search.first_round]
    return {
        "declined": frozenset(gave_back) | {drivers[row["id"]] for row in offers if row["state"] == "DECLINED"},
        "offers": tuple(
            OpenOffer(
                as_uuid(row["id"]),
                drivers[row["id"]],
                as_uuid(row["driver_account_id"]),
                as_utc(row["expires_at"]),
            )
            for row in of_search
            if row["state"] == "OPEN"
        ),
        "in_round": frozenset(drivers[row["id"]] for row in of_search if row["round"] == search.round),
        "unanswered": frozenset(drivers[row["id"]] for row in of_search if row["state"] == "EXPIRED"),
    }


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
        past_shift_end_s=past_shift_end_s(policy),
    )
