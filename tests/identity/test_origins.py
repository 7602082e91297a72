"""A browser may call from the pages of a living app, and from no others."""

import httpx
import pytest
from asgi_lifespan import LifespanManager

from marketplace import origins
from marketplace.app import create_app
from marketplace.identity import api_keys
from marketplace.settings import Settings
from tests.cooperatives.membership.people import acting, person

pytestmark = pytest.mark.anyio


async def test_pages_of_an_apps_key_may_call_until_it_is_revoked(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origins, "READ_EVERY_S", 0.0)
    actor = await acting(await person())
    key, _ = await api_keys.create_api_key(
        actor, name="Toko", scopes=[api_keys.Scope.BUY], origins=["https://toko.example"]
    )
    async with (
        LifespanManager(create_app(db)) as manager,
        httpx.AsyncClient(transport=httpx.ASGITransport(app=manager.app), base_url="http://node") as client,
    ):

        async def allowed(origin: str) -> str | None:
            answer = await client.options(
                "/graphql", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
            )
            return answer.headers.get("access-control-allow-origin")

        assert await allowed("https://toko.example") == "https://toko.example"
        assert await allowed("https://lain.example") is None
        await api_keys.revoke_api_key(actor, api_key_id=key.pk)
        assert await allowed("https://toko.example") is None
