"""Budi's licence runs out: he is told in time, doesn't look, and can't start; the new one lets him ride again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from marketplace import clock, wiring, worker
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.settings import Settings
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of
from tests.deliveries.test_vehicles_and_papers import photo

pytestmark = pytest.mark.anyio

PAPER = "__typename ... on DriverPaper { id state number reason photoUrl } ... on Problem { code message }"
START = """mutation { startShift(input: {place: {lat: -7.26, lon: 112.75}}) { __typename
  ... on Problem { code message } } }"""
NOTICES = "{ viewer { notices(first: 50) { nodes { kind body } } } }"


@pytest.fixture(autouse=True)
def the_clock_is_put_back() -> Iterator[None]:
    yield
    clock.use(None)


async def test_an_expired_paper_keeps_him_from_starting(
    graphql: GraphQL, client: httpx.AsyncClient, settings: Settings
) -> None:
    began = datetime.now(UTC)
    clock.use(lambda: began)
    coop = await stage.cooperative("DRV")
    row, _ = await stage.driver(coop, "Budi")
    people = {"budi": await Account.get(pk=row.account_id)}
    for name, role in (("chair", Role.CHAIR), ("other", Role.DRIVER)):
        people[name] = await stage.account(name)
        await token_of(people[name], role, cooperative_id=coop.pk)
    await token_of(people["budi"], Role.DRIVER, cooperative_id=coop.pk)
    adapters = wiring.build(settings)

    async def day(number: int) -> None:
        clock.use(lambda: began + timedelta(days=number))
        await worker.drain(adapters)
        await worker.run_timetable_once(adapters)
        await worker.drain(adapters)

    async def ask(who: str, document: str, **variables: Any) -> Any:
        answer = await graphql(document, variables, token=await token_of(people[who]))
        assert "errors" not in answer, answer
        return answer["data"]

    async def do(who: str, name: str, kind: str, /, **input: Any) -> dict[str, Any]:
        document = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ {PAPER} }} }}"
        found: dict[str, Any] = (await ask(who, document, input={"idempotencyKey": str(hash(str(input))), **input}))[
            name
        ]
        return found

    async def shows(ends: int) -> dict[str, Any]:
        """Budi names his licence and sends its photo."""
        until = (began + timedelta(days=ends)).date().isoformat()
        paper = await do(
            "budi", "submitPaper", "SubmitPaperInput", kind="SIM", number="3578 1234 5678", expiresOn=until
        )
        headers = {"Authorization": f"Bearer {await token_of(people['budi'])}"}
        sent = await client.post(f"/uploads/driver-papers/{paper['id']}", content=photo(ends % 200), headers=headers)
        assert (sent.status_code, sent.json()["state"]) == (201, "SUBMITTED")
        return paper

    async def told(who: str) -> list[str]:
        nodes = (await ask(who, NOTICES))["viewer"]["notices"]["nodes"]
        return [node["kind"] for node in reversed(nodes) if node["kind"].startswith("PAPER")]

    paper = await shows(ends=40)
    assert paper["number"] == "••••••••5678"
    await day(0)
    assert await told("chair") == ["PAPER_TO_CHECK"]
    waiting = "query($slug: String!) { cooperative(slug: $slug) { papersToCheck { nodes { id photoUrl } } } }"
    (found,) = (await ask("chair", waiting, slug=coop.slug))["cooperative"]["papersToCheck"]["nodes"]
    for who, status in (("chair", 200), ("budi", 200), ("other", 404)):
        seen = await client.get(found["photoUrl"], headers={"Authorization": f"Bearer {await token_of(people[who])}"})
        assert seen.status_code == status
        assert status != 200 or (seen.headers["content-type"], seen.content[8:12]) == ("image/webp", b"WEBP")
    assert (await client.get(found["photoUrl"])).status_code == 401
    assert (await do("other", "approvePaper", "ApprovePaperInput", id=paper["id"]))["code"] == "NOT_FOUND"
    assert (await do("chair", "approvePaper", "ApprovePaperInput", id=paper["id"]))["state"] == "APPROVED"

    for number in (5, 11, 12, 33, 34, 39, 40):
        await day(number)
    assert await told("budi") == ["PAPER_APPROVED", *["PAPER_EXPIRING"] * 3]
    assert (await ask("budi", START))["startShift"]["__typename"] == "Shift"
    await ask("budi", "mutation { endShift(input: {}) { __typename } }")
    await day(41)
    assert (await told("budi"))[-1] == (await told("chair"))[-1] == "PAPER_EXPIRED"
    refused = (await ask("budi", START))["startShift"]
    assert refused["code"] == "EXPIRED"
    assert "SIM" in refused["message"]

    blurred = await shows(ends=2_000)
    declined = await do("chair", "refusePaper", "RefusePaperInput", id=blurred["id"], reason="Fotonya buram")
    assert declined["reason"] == "Fotonya buram"
    assert (await ask("budi", START))["startShift"]["code"] == "EXPIRED"
    await do("chair", "approvePaper", "ApprovePaperInput", id=(await shows(ends=2_001))["id"])
    assert (await ask("budi", START))["startShift"]["__typename"] == "Shift"
    await wiring.close(adapters)
