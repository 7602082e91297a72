"""Loans over the API: what lists cost, however long they are, and files fetched as a member and an officer do."""

from collections import Counter
from datetime import date

import httpx
import pytest

from cooperatives.loans.kinds import GuaranteeState
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.models import (
    Loan,
    LoanApproval,
    LoanGuarantee,
    LoanInstalment,
    LoanPayment,
    LoanRestructuring,
)
from marketplace.identity.actor import Actor
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.dues.stage import stage
from tests.cooperatives.loans.unit import Unit
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

LISTS = """query ($slug: String!) { cooperative(slug: $slug) {
  loanProducts { name highestEffectiveRate }
  loans(first: 50) { nodes { number outstanding daysLate arrearsClass borrower { name } product { name }
    payoff { amount } instalments { total } approvedBy { name } guarantees { state guarantor { name } }
    earlyPayments { amount } restructurings { months } rules { article } } }
  borrowings(first: 50) { nodes { outstanding drawn draws { amount }
    onLent { outstanding } instalments { dueOn } } } } }"""
MINE = """{ viewer { loans(first: 50) { nodes { outstanding payoff { amount } instalments { paid } } }
  loanGuarantees(first: 50) { nodes { state loan { amount borrower { name } } } } } }"""


async def token(actor: Actor) -> str:
    return await token_of(await Account.get(pk=actor.account_id))


async def another(unit: Unit, loan: Loan, number: int) -> None:
    """One more loan like it, with one of everything that hangs on a loan."""
    made = dict(await Loan.filter(pk=loan.pk).first().values()) | {"number": f"PJ/2026/{number:04}"}
    made.pop("id")
    row = await Loan.create(**made)
    account_id = unit.at.members[1][0].account_id
    await LoanInstalment.create(
        loan_id=row.pk,
        version=1,
        ordinal=1,
        began_on=date(2026, 11, 25),
        due_on=date(2026, 12, 25),
        principal=1,
        interest=1,
    )
    await LoanApproval.create(loan_id=row.pk, account_id=account_id)
    await LoanGuarantee.create(loan_id=row.pk, account_id=account_id, state=GuaranteeState.GIVEN)
    await LoanPayment.create(
        loan_id=row.pk, principal=1, interest=0, way="CASH", paid_on=date(2026, 11, 25), taken_by=account_id
    )
    await LoanRestructuring.create(loan_id=row.pk, months=1, rate_bp=0, reason="-", proposed_by=account_id)


async def test_lists_cost_the_same_however_long(at_noon: None, graphql: GraphQL) -> None:
    unit = Unit(await stage())
    loan = await unit.lend()
    await another(unit, loan, 2)
    asks = [
        (LISTS, {"slug": unit.at.at.cooperative.slug}, await token(unit.treasurer)),
        (MINE, {}, await token(unit.at.members[0][1])),
        (MINE, {}, await token(unit.at.members[1][1])),
    ]

    async def counted() -> list[Counter[str]]:
        costs = []
        for query, variables, who in asks:
            with count_statements() as found:
                answer = await graphql(query, variables, who)
            assert "errors" not in answer, answer
            costs.append(Counter(statement.split(": [", 1)[0] for statement in found.statements))
        return costs

    few = await counted()
    for number in range(3, 40):
        await another(unit, loan, number)
    many = await counted()
    # Who borrowed, guarantees or agreed is loaded together or apart, as the lists that name people come back.
    people = [[cost.pop(name) for name in [*cost] if 'FROM "account" t0' in name] for cost in (*few, *many)]
    assert many == few
    assert all(number <= 4 for loads in people for number in loads)
    assert await Loan.filter(state=LoanState.DISBURSED).count() == 39


async def test_a_member_fetches_his_contract_and_nobody_elses(at_noon: None, client: httpx.AsyncClient) -> None:
    unit = Unit(await stage())
    loan = await unit.lend()
    ani, budi, officer = [await token(who) for who in (*(one for _, one in unit.at.members), unit.treasurer)]

    async def fetch(address: str, who: str) -> httpx.Response:
        return await client.get(address, headers={"Authorization": f"Bearer {who}"} if who else {})

    contract = f"/loans/contract.pdf?loan={to_id('Loan', loan.pk)}"
    assert (await fetch(contract, ani)).content.startswith(b"%PDF")
    assert [(await fetch(contract, who)).status_code for who in (budi, "")] == [404, 401]
    book = to_id("Cooperative", unit.at.id)
    for name in ("portfolio.xlsx", "borrowings.xlsx", "unit.pdf"):
        address = f"/loans/{name}?cooperative={book}"
        assert [(await fetch(address, who)).status_code for who in (officer, "")] == [200, 401]
    for name in ("portfolio.xlsx", "borrowings.xlsx"):
        assert (await fetch(f"/loans/{name}?cooperative={book}", ani)).status_code == 404
