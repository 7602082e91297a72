"""Checks of goods on the road: who holds a job, and who gave what to whom."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_HOLDERS = Check(
    "5 a job is held by the driver whom its history names",
    """
    SELECT j.id, j.state, j.driver_id, c.holder_id FROM delivery_job j
    JOIN job_state_change c ON c.job_id = j.id AND c.version = j.version
    WHERE j.state IN ('ASSIGNED', 'AT_PICKUP', 'CARRYING', 'AT_DROPOFF', 'RETURNING')
      AND (j.driver_id IS NULL OR j.driver_id IS DISTINCT FROM c.holder_id)
    """,
    "job {id} ({state}): held by {driver_id}, its history says {holder_id}",
)

_CUSTODY = Check(
    "5 each custody chain is unbroken: who gives is who took, and names the receipt before",
    """
    SELECT drop_id, position FROM (
      SELECT drop_id, position, giver_id, previous_hash,
        LAG(taker_id) OVER (PARTITION BY drop_id ORDER BY position) AS taken_by,
        LAG(hash) OVER (PARTITION BY drop_id ORDER BY position) AS hash_before,
        ROW_NUMBER() OVER (PARTITION BY drop_id ORDER BY position) - 1 AS place
      FROM custody_receipt
    ) c WHERE place <> position
      OR (place > 0 AND (giver_id IS DISTINCT FROM taken_by OR previous_hash IS DISTINCT FROM hash_before))
    """,
    "drop {drop_id}, receipt {position}",
)

CHECKS: Sequence[Check] = (
    _HOLDERS,
    _CUSTODY,
)
