"""Lists cost the same number of SQL statements at one row and at fifty."""

from uuid import uuid4

import pytest

from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from cooperatives.membership.models import Cooperative
from cooperatives.settlements import service
from marketplace.database import transaction
from marketplace.settings import Settings
from tests.cooperatives.settlements.test_settling import OPERATOR, ask, coops, treasurer
from tests.counting import count_statements

__all__ = ["coops"]
pytestmark = pytest.mark.anyio

BOOK = """{ cooperative(slug: "log") { book { transfers(first: 50) { nodes {
  amount debit { title } credit { title } seal { number } } } trialBalance { lines { balance } } } } }"""
WINDOWS = """{ cooperative(slug: "log") { windows(first: 10) { nodes { state grossTotal netTotal
  group { name members { cooperative { code } } } positions { amount cooperative { code } }
  payments { amount payer { code } payee { code } } obligations(first: 50) { nodes {
    amount debtor { code } creditor { code } } } } } } }"""


async def _owe(coops: dict[str, Cooperative], times: int) -> None:
    log, fod = coops["LOG"].pk, coops["FOD"].pk
    for _ in range(times):
        async with transaction():
            cause = Cause("test", uuid4())
            await service.record_obligation(debtor_id=log, creditor_id=fod, amount=5, cause=cause)
            expense, due = AccountRef(log, Purpose.OTHER_EXPENSE), AccountRef(log, Purpose.DUE_TO, fod)
            claim, income = AccountRef(fod, Purpose.DUE_FROM, log), AccountRef(fod, Purpose.OTHER_INCOME)
            await post([Entry(expense, due, 5, "test"), Entry(claim, income, 5, "test")], cause=cause)


@pytest.mark.parametrize("query", [BOOK, WINDOWS], ids=["book", "windows"])
async def test_a_list_costs_the_same_at_one_row_and_at_fifty(
    db: Settings, coops: dict[str, Cooperative], query: str
) -> None:
    await _owe(coops, 1)
    actor = treasurer(coops["LOG"])
    with count_statements() as one:
        await ask(db, actor, query)
    await _owe(coops, 49)
    with count_statements() as fifty:
        await ask(db, actor, query)
    assert one.number == fifty.number


async def test_many_windows_cost_as_few_statements_as_one_but_for_their_own_lists(
    db: Settings, coops: dict[str, Cooperative]
) -> None:
    query = WINDOWS.replace("obligations(first: 50) { nodes {\n    amount debtor { code } creditor { code } } }", "")
    assert "obligations" not in query
    await _owe(coops, 1)
    actor = treasurer(coops["LOG"])
    with count_statements() as one:
        await ask(db, actor, query)
    for n in range(5):
        shown = await ask(db, actor, '{ cooperative(slug: "log") { windows(state: OPEN) { nodes { id } } } }')
        window = shown["cooperative"]["windows"]["nodes"][0]["id"]
        mutation = "mutation ($i: CloseWindowInput!) { closeWindow(input: $i) { __typename } }"
        await ask(db, OPERATOR, mutation, i={"windowId": window, "idempotencyKey": f"k{n}"})
        await _owe(coops, 1)
    with count_statements() as many:
        await ask(db, actor, query)
    assert many.number == one.number
