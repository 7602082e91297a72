"""What was bought by a loan comes back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.dues import service as dues
from cooperatives.ledger.accounts import Purpose
from cooperatives.loans import service as loans
from cooperatives.loans import timetable
from cooperatives.loans.kinds import MoneyWay
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.models import Loan, LoanInstalment, LoanPayment
from cooperatives.loans.paying_off import AfterEarly, principal_first
from cooperatives.loans.repaying import follow_loan
from cooperatives.surplus.purchases import purchases_in
from cooperatives.units.kinds import SaleWay
from cooperatives.units.models import UnitItem
from cooperatives.units.returning import AlreadyReturned, ReturnWhole
from marketplace.errors import Invalid
from tests.cooperatives.dues.stage import TODAY
from tests.cooperatives.units.lender import Lender, on

pytestmark = pytest.mark.anyio


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(-(10**7), 10**7))
def test_what_comes_back_pays_principal_first_and_nothing_is_lost(amount: int, principal: int, interest: int) -> None:
    found = principal_first(amount, principal, interest)
    assert found.principal + found.interest + found.over == amount
    assert 0 <= found.principal <= principal
    assert min(interest, 0) <= found.interest <= max(interest, 0)
    assert found.over >= 0
    assert found.over == 0 or (found.principal == principal and found.interest == interest)
    assert found.interest <= 0 or found.principal == principal


@pytest.mark.parametrize(
    ("first", "then", "owed", "credit", "ends"),
    [
        # (tyres, oils) that come back at once; then; what of the loan is owed; what is held for the member
        ((1, 0), None, 640_000, 0, False),
        ((0, 0), None, 0, 0, True),
        ((1, 1), (1, 0), 0, 0, True),
    ],
)
async def test_goods_that_come_back_pay_the_loan_down(
    lender: Lender, first: tuple[int, int], then: tuple[int, int] | None, owed: int, credit: int, ends: bool
) -> None:
    loan = await lender.agreed(2, 1)
    sale = await lender.sell(loan, 2, 1)
    for _ in range(2):
        await lender.back(sale, *first, key="first")
    if then is not None:
        await lender.back(sale, *then)
        with pytest.raises(AlreadyReturned):
            await lender.back(sale, 1)
    assert await lender.held(Purpose.LOAN_PRINCIPAL, loan.pk) == owed
    assert await lender.current() == (owed, owed)
    assert await lender.credit() == credit
    assert ((await Loan.get(pk=loan.pk)).state is LoanState.REPAID) == ends
    assert await lender.at.stands(Purpose.UNIT_SALES) == owed
    if not ends:
        with pytest.raises(Invalid):
            await lender.back(sale, 2)
        earliest = await LoanInstalment.filter(superseded_at=None).order_by("due_on").first()
        assert earliest is not None
        assert earliest.due_on == date(2026, 12, 25)
    member = lender.at.at.members[0][0]
    assert (await purchases_in(lender.at.id, TODAY, TODAY))[member.pk] == (owed, 0 if ends else 1)
    await lender.at.whole()


async def test_what_comes_back_after_payments_is_held_for_the_member_when_nothing_is_owed(lender: Lender) -> None:
    loan = await lender.agreed(2)
    sale = await lender.sell(loan, 2)
    on(date(2026, 12, 10))
    await loans.repay_early(
        lender.at.keeper,
        loan_id=loan.pk,
        amount=505_806,
        way=MoneyWay.CASH,
        choice=AfterEarly.INSTALMENT,
        reference="KM 1",
        key="early",
    )
    paid = await LoanPayment.get(loan_id=loan.pk)
    assert (paid.principal, paid.interest) == (499_806, 6_000)  # 15 of 30 days of 12,000
    await lender.back(sale)
    assert await lender.held(Purpose.LOAN_PRINCIPAL, loan.pk) == 0
    assert (await Loan.get(pk=loan.pk)).state is LoanState.REPAID
    assert await lender.credit() == 1_200_000 - 700_194
    await lender.at.whole()
    again = await lender.agreed(1, months=1)
    sale = await lender.sell(again)
    on(date(2026, 12, 20))
    full = loans_payoff(await loans.instalments_by_loan([again.pk]), again.pk)
    await loans.repay_early(
        lender.at.keeper,
        loan_id=again.pk,
        amount=600_000 + full,
        way=MoneyWay.CASH,
        choice=AfterEarly.TERM,
        reference="KM 2",
        key="whole",
    )
    await lender.back(sale)
    assert await lender.credit() == 1_200_000 - 700_194 + 600_000  # paid back already: all of it is his
    assert await lender.current() == (0, 0)
    await lender.at.whole()


def loans_payoff(found: object, id: object) -> int:
    """What the month under way has cost: 10 of 31 days."""
    (row,) = found[id]  # type: ignore[index]
    return round(row.interest * 10 / 31)


async def test_a_late_loan_stays_late_for_what_is_still_owed(lender: Lender) -> None:
    loan = await lender.agreed(2)
    sale = await lender.sell(loan, 2)
    on(date(2027, 1, 10))
    loan = await timetable.look_at(loan.pk)
    assert loan.late_since == date(2026, 12, 25)
    await lender.back(sale, 1)
    loan = await Loan.get(pk=loan.pk)
    assert loan.late_since == date(2026, 12, 25)  # its principal is paid, its interest is not
    rows = await LoanInstalment.filter(superseded_at=None).order_by("version")
    assert (rows[0].due_on, rows[0].principal) == (date(2026, 12, 25), 0)
    assert sum(row.principal for row in rows) == 600_000 == await lender.held(Purpose.LOAN_PRINCIPAL, loan.pk)
    assert rows[0].interest == await lender.held(Purpose.LOAN_INTEREST_DUE, loan.pk) > 12_000
    await lender.at.whole()
    await dues.take_cash(lender.at.keeper, membership_id=loan.membership_id, amount=rows[0].interest, key="interest")
    assert (await follow_loan(loan.pk)).late_since is None
    await lender.back(sale)
    await lender.at.whole()
    loan = await Loan.get(pk=loan.pk)
    assert await lender.held(Purpose.LOAN_PRINCIPAL, loan.pk) == 0
    on(date(2027, 1, 25))
    await lender.at.whole()


async def test_a_part_of_a_sale_for_money_goes_back_as_it_came_and_of_one_on_credit_not(lender: Lender) -> None:
    sale = await lender.at.sell(lender.oil, 5)
    await lender.back(sale, oils=2)
    assert await lender.held(Purpose.CASH) == 135_000
    assert await lender.at.stands(Purpose.UNIT_COST) == 90_000
    await lender.back(sale)
    assert await lender.held(Purpose.CASH) == 0
    assert (await UnitItem.get(pk=lender.oil.pk)).value == 600_000
    member = lender.at.at.members[0][0]
    owed = await lender.at.sell(lender.oil, 2, member, SaleWay.CREDIT)
    with pytest.raises(ReturnWhole):
        await lender.back(owed, oils=1)
    await lender.at.whole()
