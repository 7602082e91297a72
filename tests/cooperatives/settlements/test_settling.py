"""The published netting vector, carried through the public API to the last rupiah, by four co-ops."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from cooperatives import ledger
from cooperatives.ledger.models import LedgerAccount
from cooperatives.ledger.service import AccountRef, Cause, Purpose, balance
from cooperatives.membership.models import Cooperative, CooperativeKind
from cooperatives.settlements import service
from cooperatives.settlements.models import Obligation, SettlementWindow, WindowState
from cooperatives.settlements.obligations import net_debt
from marketplace import checks
from marketplace.database import new_id, transaction
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.settings import Settings
from schema.context import Context
from schema.ids import to_id
from schema.root import schema
from tests.cooperatives.settlements.test_netting import VECTOR

pytestmark = pytest.mark.anyio

OPERATOR = Actor(account_id=UUID(int=1), grants=frozenset({Grant(Role.NODE_OPERATOR)}))
WINDOW = """... on SettlementWindow { id number state grossTotal netTotal
    positions { amount cooperative { code } }
    payments { id amount state payer { code } payee { code } } }
  ... on Problem { code message }"""


@pytest.fixture
async def coops(db: Settings) -> dict[str, Cooperative]:
    await ledger.install()
    return {
        code: await Cooperative.create(
            slug=code.lower(), code=code, name=code, kind=CooperativeKind.MULTI, region_code="35.78"
        )
        for code in ("DRV", "MKT", "FOD", "LOG")
    }


def treasurer(coop: Cooperative) -> Actor:
    return Actor(account_id=UUID(int=coop.pk.int ^ 1), grants=frozenset({Grant(Role.TREASURER, coop.pk)}))


async def ask(db: Settings, actor: Actor, query: str, **variables: Any) -> dict[str, Any]:
    context = Context(settings=db, adapters=None, actor=actor, language="en")
    result = await schema.execute(query, variable_values=variables, context_value=context)
    assert result.errors is None, result.errors
    assert result.data is not None
    return result.data


async def do(db: Settings, actor: Actor, mutation: str, fields: str = WINDOW, **input: Any) -> dict[str, Any]:
    """Carry out a mutation and answer what came of it."""
    name = mutation[0].upper() + mutation[1:] + "Input"
    query = f"mutation ($input: {name}!) {{ {mutation}(input: $input) {{ {fields} }} }}"
    input.setdefault("idempotencyKey", str(uuid4()))
    answer: dict[str, Any] = (await ask(db, actor, query, input=input))[mutation]
    return answer


async def record_vector(db: Settings, coops: dict[str, Cooperative]) -> str:
    """Record the vector's debts; answers the window's id."""
    for debt in VECTOR:
        recorded = await do(
            db,
            treasurer(coops[debt.debtor]),
            "recordObligation",
            "... on Obligation { amount window { id } } ... on Problem { message }",
            debtorId=to_id("Cooperative", coops[debt.debtor].pk),
            creditorId=to_id("Cooperative", coops[debt.creditor].pk),
            amount=debt.amount,
            note="vector",
        )
        assert recorded["amount"] == debt.amount
    return str(recorded["window"]["id"])


def shown(window: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(p["payer"]["code"], p["payee"]["code"], p["amount"]) for p in window["payments"] if p["state"] != "VOID"]


async def dues(coop: Cooperative, purpose: Purpose) -> int:
    rows = await LedgerAccount.filter(cooperative_id=coop.pk, purpose=purpose)
    return sum(row.debits_posted - row.credits_posted for row in rows)


async def test_the_vector_is_netted_and_settled(db: Settings, coops: dict[str, Cooperative]) -> None:
    window_id = await record_vector(db, coops)
    assert await dues(coops["LOG"], Purpose.DUE_TO) == -16_075_000
    assert await dues(coops["LOG"], Purpose.DUE_FROM) == 8_750_000

    window = await do(db, OPERATOR, "closeWindow", windowId=window_id)
    assert window["state"] == "PENDING_SETTLEMENT"
    assert (window["grossTotal"], window["netTotal"]) == (68_825_000, 7_625_000)
    assert {p["cooperative"]["code"]: p["amount"] for p in window["positions"]} == {
        "DRV": -300_000,
        "MKT": 3_450_000,
        "FOD": 4_175_000,
        "LOG": -7_325_000,
    }
    assert shown(window) == [("LOG", "FOD", 4_175_000), ("LOG", "MKT", 3_150_000), ("DRV", "MKT", 300_000)]
    for coop in coops.values():
        assert await dues(coop, Purpose.DUE_TO) == await dues(coop, Purpose.DUE_FROM) == 0
    assert await dues(coops["LOG"], Purpose.SETTLEMENT_CLEARING) == -7_325_000

    first = window["payments"][0]["id"]
    early = await do(db, treasurer(coops["LOG"]), "recordSettlementPayment", paymentId=first, bankReference="X")
    assert early["code"] == "WRONG_STATE"
    for coop in coops.values():
        cooperative_id = to_id("Cooperative", coop.pk)
        approved = await do(
            db, treasurer(coop), "approveSettlement", windowId=window_id, cooperativeId=cooperative_id
        )
        assert approved["state"] == "PENDING_SETTLEMENT"
    assert {p["state"] for p in approved["payments"]} == {"APPROVED"}

    for n, payment in enumerate(window["payments"]):
        payer, payee = (treasurer(coops[payment[side]["code"]]) for side in ("payer", "payee"))
        wrong = await do(db, payee, "recordSettlementPayment", paymentId=payment["id"], bankReference="X")
        assert wrong["code"] == "NOT_FOUND"
        sent = {"paymentId": payment["id"], "bankReference": f"BI-{n}", "idempotencyKey": f"pay-{n}"}
        await do(db, payer, "recordSettlementPayment", **sent)
        await do(db, payer, "recordSettlementPayment", **sent)
        window = await do(db, payee, "confirmSettlementPayment", paymentId=payment["id"])
    assert window["state"] == "SETTLED"
    expected = {"DRV": -300_000, "MKT": 3_450_000, "FOD": 4_175_000, "LOG": -7_325_000}
    for code, amount in expected.items():
        assert (await balance(AccountRef(coops[code].pk, Purpose.BANK))).amount == amount
        assert await dues(coops[code], Purpose.SETTLEMENT_CLEARING) == 0


async def test_when_one_defaults_the_rest_is_planned_afresh(db: Settings, coops: dict[str, Cooperative]) -> None:
    window_id = await record_vector(db, coops)
    await do(db, OPERATOR, "closeWindow", windowId=window_id)
    log = to_id("Cooperative", coops["LOG"].pk)
    window = await do(db, OPERATOR, "declareDefault", windowId=window_id, cooperativeId=log, reason="insolvent")
    assert window["grossTotal"] == 44_000_000
    assert {p["cooperative"]["code"]: p["amount"] for p in window["positions"]} == {
        "DRV": -200_000,
        "MKT": 150_000,
        "FOD": 50_000,
    }
    assert shown(window) == [("DRV", "MKT", 150_000), ("DRV", "FOD", 50_000)]
    assert await dues(coops["LOG"], Purpose.SETTLEMENT_CLEARING) == 0
    assert await dues(coops["LOG"], Purpose.DUE_TO) == -16_075_000
    assert await dues(coops["DRV"], Purpose.SETTLEMENT_CLEARING) == -200_000


async def _approve_all(db: Settings, coops: dict[str, Cooperative], window_id: str) -> None:
    for coop in coops.values():
        id = to_id("Cooperative", coop.pk)
        await do(db, treasurer(coop), "approveSettlement", windowId=window_id, cooperativeId=id)


async def _clean() -> bool:
    return [found async for found in checks.findings()] == []


async def test_an_aborted_plan_goes_on_in_the_open_window(db: Settings, coops: dict[str, Cooperative]) -> None:
    window_id = await record_vector(db, coops)
    await do(db, OPERATOR, "closeWindow", windowId=window_id)
    aborted = await do(db, OPERATOR, "abortWindow", windowId=window_id, reason="a wrong tariff")
    assert (aborted["state"], shown(aborted)) == ("ABORTED", [])
    assert await _clean()
    successor = to_id("SettlementWindow", (await SettlementWindow.get(state=WindowState.OPEN)).id)
    again = await do(db, OPERATOR, "closeWindow", windowId=successor)
    assert shown(again) == [("LOG", "FOD", 4_175_000), ("LOG", "MKT", 3_150_000), ("DRV", "MKT", 300_000)]
    assert await _clean()


async def test_what_is_not_paid_goes_on_as_a_debt(db: Settings, coops: dict[str, Cooperative]) -> None:
    window_id = await record_vector(db, coops)
    window = await do(db, OPERATOR, "closeWindow", windowId=window_id)
    await _approve_all(db, coops, window_id)
    payment_id = next(p["id"] for p in window["payments"] if p["payer"]["code"] == "DRV")
    drv, mkt = treasurer(coops["DRV"]), treasurer(coops["MKT"])
    await do(db, drv, "recordSettlementPayment", paymentId=payment_id, bankReference="BI-1")
    for mutation in ("abortWindow", "failWindow"):
        early = await do(db, OPERATOR, mutation, windowId=window_id, reason="LOG is silent")
        assert early["code"] == "WRONG_STATE"
    await do(db, mkt, "confirmSettlementPayment", paymentId=payment_id)
    failed = await do(db, OPERATOR, "failWindow", windowId=window_id, reason="LOG is silent")
    assert (failed["state"], shown(failed)) == ("FAILED", [("DRV", "MKT", 300_000)])
    assert await dues(coops["LOG"], Purpose.DUE_TO) == -7_325_000
    assert await dues(coops["LOG"], Purpose.SETTLEMENT_CLEARING) == 0
    assert await _clean()


STEPS = {
    "closeWindow": lambda w, c: {"windowId": w},
    "abortWindow": lambda w, c: {"windowId": w, "reason": "r"},
    "failWindow": lambda w, c: {"windowId": w, "reason": "r"},
    "declareDefault": lambda w, c: {"windowId": w, "cooperativeId": c, "reason": "r"},
    "approveSettlement": lambda w, c: {"windowId": w, "cooperativeId": c},
}
#: A stranger may not know of the window; an insider may, and is told what he lacks.
MATRIX = {
    "nobody": ("UNAUTHENTICATED", "UNAUTHENTICATED"),
    "stranger": ("NOT_FOUND", "NOT_FOUND"),
    "driver": ("NOT_FOUND", "NOT_FOUND"),
    "member": ("NOT_FOUND", "NOT_FOUND"),
    "seller owner": ("NOT_FOUND", "NOT_FOUND"),
    "officer of a co-op outside": ("NOT_FOUND", "NOT_FOUND"),
    "own treasurer": ("FORBIDDEN", None),
    "own chair": ("FORBIDDEN", "NOT_FOUND"),
    "own supervisor": ("FORBIDDEN", "NOT_FOUND"),
    "government supervisor": ("FORBIDDEN", "NOT_FOUND"),
}


@pytest.mark.parametrize("who", MATRIX)
async def test_who_may_move_a_window(db: Settings, coops: dict[str, Cooperative], who: str) -> None:
    window_id = await record_vector(db, coops)
    own, person = coops["DRV"].pk, new_id()
    actors = {
        "nobody": Actor(),
        "stranger": Actor(account_id=person),
        "driver": Actor(account_id=person, grants=frozenset({Grant(Role.DRIVER, own)})),
        "member": Actor(account_id=person, grants=frozenset({Grant(Role.MEMBER, own)})),
        "seller owner": Actor(account_id=person, grants=frozenset({Grant(Role.SELLER_OWNER, None, new_id())})),
        "officer of a co-op outside": Actor(account_id=person, grants=frozenset({Grant(Role.TREASURER, new_id())})),
        "own treasurer": Actor(account_id=person, grants=frozenset({Grant(Role.TREASURER, own)})),
        "own chair": Actor(account_id=person, grants=frozenset({Grant(Role.CHAIR, own)})),
        "own supervisor": Actor(account_id=person, grants=frozenset({Grant(Role.SUPERVISOR, own)})),
        "government supervisor": Actor(account_id=person, grants=frozenset({Grant(Role.GOVERNMENT_SUPERVISOR)})),
    }
    await do(db, OPERATOR, "closeWindow", windowId=window_id)
    before = await SettlementWindow.all().order_by("number").values("id", "state", "version")
    for mutation, input in STEPS.items():
        given = input(window_id, to_id("Cooperative", own))
        answer = await do(db, actors[who], mutation, **given)
        expected = MATRIX[who][1 if mutation == "approveSettlement" else 0]
        if expected is not None:
            assert (mutation, answer.get("code")) == (mutation, expected)
            assert await SettlementWindow.all().order_by("number").values("id", "state", "version") == before


async def test_an_empty_window_settles_as_empty(db: Settings, coops: dict[str, Cooperative]) -> None:
    window_id = await record_vector(db, coops)
    await do(db, OPERATOR, "closeWindow", windowId=window_id)
    successor = await SettlementWindow.get(state=WindowState.OPEN)
    closed = await do(db, OPERATOR, "closeWindow", windowId=to_id("SettlementWindow", successor.id))
    assert (closed["number"], closed["state"], closed["payments"]) == (2, "SETTLED", [])
    again = await do(db, OPERATOR, "closeWindow", windowId=to_id("SettlementWindow", successor.id))
    assert again["code"] == "WRONG_STATE"


async def test_only_the_operator_closes_and_only_the_debtor_acknowledges(
    db: Settings, coops: dict[str, Cooperative]
) -> None:
    window_id = await record_vector(db, coops)
    for actor, code in (
        (Actor(), "UNAUTHENTICATED"),
        (Actor(account_id=new_id()), "NOT_FOUND"),
        (treasurer(coops["LOG"]), "FORBIDDEN"),
    ):
        assert (await do(db, actor, "closeWindow", windowId=window_id))["code"] == code
    refused = await do(
        db,
        treasurer(coops["MKT"]),
        "recordObligation",
        "... on Problem { code }",
        debtorId=to_id("Cooperative", coops["LOG"].pk),
        creditorId=to_id("Cooperative", coops["MKT"].pk),
        amount=1,
        note="mine",
    )
    assert refused["code"] == "FORBIDDEN"
    assert await Obligation.all().count() == len(VECTOR)
    assert (await SettlementWindow.get()).state is WindowState.OPEN


async def test_the_net_debit_cap(db: Settings, coops: dict[str, Cooperative]) -> None:
    log, fod = coops["LOG"].pk, coops["FOD"].pk
    group_id = await service.join_common_group(log, fod)
    await do(
        db,
        OPERATOR,
        "setNetDebitCap",
        "... on ClearingGroup { members { cap } } ... on Problem { message }",
        groupId=to_id("ClearingGroup", group_id),
        cooperativeId=to_id("Cooperative", log),
        cap=10_000_000,
        cover=None,
    )
    table = [
        # debtor, creditor, amount, refused
        (log, fod, 8_000_000, False),
        (log, fod, 2_000_001, True),
        (fod, log, 5_000_000, False),
        (log, fod, 7_000_000, False),
        (log, fod, 1, True),
    ]
    for debtor, creditor, amount, is_refused in table:
        answer = await do(
            db,
            treasurer(coops["LOG"] if debtor == log else coops["FOD"]),
            "recordObligation",
            "... on Obligation { amount } ... on Problem { code }",
            debtorId=to_id("Cooperative", debtor),
            creditorId=to_id("Cooperative", creditor),
            amount=amount,
            note="cap",
        )
        assert answer == ({"code": "NET_DEBIT_CAP"} if is_refused else {"amount": amount})
    assert await net_debt(group_id, log) == 10_000_000
    with pytest.raises(service.NetDebitCapReached):
        async with transaction():
            await service.require_headroom(debtor_id=log, creditor_id=fod, amount=1)
    async with transaction():  # what was delivered was delivered
        await service.record_obligation(debtor_id=log, creditor_id=fod, amount=1, cause=Cause("delivered", log))
    assert await net_debt(group_id, log) == 10_000_001


async def test_the_book_shows_what_was_posted(db: Settings, coops: dict[str, Cooperative]) -> None:
    await record_vector(db, coops)
    query = """query ($slug: String!) { cooperative(slug: $slug) {
      book { trialBalance { debits credits lines { purpose title balance } }
             accounts(type: LIABILITY) { id purpose balance }
             transfers(first: 2) { nodes { amount kind debit { purpose } credit { title } seal { number } }
                                   pageInfo { hasNextPage endCursor } } }
      windows { nodes { state obligations(first: 3) { nodes { amount debtor { code } } } } } } }"""
    seen = (await ask(db, treasurer(coops["LOG"]), query, slug="log"))["cooperative"]
    book = seen["book"]
    assert book["trialBalance"]["debits"] == book["trialBalance"]["credits"] == 24_825_000
    assert sum(a["balance"] for a in book["accounts"]) == 16_075_000
    assert book["transfers"]["pageInfo"]["hasNextPage"]
    assert len(seen["windows"]["nodes"][0]["obligations"]["nodes"]) == 3
    stranger = (await ask(db, treasurer(coops["MKT"]), query, slug="log"))["cooperative"]
    assert (stranger["book"], stranger["windows"]["nodes"]) == (None, [])
    more = """query ($id: ID!, $account: ID!, $after: String) { node(id: $id) { ... on Book {
      transfers(account: $account, first: 100, after: $after) { nodes { amount } } } } }"""
    found = await ask(
        db,
        treasurer(coops["LOG"]),
        more,
        id=to_id("Book", coops["LOG"].pk),
        account=book["accounts"][0]["id"],
        after=None,
    )
    assert [t["amount"] for t in found["node"]["transfers"]["nodes"]] == [book["accounts"][0]["balance"]]
