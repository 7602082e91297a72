"""Where the node puts calls through, the parties of a delivery no longer see each other's numbers."""

from typing import Any

import httpx
import pytest
from asgi_lifespan import LifespanManager

from marketplace.app import create_app
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.settings import Settings
from schema.ids import to_id
from tests.deliveries import stage
from tests.deliveries.courier import days
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

ORDERED = "query($id: ID!) { node(id: $id) { ... on SubOrder { drop { phone } } } }"
SEEN = "query($id: ID!) { node(id: $id) { ... on DeliveryJob { driver { phone } drops { phone } } } }"


async def seen_by(client: httpx.AsyncClient, token: str, job_id: str) -> tuple[bool, bool]:
    """Whether the driver's number is shown, and the receiver's."""
    headers = {"Authorization": f"Bearer {token}"}
    body = {"query": SEEN, "variables": {"id": job_id}}
    answer: dict[str, Any] = (await client.post("/graphql", json=body, headers=headers)).json()
    job = answer["data"]["node"]
    return job["driver"]["phone"] is not None, job["drops"][0]["phone"] is not None


@pytest.mark.parametrize("url", ["", "https://calls.example/bridge"])
async def test_numbers_are_shown_only_where_no_gateway_puts_calls_through(settings: Settings, url: str) -> None:
    app = create_app(settings.model_copy(update={"call_gateway_url": url}))
    async with LifespanManager(app) as running:
        transport = httpx.ASGITransport(app=running.app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://lumbung.test") as client:
            day = await days.morning(1)
            job_id = to_id("DeliveryJob", day.jobs[0].pk)
            driver = await Account.get(pk=day.driver.account_id)
            budi = await token_of(driver, Role.DRIVER, cooperative_id=day.coop.pk)
            ani = await token_of(await Account.get(name="Ani"))
            desk = await token_of(await stage.account("Petugas"), Role.DISPATCHER, cooperative_id=day.coop.pk)
            assert await seen_by(client, desk, job_id) == (True, True)
            assert await seen_by(client, budi, job_id) == (True, not url)  # his own, and the receiver's
            assert await seen_by(client, ani, job_id) == (not url, True)
            order_id = to_id("SubOrder", day.jobs[0].sub_order_id)
            for token, is_shown in ((budi, not url), (ani, True), (desk, True)):
                body = {"query": ORDERED, "variables": {"id": order_id}}
                headers = {"Authorization": f"Bearer {token}"}
                answer = (await client.post("/graphql", json=body, headers=headers)).json()
                assert (answer["data"]["node"]["drop"]["phone"] is not None) is is_shown
