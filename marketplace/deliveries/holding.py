"""A job with its drops, locked, and the one way in which it changes: by an event of its lifecycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marketplace import clock, outbox
from marketplace.batches import execute_among
from marketplace.database import connection, locked_one, new_id_text
from marketplace.deliveries import allied, headroom, lifecycle
from marketplace.deliveries.dispatch import ending
from marketplace.deliveries.lifecycle import Carriage, JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob, Driver, Drop, JobStateChange
from marketplace.errors import NotFound
from marketplace.inserts import insert_many

#: Events of the outbox that a change of the job's state brings, beside "job.changed".
_SAYS = {
    JobState.OPEN: "job.opened",
    JobState.ASSIGNED: "job.assigned",
    JobState.CARRYING: "job.carried",
    JobState.UNSERVED: "job.unserved",
    JobState.RETURNING: "job.returning",
    JobState.CANCELLED: "job.cancelled",
}
#: And of a job booked alone; of an order's job the order itself says so.
_SAYS_ALONE = {JobState.DELIVERED: "job.delivered", JobState.RETURNED: "job.returned"}
#: Events after which the job stands in its state as before, or is to be told of by no one.
_NO_NEWS = frozenset({JobEvent.CANCEL_DROP, JobEvent.PASS_ON, JobEvent.WITHDRAW_OFFERS, JobEvent.REPRICE})
#: The moment that each event is remembered by on the job's row.
_STAMPS = {
    JobEvent.CLAIM: "assigned_at",
    JobEvent.REASSIGN: "assigned_at",
    JobEvent.PICK_UP: "picked_up_at",
}


@dataclass(slots=True)
class LockedJob:
    """A job's row under its lock, and its drops in the order of the route (the job's lock guards them)."""

    row: DeliveryJob
    drops: list[Drop]

    @property
    def carriage(self) -> Carriage:
        return Carriage(self.row.state, tuple(drop.state for drop in self.drops), self.row.driver_id)

    def index(self, drop_id: UUID | None) -> int:
        """Where this drop stands; None means the only one. Raises NotFound."""
        for index, drop in enumerate(self.drops):
            if drop.pk == drop_id or (drop_id is None and len(self.drops) == 1):
                return index
        raise NotFound("drop")


async def lock_job(job_id: UUID) -> LockedJob:
    """The job, locked. In the caller's transaction, after the shift and before the sub-order."""
    row = await locked_one(DeliveryJob, job_id)
    if row is None:
        raise NotFound("delivery job")
    return LockedJob(row, await Drop.filter(job_id=job_id).order_by("position"))


async def move(
    job: LockedJob,
    event: JobEvent,
    *,
    by: UUID | None,
    drop: int | None = None,
    driver: Driver | None = None,
    reason: str | None = None,
    values: Mapping[str, Any] | None = None,
    drop_values: Mapping[str, Any] | None = None,
) -> None:
    """Let `event` happen to the locked job, write it, remember it and tell of it. Raises WrongJobState.

    `driver` is who takes it (CLAIM, REASSIGN); `values` and `drop_values` are further columns to write.
    """
    _check_leg(job.row, event)
    after = lifecycle.advance(job.carriage, event, drop=drop, by=None if driver is None else driver.pk)
    row = job.row
    was_offered = row.state is JobState.OFFERED
    former, former_carrier = row.driver_account_id, row.carrier_id
    to_come = headroom.cash_to_come(row, job.drops)
    changed = dict(values or {}) | _holder(row, after.holder, driver)
    if event in _STAMPS:
        changed[_STAMPS[event]] = clock.now()
    if after.state in lifecycle.FINAL:
        changed["ended_at"] = clock.now()
    row.state, row.version = after.state, row.version + 1
    for name, value in changed.items():
        setattr(row, name, value)
    await row.save(update_fields=["state", "version", *changed])
    if was_offered and row.state is not JobState.OFFERED:
        await ending.end_offers(row, is_taken=event is JobEvent.CLAIM)
    await _move_drops(job.drops, after.drops, drop, drop_values or {})
    await headroom.release(row, before=to_come, left=headroom.cash_to_come(row, job.drops))
    await allied.let_go(row, former_id=former_carrier)
    await _remember(job, event, by=by, drop=drop, reason=reason, former=former)
    if after.state is JobState.FAILED:  # nothing is left to carry forward: what failed goes back
        await move(job, JobEvent.TURN_BACK, by=by)


async def move_all(rows: Sequence[DeliveryJob], event: JobEvent) -> None:
    """Let an event that concerns neither drops nor holder happen to locked jobs: OFFER, WITHDRAW_OFFERS.

    As `move` does for one, in as many statements as for one. Raises WrongJobState.
    """
    if not rows:
        return
    for row in rows:
        row.state = lifecycle.advance(Carriage(row.state, ()), event).state
        row.version += 1
    await execute_among(_MOVED, [row.pk for row in rows], state=rows[0].state.value)
    now = clock.now()
    changes = [(new_id_text(), now, row.pk, row.version, event.value, row.state.value) for row in rows]
    await insert_many(JobStateChange, _CHANGE, changes, connection())
    await outbox.record_all("job.changed", [(row.pk, _told(row)) for row in rows])


_MOVED = 'UPDATE "delivery_job" SET "state" = {state}, "version" = "version" + 1 WHERE "id" {among}'
_CHANGE = ("id", "created_at", "job_id", "version", "event", "state")


def _check_leg(row: DeliveryJob, event: JobEvent) -> None:
    """A leg of a relay is taken within its window, and one that ends at a hub at no door. Raises WrongJobState."""
    if row.legs_left is None:
        return
    is_late = event in (JobEvent.CLAIM, JobEvent.REASSIGN) and clock.now() >= row.open_until
    if is_late or (row.legs_left and event is JobEvent.ARRIVE_AT_DROP_OFF):
        raise lifecycle.WrongJobState(state=row.state.value)


def _holder(row: DeliveryJob, holder: UUID | None, driver: Driver | None) -> dict[str, Any]:
    if holder == row.driver_id:
        return {}
    if holder is None or driver is None:
        return {"driver_id": None, "driver_account_id": None, "carrier_id": None}
    return {
        "driver_id": driver.pk,
        "driver_account_id": driver.account_id,
        "carrier_id": driver.cooperative_id,
    }


async def _move_drops(
    drops: Sequence[Drop],
    states: Sequence[lifecycle.DropState],
    chosen: int | None,
    values: Mapping[str, Any],
) -> None:
    for index, (drop, state) in enumerate(zip(drops, states, strict=True)):
        changed: dict[str, Any] = dict(values) if index == chosen else {}
        if state is not drop.state:
            changed["state"] = state
            if state in (lifecycle.DropState.DELIVERED, lifecycle.DropState.RETURNED):
                changed["ended_at"] = clock.now()
        if not changed:
            continue
        for name, value in changed.items():
            setattr(drop, name, value)
        await drop.save(update_fields=list(changed))


async def _remember(
    job: LockedJob,
    event: JobEvent,
    *,
    by: UUID | None,
    drop: int | None,
    reason: str | None,
    former: UUID | None,
) -> None:
    row = job.row
    await JobStateChange.create(
        job_id=row.pk,
        version=row.version,
        event=event,
        state=row.state,
        drop_id=None if drop is None else job.drops[drop].pk,
        by_id=by,
        holder_id=row.driver_id if row.state in lifecycle.HELD else None,
        reason=reason,
    )
    is_news = event not in _NO_NEWS or row.state is JobState.CANCELLED
    said = _SAYS.get(row.state) or (_SAYS_ALONE.get(row.state) if row.sub_order_id is None else None)
    await tell(row, said if is_news else None, former=former, by=by)
    if row.state is JobState.AT_HUB:
        is_back = all(each.state is not lifecycle.DropState.STORED for each in job.drops)
        facts = {"hub": row.pickup_name, "is_back": is_back, "was_put_out": event is JobEvent.EXPIRE}
        parties = {"seller_id": str(row.seller_id), "cooperative_id": str(row.cooperative_id)}
        await outbox.record("job.at_hub", row.pk, {**parties, **facts})


async def tell(
    row: DeliveryJob, said: str | None = None, *, former: UUID | None = None, by: UUID | None = None
) -> None:
    """Record "job.changed" and, where given, the event that says what the change was.

    `former` is the account of the driver who held it before: he must hear that it was cancelled. `by` is who did it.
    """
    payload = _told(row, former=former, by=by)
    await outbox.record("job.changed", row.pk, payload)
    if said is not None:
        await outbox.record(said, row.pk, payload)


def _told(row: DeliveryJob, *, former: UUID | None = None, by: UUID | None = None) -> dict[str, Any]:
    driver_account_id = row.driver_account_id or former
    return {
        "version": row.version,
        "state": row.state.value,
        "sub_order_id": None if row.sub_order_id is None else str(row.sub_order_id),
        "seller_id": str(row.seller_id),
        "cooperative_id": str(row.cooperative_id),
        "carrier_id": None if row.carrier_id is None else str(row.carrier_id),
        "driver_account_id": None if driver_account_id is None else str(driver_account_id),
        "by_id": None if by is None else str(by),
    }
