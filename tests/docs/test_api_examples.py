"""Every example of docs/api/ runs, in its order, on a served node with the seeded town."""

import json
from collections import Counter
from typing import Any

import httpx
import pytest
from graphql import OperationDefinitionNode, OperationType, parse

from marketplace import sandbox, seed, wiring, worker
from marketplace.database import transaction
from marketplace.identity import service as identity
from marketplace.settings import Settings
from tests.docs import pages
from tests.docs.pages import Example
from tests.live.conftest import url, watching_as

__all__ = ["url"]  # a served node, as the tests of subscriptions have it

pytestmark = pytest.mark.anyio


async def sign_in(phone: str) -> str:
    async with transaction():
        account = await identity.find_or_create_account(phone, "")
        return (await identity.issue_tokens(account)).access_token


def kind_of(example: Example) -> OperationType:
    (operation,) = [node for node in parse(example.document).definitions if isinstance(node, OperationDefinitionNode)]
    return operation.operation


def last_code(settings: Settings) -> str:
    """The one-time code that the development node wrote last."""
    path = settings.folder / "outgoing-codes.jsonl"
    return str(json.loads(path.read_text().splitlines()[-1])["code"]) if path.exists() else ""


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
    async with httpx.AsyncClient(trust_env=False) as http:
        asked = {"query": example.document, "variables": variables}
        answer = await http.post(url.replace("ws:", "http:"), json=asked, headers=headers)
    return dict(answer.json())


@pytest.mark.parametrize("page", pages.PAGES)
async def test_every_example_of_a_page_runs(page: str, url: str, settings: Settings) -> None:
    await seed.plant()
    adapters = wiring.build(settings)
    await worker.drain(adapters)
    tokens = {word: await sign_in(phone) for word, phone in pages.people().items()} | {"nobody": ""}
    known: dict[str, Any] = {}
    for example in pages.examples(page):
        variables = pages.filled(example.variables, {**known, "code": last_code(settings)})
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
    assert set(pages.PAGES) == users | {"README.md"}
    assert min(counted.values()) >= 3, counted


def test_no_graphql_fence_escapes_the_reader() -> None:
    for page in pages.PAGES:
        fences = (pages.FOLDER / page).read_text().count("```graphql")
        assert fences == len(list(pages.examples(page))), page


def test_the_sandbox_page_names_every_trigger() -> None:
    text = (pages.FOLDER / "frontend.md").read_text()
    assert [word for word in sandbox.TRIGGERS if f"`{word}`" not in text] == []
