"""Planning a job in legs through hubs, and giving a leg another window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from catalog import hours as weeks
from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.database import transaction
from marketplace.deliveries import pins
from marketplace.deliveries.holding import LockedJob, lock_job, tell
from marketplace.deliveries.lifecycle import JobState, WrongJobState
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.relay.hubs import DISPATCHERS, hubs_by_id
from marketplace.deliveries.relay.models import Hub, RelayLeg
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.money import FULL_SHARE_BP

MOST_LEGS = 5
LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LegWish:
    """One leg: the hub where it ends (None: at the drops), its part of the fare, and when it may be taken."""

    hub_id: UUID | None
    weight_bp: int
    opens_at: datetime | None  # None: now, which the first leg always does
    closes_at: datetime


async def plan_relay(actor: Actor, *, job_id: UUID, legs: Sequence[LegWish], key: str) -> DeliveryJob:
    """Let an open job go in legs through hubs; officers and dispatchers of the seller's co-op.

    Planned anew, until the first leg is taken, it replaces the plan before. Raises NotFound, WrongJobState, Invalid.
    """
    by = signed_in(actor)
    async with transaction():
        job = await lock_job(job_id)
        require(actor, *DISPATCHERS, cooperative_id=job.row.cooperative_id, hide="delivery job")
        if await once(by, "planRelay", key, [job_id, list(legs)], job_id) is not None:
            return job.row
        if job.row.state is not JobState.OPEN or job.row.hub_id is not None:
            raise WrongJobState(state=job.row.state.value, event="RELAY")
        now = clock.now()
        hubs = await hubs_by_id([leg.hub_id for leg in legs if leg.hub_id is not None])
        _check(legs, hubs, await membership.carriers_for(job.row.cooperative_id), now)
        await RelayLeg.filter(job_id=job_id).delete()
        await RelayLeg.bulk_create([_leg(job_id, position, leg, now) for position, leg in enumerate(legs)])
        job.row.legs_left, job.row.open_until = len(legs) - 1, legs[0].closes_at
        await job.row.save(update_fields=["legs_left", "open_until"])
        await tell(job.row, by=by)
        return job.row


async def move_window(
    actor: Actor, *, job_id: UUID, opens_at: datetime, closes_at: datetime, key: str
) -> DeliveryJob:
    """Give the leg that waits at a hub another window. Raises NotFound, WrongJobState, Invalid."""
    by = signed_in(actor)
    async with transaction():
        job = await lock_job(job_id)
        require(actor, *DISPATCHERS, cooperative_id=job.row.cooperative_id, hide="delivery job")
        if await once(by, "moveRelayWindow", key, [job_id, opens_at, closes_at], job_id) is not None:
            return job.row
        leg = await present_leg(job)
        if job.row.state is not JobState.AT_HUB or leg is None:
            raise WrongJobState(state=job.row.state.value)
        hub = (await hubs_by_id([job.row.hub_id or job_id])).get(job.row.hub_id or job_id)
        if not clock.now() < closes_at <= opens_at + LONGEST or opens_at >= closes_at:
            raise Invalid.field(
                "closesAt",
                Code.OUT_OF_RANGE,
                "to come, within 7 days of its opening",
                "belum lewat, paling lama 7 hari sesudah dibuka",
            )
        _check_open(hub, opens_at, closes_at)
        leg.opens_at, leg.closes_at, leg.put_out_at = opens_at, closes_at, None
        await leg.save(update_fields=["opens_at", "closes_at", "put_out_at"])
        await tell(job.row, by=by)
        return job.row


async def present_leg(job: LockedJob) -> RelayLeg | None:
    """The leg that a job is on, or that waits to be taken; none where there is no relay."""
    if job.row.legs_left is None:
        return None
    legs = await legs_of(job.row.pk)
    return legs[-1 - job.row.legs_left]


async def legs_of(job_id: UUID) -> list[RelayLeg]:
    """A job's legs, in order."""
    return await RelayLeg.filter(job_id=job_id).order_by("position")


async def legs_by_job(ids: Sequence[UUID]) -> Mapping[UUID, list[RelayLeg]]:
    """Each job's legs, in order. One statement."""
    found: dict[UUID, list[RelayLeg]] = {id: [] for id in ids}
    for leg in await RelayLeg.filter(job_id__in=list(ids)).order_by("position"):
        found[leg.job_id].append(leg)
    return found


def _leg(job_id: UUID, position: int, wish: LegWish, now: datetime) -> RelayLeg:
    return RelayLeg(
        job_id=job_id,
        position=position,
        weight=wish.weight_bp,
        hub_id=wish.hub_id,
        opens_at=wish.opens_at or now,
        closes_at=wish.closes_at,
        in_pin=pins.new_pin(),
        ready_at=now if position == 0 else None,
        put_out_at=now if position == 0 else None,
    )


def _check(legs: Sequence[LegWish], hubs: Mapping[UUID, Hub], carriers: Sequence[UUID], now: datetime) -> None:
    if not 2 <= len(legs) <= MOST_LEGS:
        raise Invalid.field("legs", Code.OUT_OF_RANGE, f"2 to {MOST_LEGS} legs", f"2 sampai {MOST_LEGS} ruas")
    if any(leg.weight_bp < 1 for leg in legs) or sum(leg.weight_bp for leg in legs) != FULL_SHARE_BP:
        raise Invalid.field("legs.share", Code.INVALID, "shares that sum to 10,000", "bagian yang berjumlah 10.000")
    ends = [leg.hub_id for leg in legs]
    if ends[-1] is not None or None in ends[:-1] or len(set(ends)) < len(ends):
        raise Invalid.field(
            "legs.hubId",
            Code.INVALID,
            "a hub for each leg but the last, each once",
            "satu hub untuk tiap ruas kecuali yang terakhir, masing-masing sekali",
        )
    through = [hubs.get(id) for id in ends if id is not None]
    if any(hub is None or hub.closed_at is not None or hub.cooperative_id not in carriers for hub in through):
        raise NotFound("hub")
    for number, leg in enumerate(legs):
        _check_window(legs, number, now)
        if number > 0:
            _check_open(through[number - 1], leg.opens_at or now, leg.closes_at)


def _check_window(legs: Sequence[LegWish], number: int, now: datetime) -> None:
    """The first leg opens now, each other when it says, not before the one before it. Raises Invalid."""
    leg = legs[number]
    if number == 0 and leg.opens_at is not None:
        raise Invalid.field("legs.0.opensAt", Code.INVALID, "the first leg opens now", "ruas pertama dibuka sekarang")
    opens_at = leg.opens_at or now
    is_in_order = number < 2 or opens_at >= (legs[number - 1].opens_at or now)
    if not (is_in_order and max(now, opens_at) < leg.closes_at <= opens_at + LONGEST):
        raise Invalid.field(
            f"legs.{number}.closesAt",
            Code.OUT_OF_RANGE,
            "to come, within 7 days, in order",
            "belum lewat, paling lama 7 hari, dan berurutan",
        )


def _check_open(hub: Hub | None, opens_at: datetime, closes_at: datetime) -> None:
    """A hub has to be open at some moment of the window. Raises Invalid."""
    if hub is None or hub.opening_hours is None:
        return
    week, zone = weeks.read(hub.opening_hours, {}), ZoneInfo(hub.zone)
    following = week.opens_at(opens_at, zone)
    if not week.is_open(opens_at, zone) and (following is None or following >= closes_at):
        raise Invalid.field("legs.opensAt", Code.OUT_OF_RANGE, "a time at which the hub is open", "jam hub buka")
