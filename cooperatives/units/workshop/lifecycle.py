"""The life of a job card: states, what happens, and who may do it. Pure."""

from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    BOOKED = "BOOKED"  # a time is kept for it
    RECEIVED = "RECEIVED"  # the vehicle is here
    ESTIMATED = "ESTIMATED"  # the customer is asked whether it may cost so much
    WORKING = "WORKING"  # he agreed
    BILLED = "BILLED"
    CANCELLED = "CANCELLED"


class JobEvent(StrEnum):
    """What happens to a job."""

    RECEIVE = "RECEIVE"
    ESTIMATE = "ESTIMATE"  # lines beyond what was agreed to
    CHANGE = "CHANGE"  # lines within it
    AGREE = "AGREE"
    DECLINE = "DECLINE"
    BILL = "BILL"
    CANCEL = "CANCEL"


class Side(StrEnum):
    """On whose behalf."""

    KEEPER = "KEEPER"
    CUSTOMER = "CUSTOMER"


_S, _E = JobState, JobEvent
_BOTH = frozenset(Side)
_KEEPER = frozenset({Side.KEEPER})

#: (state, event) -> (who may, state after it).
STEPS: dict[tuple[JobState, JobEvent], tuple[frozenset[Side], JobState]] = {
    (_S.BOOKED, _E.RECEIVE): (_KEEPER, _S.RECEIVED),
    (_S.BOOKED, _E.CANCEL): (_BOTH, _S.CANCELLED),
    (_S.RECEIVED, _E.ESTIMATE): (_KEEPER, _S.ESTIMATED),
    (_S.RECEIVED, _E.CANCEL): (_BOTH, _S.CANCELLED),
    (_S.ESTIMATED, _E.ESTIMATE): (_KEEPER, _S.ESTIMATED),
    (_S.ESTIMATED, _E.AGREE): (_BOTH, _S.WORKING),
    (_S.ESTIMATED, _E.DECLINE): (_BOTH, _S.RECEIVED),
    (_S.WORKING, _E.ESTIMATE): (_KEEPER, _S.ESTIMATED),
    (_S.WORKING, _E.CHANGE): (_KEEPER, _S.WORKING),
    (_S.WORKING, _E.BILL): (_KEEPER, _S.BILLED),
}
#: These take up room in the workshop.
UNDER_WAY = (_S.BOOKED, _S.RECEIVED, _S.ESTIMATED, _S.WORKING)


def step(state: JobState, event: JobEvent, side: Side, *, agreed: int | None = None) -> JobState | None:
    """The state after it, or None when that can't be. `agreed`: what the customer has agreed to before.

    Who declines more than he agreed to before goes back to what he agreed to; a job that was agreed to can't be
    cancelled any more: it is billed for what was done.
    """
    known = STEPS.get((state, event))
    if known is None or side not in known[0]:
        return None
    if event is JobEvent.DECLINE and agreed is not None:
        return JobState.WORKING
    if event is JobEvent.CANCEL and agreed is not None:
        return None
    return known[1]


def exceeds(total: int, agreed: int | None) -> bool:
    """Whether lines of this total need the customer's word before work goes on."""
    return agreed is None or total > agreed
