"""A card paid on the provider's own page, in a browser: the way there, back without paying, and back with it paid."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from cooperatives.membership.models import Cooperative
from marketplace import database
from marketplace.payments.models import RailKind
from marketplace.payments.rails import Rails
from marketplace.settings import Settings
from tests.node import Node
from tests.payments.rails.accounts import with_account
from tests.payments.rails.fake_stripe import FakeStripe
from tests.payments.rails.serving import serving
from tests.web.test_stories import play

#: Whose shop the story buys from.
COOPERATIVE = "pedagang-pasar-wonokromo"


class Provider:
    """Stripe, and a buyer's hand on its page; it tells the node at once."""

    def __init__(self) -> None:
        self.stripe, self.webhook = FakeStripe(), ""
        buyer = Route("/buyer/{does}/{session}", self._buyer, methods=["POST"])
        self.app = Starlette(routes=[buyer, Mount("/", self.stripe.app)])

    async def _buyer(self, request: Request) -> Response:
        session = self.stripe.checkout.sessions[request.path_params["session"]]
        if request.path_params["does"] == "pay":
            self.stripe.checkout.pay(session["id"])
            async with httpx.AsyncClient(trust_env=False) as http:
                for body in self.stripe.events:
                    signed = {"Stripe-Signature": self.stripe.sign(body)}
                    (await http.post(self.webhook, content=body, headers=signed)).raise_for_status()
        return PlainTextResponse(session["success_url"])


@asynccontextmanager
async def opened(node: Node) -> AsyncIterator[Settings]:
    settings = Settings(folder=node.folder)
    await database.connect(settings)
    try:
        yield settings
    finally:
        await database.disconnect()


async def takes_cards(node: Node) -> str:
    """Let the shop's co-op take cards; answers where its provider calls."""
    async with opened(node) as settings:
        rails = Rails(settings)
        account = await with_account(await Cooperative.get(slug=COOPERATIVE), rails, RailKind.STRIPE)
        await rails.close()
        return f"{node.base}/webhooks/stripe/{account.id}"


def test_to_the_page_and_back(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> None:
    provider = Provider()
    with serving(provider.app) as url:
        node = Node(tmp_path_factory.mktemp("card"), stripe_url=url)
        node.folder.mkdir(exist_ok=True)
        node.lay_tables()
        node.run("seed")
        provider.webhook = asyncio.run(takes_cards(node))
        try:
            node.start()
            play("card", node, chromium, LUMBUNG_STORY_PROVIDER=url)
            node.run("check-books")
        finally:
            node.stop()
    given_up, session = provider.stripe.checkout.sessions.values()
    assert given_up["status"] == "expired"
    assert session["payment_status"] == "paid"
