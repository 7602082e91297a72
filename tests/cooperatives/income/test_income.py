"""A member's income statement: proven by the ledger to the rupiah, his own report apart, checked by its code."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import httpx
import openpyxl
import pytest

from cooperatives.books.periods import Period
from cooperatives.dues import service as dues
from cooperatives.dues.models import DueKind
from cooperatives.income import issuing, reporting
from cooperatives.income.adding import Item, Month, kept, read
from cooperatives.income.models import PlatformIncome
from cooperatives.income.reckoning import income_of, months_in
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.models import Loan
from cooperatives.membership.models import Membership
from cooperatives.savings import service as savings
from cooperatives.savings.models import SavingsKind, SavingsProduct
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.errors import Invalid, NotFound
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.dues.stage import Stage, stage
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of
from tests.notices.test_awaiting import asked_of

pytestmark = pytest.mark.anyio
YEAR = Period(date(2026, 1, 10), date(2026, 3, 31))


@pytest.fixture(autouse=True)
def real_clock_after() -> Iterator[None]:
    yield
    clock.use(None)


def at(day: date, hour: int = 5) -> None:
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    clock.use(lambda: moment)


async def moved(on: Stage, member: Membership, amount: int, kind: str, *, back: bool = False) -> None:
    """The ledger credits the member so, or sets it right."""
    source, payable = AccountRef(on.id, Purpose.GATEWAY_CLEARING), on.payable(member)
    entry = Entry(payable, source, amount, kind) if back else Entry(source, payable, amount, kind)
    async with transaction():
        await ledger.post([entry], cause=Cause("test.moved", new_id()))


async def lived() -> Stage:
    """Two months of a driver: deliveries and tips, one set right, a deduction, savings; and a payout, no income."""
    at(date(2026, 1, 5))
    on = await stage(2)
    member, who = on.members[0]
    await moved(on, member, 999_000, "order.driver")  # before the period
    await dues.agree_to_deduction(who, membership_id=member.pk, share_bp=2_000, key="agree")
    at(date(2026, 1, 31), hour=16)  # 23.00 in Surabaya: still January
    await moved(on, member, 500_000, "order.driver")
    at(date(2026, 2, 10))
    await moved(on, member, 300_000, "delivery.driver")
    await moved(on, member, 20_000, "order.driver", back=True)
    await moved(on, member, 15_000, "driver_tip.given")
    await moved(on, member, 100_000, "payout.back")
    await on.owe(member, 40_000, date(2026, 2, 10), DueKind.PROTECTION)
    at(date(2026, 2, 11))
    await dues.deduct_day(on.id, date(2026, 2, 10))
    product = await SavingsProduct.create(cooperative_id=on.id, kind=SavingsKind.VOLUNTARY, name="Sukarela")
    mine = await savings.open_savings(who, membership_id=member.pk, product_id=product.pk, key="open")
    await savings.deposit_cash(on.at.treasurer, savings_id=mine.pk, amount=70_000, key="in")
    await savings.save_from_earnings(who, savings_id=mine.pk, amount=30_000, key="own")
    at(date(2026, 4, 2))
    return on


async def test_the_ledger_proves_it_to_the_rupiah(db: object) -> None:
    on = await lived()
    member, who = on.members[0]
    await reporting.report(
        who,
        membership_id=member.pk,
        platform="GoRide",
        first_on=date(2026, 2, 1),
        last_on=date(2026, 2, 28),
        amount=2_500_000,
        key="r",
    )
    income = await income_of(member, YEAR)
    assert income.months == (
        Month(date(2026, 1, 10), deliveries=500_000),
        Month(date(2026, 2, 1), deliveries=280_000, tips=15_000),
        Month(date(2026, 3, 1)),
    )
    assert (income.earned, income.monthly, income.deducted) == (795_000, 265_000, 40_000)
    assert {item: amount for item, amount in income.items.items() if amount} == {
        Item.DELIVERIES: 780_000,
        Item.TIPS: 15_000,
        Item.DEDUCTED_PROTECTION: 40_000,
        Item.SAVED_IN: 100_000,
        Item.SAVED_AFTER: 100_000,
    }
    assert income.reported_total == 2_500_000  # and no part of what is earned
    assert read(YEAR.first, YEAR.last, kept(income)) == income
    cut = await income_of(member, Period(date(2026, 2, 2), date(2026, 3, 31)))
    assert cut.reported == ()  # nobody could say which part of it lies there
    assert months_in(Period(date(2026, 5, 3), date(2026, 5, 9))) == [date(2026, 5, 3)]


async def test_what_he_reports_overlaps_nothing_and_may_be_taken_back(db: object) -> None:
    at(date(2026, 4, 2))
    on = await stage(2)
    (member, who), (_, other) = on.members
    said = {"membership_id": member.pk, "platform": "GoRide", "amount": 900_000}
    january = {"first_on": date(2026, 1, 1), "last_on": date(2026, 1, 31)}
    row = await reporting.report(who, key="a", **said, **january)  # type: ignore[arg-type]
    assert (await reporting.report(who, key="a", **said, **january)).pk == row.pk  # type: ignore[arg-type]
    with pytest.raises(reporting.ReportedAlready):
        await reporting.report(who, key="b", **said, first_on=date(2026, 1, 31), last_on=date(2026, 2, 3))  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        await reporting.report(who, key="c", **said, first_on=date(2026, 4, 1), last_on=date(2026, 4, 3))  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        await reporting.report(other, key="d", **said, **january)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        await reporting.take_back(other, report_id=row.pk, key="e")
    await reporting.take_back(who, report_id=row.pk, key="e")
    await reporting.report(who, key="f", **said, **january)  # type: ignore[arg-type]
    assert await PlatformIncome.filter(withdrawn_at__isnull=True).count() == 1


async def test_lenders_see_it_while_he_asks_for_a_loan_and_nobody_else(db: object) -> None:
    on = await lived()
    member, _ = on.members[0]
    account = await Account.get(pk=member.account_id)
    for actor in (on.at.treasurer, on.members[1][1]):
        with pytest.raises(NotFound):
            await issuing.income(actor, member.pk, YEAR)
    loan = await asked_of(on.at, account)
    assert (await issuing.income(on.at.treasurer, member.pk, YEAR)).earned == 795_000
    with pytest.raises(NotFound):
        await issuing.income(on.members[1][1], member.pk, YEAR)
    await Loan.filter(pk=loan.pk).update(state=LoanState.REPAID)
    with pytest.raises(NotFound):
        await issuing.income(on.at.treasurer, member.pk, YEAR)


STATEMENT = """
query ($code: String!) { checkIncomeStatement(code: $code) {
  member memberNumber cooperative seal income { earned reportedTotal lines { item amount } } } }
"""
INCOME = """
query { viewer { memberships { income(firstOn: "2026-01-10", lastOn: "2026-03-31") { earned months { total } } } } }
"""


async def test_a_bank_checks_the_paper_by_its_code(graphql: GraphQL, client: httpx.AsyncClient) -> None:
    on = await lived()
    member, who = on.members[0]
    row = await issuing.issue(who, membership_id=member.pk, days=YEAR, key="bank")
    assert (await issuing.issue(who, membership_id=member.pk, days=YEAR, key="bank")).pk == row.pk
    body = await graphql(STATEMENT, {"code": issuing.spelled(row.code).lower()})
    told = body["data"]["checkIncomeStatement"]
    assert (told["member"], told["income"]["earned"], told["cooperative"]) == ("Anggota 1", 795_000, "Koperasi DRV")
    page = await client.get(f"/income/check/{row.code}", headers={"Accept-Language": "id"})
    assert (page.status_code, "Rp795.000" in page.text, "Anggota 1" in page.text) == (200, True, True)
    assert page.headers["x-robots-tag"] == "noindex"

    token = await token_of(await Account.get(pk=member.account_id))
    bearer = {"Authorization": f"Bearer {token}"}
    path = f"/income/statements/{to_id('IncomeStatement', row.pk)}"
    assert (await client.get(f"{path}.pdf?language=en", headers=bearer)).content.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO((await client.get(f"{path}.xlsx", headers=bearer)).content))
    cells = {cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row}
    assert {"Anggota 1", 795_000, 755_000, "Koperasi DRV"} <= cells
    theirs = await token_of(await Account.get(pk=on.at.treasurer.account_id))
    assert (await client.get(f"{path}.pdf", headers={"Authorization": f"Bearer {theirs}"})).status_code == 404
    any_days = f"/income/of/{to_id('Membership', member.pk)}.xlsx?from=2026-01-10&to=2026-03-31"
    assert (await client.get(any_days, headers=bearer)).status_code == 200

    # what happens later changes no statement that was given out
    at(date(2026, 2, 20))
    await moved(on, member, 1_000_000, "order.driver")
    at(date(2026, 4, 3))
    found = await issuing.checked(row.code)
    assert found is not None
    assert issuing.told(found).earned == 795_000
    assert await issuing.checked(row.code[:-1]) is None
    assert await issuing.checked("0" * 20) is None
    later = row.expires_at + timedelta(seconds=1)
    clock.use(lambda: later)
    assert await issuing.checked(row.code) is None
    at(date(2026, 4, 4))
    await issuing.revoke(who, statement_id=row.pk, key="no")
    assert (await client.get(f"/income/check/{row.code}")).status_code == 404


async def test_a_year_costs_as_many_statements_as_a_day(graphql: GraphQL) -> None:
    on = await lived()
    token = await token_of(await Account.get(pk=on.members[0][0].account_id))

    async def counted(document: str) -> int:
        with count_statements() as counted:
            body = await graphql(document, {}, token)
        assert body["data"]["viewer"]["memberships"][0]["income"]["months"]
        return counted.number

    await counted(INCOME)
    assert await counted(INCOME) == await counted(INCOME.replace("2026-01-10", "2026-03-31"))
