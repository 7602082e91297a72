"""Checks of offers: one that was accepted made its driver the holder, and none is open where nobody is looked for."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_ACCEPTED = Check(
    "5 an accepted offer is how its driver came to hold the job",
    """
    SELECT o.id, o.job_id, o.driver_id, o.job_version FROM job_offer o
    LEFT JOIN job_state_change c ON c.job_id = o.job_id AND c.version = o.job_version
    WHERE o.state = 'ACCEPTED' AND (c.event IS DISTINCT FROM 'CLAIM' OR c.holder_id IS DISTINCT FROM o.driver_id)
    """,
    "offer {id}: driver {driver_id} did not take job {job_id} at its version {job_version}",
)

_OPEN = Check(
    "5 no offer is open of a job that is not put before drivers",
    """
    SELECT o.id, o.job_id, j.state FROM job_offer o JOIN delivery_job j ON j.id = o.job_id
    WHERE o.state = 'OPEN' AND j.state <> 'OFFERED'
    """,
    "offer {id} is open, job {job_id} is {state}",
)

_LOOKING = Check(
    "5 a job that is put before drivers looks on until one takes it",
    """
    SELECT j.id FROM delivery_job j LEFT JOIN job_search s ON s.id = j.id
    WHERE j.state = 'OFFERED' AND s.next_at IS NULL
    """,
    "job {id} is offered, and no next step is due",
)

CHECKS: Sequence[Check] = (_ACCEPTED, _OPEN, _LOOKING)
