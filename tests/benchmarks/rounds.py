"""A whole round of offers as the worker makes it: facts gathered, drivers ranked, offers and reasons written.

Counted is what it takes by the clock, worth reading only on a machine without other work. Beside it stands this
process's own time on the processor; the rest is the database's.
"""

import gc
import math
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.ledger.models import LedgerAccount
from cooperatives.membership.models import Cooperative, CooperativeKind, Membership, MembershipState
from marketplace import clock, database, settings, wiring
from marketplace.database import new_id
from marketplace.deliveries.dispatch import rounds
from marketplace.deliveries.dispatch.adoption import Terms
from marketplace.deliveries.dispatch.models import (
    DispatchMode,
    DispatchPolicy,
    DriverConsidered,
    DriverStanding,
    EquityFigure,
    JobOffer,
    JobReasons,
    JobSearch,
)
from marketplace.deliveries.dispatch.policy import FAIR
from marketplace.deliveries.dispatch.reasons import Reasons
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.models import DeliveryJob, Driver, DriverState, Drop, Shift, VehicleKind
from marketplace.deliveries.roster.models import HomeDirection
from marketplace.identity.models import Account
from tests.node import Node

ROUNDS = 5
#: What a round adds to.
WRITTEN = ("job_offer", "job_reasons", "driver_considered")
JOBS, DRIVERS = 200, 500
#: Drivers who hold a job already, and who collected cash.
BUSY, WITH_CASH = 0.3, 0.5
#: A degree, in metres.
DEGREE_M = 111_320


async def measure(node: Node) -> None:
    """Print a round of `JOBS`, and how it grows, on the node's database, which has its tables and no rows yet."""
    chosen = settings.read(node.environment)
    wiring.build(chosen)
    await database.connect(chosen)
    gc.collect()
    gc.freeze()  # as a server does once it has started
    try:
        once = await _round(JOBS, DRIVERS)
        tenfold = await _round(10 * JOBS, 10 * DRIVERS)
    finally:
        await database.disconnect()
    worked, took = tenfold.worked_s / once.worked_s, tenfold.clock_s / once.clock_s
    print(f"a round of offers, {JOBS} jobs        {1e3 * once.clock_s:8.0f} ms     aim < 100, by the clock")
    print(f"  of the processor                 {1e3 * once.worked_s:8.0f} ms     {DRIVERS} drivers")
    print(f"  ÷ PostgreSQL copies its rows     {once.clock_s / once.bare_s:8.2f}      {once.reasons:,} reasons")
    print(f"  at ten times ÷ at once           {took:8.2f}      {tenfold.reasons:,} reasons")
    print(f"  of the processor                 {worked:8.2f}")


@dataclass(frozen=True, slots=True)
class _Took:
    """One round of all jobs, medians: seconds of the processor and of the clock, and how many reasons it wrote."""

    worked_s: float
    clock_s: float
    bare_s: float
    """What the database takes for the same rows alone."""
    reasons: int


async def _round(jobs: int, drivers: int) -> _Took:
    cooperative_id = await _fill(jobs, drivers)
    worked, took = [], []
    for _ in range(ROUNDS + 1):  # the first warms up
        await _begin_anew(cooperative_id)
        clocks = time.process_time(), time.perf_counter()
        done = await rounds.sweep(None)
        worked.append(time.process_time() - clocks[0])
        took.append(time.perf_counter() - clocks[1])
        assert done == jobs
    written = sum([len(Reasons(row.told).drivers) async for row in JobReasons.filter(cooperative_id=cooperative_id)])
    bare_s = await _bare()
    await JobSearch.filter(cooperative_id=cooperative_id).update(next_at=None)
    await Shift.all().delete()
    return _Took(statistics.median(worked[1:]), statistics.median(took[1:]), bare_s, written)


async def _bare() -> float:
    """Seconds of the clock in which PostgreSQL writes the last round's rows again, from tables that have them."""
    took = []
    for _ in range(ROUNDS):
        async with database.transaction() as within:
            for table in WRITTEN:
                await within.execute_script(f"CREATE TEMP TABLE bare_{table} ON COMMIT DROP AS TABLE {table}")
                await within.execute_script(f"DELETE FROM {table}")
            began = time.perf_counter()
            for table in WRITTEN:
                await within.execute_query(f"INSERT INTO {table} SELECT * FROM bare_{table}")
        took.append(time.perf_counter() - began)
    return statistics.median(took)


async def _begin_anew(cooperative_id: UUID) -> None:
    await JobOffer.all().delete()
    await JobReasons.all().delete()
    await DriverConsidered.all().delete()
    at = clock.now() - timedelta(seconds=1)
    waiting = DeliveryJob.filter(cooperative_id=cooperative_id, state__in=[JobState.OPEN, JobState.OFFERED])
    await waiting.update(state=JobState.OPEN)
    await JobSearch.filter(cooperative_id=cooperative_id).update(round=0, round_ends_at=None, next_at=at)
    await database.connection().execute_script("DELETE FROM outbox_event")
    # No node finds so much that was just taken away: its database has cleaned up between one round and the next.
    await database.connection().execute_script("VACUUM")


async def _fill(jobs: int, drivers: int) -> UUID:
    """A co-op of its own that looks by offers, its drivers on shift about town, and its open jobs."""
    dice = random.Random(jobs)
    side_m = 500 * math.sqrt(drivers)  # as dense whatever the number
    now = clock.now()
    coop = await Cooperative.create(
        slug=f"bench-{jobs}",
        code=f"B{jobs}",
        name="Koperasi Bangku",
        kind=CooperativeKind.MULTI,
        region_code="35.78",
        commission_bp=500,
        carrier_share_bp=800,
    )
    policy = await _policy(coop)
    await EquityFigure.create(
        cooperative_id=coop.pk,
        day=now.date(),
        drivers=drivers,
        reference_an_hour=20_000,
        gini_bp=2_000,
        reckoned_at=now,
    )

    def place() -> dict[str, float]:
        north, east = dice.random() * side_m / DEGREE_M, dice.random() * side_m / DEGREE_M
        return {"lat": round(-7.3 + north, 3), "lon": round(112.7 + east, 3)}

    riders = await _drivers(coop, drivers, dice, place)
    wanted = [_job(coop, place()) for _ in range(jobs)]
    busy = dice.sample(riders, int(BUSY * drivers))
    held = [_job(coop, place(), driver) for driver in busy]
    await DeliveryJob.bulk_create([*wanted, *held], 500)
    ends = [_drop(job, place()) for job in (*wanted, *held)]
    await Drop.bulk_create(ends, 500)
    await JobSearch.bulk_create(
        [JobSearch(id=job.pk, cooperative_id=coop.pk, policy_id=policy.pk) for job in wanted], 500
    )
    await database.connection().execute_script("ANALYZE")
    cooperative_id: UUID = coop.pk
    return cooperative_id


async def _policy(coop: Cooperative) -> DispatchPolicy:
    """What a co-op starts from, with a reach in which any job has thirty candidates."""
    nearness, since_last_job, equity, home, acceptance = FAIR.as_tuple()
    terms = Terms(DispatchMode.OFFERS)
    return await DispatchPolicy.create(
        **asdict(terms),
        cooperative_id=coop.pk,
        version=1,
        nearness_bp=nearness,
        since_last_job_bp=since_last_job,
        equity_bp=equity,
        home_bp=home,
        acceptance_bp=acceptance,
        decision="bangku",
        adopted_by=new_id(),
    )


async def _drivers(
    coop: Cooperative, number: int, dice: random.Random, place: Callable[[], dict[str, float]]
) -> list[Driver]:
    """Members on shift, each with what he earned; some with cash in hand, some on their way home."""
    now = clock.now()
    people = [Account(phone=f"+62{coop.code[1:]}{n:07}", name=f"Pengemudi {n}") for n in range(number)]
    riders = [
        Driver(
            account_id=person.pk,
            cooperative_id=coop.pk,
            state=DriverState.APPROVED,
            name=person.name,
            vehicle=VehicleKind.MOTORCYCLE,
            capacity_g=20_000,
            licence_expires_on=now.date() + timedelta(days=300),
            cash_limit=500_000,
            job_limit=2,
        )
        for person in people
    ]
    await Account.bulk_create(people, 500)
    await Membership.bulk_create(
        [
            Membership(cooperative_id=coop.pk, account_id=one.pk, number=n, state=MembershipState.ACTIVE)
            for n, one in enumerate(people)
        ],
        500,
    )
    await Driver.bulk_create(riders, 500)
    await Shift.bulk_create([Shift(driver_id=rider.pk, placed_at=now, **place()) for rider in riders], 500)
    standings = [
        DriverStanding(
            id=rider.pk,
            cooperative_id=coop.pk,
            earned=dice.randint(0, 900_000),
            available_s=dice.randint(0, 144_000),
            offers_answered=20,
            offers_accepted=15,
            reckoned_at=now,
        )
        for rider in riders
    ]
    await DriverStanding.bulk_create(standings, 500)
    cash = [AccountRef(coop.pk, Purpose.CASH_WITH_DRIVER, rider.account_id) for rider in riders]
    await LedgerAccount.bulk_create(
        [
            LedgerAccount(
                id=one.id(),
                cooperative_id=coop.pk,
                purpose=one.purpose,
                type=one.posts.type,
                subject_id=one.subject_id,
            )
            for one in dice.sample(cash, int(WITH_CASH * number))
        ],
        500,
    )
    homeward = dice.sample(riders, number // 10)
    until = now + timedelta(hours=2)
    await HomeDirection.bulk_create(
        [HomeDirection(driver_id=one.pk, until=until, **place()) for one in homeward], 500
    )
    return riders


def _job(coop: Cooperative, at: dict[str, float], driver: Driver | None = None) -> DeliveryJob:
    now = clock.now()
    return DeliveryJob(
        seller_id=coop.pk,
        cooperative_id=coop.pk,
        carrier_id=None if driver is None else coop.pk,
        driver_id=None if driver is None else driver.pk,
        driver_account_id=None if driver is None else driver.account_id,
        state=JobState.OPEN if driver is None else JobState.ASSIGNED,
        price=12_000,
        cash_to_collect=50_000,
        distance_m=2_500,
        weight_g=3_000,
        pickup_name="Warung Bangku",
        pickup_address="Jl. Bangku 1",
        pickup_lat=at["lat"],
        pickup_lon=at["lon"],
        pickup_pin="1111",
        return_pin="2222",
        ready_at=now + timedelta(minutes=5),
        open_until=now + timedelta(hours=1),
        assigned_at=None if driver is None else now,
    )


def _drop(job: DeliveryJob, at: dict[str, float]) -> Drop:
    return Drop(
        job_id=job.pk,
        position=0,
        receiver_name="Ani",
        address="Jl. Mawar 5",
        lat=at["lat"],
        lon=at["lon"],
        price=12_000,
        cash_to_collect=50_000,
        distance_m=2_500,
        pin="3333",
    )
