"""Budi rides for another app over lunch: one tap, the board goes quiet, and those hours don't count."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marketplace import clock
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

MORNING = datetime(2027, 3, 1, 1, tzinfo=UTC)
SHIFT = "{ __typename ... on Shift { state doing hours { availableSeconds otherPlatformSeconds } } }"
HOURS = """query($since: DateTime!, $until: DateTime!) { viewer { driving { hours(since: $since, until: $until) {
  availableSeconds breakSeconds otherPlatformSeconds } } } }"""


@pytest.fixture(autouse=True)
def the_clock_is_put_back() -> Iterator[None]:
    yield
    clock.use(None)


async def test_hours_for_another_app_do_not_count(graphql: GraphQL) -> None:
    async def do(name: str, given: str, hour: float) -> dict[str, Any]:
        nonlocal budi
        clock.use(lambda: MORNING + timedelta(hours=hour))
        budi = await token_of(account, Role.DRIVER, cooperative_id=coop.pk)
        answer = await graphql(f"mutation {{ {name}({given}) {SHIFT} }}", token=budi)
        found: dict[str, Any] = answer["data"][name]
        return found

    clock.use(lambda: MORNING)
    coop = await stage.cooperative("DRV")
    row, _ = await stage.driver(coop, "Budi")
    account, budi = await Account.get(pk=row.account_id), ""
    await do("startShift", "input: {place: {lat: -7.26, lon: 112.75}}", 0)
    tapped = await do("pauseShift", "input: {}, reason: OTHER_PLATFORM", 3)
    assert (tapped["state"], tapped["doing"]) == ("PAUSED", "OTHER_PLATFORM")
    board = await graphql("{ jobBoard { nodes { id } } }", token=budi)
    assert board["errors"][0]["extensions"]["code"] == "NOT_ON_SHIFT"
    back = await do("resumeShift", "input: {}", 5.5)
    assert back["hours"] == {"availableSeconds": 3 * 3600, "otherPlatformSeconds": 9_000}
    await do("pauseShift", "input: {}", 6)  # a plain pause is a break
    await do("endShift", "input: {}", 6.5)
    day = {"since": MORNING.isoformat(), "until": (MORNING + timedelta(days=1)).isoformat()}
    found = (await graphql(HOURS, day, token=budi))["data"]["viewer"]["driving"]["hours"]
    assert found == {"availableSeconds": 12_600, "breakSeconds": 1_800, "otherPlatformSeconds": 9_000}
    stranger = await token_of(await stage.account("Orang"))
    assert (await graphql(HOURS, day, token=stranger))["data"]["viewer"]["driving"] is None
