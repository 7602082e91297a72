"""From the operator to the first alliance, told through the public API; and what a list costs."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cooperatives.membership.models import Cooperative, CooperativeKind
from marketplace.database import transaction
from marketplace.identity import service as identity
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.cooperatives.membership.people import cooperative, person
from tests.counting import count_statements

pytestmark = pytest.mark.anyio
Ask = Callable[..., Awaitable[dict[str, Any]]]
PROBLEM = "... on Problem { code message fields { path code } }"


async def token(account: Account) -> str:
    return (await identity.issue_tokens(account)).access_token


async def do(graphql: Ask, mutation: str, of: str, wanted: str, who: Account | None, **input: Any) -> dict[str, Any]:
    """One mutation by this person; its union member."""
    name = mutation[0].upper() + mutation[1:] + "Input"
    answers = f"__typename ... on {of} {{ {wanted} }} {PROBLEM}"
    query = f"mutation($input: {name}!) {{ {mutation}(input: $input) {{ {answers} }} }}"
    answer = await graphql(query, {"input": input}, token=await token(who) if who else "")
    assert "errors" not in answer, answer
    found: dict[str, Any] = answer["data"][mutation]
    return found


async def operator() -> Account:
    account = await person("Pengelola")
    async with transaction():
        await identity.grant_role(account.pk, Role.NODE_OPERATOR)
    return account


async def test_a_co_op_is_founded_joined_and_allied(graphql: Ask) -> None:
    chair, secretary, treasurer, budi = [await person(name) for name in ("Ani", "Beni", "Citra", "Budi")]
    founded = await do(
        graphql,
        "foundCooperative",
        "Cooperative",
        "id slug commission carrierShare isSuspended",
        await operator(),
        slug="koperasi-ojek",
        code="OJK",
        name="Koperasi Ojek",
        kind="DRIVER",
        regionCode="35.78",
        chairId=to_id("Account", chair.pk),
        secretaryId=to_id("Account", secretary.pk),
        treasurerId=to_id("Account", treasurer.pk),
    )
    assert founded["slug"] == "koperasi-ojek"
    applied = await do(
        graphql, "applyForMembership", "Membership", "id state number", budi, cooperativeId=founded["id"]
    )
    assert (applied["state"], applied["number"]) == ("APPLIED", None)
    waiting = await graphql(
        '{ cooperative(slug: "koperasi-ojek") { applications { nodes { account { name } } } } }',
        token=await token(chair),
    )
    assert waiting["data"]["cooperative"]["applications"]["nodes"] == [{"account": {"name": "Budi"}}]
    approved = await do(graphql, "approveMembership", "Membership", "state number", chair, id=applied["id"])
    assert (approved["state"], approved["number"]) == ("ACTIVE", 4)
    viewer = await graphql(
        "{ viewer { memberships { number cooperative { name } } offices { role } } }", token=await token(budi)
    )
    assert viewer["data"]["viewer"] == {
        "memberships": [{"number": 4, "cooperative": {"name": "Koperasi Ojek"}}],
        "offices": [{"role": "MEMBER"}],
    }

    food, officers = await cooperative("FOD", CooperativeKind.FOOD)
    proposed = await do(
        graphql,
        "proposeAlliance",
        "Alliance",
        "id state",
        chair,
        asCooperativeId=founded["id"],
        sellerCooperativeId=to_id("Cooperative", food.pk),
        carrierCooperativeId=founded["id"],
        carrierShare=10_000,
    )
    agreed = await do(
        graphql,
        "agreeAlliance",
        "Alliance",
        "state carrierShare carrierCooperative { code } sellerCooperative { code }",
        officers[Role.CHAIR],
        id=proposed["id"],
        carrierShare=10_000,
    )
    assert agreed["state"] == "AGREED"
    assert (agreed["carrierCooperative"]["code"], agreed["sellerCooperative"]["code"]) == ("OJK", "FOD")


async def test_nobody_and_strangers_found_and_suspend_nothing(graphql: Ask) -> None:
    founded, officers = await cooperative()
    id = to_id("Cooperative", founded.pk)
    for who, code in ((None, "UNAUTHENTICATED"), (officers[Role.CHAIR], "FORBIDDEN")):
        answer = await do(graphql, "suspendCooperative", "Cooperative", "id", who, id=id, reason="x")
        assert answer["code"] == code
    assert (await Cooperative.get(pk=founded.pk)).suspended_at is None
    stopped = await do(
        graphql, "suspendCooperative", "Cooperative", "isSuspended", await operator(), id=id, reason="Audit"
    )
    assert stopped["isSuspended"] is True
    listed = await graphql("{ cooperatives { nodes { code } } }")
    assert listed["data"]["cooperatives"]["nodes"] == []


async def test_the_register_is_for_officers(graphql: Ask) -> None:
    founded, officers = await cooperative()
    query = (
        f'{{ cooperative(slug: "{founded.slug}") {{ members {{ nodes {{ number account {{ name phone }} }} }} }} }}'
    )
    stranger = await graphql(query, token=await token(await person()))
    assert stranger["errors"][0]["extensions"]["code"] == "FORBIDDEN", stranger
    seen = await graphql(query, token=await token(officers[Role.CHAIR]))
    rows = seen["data"]["cooperative"]["members"]["nodes"]
    assert [row["number"] for row in rows] == [1, 2, 3]
    assert [bool(row["account"]["phone"]) for row in rows] == [True, False, False]  # the chair's own


@pytest.mark.parametrize("kind", ["Membership", "Alliance", "Account"])
async def test_a_foreign_id_is_named(graphql: Ask, kind: str) -> None:
    wrong = to_id("Cooperative", (await cooperative())[0].pk)
    mutation = {"Membership": "approveMembership", "Alliance": "endAlliance", "Account": "reinstateAccount"}[kind]
    answer = await do(graphql, mutation, kind, "id", await operator(), id=wrong)
    assert (answer["code"], answer["fields"]) == ("INVALID", [{"path": ["id"], "code": "INVALID"}])


async def test_a_list_of_co_ops_costs_the_same_for_one_and_for_fifty(graphql: Ask) -> None:
    query = "{ cooperatives(first: 50) { nodes { id name alliances { id } } } }"
    await cooperative("C0")
    await graphql(query)
    with count_statements() as one:
        await graphql(query)
    await Cooperative.bulk_create(
        Cooperative(slug=f"c-{n}", code=f"X{n}", name=f"C {n}", kind=CooperativeKind.FOOD, region_code="35.78")
        for n in range(49)
    )
    with count_statements() as fifty:
        answer = await graphql(query)
    assert len(answer["data"]["cooperatives"]["nodes"]) == 50
    assert one.number == fifty.number == 2


async def test_a_member_is_found_by_name_or_number(graphql: Ask) -> None:
    own, officers = await cooperative("FND")
    chair = await token(officers[Role.CHAIR])
    query = """query ($slug: String!, $search: String) { cooperative(slug: $slug) {
      members(search: $search) { nodes { number account { name } } }
      drivers(search: $search) { nodes { name } } } }"""
    named = dict.fromkeys(("chair", "CHA", "air c", "1", " 1 "), ("Chair", 1))
    for search, expected in {**named, "nobody": None, "7": None, "9" * 40: None, "%": None}.items():
        answer = await graphql(query, {"slug": own.slug, "search": search}, token=chair)
        nodes = answer["data"]["cooperative"]["members"]["nodes"]
        found = [(node["account"]["name"], node["number"]) for node in nodes]
        assert found == ([expected] if expected else []), search
        assert answer["data"]["cooperative"]["drivers"]["nodes"] == []
    everyone = await graphql(query, {"slug": own.slug, "search": "  "}, token=chair)
    assert len(everyone["data"]["cooperative"]["members"]["nodes"]) == len(officers)
