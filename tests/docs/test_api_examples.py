"""Every example of docs/api/ runs, in its order, on a served node with the seeded town."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from graphql import FieldNode, OperationDefinitionNode, OperationType, parse
from PIL import Image

from cooperatives.governance.results import decoded, encoded
from marketplace import clock, database, sandbox, seed, wiring, worker
from marketplace.database import transaction
from marketplace.identity import service as identity
from marketplace.payments import strays
from marketplace.payments.gateway import Theirs
from marketplace.payments.models import RailAccount
from marketplace.settings import Settings
from schema.root import schema
from tests import conftest, copies
from tests.cooperatives.governance.device import Device
from tests.cooperatives.moving.old_books import one_member
from tests.docs import pages
from tests.docs.pages import Example
from tests.live.conftest import url, watching_as

__all__ = ["url"]  # a served node, as the tests of subscriptions have it, here of the settings below

pytestmark = pytest.mark.anyio


async def sign_in(phone: str) -> str:
    async with transaction():
        account = await identity.find_or_create_account(phone, "")
        return (await identity.issue_tokens(account)).access_token


async def sign_everyone_in() -> dict[str, str]:
    """A token for each word by which the pages name a person."""
    return {word: await sign_in(phone) for word, phone in pages.people().items()} | {"nobody": ""}


async def wait(adapters: wiring.Adapters, minutes: int) -> None:
    """Let so many minutes pass, and the node's timetable do what has fallen due."""
    passed = timedelta(minutes=minutes)
    clock.use(lambda: clock.machine() + passed)
    await worker.run_timetable_once(adapters)
    await worker.drain(adapters)


def to_the_node() -> httpx.AsyncClient:
    """Without the authorities' certificates: nobody shows one here, and to read them takes longer than to ask."""
    return httpx.AsyncClient(trust_env=False, verify=False)


async def upload(url: str, token: str, path: str, **params: str) -> None:
    """What `curl -T picture.png` to `/uploads/…` does."""
    content = BytesIO()
    Image.new("RGB", (300, 300), "green").save(content, "PNG")
    address = url.replace("ws:", "http:").replace("/graphql", path)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "image/png"}
    async with to_the_node() as http:
        answer = await http.post(address, params=params, content=content.getvalue(), headers=headers)
    assert answer.status_code in {200, 201}, answer.text


STATEMENT = """Tanggal;Uraian Transaksi;Debet;Kredit
05/02/2026;SETOR TENDA;0;600000
06/02/2026;BIAYA ADM;15000;0
"""


async def take_in_statement(url: str, account_id: str, token: str) -> None:
    """What `curl --data-binary @mutasi.csv` to `/books/statements` does."""
    address = url.replace("ws:", "http:").replace("/graphql", "/books/statements")
    sent = {"account": account_id, "dryRun": "false"}
    async with to_the_node() as http:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await http.post(address, params=sent, content=STATEMENT.encode(), headers=headers)
    assert answer.json()["added"] == 2, answer.text


async def bring_sheets(url: str, cooperative_id: str, token: str) -> None:
    """What `curl --data-binary @pindahan.xlsx` to `/moving/sets` does."""
    address = url.replace("ws:", "http:").replace("/graphql", "/moving/sets")
    sent = {"cooperative": cooperative_id, "dryRun": "false"}
    async with to_the_node() as http:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await http.post(address, params=sent, content=one_member(), headers=headers)
    assert answer.json()["set"], answer.text


def kind_of(example: Example) -> OperationType:
    (operation,) = [node for node in parse(example.document).definitions if isinstance(node, OperationDefinitionNode)]
    return operation.operation


def problem_of(example: Example, answer: dict[str, Any]) -> Any:
    """Why the answer is a refusal, or None."""
    if answer.get("errors"):
        return answer["errors"][0].get("extensions", {}).get("code"), answer["errors"]
    for name, value in answer["data"].items():
        assert value is not None, f"{example.place}: {name} is null"
        if isinstance(value, dict) and value.get("__typename") == "Problem":
            return value["code"], value
        if kind_of(example) is OperationType.MUTATION:
            assert "__typename" in value, f"{example.place}: ask for __typename, or a refusal isn't seen"
    return None


async def send(url: str, example: Example, variables: dict[str, Any], token: str) -> dict[str, Any]:
    """What the node answers; of a subscription, its first message."""
    if kind_of(example) is OperationType.SUBSCRIPTION:
        async with watching_as(url, token, example.document, **variables) as watcher:
            message: dict[str, Any] = await watcher.next()
            assert message["type"] == "next", f"{example.place}: {message}"
            return dict(message["payload"])
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with to_the_node() as http:
        asked = {"query": example.document, "variables": variables}
        answer = await http.post(url.replace("ws:", "http:"), json=asked, headers=headers)
    return dict(answer.json())


@pytest.fixture(scope="module")
def towns() -> Iterator[dict[str, Settings]]:
    """By dialect, the node at rest in which the town stands."""
    planted: dict[str, Settings] = {}
    yield planted
    for town in planted.values():
        asyncio.run(copies.remove(town))


@pytest.fixture(params=conftest.databases())
async def settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, towns: dict[str, Settings]
) -> AsyncIterator[Settings]:
    """A node with the seeded town."""
    if request.param not in towns:
        town = await copies.empty(request.param, tmp_path_factory.mktemp("towns"))
        await database.connect(town)
        await seed.plant()
        await worker.drain(wiring.build(town))
        await database.disconnect()
        towns[request.param] = town
    copy = await copies.copied(towns[request.param])
    yield copy
    await copies.remove(copy)


@pytest.fixture(autouse=True)
def _the_clock_is_put_back() -> Iterator[None]:
    yield
    clock.use(None)


@pytest.mark.parametrize("page", pages.PAGES)
async def test_every_example_of_a_page_runs(page: str, url: str, settings: Settings) -> None:
    adapters = wiring.build(settings)
    tokens = await sign_everyone_in()
    known: dict[str, Any] = {
        "nextMonth": (clock.now() + timedelta(days=30)).isoformat(),
        "tomorrow": (clock.now() + timedelta(days=1)).date().isoformat(),
        "nextWeek": (clock.now() + timedelta(days=8)).isoformat(),
        "soon": (clock.now() + timedelta(hours=2)).isoformat(),
    }
    device: Device
    for example in pages.examples(page):
        if example.later:
            await wait(adapters, example.later)
            tokens = await sign_everyone_in()
        if example.picture:
            await upload(url, tokens[example.who], "/uploads/images", listing=known[example.picture])
        if example.paper:
            await upload(url, tokens["driver"], f"/uploads/driver-papers/{known[example.paper]}")
        if example.statement:
            await take_in_statement(url, known[example.statement], tokens[example.who])
        if example.sheets:
            await bring_sheets(url, known[example.sheets], tokens[example.who])
        if example.stray:
            theirs = Theirs("tx-1", None, example.stray, succeeded=True, made_at=clock.now())
            await strays.found(await RailAccount.all().get(), theirs)
        if example.blinds:
            device = Device(decoded(known[example.blinds]))
            known["blinded"] = encoded(device.blinded)
        if example.votes:
            ballot = device.ballot(decoded(known["signature"]), known["ballotName"], [example.votes])
            known |= ballot.as_json()
        variables = pages.filled(example.variables, known)
        token = tokens[example.who] if example.who in tokens else known[example.who]
        answer = await send(url, example, variables, token)
        refused = problem_of(example, answer)
        assert (refused[0] if refused else None) == example.refused, f"{example.place}: {refused or answer}"
        for name, way in example.save.items():
            value = pages.follow(way, answer["data"])
            assert known.setdefault(name, value) == value, f"{example.place}: {name} is another one"
        await worker.drain(adapters)
    await wiring.close(adapters)


def test_there_is_a_page_for_each_kind_of_user_with_examples() -> None:
    counted = Counter({page: len(list(pages.examples(page))) for page in pages.PAGES})
    users = {"buyer.md", "seller.md", "driver.md", "treasurer-and-officers.md", "operator.md", "frontend.md"}
    assert users | {"README.md"} <= set(pages.PAGES)
    assert min(counted.values()) >= 3, counted


def shown() -> Iterator[tuple[OperationType, str]]:
    """Every root field that an example asks for."""
    for page in pages.PAGES:
        for example in pages.examples(page):
            (operation,) = [
                node for node in parse(example.document).definitions if isinstance(node, OperationDefinitionNode)
            ]
            for node in operation.selection_set.selections:
                if isinstance(node, FieldNode):
                    yield operation.operation, node.name.value


def test_every_operation_of_the_schema_is_on_a_page() -> None:
    on_pages = set(shown())
    missing = [
        f"{kind.value} {name}"
        for kind in OperationType
        if (root := schema._schema.get_root_type(kind)) is not None
        for name in root.fields
        if (kind, name) not in on_pages
    ]
    assert not missing, f"show them by an example in docs/api/: {missing}"


def test_every_page_is_named_in_the_first() -> None:
    first = (pages.FOLDER / "README.md").read_text()
    assert [page for page in pages.PAGES if page != "README.md" and f"[{page}]({page})" not in first] == []


def test_no_graphql_fence_escapes_the_reader() -> None:
    for page in pages.PAGES:
        fences = (pages.FOLDER / page).read_text().count("```graphql")
        assert fences == len(list(pages.examples(page))), page


def test_the_sandbox_page_names_every_trigger() -> None:
    text = (pages.FOLDER / "frontend.md").read_text()
    assert [word for word in sandbox.TRIGGERS if f"`{word}`" not in text] == []
