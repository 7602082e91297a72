"""Takes in what a courier's device sends: each event kept once, carried out once, in its sequence.

A device may send its events in any order, as often as it likes, over several connections at once, and be cut off at
any moment. What it sends is committed first; then each due event is carried out in a transaction of its own that also
says so. A process that dies between the two leaves events that the next call carries out.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import structlog

from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.deliveries.courier import day
from marketplace.deliveries.courier.carrying_out import Doing, carry_out, held_before
from marketplace.deliveries.courier.day import EventKind, EventOutcome, Queue
from marketplace.deliveries.courier.models import CourierDevice, CourierEvent
from marketplace.deliveries.custody import Signer
from marketplace.deliveries.drivers import carrying_driver
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.idempotency import IdempotencyMismatch
from marketplace.identity.actor import Actor

log = structlog.get_logger()
#: Events that one call brings.
MOST_SENT = 100
#: Events that one call carries out; the rest are carried out by the next.
MOST_AT_ONCE = 200
MOST_DEVICES = 20
LARGEST_SEQUENCE = 2_000_000_000
LARGEST_CONTENT = 20_000
NAME_LENGTH = 64
#: What is kept of an event's content once it was tried. PINs go, and places: where a rider was is nobody's business
#: any more; what of it is evidence stands in the receipt, the proof or the incident that came of it.
KEPT = frozenset({"drop_id", "code", "incident", "malformed"})
#: Tries of an event that ends in an error which is nobody's fault, before it no longer holds up the others.
MOST_TRIES = 5


class TooManyDevices(MarketplaceError):
    """You have sent events from {most} devices already: go on with one of them."""

    code = Code.TOO_MANY
    pesan = "Anda sudah memakai {most} perangkat: lanjutkan dengan salah satunya."


class WasCarriedOut(MarketplaceError):
    """An event with this number was carried out already, and it was another one."""

    code = Code.IDEMPOTENCY_MISMATCH
    pesan = "Kejadian dengan nomor ini sudah dijalankan, dan isinya lain."


@dataclass(frozen=True, slots=True)
class SentEvent:
    """One event as a device sends it. `content` is what its kind needs, in JSON's types."""

    sequence: int
    name: str
    kind: EventKind
    at: datetime
    job_id: UUID | None
    content: Mapping[str, Any]

    def digest(self) -> str:
        """What makes it the same event when it is sent again; a PIN is not kept, and so is left out."""
        content = {name: value for name, value in self.content.items() if name != "pin"}
        told = [self.name, self.kind, self.at.timestamp(), str(self.job_id), content]
        return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one event. `reasons`: why not, by language; `job`: what stands where it was a conflict."""

    sequence: int
    name: str
    outcome: EventOutcome
    code: Code | None = None
    reasons: Mapping[str, str] | None = None
    is_time_doubted: bool = False
    job: DeliveryJob | None = None
    is_yours: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a device is answered: the number awaited next, how many wait behind it, and each event's outcome."""

    device: str
    awaited: int
    waiting: int
    has_more: bool  # due events are left: send again, without events even
    answers: Sequence[Answered]


async def receive(
    actor: Actor, *, device: str, sent_at: datetime, events: Sequence[SentEvent], signer: Signer
) -> Receipt:
    """Take these events in, and carry out all that are due. Answers for each sent, and for each carried out now.

    `sent_at`: what the device's clock shows as it sends. Raises NotADriver, TooManyDevices, Invalid.
    """
    _check(device, events)
    driver = await carrying_driver(actor)
    row, refused = await _keep(driver, device, sent_at, events)
    done, has_more = await _drain(actor, driver, row.pk, signer)
    return await _receipt(driver, row.pk, events, refused, done, has_more)


def _check(device: str, events: Sequence[SentEvent]) -> None:
    if not 1 <= len(device) <= NAME_LENGTH:
        raise Invalid.field("deviceId", Code.OUT_OF_RANGE, "1 to 64 characters", "1 sampai 64 huruf")
    if len(events) > MOST_SENT:
        raise Invalid.field("events", Code.TOO_MANY, f"at most {MOST_SENT}", f"paling banyak {MOST_SENT}")
    for place, event in enumerate(events):
        if not 1 <= event.sequence <= LARGEST_SEQUENCE:
            raise Invalid.field(f"events.{place}.sequence", Code.OUT_OF_RANGE, "1 and up", "mulai dari 1")
        if not 1 <= len(event.name) <= NAME_LENGTH:
            raise Invalid.field(f"events.{place}.id", Code.OUT_OF_RANGE, "1 to 64 characters", "1 sampai 64 huruf")


async def _keep(
    driver: Driver, name: str, sent_at: datetime, events: Sequence[SentEvent]
) -> tuple[CourierDevice, list[Answered]]:
    """Write down what is new; answers for what could not be kept."""
    async with transaction():
        device = await _device(driver, name)
        now = clock.now()
        device.skew_s, device.seen_at = day.skew_s(sent_at=sent_at, now=now), now
        await device.save(update_fields=["skew_s", "seen_at"])
        sequences, names = [event.sequence for event in events], [event.name for event in events]
        known = {row.sequence: row for row in await CourierEvent.filter(device_id=device.pk, sequence__in=sequences)}
        named = {row.name: row.sequence for row in await CourierEvent.filter(device_id=device.pk, name__in=names)}
        queue = Queue(device.awaited)
        refused: list[Answered] = []
        new: list[CourierEvent] = []
        for event in events:
            standing = known.get(event.sequence)
            if standing is not None or named.get(event.name, event.sequence) != event.sequence:
                if standing is None or standing.digest != event.digest():
                    refused.append(_mismatch(event, IdempotencyMismatch()))
                continue
            place = day.place_for(queue, event.sequence)
            if place is not None:
                is_past = place is EventOutcome.CONFLICT
                later = Answered(event.sequence, event.name, place)
                refused.append(_mismatch(event, WasCarriedOut()) if is_past else later)
                continue
            row = _row(device, event, now)
            known[event.sequence], named[event.name] = row, event.sequence
            new.append(row)
        await CourierEvent.bulk_create(new)
        return device, refused


async def _device(driver: Driver, name: str) -> CourierDevice:
    """The device's row, locked."""
    found = await CourierDevice.get_or_none(driver_id=driver.pk, name=name)
    if found is None:
        await locked_one(Driver, driver.pk)  # two first calls at once make one device
        found = await CourierDevice.get_or_none(driver_id=driver.pk, name=name)
    if found is None:
        if await CourierDevice.filter(driver_id=driver.pk).count() >= MOST_DEVICES:
            raise TooManyDevices(most=MOST_DEVICES)
        found = await CourierDevice.create(driver_id=driver.pk, name=name, seen_at=clock.now())
    return await locked_one(CourierDevice, found.pk) or found


def _row(device: CourierDevice, event: SentEvent, now: datetime) -> CourierEvent:
    content = dict(event.content)
    if len(orjson.dumps(content)) > LARGEST_CONTENT:
        content = {"malformed": "event"}
    return CourierEvent(
        device_id=device.pk,
        sequence=event.sequence,
        name=event.name,
        kind=event.kind,
        job_id=event.job_id,
        content=content,
        digest=event.digest(),
        device_at=event.at,
        is_time_doubted=day.is_doubted(event.at, skew=device.skew_s, now=now),
        created_at=now,
    )


def _mismatch(event: SentEvent, error: MarketplaceError) -> Answered:
    return Answered(event.sequence, event.name, EventOutcome.CONFLICT, error.code, _reasons(error))


def _reasons(error: MarketplaceError) -> dict[str, str]:
    told = {language: error.message(language) for language in ("id", "en")}
    for fault in error.faults[:3]:
        told["id"] += f" {'.'.join(fault.path)}: {fault.pesan or fault.message}."
        told["en"] += f" {'.'.join(fault.path)}: {fault.message}."
    return told


async def _drain(actor: Actor, driver: Driver, device_id: UUID, signer: Signer) -> tuple[list[int], bool]:
    """Carry out what is due, one after another; answers their sequences, and whether more is due."""
    done: list[int] = []
    while len(done) < MOST_AT_ONCE:
        try:
            sequence = await _next(actor, driver, device_id, signer)
        except Exception as error:  # of the database, or a fault of ours: tried again, but not for ever
            if isinstance(error, MarketplaceError) and not error.retryable:
                raise
            if not await _count_try(device_id, error):
                return done, True
            continue
        if sequence is None:
            return done, False
        done.append(sequence)
    return done, True


async def _next(actor: Actor, driver: Driver, device_id: UUID, signer: Signer) -> int | None:
    """Carry out the awaited event, and await the next; None when it has not come."""
    async with transaction():
        device = await locked_one(CourierDevice, device_id)
        event = None if device is None else await _due(device)
        if device is None or event is None:
            return None
        if event.tries >= MOST_TRIES:
            event.outcome, event.code = EventOutcome.CONFLICT, Code.INTERNAL.value
        else:
            await _carry_out(Doing(actor, driver, event, signer))
        await _settle(device, event)
        return event.sequence


async def _due(device: CourierDevice) -> CourierEvent | None:
    return await CourierEvent.get_or_none(device_id=device.pk, sequence=device.awaited)


async def _carry_out(doing: Doing) -> None:
    """Set the event's outcome. What is refused has undone itself, and leaves what it counted (a wrong PIN)."""
    event = doing.event
    try:
        await carry_out(doing)
    except MarketplaceError as refused:
        if refused.retryable:
            raise
        event.outcome, event.code, event.reasons = EventOutcome.CONFLICT, refused.code.value, _reasons(refused)
    else:
        event.outcome = EventOutcome.APPLIED


async def _settle(device: CourierDevice, event: CourierEvent) -> None:
    event.applied_at = clock.now()
    event.content = {name: value for name, value in event.content.items() if name in KEPT}
    await event.save(update_fields=["outcome", "code", "reasons", "applied_at", "content"])
    device.awaited += 1
    await device.save(update_fields=["awaited"])


async def _count_try(device_id: UUID, error: Exception) -> bool:
    """Remember one try in vain; answers whether to go on, since the event has used up its tries."""
    log.warning("courier event not carried out", device=str(device_id), exc_info=error)
    async with transaction():
        device = await locked_one(CourierDevice, device_id)
        event = None if device is None else await _due(device)
        if event is None:
            return False
        event.tries += 1
        await event.save(update_fields=["tries"])
        return event.tries >= MOST_TRIES


async def _receipt(
    driver: Driver,
    device_id: UUID,
    sent: Sequence[SentEvent],
    refused: Sequence[Answered],
    done: Sequence[int],
    has_more: bool,
) -> Receipt:
    device = await CourierDevice.get(pk=device_id)
    wanted = sorted({event.sequence for event in sent} | set(done))
    rows = {row.sequence: row for row in await CourierEvent.filter(device_id=device_id, sequence__in=wanted)}
    conflicting = [row for row in rows.values() if row.outcome is EventOutcome.CONFLICT and row.job_id is not None]
    stands = await _stands(driver, {row.job_id for row in conflicting if row.job_id is not None})
    kept = [_answer(rows[sequence], stands, driver) for sequence in wanted if sequence in rows]
    answers = sorted([*kept, *refused], key=lambda answer: answer.sequence)
    waiting = await CourierEvent.filter(device_id=device_id, sequence__gte=device.awaited).count()
    return Receipt(device.name, device.awaited, waiting, has_more, answers)


async def _stands(driver: Driver, job_ids: set[UUID]) -> dict[UUID, DeliveryJob]:
    """The jobs of conflicts as they stand: those that the driver holds, or has held."""
    jobs = await DeliveryJob.filter(pk__in=sorted(job_ids)) if job_ids else []
    return {job.pk: job for job in jobs if job.driver_id == driver.pk or await held_before(driver, job.pk)}


def _answer(row: CourierEvent, stands: Mapping[UUID, DeliveryJob], driver: Driver) -> Answered:
    is_conflict = row.outcome is EventOutcome.CONFLICT
    job = stands.get(row.job_id) if is_conflict and row.job_id is not None else None
    return Answered(
        sequence=row.sequence,
        name=row.name,
        outcome=row.outcome,
        code=None if row.code is None else Code(row.code),
        reasons=row.reasons,
        is_time_doubted=row.is_time_doubted,
        job=job,
        is_yours=job is not None and job.driver_id == driver.pk,
    )
