"""A year's budget: proposed by account and month, adopted by the meeting, held to the books; what members read."""

from dataclasses import replace
from datetime import date

import httpx
import pytest

from cooperatives.books import months, open_months
from cooperatives.books.models import LockedMonth
from cooperatives.budgets import planning, proposing, reading
from cooperatives.budgets.kinds import BudgetState
from cooperatives.budgets.models import Budget, BudgetLine
from cooperatives.budgets.planning import Paid, Planned
from cooperatives.governance.adopted import NotAdopted
from cooperatives.governance.lifecycle import MotionKind, MotionState
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden, Role
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.surplus.test_year import Year, begun, on, real_clock_after
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of

__all__ = ["real_clock_after"]
pytestmark = pytest.mark.anyio


def months_of(amount: int) -> tuple[int, ...]:
    return (amount,) * planning.MONTHS


def planned(year: Year, **by_number: int) -> list[Planned]:
    """Lines of these accounts (`a4_1202` for 4-1202), the same amount each month."""
    chart = year.at.at.chart.by_number
    return [Planned(chart[name[1:].replace("_", "-")].id, months_of(amount)) for name, amount in by_number.items()]


async def proposed(year: Year, key: str = "p", who: Actor | None = None) -> Budget:
    """Rp 1,000,000 of delivery income and 200,000 of other expenses a month; Ani is paid 150,000 as chair."""
    (ani, _), *_ = year.at.members
    return await proposing.propose_budget(
        who or year.treasurer,
        cooperative_id=year.id,
        year=2026,
        plan="Menambah 20 pengemudi.",
        lines=planned(year, a4_1202=1_000_000, a7_1106=200_000),
        pay=[Paid(ani.pk, Role.CHAIR, 150_000)],
        key=key,
    )


async def adopted(year: Year, row: Budget) -> Budget:
    motion = await year.motion(f"Pengesahan {row.number}", MotionKind.BUDGET)
    return await proposing.adopt_budget(year.treasurer, budget_id=row.pk, motion_id=motion, key=f"a-{row.number}")


async def test_a_budget_is_proposed_adopted_and_held_to_the_books(db: object) -> None:
    year = await begun()
    (ani, acting), *_ = year.at.members
    first = await proposed(year)
    assert (await proposed(year)).pk == first.pk
    assert (first.number, first.income, first.expenses) == ("RAPB/2026/1", 12_000_000, 4_200_000)
    row = await proposed(year, "again")
    assert (row.number, (await Budget.get(pk=first.pk)).state) == ("RAPB/2026/2", BudgetState.REPLACED)
    for title, kind, state, refused in (
        ("Pengesahan RAPB/2026/1", MotionKind.BUDGET, MotionState.ADOPTED, proposing.MotionOfAnotherBudget),
        ("Pengesahan RAPB/2026/2", MotionKind.OTHER, MotionState.ADOPTED, NotAdopted),
        ("Pengesahan RAPB/2026/2", MotionKind.BUDGET, MotionState.REJECTED, NotAdopted),
    ):
        motion = await year.motion(title, kind, state)
        with pytest.raises(refused):
            await proposing.adopt_budget(year.treasurer, budget_id=row.pk, motion_id=motion, key="no")
    row = await adopted(year, row)
    assert row.state is BudgetState.ADOPTED
    with pytest.raises(proposing.BudgetWrongState):
        await proposing.adopt_budget(year.treasurer, budget_id=first.pk, motion_id=row.motion_id or row.pk, key="n")

    whole = await reading.use_of(year.treasurer, row)
    by_number = {use.account.number: use for use in whole.rows}
    assert whole.until == date(2026, 12, 31)
    assert (by_number["4-1202"].year, by_number["4-1202"].actual) == (12_000_000, 13_000_000)
    assert (by_number["7-1106"].until, by_number["7-1106"].actual) == (2_400_000, 3_000_000)
    assert (by_number["6-2101"].year, by_number["6-2101"].left) == (1_800_000, 1_800_000)
    assert (whole.year.surplus, whole.actual.surplus) == (7_800_000, 10_000_000)

    assert (await reading.use_of(acting, row)).until is None
    await months.lock_month(year.treasurer, cooperative_id=year.id, month=date(2026, 11, 1), key="l")
    seen = await reading.use_of(acting, row)
    assert (seen.until, {use.account.number: use.until for use in seen.rows}["7-1106"]) == (
        date(2026, 11, 30),
        2_200_000,
    )
    changed = await adopted(year, await proposed(year, "changed"))
    assert [(one.number, one.state.value) for one in await Budget.all().order_by("id")] == [
        ("RAPB/2026/1", "REPLACED"),
        ("RAPB/2026/2", "REPLACED"),
        ("RAPB/2026/3", "ADOPTED"),
    ]
    on(date(2026, 12, 20))
    (pay,) = await reading.officers_pay(acting, year.id)
    assert (pay.budget_id, pay.membership_id, pay.monthly) == (changed.pk, ani.pk, 150_000)


async def test_what_cannot_be_planned_is_refused_and_leaves_nothing(db: object) -> None:
    year = await begun()
    (ani, acting), *_ = year.at.members
    (good,) = planned(year, a4_1202=1)
    (honorarium,), (bank,) = planned(year, a6_2101=1), planned(year, a1_1201=1)
    for lines, path, code in (
        ([], "lines", Code.OUT_OF_RANGE),
        ([good, good], "lines.1.accountId", Code.DUPLICATE),
        ([honorarium], "lines.0.accountId", Code.INVALID),
        ([bank], "lines.0.accountId", Code.INVALID),
        ([replace(good, months=(1,) * 11)], "lines.0.months", Code.OUT_OF_RANGE),
        ([replace(good, months=(-1, *[0] * 11))], "lines.0.months", Code.OUT_OF_RANGE),
    ):
        with pytest.raises(Invalid) as refused:
            planning.check_lines(lines, year.at.at.chart)
        fault = refused.value.faults[0]
        assert (".".join(map(str, fault.path)), fault.code) == (path, code)
    for pay in ([Paid(ani.pk, Role.DRIVER, 1)], [Paid(ani.pk, Role.CHAIR, 0)], [Paid(ani.pk, Role.CHAIR, 1)] * 2):
        with pytest.raises(Invalid):
            planning.check_pay(pay)
    ask = {"cooperative_id": year.id, "plan": "Rencana", "lines": [good], "key": "x"}
    with pytest.raises(Invalid):
        await proposing.propose_budget(year.treasurer, year=2031, pay=[], **ask)
    with pytest.raises(NotFound):
        await proposing.propose_budget(year.treasurer, year=2026, pay=[Paid(year.id, Role.CHAIR, 1)], **ask)
    with pytest.raises((Forbidden, NotFound)):
        await proposed(year, who=acting)
    assert (await Budget.all().count(), await BudgetLine.all().count()) == (0, 0)


LISTS = """
query ($slug: String!) {
  cooperative(slug: $slug) {
    budgets(first: 5) { nodes {
      number state totals { surplus } lines { account { number } months } pay { name role monthly member { number } }
      use { until rows { account { number } year actual left } actual { surplus } } } }
    officersPay { name role monthly yearly }
    openMonths(first: 1) { nodes { month seal
      trialBalance { debits credits lines { account { number } closing } }
      balanceSheet { isBalanced } surplusStatement { rows { key amount } } } }
  }
}
"""


async def test_a_member_reads_budget_pay_and_locked_months_and_a_stranger_nothing(
    client: httpx.AsyncClient, graphql: GraphQL
) -> None:
    year = await begun()
    await adopted(year, await proposed(year))
    on(date(2026, 12, 20))
    await months.lock_month(year.treasurer, cooperative_id=year.id, month=date(2026, 11, 1), key="l")
    (_, ani), *_ = year.at.members
    mine = await token_of(await Account.get(pk=ani.account_id))
    slug = {"slug": year.at.at.cooperative.slug}
    found = (await graphql(LISTS, slug, mine))["data"]["cooperative"]
    (budget,) = found["budgets"]["nodes"]
    assert (budget["number"], budget["use"]["until"]) == ("RAPB/2026/1", "2026-11-30")
    assert budget["use"]["actual"]["surplus"] == 10_000_000
    assert found["officersPay"] == [{"name": "Anggota 1", "role": "CHAIR", "monthly": 150_000, "yearly": 1_800_000}]
    (month,) = found["openMonths"]["nodes"]
    assert (month["month"], month["balanceSheet"]) == ("2026-11-01", {"isBalanced": True})
    assert month["trialBalance"]["debits"] == month["trialBalance"]["credits"] == 24_000_000
    result = {row["key"]: row["amount"] for row in month["surplusStatement"]["rows"]}
    assert result["RESULT"] == 10_000_000
    stranger = await token_of(await Account.create(phone="+628129999001", name="Orang lain"))
    nothing = (await graphql(LISTS, slug, stranger))["data"]["cooperative"]
    assert nothing == {"budgets": {"nodes": []}, "officersPay": [], "openMonths": {"nodes": []}}
    path = f"/budgets/use.pdf?cooperative={to_id('Cooperative', year.id)}"
    for token, status in ((mine, 200), (stranger, 404)):
        answer = await client.get(path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == status


async def test_lists_cost_the_same_for_few_and_for_many(graphql: GraphQL) -> None:
    year = await begun()
    await adopted(year, await proposed(year))
    on(date(2026, 12, 20))
    await months.lock_month(year.treasurer, cooperative_id=year.id, month=date(2026, 11, 1), key="l")
    token = await token_of(await Account.get(pk=year.treasurer.account_id))
    slug = {"slug": year.at.at.cooperative.slug}
    await graphql(LISTS, slug, token)
    with count_statements() as few:
        await graphql(LISTS, slug, token)
    row = await Budget.get(state=BudgetState.ADOPTED)
    chart = [account for account in year.at.at.chart.accounts if account.number.startswith("6-")]
    await BudgetLine.bulk_create(
        BudgetLine(budget_id=row.pk, account_id=account.id, months=list(months_of(5)), note="")
        for account in chart
        if account.number != "6-2101"
    )
    with count_statements() as many:
        found = await graphql(LISTS, slug, token)
    assert len(found["data"]["cooperative"]["budgets"]["nodes"][0]["lines"]) > 15
    assert many.number == few.number
    assert (await open_months.open_months(year.treasurer, year.id, first=5, after=None)).rows == list(
        await LockedMonth.all().order_by("-id").limit(5)
    )
