"""Checks of goods on the road: who holds a job, and who gave what to whom."""

from collections.abc import AsyncIterator, Sequence
from itertools import groupby
from uuid import UUID

from marketplace.checks.check import SHOWN, Check, Finding
from marketplace.deliveries import custody
from marketplace.deliveries.custody import Signer
from marketplace.deliveries.lifecycle import DropState
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, Drop
from marketplace.deliveries.signing.keys import keys_by_id
from marketplace.deliveries.signing.service import signatures_by_receipt, was_signed

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

SIGNED_RULE = "5 each custody receipt is signed by this node, from the seller to who has the goods now"
#: Jobs that are looked at together.
BATCH = 200


async def unsigned(signer: Signer) -> AsyncIterator[Finding]:
    """Custody chains that were changed, or do not end with who has the goods; a batch of jobs in memory at a time.

    A changed LUMBUNG_SECRET_KEY makes every earlier receipt one that does not fit.
    """
    last, named = UUID(int=0), 0
    while True:
        jobs = await DeliveryJob.filter(pk__gt=last, picked_up_at__isnull=False).order_by("id").limit(BATCH)
        for drop_id, faults in await _faults(jobs, signer):
            named += 1
            if named <= SHOWN:
                yield Finding(SIGNED_RULE, f"drop {drop_id}: {'; '.join(faults)}")
        if len(jobs) < BATCH:
            break
        last = jobs[-1].pk
    if named > SHOWN:
        yield Finding(SIGNED_RULE, f"and {named - SHOWN} more")


async def _faults(jobs: Sequence[DeliveryJob], signer: Signer) -> list[tuple[UUID, list[str]]]:
    by_id = {job.pk: job for job in jobs}
    drops = await Drop.filter(job_id__in=list(by_id)).order_by("id")
    receipts = await CustodyReceipt.filter(job_id__in=list(by_id)).order_by("drop_id", "position")
    signatures = await signatures_by_receipt([receipt.pk for receipt in receipts])
    keys = await keys_by_id([row.key_id for signed in signatures.values() for row in signed])
    chains = {drop_id: list(chain) for drop_id, chain in groupby(receipts, key=lambda receipt: receipt.drop_id)}
    found = []
    for drop in drops:
        job, chain = by_id[drop.job_id], chains.get(drop.pk, [])
        faults = custody.broken_links(chain, signer=signer, seller_id=job.seller_id)
        faults += [
            f"receipt {receipt.position}: what a device signed does not fit"
            for receipt in chain
            if not all(was_signed(receipt, row, keys) for row in signatures[receipt.pk])
        ]
        holder = chain[-1].taker_id if chain else job.seller_id
        if holder != _has_goods(job, drop):
            faults.append(f"the last receipt gives them to {holder}, the drop is {drop.state.value}")
        if faults:
            found.append((drop.pk, faults))
    return found


def _has_goods(job: DeliveryJob, drop: Drop) -> UUID | None:
    if drop.state is DropState.DELIVERED:
        received: UUID = drop.pk
        return received
    if drop.state in (DropState.STORED, DropState.SENT_BACK):
        return job.hub_id
    in_hand = drop.state in (DropState.CARRIED, DropState.AT_DOOR, DropState.FAILED)
    holder: UUID | None = job.driver_id if in_hand else job.seller_id
    return holder
