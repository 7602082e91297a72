"""A delivery job's life: one table of what may happen, and a pure function that decides.

Source: domain.md, "Delivery job". A job has one pickup and one or several drops, each with its own state.
Only `JOB_MOVES` and `DROP_MOVES` say what is allowed; what a drop's end means for the whole job follows from
the states of all its drops (`_after_drop`).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from marketplace.errors import Code, MarketplaceError


class JobState(StrEnum):
    """Where a delivery job stands."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    OFFERED = "OFFERED"
    ASSIGNED = "ASSIGNED"
    AT_PICKUP = "AT_PICKUP"
    CARRYING = "CARRYING"
    AT_DROPOFF = "AT_DROPOFF"
    AT_HUB = "AT_HUB"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    RETURNING = "RETURNING"
    RETURNED = "RETURNED"
    UNSERVED = "UNSERVED"
    CANCELLED = "CANCELLED"


class DropState(StrEnum):
    """Where one drop of a job stands."""

    WAITING = "WAITING"  # not picked up yet
    CARRIED = "CARRIED"
    AT_DOOR = "AT_DOOR"
    STORED = "STORED"  # at a hub, between two legs
    SENT_BACK = "SENT_BACK"  # at a hub, for the seller to fetch
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"  # on its way back
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"


class JobEvent(StrEnum):
    """What may happen to a delivery job."""

    PUBLISH = "PUBLISH"
    OFFER = "OFFER"
    WITHDRAW_OFFERS = "WITHDRAW_OFFERS"
    CLAIM = "CLAIM"
    GIVE_UP = "GIVE_UP"
    REASSIGN = "REASSIGN"
    PASS_ON = "PASS_ON"
    HAND_IN = "HAND_IN"
    ARRIVE_AT_PICKUP = "ARRIVE_AT_PICKUP"
    PICK_UP = "PICK_UP"
    ARRIVE_AT_DROP_OFF = "ARRIVE_AT_DROP_OFF"
    DROP_OFF = "DROP_OFF"
    FAIL = "FAIL"
    RETRY = "RETRY"
    TURN_BACK = "TURN_BACK"
    RETURN = "RETURN"
    EXPIRE = "EXPIRE"
    REOPEN = "REOPEN"
    CANCEL = "CANCEL"
    CANCEL_DROP = "CANCEL_DROP"
    REPRICE = "REPRICE"


class FailureCode(StrEnum):
    """Why a drop could not be made."""

    NOBODY_HOME = "NOBODY_HOME"
    WRONG_ADDRESS = "WRONG_ADDRESS"
    REFUSED = "REFUSED"
    DAMAGED = "DAMAGED"
    CLOSED = "CLOSED"
    UNREACHABLE = "UNREACHABLE"
    WEATHER = "WEATHER"
    ACCIDENT = "ACCIDENT"
    UNSAFE = "UNSAFE"
    VEHICLE = "VEHICLE"
    CASH_DISPUTE = "CASH_DISPUTE"
    OTHER = "OTHER"  # needs a text


class WrongJobState(MarketplaceError):
    """This delivery is {state}: that can't be done with it now."""

    code = Code.WRONG_STATE
    pesan = "Antaran ini berstatus {state}: hal itu tidak dapat dilakukan sekarang."


S, E, D = JobState, JobEvent, DropState

#: (state, event) -> the next state. DROP_OFF, FAIL and CANCEL_DROP go on by what the other drops say.
JOB_MOVES: dict[tuple[JobState, JobEvent], JobState] = {
    (S.DRAFT, E.PUBLISH): S.OPEN,
    (S.OPEN, E.OFFER): S.OFFERED,
    (S.OFFERED, E.WITHDRAW_OFFERS): S.OPEN,
    (S.OPEN, E.CLAIM): S.ASSIGNED,
    (S.OFFERED, E.CLAIM): S.ASSIGNED,
    (S.ASSIGNED, E.GIVE_UP): S.OPEN,
    (S.AT_PICKUP, E.GIVE_UP): S.OPEN,
    (S.OPEN, E.REASSIGN): S.ASSIGNED,
    (S.OFFERED, E.REASSIGN): S.ASSIGNED,
    (S.UNSERVED, E.REASSIGN): S.ASSIGNED,
    (S.ASSIGNED, E.REASSIGN): S.ASSIGNED,
    (S.AT_PICKUP, E.REASSIGN): S.ASSIGNED,
    (S.ASSIGNED, E.ARRIVE_AT_PICKUP): S.AT_PICKUP,
    (S.AT_PICKUP, E.PICK_UP): S.CARRYING,
    (S.CARRYING, E.ARRIVE_AT_DROP_OFF): S.AT_DROPOFF,
    (S.AT_DROPOFF, E.DROP_OFF): S.CARRYING,
    (S.AT_DROPOFF, E.FAIL): S.CARRYING,
    (S.CARRYING, E.FAIL): S.CARRYING,
    # On the road the goods go from one driver's hands into another's: a hand-over is no state of its own.
    (S.CARRYING, E.PASS_ON): S.CARRYING,
    (S.AT_DROPOFF, E.PASS_ON): S.CARRYING,
    (S.RETURNING, E.PASS_ON): S.RETURNING,
    # At a hub nobody holds the goods: drivers see them when the next leg's window opens, or the seller fetches them.
    (S.CARRYING, E.HAND_IN): S.AT_HUB,
    (S.RETURNING, E.HAND_IN): S.AT_HUB,
    (S.AT_HUB, E.PUBLISH): S.OPEN,
    (S.AT_HUB, E.TURN_BACK): S.AT_HUB,
    (S.AT_HUB, E.RETURN): S.RETURNED,
    (S.FAILED, E.TURN_BACK): S.RETURNING,
    # What failed is tried again: on the way back, or between two other doors.
    (S.RETURNING, E.RETRY): S.CARRYING,
    (S.CARRYING, E.RETRY): S.CARRYING,
    (S.AT_DROPOFF, E.RETRY): S.AT_DROPOFF,
    (S.RETURNING, E.RETURN): S.RETURNED,
    (S.OPEN, E.EXPIRE): S.UNSERVED,
    (S.OFFERED, E.EXPIRE): S.UNSERVED,
    (S.UNSERVED, E.REOPEN): S.OPEN,
    **{
        (state, event): S.CANCELLED if event is E.CANCEL else state
        for state in (S.DRAFT, S.OPEN, S.OFFERED, S.UNSERVED, S.ASSIGNED, S.AT_PICKUP)
        for event in (E.CANCEL, E.CANCEL_DROP, E.REPRICE)
    },
}

#: (state of the drop, event) -> its next state. Nothing is done or failed before the pickup.
DROP_MOVES: dict[tuple[DropState, JobEvent], DropState] = {
    (D.WAITING, E.PICK_UP): D.CARRIED,
    (D.WAITING, E.CANCEL): D.CANCELLED,
    (D.WAITING, E.CANCEL_DROP): D.CANCELLED,
    (D.CARRIED, E.ARRIVE_AT_DROP_OFF): D.AT_DOOR,
    (D.AT_DOOR, E.PASS_ON): D.CARRIED,
    (D.CARRIED, E.HAND_IN): D.STORED,
    (D.FAILED, E.HAND_IN): D.SENT_BACK,
    (D.STORED, E.PICK_UP): D.CARRIED,
    (D.STORED, E.TURN_BACK): D.SENT_BACK,
    (D.SENT_BACK, E.RETURN): D.RETURNED,
    (D.AT_DOOR, E.DROP_OFF): D.DELIVERED,
    (D.AT_DOOR, E.FAIL): D.FAILED,
    (D.CARRIED, E.FAIL): D.FAILED,
    (D.FAILED, E.RETRY): D.CARRIED,
    (D.FAILED, E.RETURN): D.RETURNED,
}

#: While goods stand at a hub: when nobody fetches them in time they wait there, rather than asking the buyer.
HUB_MOVES: dict[tuple[JobState, JobEvent], JobState] = {
    (S.OPEN, E.EXPIRE): S.AT_HUB,
    (S.OFFERED, E.EXPIRE): S.AT_HUB,
}
#: And what can't happen to them: they are called off only by turning back.
NOT_AT_HUB = frozenset({E.CANCEL, E.CANCEL_DROP, E.REPRICE, E.REOPEN})
AT_HUB = frozenset({D.STORED, D.SENT_BACK})
#: Events that concern one drop; the others concern each drop that they can move.
OF_ONE_DROP = frozenset({E.ARRIVE_AT_DROP_OFF, E.DROP_OFF, E.FAIL, E.RETRY, E.CANCEL_DROP})
#: States in which a driver holds the job.
HELD = frozenset({S.ASSIGNED, S.AT_PICKUP, S.CARRYING, S.AT_DROPOFF, S.FAILED, S.RETURNING})
#: States in which a job looks for its driver.
LOOKING = frozenset({S.OPEN, S.OFFERED})
#: Events by which a driver takes the job.
TAKING = frozenset({E.CLAIM, E.REASSIGN, E.PASS_ON})
#: States after the last driver has handed over; the job keeps his name.
ENDED_BY_DRIVER = frozenset({S.DELIVERED, S.RETURNED})
FINAL = ENDED_BY_DRIVER | {S.CANCELLED}
CARRIED = frozenset({D.CARRIED, D.AT_DOOR})


@dataclass(frozen=True, slots=True)
class Carriage:
    """What the rules need to know of a job: its state, who holds it, and each drop's state in order."""

    state: JobState
    drops: tuple[DropState, ...]
    holder: UUID | None = None


def advance(job: Carriage, event: JobEvent, *, drop: int | None = None, by: UUID | None = None) -> Carriage:
    """The job after `event`.

    `drop` is the index of the drop for events of one drop; `by` the driver who takes it, for CLAIM, REASSIGN and
    PASS_ON. Raises WrongJobState.
    """
    following = _following(job, event)
    if following is None:
        raise WrongJobState(state=job.state.value)
    if event in TAKING and by is None:
        raise WrongJobState(state=job.state.value)
    drops = _move_drops(job, event, drop)
    state = _after_drop(following, drops, event)
    holder = by if event in TAKING else job.holder
    return replace(
        job, state=state, drops=drops, holder=holder if state in HELD or state in ENDED_BY_DRIVER else None
    )


def _following(job: Carriage, event: JobEvent) -> JobState | None:
    """What the tables say, less what drops at a hub, or failed beside carried ones, forbid."""
    following = JOB_MOVES.get((job.state, event))
    if any(state in AT_HUB for state in job.drops):
        is_barred = event in NOT_AT_HUB or (event is E.PUBLISH and D.STORED not in job.drops)
        if is_barred or (event is E.RETURN and D.STORED in job.drops):
            return None
        return HUB_MOVES.get((job.state, event), following)
    if event is E.HAND_IN and D.FAILED in job.drops and any(state in CARRIED for state in job.drops):
        return None  # one hub stay is either onward or back
    return following


def _move_drops(job: Carriage, event: JobEvent, drop: int | None) -> tuple[DropState, ...]:
    if event in OF_ONE_DROP:
        moved = None if drop is None else DROP_MOVES.get((job.drops[drop], event))
        if moved is None:
            state = job.state if drop is None else job.drops[drop]
            raise WrongJobState(state=state.value)
        return tuple(moved if index == drop else state for index, state in enumerate(job.drops))
    return tuple(DROP_MOVES.get((state, event), state) for state in job.drops)


def _after_drop(following: JobState, drops: tuple[DropState, ...], event: JobEvent) -> JobState:
    """Carry on while something is carried; then bring back what failed; else it is delivered."""
    if event is E.CANCEL_DROP:
        return S.CANCELLED if all(state is D.CANCELLED for state in drops) else following
    if event not in (E.DROP_OFF, E.FAIL) or any(state in CARRIED for state in drops):
        return following
    return S.FAILED if D.FAILED in drops else S.DELIVERED
