"""The inbox through the API."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from marketplace.identity import service as identity
from marketplace.notices import writing
from marketplace.notices.models import NoticeKind
from tests.counting import count_statements
from tests.notices.conftest import Shop, event_of, make_shop

pytestmark = pytest.mark.anyio
Ask = Callable[..., Awaitable[dict[str, Any]]]

INBOX = """query ($first: Int!, $after: String) { viewer { unreadNoticeCount notices(first: $first, after: $after) {
  nodes { id kind title body subjectId isRinging isRead } pageInfo { hasNextPage endCursor } } } }"""
READ = """mutation ($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) {
  ... on NoticesRead { count } ... on Problem { code } } }"""
PUSH = """mutation ($input: SubscribePushInput!) { subscribePush(input: $input) {
  ... on PushSubscription { endpoint } ... on Problem { code fields { path } } } }"""


async def told(shop: Shop, count: int) -> str:
    """So many notices for the buyer; answers the buyer's token."""
    for number in range(count):
        await writing.tell(None, event_of("sub_order.ready", shop, number + 1))
    return (await identity.issue_tokens(shop.buyer)).access_token


async def test_the_inbox_is_paged_newest_first_and_read(graphql: Ask) -> None:
    token = await told(await make_shop(), 3)
    viewer = (await graphql(INBOX, {"first": 2}, token))["data"]["viewer"]
    assert viewer["unreadNoticeCount"] == 3
    page = viewer["notices"]
    assert [node["kind"] for node in page["nodes"]] == [NoticeKind.ORDER_READY] * 2
    assert page["nodes"][0]["title"] == "Pesanan LB-1-1 siap"
    rest = await graphql(INBOX, {"first": 2, "after": page["pageInfo"]["endCursor"]}, token)
    assert len(rest["data"]["viewer"]["notices"]["nodes"]) == 1

    one = [page["nodes"][0]["id"]]
    assert (await graphql(READ, {"input": {"ids": one}}, token))["data"]["markNoticesRead"] == {"count": 1}
    assert (await graphql(READ, {"input": {}}, token))["data"]["markNoticesRead"] == {"count": 2}
    assert (await graphql(INBOX, {"first": 1}, token))["data"]["viewer"]["unreadNoticeCount"] == 0


async def test_an_inbox_costs_the_same_however_full(graphql: Ask) -> None:
    shop = await make_shop()
    costs = []
    for count in (1, 50):
        token = await told(shop, count)
        with count_statements() as counted:
            await graphql(INBOX, {"first": 50}, token)
        costs.append(len([statement for statement in counted.statements if '"notice"' in statement]))
    assert costs == [2, 2], "one for the page, one for the count of the unread"


async def test_what_is_not_yours_is_not_there(graphql: Ask) -> None:
    shop = await make_shop()
    token = await told(shop, 1)
    (node,) = (await graphql(INBOX, {"first": 1}, token))["data"]["viewer"]["notices"]["nodes"]
    stranger = (await identity.issue_tokens(shop.owner)).access_token
    body = await graphql(READ, {"input": {"ids": [node["id"]]}}, stranger)
    assert body["data"]["markNoticesRead"] == {"code": "NOT_FOUND"}
    assert (await graphql(READ, {"input": {}}))["data"]["markNoticesRead"] == {"code": "UNAUTHENTICATED"}
    found = await graphql("query ($id: ID!) { node(id: $id) { id } }", {"id": node["id"]}, stranger)
    assert found["data"]["node"] is None
    found = await graphql("query ($id: ID!) { node(id: $id) { id } }", {"id": node["id"]}, token)
    assert found["data"]["node"] == {"id": node["id"]}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"endpoint": "http://push.example/1"}, "endpoint"),
        ({"endpoint": "https://push.example/" + "x" * 2_000}, "endpoint"),
        ({"p256dh": "AAAA"}, "p256dh"),
        ({"auth": "%%%"}, "auth"),
    ],
)
async def test_a_bad_push_subscription_is_refused(graphql: Ask, changed: dict[str, str], field: str) -> None:
    shop = await make_shop()
    token = (await identity.issue_tokens(shop.owner)).access_token
    good = {"endpoint": "https://push.example/1", "p256dh": "B" + "A" * 86, "auth": "A" * 22}
    assert "endpoint" in (await graphql(PUSH, {"input": good}, token))["data"]["subscribePush"]
    refused = (await graphql(PUSH, {"input": {**good, **changed}}, token))["data"]["subscribePush"]
    assert [fault["path"] for fault in refused["fields"]] == [[field]]


async def test_a_browser_learns_the_nodes_key(graphql: Ask) -> None:
    key = (await graphql("{ webPushKey }"))["data"]["webPushKey"]
    assert len(key) == 87
