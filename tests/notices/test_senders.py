"""Senders against a push service and a mail server that behave as the real ones do."""

import base64
import email
import email.policy
import os
from collections.abc import Iterator
from dataclasses import replace

import http_ece
import httpx
import orjson
import pytest
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from marketplace.database import new_id
from marketplace.errors import Invalid
from marketplace.identity.actor import Actor
from marketplace.notices import service
from marketplace.notices.models import PushSubscription
from marketplace.notices.senders import Message, NotSent, Recipient, Stop, keys, reach
from marketplace.notices.senders.gateway import GatewaySender
from marketplace.notices.senders.mail import MailSender
from marketplace.notices.senders.push import PushSender
from marketplace.settings import Settings
from tests.node import free_port

pytestmark = pytest.mark.anyio
MESSAGE = Message("Pesanan baru", "Rp50.000", "http://127.0.0.1/a/x", "tag", "ORDER_TO_ANSWER", is_urgent=True)


def text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


class Browser:
    """The receiving end: its keys, and a push service that keeps what it is sent."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.requests: list[httpx.Request] = []
        self.status = 201

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self.status)

    @property
    def p256dh(self) -> str:
        return text(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def read(self) -> dict[str, object]:
        plain = http_ece.decrypt(
            self.requests[-1].content, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        return dict(orjson.loads(plain))

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self.answer))


@pytest.fixture
def open_settings(db: Settings) -> Settings:
    return db.model_copy(update={"allow_private_endpoints": True})


async def subscribed(browser: Browser, endpoint: str = "https://127.0.0.1:8443/push/abc?x=1") -> Recipient:
    actor = Actor(account_id=new_id())
    await service.subscribe_push(
        actor, endpoint=endpoint, p256dh=browser.p256dh, auth=text(browser.auth), allow_private=True
    )
    assert actor.account_id is not None
    return Recipient(actor.account_id, "+6281200000001")


async def test_a_push_can_be_read_by_its_browser_only_and_names_the_node(open_settings: Settings) -> None:
    browser = Browser()
    sender = PushSender(open_settings, browser.client())
    assert await sender.send(await subscribed(browser), MESSAGE)
    assert browser.read()["title"] == "Pesanan baru"
    request = browser.requests[0]
    assert request.headers["urgency"] == "high"
    assert request.headers["host"] == "127.0.0.1:8443"
    token, key = request.headers["authorization"].removeprefix("vapid t=").split(", k=")
    assert key == sender.public_key
    raw = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    public = ECKey.import_key(
        {"kty": "EC", "crv": "P-256", "x": text(raw[1:33]), "y": text(raw[33:])}  # RFC 7518, 6.2
    )
    assert jwt.decode(token, public, algorithms=["ES256"]).claims["aud"] == "https://127.0.0.1:8443"


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(open_settings: Settings, status: int) -> None:
    browser = Browser()
    browser.status = status
    recipient = await subscribed(browser)
    assert not await PushSender(open_settings, browser.client()).send(recipient, MESSAGE)
    assert await PushSubscription.all().count() == 0


async def test_a_push_service_in_trouble_is_tried_again(open_settings: Settings) -> None:
    browser = Browser()
    browser.status = 503
    recipient = await subscribed(browser)
    with pytest.raises(NotSent):
        await PushSender(open_settings, browser.client()).send(recipient, MESSAGE)
    assert await PushSubscription.all().count() == 1


async def test_a_push_never_goes_into_the_nodes_own_network(db: Settings) -> None:
    browser = Browser()
    recipient = await subscribed(browser, "https://localhost/push")
    with pytest.raises(NotSent):
        await PushSender(db, browser.client()).send(recipient, MESSAGE)
    assert browser.requests == []


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_which_addresses_are_of_the_open_internet(address: str, is_public: bool) -> None:
    assert reach.is_public(address) is is_public


@pytest.mark.parametrize(
    "url", ["http://push.example/x", "https://u:p@push.example/", "ftp://x/", "https:///x", "https://x:99999/", ""]
)
async def test_an_endpoint_must_be_an_https_url(db: Settings, url: str) -> None:
    browser = Browser()
    with pytest.raises(Invalid):
        await service.subscribe_push(
            Actor(account_id=new_id()), endpoint=url, p256dh=browser.p256dh, auth=text(browser.auth)
        )


async def test_a_browser_belongs_to_who_subscribed_it_last(db: Settings) -> None:
    browser = Browser()
    first, second = await subscribed(browser), await subscribed(browser)
    assert [row.account_id for row in await PushSubscription.all()] == [second.account_id]
    assert first.account_id != second.account_id


async def test_one_person_keeps_a_bounded_number_of_browsers(db: Settings) -> None:
    actor, browser = Actor(account_id=new_id()), Browser()
    for n in range(service.MOST_SUBSCRIPTIONS + 3):
        await service.subscribe_push(
            actor, endpoint=f"https://push.example/{n}", p256dh=browser.p256dh, auth=text(browser.auth)
        )
    kept = await PushSubscription.all().order_by("id")
    assert len(kept) == service.MOST_SUBSCRIPTIONS
    assert kept[-1].endpoint.endswith("/22")


def test_the_nodes_key_is_made_once_and_kept(tmp_path: object) -> None:
    settings = Settings(folder=tmp_path)
    first = keys.public_key(keys.private_key(settings))
    assert keys.public_key(keys.private_key(settings)) == first
    assert (settings.folder / keys.FILE).stat().st_mode & 0o077 == 0


@pytest.fixture
def mail_server() -> Iterator[Controller]:
    class Kept:
        def __init__(self) -> None:
            self.envelopes: list[object] = []

        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
            self.envelopes.append(envelope)
            return "250 OK"

    controller = Controller(Kept(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


async def test_mail_goes_to_a_confirmed_address_only(db: Settings, mail_server: Controller) -> None:
    sender = MailSender(f"smtp://127.0.0.1:{mail_server.port}", "lumbung@node.example")
    assert not await sender.send(Recipient(new_id(), "+6281200000001"), MESSAGE)

    actor = Actor(account_id=new_id())
    settings = db.model_copy(update={"public_url": "http://node.example"})
    row = await service.set_mail_address(
        actor, address="sri@warung.example", settings=settings, senders=[sender], language="id"
    )
    assert row.confirmed_at is None
    (envelope,) = mail_server.handler.envelopes
    assert envelope.rcpt_tos == ["sri@warung.example"]
    read = email.message_from_bytes(envelope.content, policy=email.policy.default)
    token = read.get_content().split("/m/")[1].split()[0]
    confirmed = await service.confirm_mail(token, settings)
    assert confirmed.confirmed_at is not None

    await service.set_mail_address(
        actor, address="other@warung.example", settings=settings, senders=[], language="id"
    )
    with pytest.raises(Exception, match="not valid any more"):
        await service.confirm_mail(token, settings)


async def test_mail_says_how_to_be_told_no_more(mail_server: Controller) -> None:
    sender = MailSender(f"smtp://127.0.0.1:{mail_server.port}", "lumbung@node.example")
    stop = Stop("Berhenti dikabari", "https://node.example/u/" + "x" * 71)
    for message in (MESSAGE, replace(MESSAGE, stop=stop)):
        assert await sender.send(Recipient(new_id(), "+62812", "sri@warung.example"), message)
    plain, stoppable = (
        email.message_from_bytes(one.content, policy=email.policy.default) for one in mail_server.handler.envelopes
    )
    assert plain["List-Unsubscribe"] is None
    assert stoppable["List-Unsubscribe"] == f"<{stop.url}>"
    assert stoppable["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Berhenti dikabari: {stop.url}" in stoppable.get_content()


async def test_a_mail_server_that_is_away_is_tried_again(db: Settings) -> None:
    with pytest.raises(NotSent):
        await MailSender("smtp://127.0.0.1:9", "a@b.example").send(
            Recipient(new_id(), "+62812", "sri@warung.example"), MESSAGE
        )


async def test_the_gateway_is_signed() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(202)

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    sender = GatewaySender("https://gateway.example/send", "secret", client)
    assert await sender.send(Recipient(new_id(), "+6281200000001"), MESSAGE)
    assert orjson.loads(seen[0].content)["to"] == "+6281200000001"
    assert seen[0].headers["lumbung-signature"].startswith("t=")
