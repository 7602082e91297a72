"""The results of a vote, from its rows: what is published, and the audit of what the database holds."""

import base64
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from cooperatives.governance import results
from cooperatives.governance.lifecycle import MotionKind, MotionState, RightWay, VotingWay
from cooperatives.governance.models import BallotBox, Motion, PaperBallots, Vote, VotingRight
from cooperatives.governance.motions import seen_motion
from cooperatives.governance.results import digest, encoded
from cooperatives.governance.voting import member_numbers
from marketplace.identity.actor import Actor

#: Motions audited a read.
MOST_AT_ONCE = 100

__all__ = ["audited", "audited_all", "digest", "results_file", "results_of"]


async def results_of(motion: Motion, box: BallotBox | None, lots: Sequence[str] = ()) -> dict[str, Any]:
    """The results file (`cooperatives.governance.results`): each ballot and vote, the roll of who voted, the count.

    Members are named by their numbers in the register; a secret ballot by nothing. Everything stands in an order
    of its own, so that the same votes make the same file.
    """
    rights = await VotingRight.filter(motion_id=motion.pk)
    numbers = await member_numbers([right.membership_id for right in rights])
    named = await Vote.filter(motion_id=motion.pk)
    votes: list[dict[str, Any]] = [
        {"member": numbers[vote.membership_id], "choice": vote.choice, "weight": vote.weight} for vote in named
    ]
    papers = [
        line
        for row in await PaperBallots.filter(motion_id=motion.pk).exclude(second_witness=None)
        for line in row.counted
    ]
    ballots = [] if box is None else [box.ballots[receipt] for receipt in sorted(box.ballots)]
    cast: list[tuple[Sequence[str], int]] = [(ballot["choice"], 1) for ballot in ballots]
    cast += [(vote.choice, vote.weight) for vote in named]
    cast += [(paper["choice"], paper["number"]) for paper in papers]
    return {
        "form": results.FORM,
        "motion": str(motion.pk),
        "title": motion.title,
        "kind": motion.kind.value,
        "details": motion.details if motion.kind is MotionKind.ELECTION else {},
        "public_key": "" if box is None else encoded(base64.b64decode(box.public_key)),
        "roll": {
            way.value: sorted(numbers[right.membership_id] for right in rights if right.way is way)
            for way in RightWay
        },
        "ballots": ballots,
        "votes": sorted(votes, key=lambda vote: vote["member"]),
        "papers": sorted(papers, key=lambda paper: (paper["choice"], paper["number"])),
        "result": results.counted(motion.kind.value, motion.details, cast, lots),
    }


async def results_file(actor: Actor, motion_id: UUID) -> dict[str, Any] | None:
    """The results of a decided vote, for who has to do with the co-op; None while it goes on. Raises NotFound."""
    motion = await seen_motion(actor, motion_id)
    return await _published(motion)


async def _published(motion: Motion) -> dict[str, Any] | None:
    if motion.result_digest is None or motion.tally is None:
        return None
    box = await BallotBox.get_or_none(motion_id=motion.pk)
    return await results_of(motion, box, motion.tally.get("lots", []))


async def audited(motion: Motion) -> list[str]:
    """What is wrong with a motion's votes as the database holds them; a ballot removed, added or changed is found.

    While the vote goes on the ballots are looked at; once it is closed the results must be those that were published.
    """
    if motion.state is MotionState.VOTING:
        file: dict[str, Any] | None = await results_of(motion, await BallotBox.get_or_none(motion_id=motion.pk))
    else:
        file = await _published(motion)
    if file is None:
        return []
    faults = results.audit(file)
    if motion.result_digest is not None and digest(file) != motion.result_digest:
        faults.append(f"the results are not those that were published ({motion.result_digest})")
    return faults


async def audited_all() -> AsyncIterator[tuple[UUID, list[str]]]:
    """Every motion on which members voted, oldest first, with what is wrong with its votes."""
    last: UUID | None = None
    while True:
        found = Motion.filter(way__in=[VotingWay.OPEN, VotingWay.SECRET])
        some = await (found if last is None else found.filter(id__gt=last)).order_by("id").limit(MOST_AT_ONCE)
        for motion in some:
            yield motion.pk, await audited(motion)
        if len(some) < MOST_AT_ONCE:
            return
        last = some[-1].pk
