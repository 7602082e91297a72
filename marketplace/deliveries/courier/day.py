"""A courier's day as his device tells it: numbered events, carried out once each, in their numbers' order. Pure.

A device without a network keeps what happens, and sends it in any order and as often as it likes until it is
answered. The node keeps what comes after a gap and carries it out when the gap is filled, so that the day ends the
same way however it arrived. `Queue` is all that must be remembered for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

#: How far beyond the awaited sequence an event is kept: the most that waits behind a gap.
WINDOW = 500
#: A device's clock may be off by so much before its times are doubted.
CLOCK_TOLERANCE = timedelta(minutes=2)
#: What a device says happened longer ago than this is doubted too.
LONGEST_OFFLINE = timedelta(days=7)
#: A device's clock is believed to be off by no more than this when its events are put on the node's clock.
MOST_SKEW_S = 2_000_000_000


class EventKind(StrEnum):
    """What a courier's device tells."""

    ARRIVE_AT_PICKUP = "ARRIVE_AT_PICKUP"
    PICK_UP = "PICK_UP"
    ARRIVE_AT_DROP_OFF = "ARRIVE_AT_DROP_OFF"
    DROP_OFF = "DROP_OFF"
    FAIL = "FAIL"
    RETRY = "RETRY"
    RETURN = "RETURN"
    GIVE_UP = "GIVE_UP"
    POSITION = "POSITION"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    MESSAGE = "MESSAGE"
    CALL = "CALL"
    INCIDENT = "INCIDENT"
    SOS = "SOS"
    SKIPPED = "SKIPPED"  # the device has lost the event with this number


class EventOutcome(StrEnum):
    """What became of an event."""

    APPLIED = "APPLIED"
    CONFLICT = "CONFLICT"  # what stands is otherwise: nothing was changed by it
    WAITING = "WAITING"  # kept; an earlier one is awaited
    NOT_KEPT = "NOT_KEPT"  # too far ahead of the awaited one: to be sent again later


@dataclass(frozen=True, slots=True)
class Queue:
    """What one device's events have come to: all before `awaited` are done, `held` wait behind a gap."""

    awaited: int = 1
    held: frozenset[int] = frozenset()

    @property
    def due(self) -> int | None:
        """The sequence to carry out now; None while it is still awaited."""
        return self.awaited if self.awaited in self.held else None


def place_for(queue: Queue, sequence: int) -> EventOutcome | None:
    """Where an event that is not known yet goes: None when it is to be kept, else why it is not.

    A number before the awaited one that nobody knows can't be: it was carried out, and what was is known.
    """
    if sequence < queue.awaited:
        return EventOutcome.CONFLICT
    return None if sequence < queue.awaited + WINDOW else EventOutcome.NOT_KEPT


def take_in(queue: Queue, sequences: Iterable[int]) -> Queue:
    """The queue with these events kept; those out of bounds, and those that it has, change nothing."""
    kept = {sequence for sequence in sequences if place_for(queue, sequence) is None}
    return replace(queue, held=queue.held | kept)


def carried_out(queue: Queue) -> Queue:
    """The queue after the due event. Raises ValueError when none is due."""
    if queue.due is None:
        raise ValueError("nothing is due")
    return Queue(queue.awaited + 1, queue.held - {queue.awaited})


def skew_s(*, sent_at: datetime, now: datetime) -> int:
    """By how many seconds a device's clock is behind the node's, by what it showed as it sent."""
    return max(-MOST_SKEW_S, min(MOST_SKEW_S, round((now - sent_at).total_seconds())))


def is_doubted(device_at: datetime, *, skew: int, now: datetime) -> bool:
    """Whether a time of the device is not to be believed: its clock is off, or the time lies ahead or long ago."""
    if abs(skew) > CLOCK_TOLERANCE.total_seconds():
        return True
    return not now - LONGEST_OFFLINE <= device_at <= now + CLOCK_TOLERANCE
