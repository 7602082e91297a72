"""A job's life: the table, and what holds whatever happens."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.deliveries.lifecycle import (
    CARRIED,
    HELD,
    Carriage,
    DropState,
    JobEvent,
    JobState,
    WrongJobState,
    advance,
)

S, E, D = JobState, JobEvent, DropState
BUDI, SITI = UUID(int=1), UUID(int=2)

#: state, its one drop | event | the state after, its drop; None where it is refused.
ONE_DROP = [
    (S.DRAFT, D.WAITING, E.PUBLISH, S.OPEN, D.WAITING),
    (S.OPEN, D.WAITING, E.CLAIM, S.ASSIGNED, D.WAITING),
    (S.OPEN, D.WAITING, E.PICK_UP, None, None),
    (S.OPEN, D.WAITING, E.EXPIRE, S.UNSERVED, D.WAITING),
    (S.UNSERVED, D.WAITING, E.CLAIM, None, None),
    (S.UNSERVED, D.WAITING, E.REOPEN, S.OPEN, D.WAITING),
    (S.UNSERVED, D.WAITING, E.CANCEL, S.CANCELLED, D.CANCELLED),
    (S.ASSIGNED, D.WAITING, E.CLAIM, None, None),
    (S.ASSIGNED, D.WAITING, E.GIVE_UP, S.OPEN, D.WAITING),
    (S.ASSIGNED, D.WAITING, E.PICK_UP, None, None),
    (S.ASSIGNED, D.WAITING, E.FAIL, None, None),
    (S.ASSIGNED, D.WAITING, E.DROP_OFF, None, None),
    (S.AT_PICKUP, D.WAITING, E.PICK_UP, S.CARRYING, D.CARRIED),
    (S.AT_PICKUP, D.WAITING, E.DROP_OFF, None, None),
    (S.AT_PICKUP, D.WAITING, E.FAIL, None, None),
    (S.CARRYING, D.CARRIED, E.GIVE_UP, None, None),
    (S.CARRYING, D.CARRIED, E.CANCEL, None, None),
    (S.CARRYING, D.CARRIED, E.DROP_OFF, None, None),
    (S.CARRYING, D.CARRIED, E.ARRIVE_AT_DROP_OFF, S.AT_DROPOFF, D.AT_DOOR),
    (S.CARRYING, D.CARRIED, E.FAIL, S.FAILED, D.FAILED),
    (S.AT_DROPOFF, D.AT_DOOR, E.DROP_OFF, S.DELIVERED, D.DELIVERED),
    (S.AT_DROPOFF, D.AT_DOOR, E.FAIL, S.FAILED, D.FAILED),
    (S.FAILED, D.FAILED, E.TURN_BACK, S.RETURNING, D.FAILED),
    (S.RETURNING, D.FAILED, E.RETURN, S.RETURNED, D.RETURNED),
    (S.DELIVERED, D.DELIVERED, E.FAIL, None, None),
    (S.CANCELLED, D.CANCELLED, E.CLAIM, None, None),
]


@pytest.mark.parametrize(("state", "drop", "event", "after", "drop_after"), ONE_DROP)
def test_the_table(state: S, drop: D, event: E, after: S | None, drop_after: D | None) -> None:
    job = Carriage(state, (drop,), BUDI if state in HELD else None)
    if after is None:
        with pytest.raises(WrongJobState):
            advance(job, event, drop=0, by=SITI)
        return
    found = advance(job, event, drop=0, by=SITI)
    assert (found.state, found.drops) == (after, (drop_after,))


def test_failing_one_drop_of_two_keeps_the_other() -> None:
    job = Carriage(S.CARRYING, (D.CARRIED, D.CARRIED), BUDI)
    job = advance(job, E.FAIL, drop=0)
    assert (job.state, job.drops) == (S.CARRYING, (D.FAILED, D.CARRIED))
    job = advance(job, E.ARRIVE_AT_DROP_OFF, drop=1)
    job = advance(job, E.DROP_OFF, drop=1)
    assert job.state is S.FAILED  # what failed still has to go back
    job = advance(advance(job, E.TURN_BACK), E.RETURN)
    assert (job.state, job.drops) == (S.RETURNED, (D.RETURNED, D.DELIVERED))


def test_cancelling_the_last_drop_cancels_the_job() -> None:
    job = Carriage(S.OPEN, (D.WAITING, D.WAITING))
    job = advance(job, E.CANCEL_DROP, drop=1)
    assert (job.state, job.drops) == (S.OPEN, (D.WAITING, D.CANCELLED))
    job = advance(job, E.CANCEL_DROP, drop=0)
    assert job.state is S.CANCELLED


def test_a_cancelled_drop_is_not_picked_up() -> None:
    job = Carriage(S.AT_PICKUP, (D.WAITING, D.CANCELLED), BUDI)
    job = advance(job, E.PICK_UP)
    assert job.drops == (D.CARRIED, D.CANCELLED)


STEPS = st.lists(
    st.tuples(st.sampled_from(list(E)), st.integers(0, 2), st.sampled_from([BUDI, SITI, None])), max_size=40
)


@given(st.integers(1, 3), STEPS)
def test_whatever_happens_the_claims_hold(drops: int, steps: list[tuple[E, int, UUID | None]]) -> None:
    job = Carriage(S.OPEN, (D.WAITING,) * drops)
    picked_up = False
    for event, drop, by in steps:
        before = job
        try:
            job = advance(job, event, drop=min(drop, drops - 1), by=by)
        except WrongJobState:
            assert job == before  # a refusal changes nothing
            continue
        picked_up = picked_up or event is E.PICK_UP
        # held exactly while someone carries or is on his way; never by two
        assert (job.holder is not None) == (job.state in HELD or job.state in (S.DELIVERED, S.RETURNED))
        if event not in (E.CLAIM, E.REASSIGN) and job.holder is not None:
            assert job.holder == before.holder  # nobody takes another's job
        if not picked_up:
            assert set(job.drops) <= {D.WAITING, D.CANCELLED}  # nothing done or failed before its pickup
        if job.state is S.DELIVERED:
            assert set(job.drops) <= {D.DELIVERED, D.CANCELLED}
        if job.state in (S.CARRYING, S.AT_DROPOFF):
            assert any(state in CARRIED for state in job.drops)
        if job.state is S.RETURNED:
            assert D.FAILED not in job.drops
            assert D.RETURNED in job.drops
