"""A secret ballot as a voter's device sends it, and what the node writes down of it; lists; the audit of a file."""

import json
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from cooperatives.governance import deciding, motions, publishing, reading
from cooperatives.governance.models import BallotBox
from cooperatives.governance.results import Ballot, decoded, encoded
from marketplace.cli import votes
from marketplace.idempotency import IdempotencyKey
from marketplace.identity import service as identity
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.outbox import OutboxEvent
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.governance.device import Device
from tests.cooperatives.governance.hall import hall, secretly
from tests.counting import count_statements

pytestmark = pytest.mark.anyio

SIGN = """mutation($input: SignBallotTokenInput!) { signBallotToken(input: $input) {
  ... on SignedToken { signature } ... on Problem { code message } } }"""
CAST = """mutation($input: CastBallotInput!) { castBallot(input: $input) {
  ... on BallotReceipt { receipt } ... on Problem { code message } } }"""
KEY = "query($id: ID!) { node(id: $id) { ... on Motion { tokenKey ballotName used } } }"


def as_input(motion: str, ballot: Ballot) -> dict[str, Any]:
    said = ballot.as_json()
    names = {"token_signature": "tokenSignature", "choice_signature": "choiceSignature"}
    return {"motionId": motion} | {names.get(name, name): value for name, value in said.items()}


async def test_a_ballot_leaves_no_line_no_event_and_no_key(graphql: GraphQL) -> None:
    made = await hall()
    motion = await made.draft()
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=True)
    id = to_id("Motion", motion.pk)
    assert made.members[0].account_id is not None
    await identity.grant_role(made.members[0].account_id, Role.MEMBER, cooperative_id=made.cooperative.pk)
    token = (await identity.issue_tokens(await Account.get(pk=made.members[0].account_id))).access_token
    seen = (await graphql(KEY, {"id": id}, token))["data"]["node"]
    assert seen["used"] is None
    device = Device(decoded(seen["tokenKey"]))
    asked = {"input": {"motionId": id, "blinded": encoded(device.blinded)}}
    signed = (await graphql(SIGN, asked, token))["data"]["signBallotToken"]
    ballot = device.ballot(decoded(signed["signature"]), seen["ballotName"], ["FOR"])
    counts = [await model.all().count() for model in (OutboxEvent, IdempotencyKey)]
    with structlog.testing.capture_logs() as logged:
        refused = (await graphql(CAST, {"input": as_input(id, ballot)}, token))["data"]["castBallot"]
        for _ in range(2):
            cast = (await graphql(CAST, {"input": as_input(id, ballot)}))["data"]["castBallot"]
            assert cast == {"receipt": ballot.receipt}
        assert logged == []
        assert (await graphql(KEY, {"id": id}, token))["data"]["node"]["used"] == "TOKEN"
    assert [line["event"] for line in logged] == ["request"]
    assert refused["code"] == "INVALID"
    assert "without signing in" in refused["message"] or "tanpa masuk" in refused["message"]
    assert [await model.all().count() for model in (OutboxEvent, IdempotencyKey)] == counts
    assert len((await BallotBox.get(motion_id=motion.pk)).ballots) == 1


async def test_what_is_no_base64_is_named(graphql: GraphQL) -> None:
    made = await hall()
    motion = await made.draft()
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=True)
    query = CAST.replace("{ code message }", "{ code fields { path } }")
    good = {"prefix": "", "tokenSignature": "", "choice": ["FOR"], "choiceSignature": ""}
    asked = {"motionId": to_id("Motion", motion.pk), "token": "**", **good}
    answer = (await graphql(query, {"input": asked}))["data"]["castBallot"]
    assert answer == {"code": "INVALID", "fields": [{"path": ["token"]}]}
    answer = (await graphql(query, {"input": asked | {"token": ""}}))["data"]["castBallot"]
    assert answer["code"] == "INVALID"


async def test_lists_cost_the_same_at_one_and_many(db: object) -> None:
    made = await hall()
    for number in (1, 5):
        meeting = await made.call()
        for _ in range(number):
            motion = await made.draft()
            await motions.table_motion(made.chair, motion_id=motion.pk, meeting_id=meeting.pk)
        with count_statements() as counted:
            page = await reading.meetings_of(made.chair, made.cooperative.pk, first=20, after=None)
            await reading.motions_of(made.chair, made.cooperative.pk, state=None, first=20, after=None)
            await reading.motions_by_meeting([row.pk for row in page.rows])
            await reading.papers_by_motion([motion.pk])
        assert counted.number == 4


async def test_a_results_file_is_audited_apart_from_the_node(db: object, tmp_path: Path) -> None:
    made = await hall()
    motion = await made.draft()
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=True)
    for voter in made.members[:3]:
        await secretly(motion, voter, ["FOR"])
    closed = await deciding.close_vote(made.chair, motion_id=motion.pk)
    said = await publishing.results_file(made.chair, motion.pk)
    assert said is not None
    file = tmp_path / "results.json"
    for expected, changed in (
        ("ok votes=1 faults=0", said),
        ("broken votes=1 faults=1", said | {"ballots": said["ballots"][1:]}),
        ("broken votes=1 faults=3", said | {"ballots": [*said["ballots"], said["ballots"][0]]}),
    ):
        file.write_text(json.dumps(changed))
        run = CliRunner().invoke(votes.commands, [str(file)])
        assert run.output.splitlines()[-1] == f"audit-votes: {expected}", run.output
        assert run.exit_code == (0 if changed is said else 1)
        assert (closed.result_digest in run.output) is (changed is said)
    file.write_text("{}")
    assert CliRunner().invoke(votes.commands, [str(file)]).exit_code == 1
