"""The operator's dead letters over the API: seen, given a fresh start, and that it was done is written down."""

import pytest

from marketplace import clock, worker
from marketplace.database import new_id
from marketplace.identity.actor import Role
from marketplace.identity.service import find_or_create_account, grant_role, issue_tokens
from marketplace.outbox import OutboxEvent
from tests.conftest import GraphQL

pytestmark = pytest.mark.anyio
LETTERS = """query ($first: Int!, $after: String) { deadLetters(first: $first, after: $after) {
  nodes { id event handler attempts error deadAt } pageInfo { hasNextPage endCursor } } }"""
REPLAY = """mutation ($id: ID!) { replayDeadLetter(input: {id: $id}) {
  ... on DeadLetter { id deadAt attempts } ... on Problem { code fields { path } } } }"""
AUDIT = "{ auditLog(first: 1) { nodes { action detail actor { name } } } }"


async def given_up(error: str) -> OutboxEvent:
    return await OutboxEvent.create(
        event="thing.changed",
        handler="remember",
        aggregate_id=new_id(),
        payload={},
        attempts=12,
        error=error,
        dead_at=clock.now(),
    )


async def test_the_operator_replays_what_was_given_up(graphql: GraphQL) -> None:
    account = await find_or_create_account("+6281200000001", "Ratna")
    await grant_role(account.pk, Role.NODE_OPERATOR)
    token = (await issue_tokens(account)).access_token
    first, second = await given_up("ConnectError: no route\nTraceback"), await given_up("")
    living = await OutboxEvent.create(event="thing.changed", handler="remember", aggregate_id=new_id(), payload={})
    page = (await graphql(LETTERS, {"first": 1}, token=token))["data"]["deadLetters"]
    assert page["nodes"][0]["id"] == str(first.id)
    assert page["nodes"][0]["error"] == "ConnectError: no route", "no traceback leaves the node"
    after = page["pageInfo"]["endCursor"]
    rest = (await graphql(LETTERS, {"first": 5, "after": after}, token=token))["data"]["deadLetters"]
    assert [node["id"] for node in rest["nodes"]] == [str(second.id)]

    async def replay(id: object) -> dict[str, object]:
        answer: dict[str, object] = (await graphql(REPLAY, {"id": str(id)}, token=token))["data"]["replayDeadLetter"]
        return answer

    assert await replay(first.id) == {"id": str(first.id), "deadAt": None, "attempts": 0}
    assert await worker.dead_letters() == 1
    assert (await replay(first.id))["code"] == "WRONG_STATE", "it is tried by itself now"
    assert (await replay(living.id))["code"] == "WRONG_STATE"
    assert (await replay(living.id + 1))["code"] == "NOT_FOUND"
    for nonsense in ("x", "-1", "9" * 30):
        assert await replay(nonsense) == {"code": "INVALID", "fields": [{"path": ["id"]}]}
    (entry,) = (await graphql(AUDIT, token=token))["data"]["auditLog"]["nodes"]
    assert entry == {
        "action": "dead_letter.replayed",
        "detail": {"event": "thing.changed", "handler": "remember"},
        "actor": {"name": "Ratna"},
    }
