"""Signing in, told through the public API."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from asgi_lifespan import LifespanManager

from marketplace import clock
from marketplace.app import create_app
from marketplace.identity import tokens
from marketplace.settings import Settings

pytestmark = pytest.mark.anyio
PHONE = "+6281234567890"


SIGNED_IN = "... on SignedIn { accessToken refreshToken account { name phone hasPassword } }"
FRAGMENTS = {
    "signIn": SIGNED_IN,
    "refresh": SIGNED_IN,
    "createApiKey": "... on NewApiKey { token apiKey { id hint scopes origins } }",
    "signOut": "... on SignedOut { sessions }",
}


@pytest.fixture
async def api(db: Settings) -> AsyncIterator["Api"]:
    app = create_app(db)
    async with (
        LifespanManager(app) as manager,
        httpx.AsyncClient(transport=httpx.ASGITransport(app=manager.app), base_url="http://node") as client,
    ):
        yield Api(client, db)
    clock.use(None)


class Api:
    """A client of the API, as a front end would write it."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings) -> None:
        self.client = client
        self.settings = settings

    async def send(self, query: str, token: str | None = None, **variables: Any) -> dict[str, Any]:
        headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {token}"} if token else {})
        answer = await self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        found: dict[str, Any] = answer.json()
        return found

    async def do(self, mutation: str, input: dict[str, Any], token: str | None = None) -> dict[str, Any]:
        """Send one mutation and answer its union member."""
        kind = mutation[0].upper() + mutation[1:] + "Input"
        query = f"""mutation($input: {kind}!) {{ {mutation}(input: $input) {{ __typename
            ... on Problem {{ code message retryable fields {{ path code }} }}
            {FRAGMENTS.get(mutation, "")} }} }}"""
        answer = await self.send(query, token, input=input)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][mutation]
        return found

    def last_code(self) -> str:
        lines = (self.settings.folder / "outgoing-codes.jsonl").read_text().splitlines()
        return str(json.loads(lines[-1])["code"])

    async def sign_in(self, phone: str = PHONE) -> dict[str, Any]:
        await self.do("requestCode", {"phone": phone})
        return await self.do("signIn", {"phone": phone, "code": self.last_code(), "name": "Sari"})


async def viewer(api: Api, token: str | None) -> dict[str, Any]:
    return await api.send("{ viewer { account { name phone } offices { role } } }", token)


def code_of(answer: dict[str, Any]) -> str:
    return str(answer["errors"][0]["extensions"]["code"])


async def test_a_stranger_registers_with_a_code(api: Api) -> None:
    signed_in = await api.sign_in("0812-3456-7890")
    assert signed_in["account"] == {"name": "Sari", "phone": PHONE, "hasPassword": False}
    answer = await viewer(api, signed_in["accessToken"])
    assert answer["data"]["viewer"]["account"] == {"name": "Sari", "phone": PHONE}
    assert (await viewer(api, None))["data"]["viewer"] is None


async def test_a_code_is_good_once_and_for_five_minutes(api: Api) -> None:
    await api.sign_in()
    again = await api.do("signIn", {"phone": PHONE, "code": api.last_code()})
    assert again["code"] == "WRONG_CODE"
    await api.do("requestCode", {"phone": PHONE})
    later = clock.now() + timedelta(minutes=5)
    clock.use(lambda: later)
    late = await api.do("signIn", {"phone": PHONE, "code": api.last_code()})
    assert late["code"] == "WRONG_CODE"


async def test_a_code_can_be_guessed_at_five_times(api: Api) -> None:
    await api.do("requestCode", {"phone": PHONE})
    right = api.last_code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert (await api.do("signIn", {"phone": PHONE, "code": wrong}))["code"] == "WRONG_CODE"
    assert (await api.do("signIn", {"phone": PHONE, "code": right}))["code"] == "WRONG_CODE"


async def test_codes_to_one_phone_are_throttled(api: Api) -> None:
    answers = [await api.do("requestCode", {"phone": PHONE}) for _ in range(6)]
    assert [a["__typename"] for a in answers[:5]] == ["CodeSent"] * 5
    assert answers[5]["code"] == "RATE_LIMITED"
    assert answers[5]["retryable"] is True


@pytest.mark.parametrize("phone", ["", "abc", "123", "+62", "0" * 60])
async def test_what_is_no_phone_is_named(api: Api, phone: str) -> None:
    answer = await api.do("requestCode", {"phone": phone})
    assert answer["fields"] == [{"path": ["phone"], "code": "INVALID"}]


async def test_a_refresh_token_shown_twice_ends_its_session(api: Api) -> None:
    first = await api.sign_in()
    second = await api.do("refresh", {"refreshToken": first["refreshToken"]})
    assert (await viewer(api, second["accessToken"]))["data"]["viewer"]

    stolen = await api.do("refresh", {"refreshToken": first["refreshToken"]})

    assert stolen["code"] == "UNAUTHENTICATED"
    assert code_of(await viewer(api, second["accessToken"])) == "UNAUTHENTICATED"
    assert (await api.do("refresh", {"refreshToken": second["refreshToken"]}))["code"] == "UNAUTHENTICATED"


async def test_an_access_token_expires_and_is_refreshed(api: Api) -> None:
    signed_in = await api.sign_in()
    later = clock.now() + tokens.ACCESS_LIFE
    clock.use(lambda: later)
    assert code_of(await viewer(api, signed_in["accessToken"])) == "TOKEN_EXPIRED"
    fresh = await api.do("refresh", {"refreshToken": signed_in["refreshToken"]})
    assert (await viewer(api, fresh["accessToken"]))["data"]["viewer"]


async def test_signing_out_everywhere_ends_every_device(api: Api) -> None:
    phone, tablet = await api.sign_in(), await api.sign_in()
    out = await api.do("signOut", {"everywhere": True}, phone["accessToken"])
    assert out["sessions"] == 2
    assert code_of(await viewer(api, tablet["accessToken"])) == "UNAUTHENTICATED"


async def test_a_password_is_set_after_a_code_and_signs_in(api: Api) -> None:
    signed_in = await api.sign_in()
    short = await api.do("setPassword", {"password": "short"}, signed_in["accessToken"])
    assert short["code"] == "INVALID"
    await api.do("setPassword", {"password": "padi menguning"}, signed_in["accessToken"])
    wrong = await api.do("signIn", {"phone": PHONE, "password": "padi menghijau"})
    unknown = await api.do("signIn", {"phone": "+6281299999999", "password": "padi menguning"})
    assert wrong["code"] == unknown["code"] == "WRONG_PASSWORD"
    right = await api.do("signIn", {"phone": PHONE, "password": "padi menguning"})
    assert right["account"]["hasPassword"] is True

    later = clock.now() + timedelta(minutes=1)
    clock.use(lambda: later)
    other = await api.do(
        "setPassword", {"password": "nasi sudah matang", "current": "salah semua"}, right["accessToken"]
    )
    assert other["code"] == "WRONG_PASSWORD"


async def test_passwords_can_be_guessed_at_ten_times_a_quarter_of_an_hour(api: Api) -> None:
    signed_in = await api.sign_in()
    await api.do("setPassword", {"password": "padi menguning"}, signed_in["accessToken"])
    for _ in range(10):
        assert (await api.do("signIn", {"phone": PHONE, "password": "tebakan"}))["code"] == "WRONG_PASSWORD"
    right = {"phone": PHONE, "password": "padi menguning"}
    assert (await api.do("signIn", right))["code"] == "RATE_LIMITED"
    later = clock.now() + timedelta(minutes=16)
    clock.use(lambda: later)
    assert (await api.do("signIn", right))["__typename"] == "SignedIn"


async def test_an_api_key_acts_within_its_scopes_until_revoked(api: Api) -> None:
    token = (await api.sign_in())["accessToken"]
    made = await api.do(
        "createApiKey", {"name": "Kasir", "scopes": ["READ"], "origins": ["https://kasir.example"]}, token
    )
    key = made["token"]
    assert made["apiKey"]["origins"] == ["https://kasir.example"]
    assert (await viewer(api, key))["data"]["viewer"]["account"]["phone"] == PHONE
    assert (await api.do("createApiKey", {"name": "x", "scopes": ["READ"]}, key))["code"] == "FORBIDDEN"
    await api.do("revokeApiKey", {"id": made["apiKey"]["id"]}, token)
    assert code_of(await viewer(api, key)) == "UNAUTHENTICATED"


@pytest.mark.parametrize("header", ["Bearer x", "Bearer", "Basic abc", "Bearer lbk_x", "Bearer a.b.c"])
async def test_a_header_that_proves_nothing_is_refused_whole(api: Api, header: str) -> None:
    answer = await api.client.post(
        "/graphql", json={"query": "{ viewer { account { name } } }"}, headers={"Authorization": header}
    )
    assert answer.status_code == 401
    assert code_of(answer.json()) == "UNAUTHENTICATED"


async def test_a_lost_device_is_signed_out_from_another(api: Api) -> None:
    lost, kept = await api.sign_in(), await api.sign_in()
    shown = await api.send("{ viewer { sessions { id isThisOne } } }", kept["accessToken"])
    sessions = shown["data"]["viewer"]["sessions"]
    assert [session["isThisOne"] for session in sessions] == [True, False]
    await api.do("signOut", {"sessionId": sessions[1]["id"]}, kept["accessToken"])
    assert code_of(await viewer(api, lost["accessToken"])) == "UNAUTHENTICATED"
    assert (await viewer(api, kept["accessToken"]))["data"]["viewer"]
    again = await api.do("signOut", {"sessionId": sessions[1]["id"]}, kept["accessToken"])
    assert again["code"] == "NOT_FOUND"


async def test_an_account_is_found_by_its_owner_only(api: Api) -> None:
    token = (await api.sign_in())["accessToken"]
    own = (await api.send("{ viewer { account { id } } }", token))["data"]["viewer"]["account"]["id"]
    query = "query($id: ID!) { node(id: $id) { id } }"
    assert (await api.send(query, token, id=own))["data"]["node"] == {"id": own}
    assert (await api.send(query, None, id=own))["data"]["node"] is None
