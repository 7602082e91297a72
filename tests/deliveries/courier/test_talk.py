"""What parties may say and what is hidden of it; calls put through by a gateway."""

import hashlib
import hmac

import httpx
import orjson
import pytest

from marketplace.deliveries.courier.bridges import Bridged, Call, GatewayBridge, NoBridge, NotBridged, bridge_for
from marketplace.deliveries.courier.models import MessageSide
from marketplace.deliveries.courier.phrases import PHRASES, hidden
from marketplace.settings import Settings

pytestmark = pytest.mark.anyio

TEXTS = [
    ("Rumah nomor 12, RT 03/RW 05", "Rumah nomor 12, RT 03/RW 05"),
    ("Uangnya 62.000 ya", "Uangnya 62.000 ya"),
    ("Totalnya 1.250.000, kembali 50.000", "Totalnya 1.250.000, kembali 50.000"),
    ("WA saya 0812-3500-0001", "WA saya •••"),
    ("telp +62 812 3500 0001 ya", "telp ••• ya"),
    ("08123500 0001 / 031-5678901", "••• / •••"),
    ("0 8 1 2 3 5 0 0 0 0 0 1", "•••"),
    ("0812.3500.0001", "•••"),
    ("kirim ke ayu@example.com saja", "kirim ke ••• saja"),
]


@pytest.mark.parametrize(("said", "shown"), TEXTS)
async def test_numbers_are_hidden_in_what_is_said(said: str, shown: str) -> None:
    assert hidden(said) == shown


async def test_every_phrase_is_said_by_someone_in_both_languages() -> None:
    sides = {side.value for side in MessageSide}
    for phrase in PHRASES.values():
        assert phrase.sides
        assert phrase.sides <= sides
        assert phrase.text("id") != phrase.text("en")
        assert hidden(phrase.text("id")) == phrase.text("id")
    assert sides <= {side for phrase in PHRASES.values() for side in phrase.sides}


CALL = Call("call-1", "+6281200000001", "+6281200000002")


async def gateway(answer: httpx.Response) -> tuple[list[httpx.Request], GatewayBridge]:
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer

    client = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    return seen, GatewayBridge("https://calls.example/bridge", "a secret", client)


async def test_a_gateway_is_asked_under_the_nodes_signature() -> None:
    seen, bridge = await gateway(httpx.Response(200, json={"number": "0215550100"}))
    assert await bridge.connect(CALL) == Bridged("+62215550100")
    (request,) = seen
    moment, _, signature = request.headers["Lumbung-Signature"].partition(",v1=")
    signed = moment.removeprefix("t=").encode() + b"." + request.content
    assert signature == hmac.new(b"a secret", signed, hashlib.sha256).hexdigest()
    told = {"reference": "call-1", "caller": "+6281200000001", "callee": "+6281200000002", "kind": "call"}
    assert orjson.loads(request.content) == told


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503),
        httpx.Response(200, text="no JSON"),
        httpx.Response(200, json=["no", "mapping"]),
        httpx.Response(200, json={"number": "call me"}),
    ],
)
async def test_what_a_gateway_should_not_say_is_no_call(answer: httpx.Response) -> None:
    _, bridge = await gateway(answer)
    with pytest.raises(NotBridged):
        await bridge.connect(CALL)


async def test_a_gateway_may_ring_both(tmp_path: object) -> None:
    _, bridge = await gateway(httpx.Response(200, json={}))
    assert await bridge.connect(CALL) == Bridged("")


async def test_a_production_node_without_a_gateway_gives_no_number_away() -> None:
    secret = "x" * 40
    settings = Settings(mode="production", secret_key=secret, public_url="https://node.example")
    bridge = bridge_for(settings)
    assert isinstance(bridge, NoBridge)
    with pytest.raises(NotBridged):
        await bridge.connect(CALL)
