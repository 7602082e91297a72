"""A general meeting's secret vote whole: each member a token and a ballot; how many, LUMBUNG_TEST_BALLOTS says.

`LUMBUNG_TEST_BALLOTS=1000 python -m pytest -s tests/cooperatives/governance/test_many_ballots.py` tells how long the
register took to sign, the box to take the ballots, and the count.
"""

import os
import time

import pytest

from cooperatives.governance import deciding, motions, publishing, results
from cooperatives.governance.ballots import cast_ballot, public_keys, sign_token
from cooperatives.governance.lifecycle import MotionState
from cooperatives.governance.models import BallotBox
from cooperatives.governance.results import Ballot, decoded
from marketplace.identity.actor import NOBODY
from tests.cooperatives.governance.device import Device
from tests.cooperatives.governance.hall import hall

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
BALLOTS = int(os.environ.get("LUMBUNG_TEST_BALLOTS", "24"))


async def test_every_member_of_a_general_meeting_votes_secretly(db: object) -> None:
    made = await hall(BALLOTS)
    motion = await made.draft()
    await made.gathered(motion)
    motion = await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=True)
    public = decoded((await public_keys([motion.pk]))[motion.pk])
    devices = [Device(public) for _ in made.members]  # each voter's own work, beside the node's
    began = time.perf_counter()
    signed = [
        await sign_token(voter, motion_id=motion.pk, blinded=device.blinded)
        for voter, device in zip(made.members, devices, strict=True)
    ]
    signing = time.perf_counter() - began
    ballots = [
        device.ballot(signature, str(motion.pk), ["FOR" if number % 3 else "AGAINST"])
        for number, (device, signature) in enumerate(zip(devices, signed, strict=True))
    ]
    began = time.perf_counter()
    for ballot in ballots:
        assert await cast_ballot(NOBODY, motion_id=motion.pk, ballot=ballot) == ballot.receipt
    casting = time.perf_counter() - began
    began = time.perf_counter()
    closed = await deciding.close_vote(made.chair, motion_id=motion.pk)
    counting = time.perf_counter() - began
    print(f"\n{BALLOTS} ballots: signed {signing:.1f} s, cast {casting:.1f} s, closed {counting:.1f} s")  # noqa: T201 - told

    against = sum(number % 3 == 0 for number in range(BALLOTS))
    assert closed.state is MotionState.ADOPTED
    assert closed.tally == {"FOR": BALLOTS - against, "AGAINST": against, "ABSTAIN": 0}
    file = await publishing.results_file(made.chair, motion.pk)
    assert file is not None
    assert {Ballot.read(said).receipt for said in file["ballots"]} == {ballot.receipt for ballot in ballots}
    assert results.audit(file) == []
    assert len((await BallotBox.get(motion_id=motion.pk)).ballots) == BALLOTS
