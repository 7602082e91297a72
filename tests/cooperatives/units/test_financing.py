"""What a member buys at a unit with a loan: asked for, agreed to, paid with the sale; what is refused; returns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.books.lining import VoucherKind
from cooperatives.dues import service as dues
from cooperatives.dues.models import Due, DueKind
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.loans import service as loans
from cooperatives.loans import timetable
from cooperatives.loans.access import OwnLoan
from cooperatives.loans.applying import PaysUnits
from cooperatives.loans.kinds import LoanPurpose, MoneyWay
from cooperatives.loans.lifecycle import LoanState, LoanWrongState
from cooperatives.loans.models import Loan, LoanInstalment, LoanPayment, LoanProduct
from cooperatives.loans.paying_off import AfterEarly, principal_first
from cooperatives.loans.products import Offer
from cooperatives.loans.repaying import follow_loan
from cooperatives.loans.schedules import Method
from cooperatives.surplus.purchases import purchases_in
from cooperatives.units import service as units
from cooperatives.units.financing.models import FinancedPurchase
from cooperatives.units.financing.paying import BoughtOtherwise
from cooperatives.units.financing.quoting import NotForPurchases
from cooperatives.units.kinds import SaleWay
from cooperatives.units.models import UnitItem, UnitSale
from cooperatives.units.returning import AlreadyReturned, ReturnWhole
from cooperatives.units.workshop.access import JobWrongState
from marketplace import clock, wiring
from marketplace.errors import Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor
from marketplace.notices import loans as loan_notices
from marketplace.notices.models import Notice, NoticeKind
from marketplace.outbox import OutboxEvent, subscribe
from marketplace.settings import Settings
from tests.cooperatives.books.desk import desk
from tests.cooperatives.dues.stage import NOON, TODAY
from tests.cooperatives.units.shop import Shop, shop

pytestmark = pytest.mark.anyio
GOODS = Offer(
    "Belanja unit",
    LoanPurpose.MAINTENANCE,
    Method.ANNUITY,
    1_200,
    100_000,
    20_000_000,
    1,
    24,
    finances_purchases=True,
)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(-(10**7), 10**7))
def test_what_comes_back_pays_principal_first_and_nothing_is_lost(amount: int, principal: int, interest: int) -> None:
    found = principal_first(amount, principal, interest)
    assert found.principal + found.interest + found.over == amount
    assert 0 <= found.principal <= principal
    assert min(interest, 0) <= found.interest <= max(interest, 0)
    assert found.over >= 0
    assert found.over == 0 or (found.principal == principal and found.interest == interest)
    assert found.interest <= 0 or found.principal == principal


@dataclass
class Lender:
    """A shop with two kinds of goods, and a product of the credit unit that pays for them."""

    at: Shop
    product: LoanProduct
    tyre: UnitItem  # Rp 600,000 to members, worth 450,000
    oil: UnitItem  # Rp 40,000, worth 30,000
    used: list[str] = field(default_factory=list)

    @property
    def ani(self) -> Actor:
        return self.at.at.members[0][1]

    async def ask(self, tyres: int = 1, oils: int = 0, months: int = 6, product: LoanProduct | None = None) -> Loan:
        wanted = [(self.tyre, tyres), (self.oil, oils)]
        return await units.ask_to_finance(
            self.ani,
            product_id=(product or self.product).pk,
            wanted=units.Wanted(self.at.unit.pk, tuple((one.variant_id, many) for one, many in wanted if many)),
            months=months,
            reason="Ban aus",
            key=self.at.key(),
        )

    async def agreed(self, tyres: int = 1, oils: int = 0, months: int = 6) -> Loan:
        loan = await self.ask(tyres, oils, months)
        for officer in (self.at.at.at.chair, self.at.keeper)[: 2 if loan.amount > 5_000_000 else 1]:
            loan = await loans.approve_loan(officer, loan_id=loan.pk)
        return loan

    async def sell(
        self, loan: Loan | None, tyres: int = 1, oils: int = 0, key: str | None = None, by: Actor | None = None
    ) -> UnitSale:
        wanted = [(self.tyre, tyres), (self.oil, oils)]
        return await units.sell(
            by or self.at.keeper,
            unit_id=self.at.unit.pk,
            lines=[units.SaleLine(many, one.pk) for one, many in wanted if many],
            way=SaleWay.FINANCED,
            loan_id=None if loan is None else loan.pk,
            key=key or self.at.key(),
        )

    async def back(self, sale: UnitSale, tyres: int = 0, oils: int = 0, key: str | None = None) -> UnitSale:
        wanted = [(self.tyre, tyres), (self.oil, oils)]
        return await units.take_back_sale(
            self.at.keeper,
            sale_id=sale.pk,
            reason="salah ukuran",
            lines=[units.SaleLine(many, one.pk) for one, many in wanted if many],
            key=key or self.at.key(),
        )

    async def held(self, purpose: Purpose, subject: object = None) -> int:
        return (await ledger.balance(AccountRef(self.at.id, purpose, subject))).amount  # type: ignore[arg-type]

    async def current(self) -> tuple[int, int]:
        """What the unit has with the credit unit, in both books."""
        unit = self.at.unit.pk
        return await self.held(Purpose.UNIT_CURRENT, unit), -await self.held(Purpose.CREDIT_CURRENT, unit)

    async def credit(self) -> int:
        return await self.held(Purpose.MEMBER_CREDIT, self.at.at.members[0][0].pk)


@pytest.fixture
async def at(db: Settings) -> Lender:
    made = await shop()
    tyre, oil = await made.item("BAN", 650_000, 600_000), await made.item()
    await made.buy(tyre, 20, 9_000_000)
    await made.buy(oil, 20, 600_000)
    product = await loans.offer_product(made.keeper, cooperative_id=made.id, offer=GOODS, key="product")
    return Lender(made, product, tyre, oil)


def on(day: date) -> None:
    clock.use(lambda: datetime(day.year, day.month, day.day, 5, tzinfo=UTC))


async def test_a_loan_pays_the_unit_with_the_sale_and_both_books_are_right(at: Lender) -> None:
    subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    loan = await at.ask(tyres=10, oils=2)
    assert (loan.amount, loan.state) == (6_080_000, LoanState.APPLIED)
    await loans.approve_loan(at.at.at.at.chair, loan_id=loan.pk)
    with pytest.raises(LoanWrongState):  # above Rp 5,000,000 it takes a second officer
        await at.sell(loan, 10, 2)
    await loans.approve_loan(at.at.keeper, loan_id=loan.pk)
    await at.at.item("LAIN")
    await units.set_item_terms(at.at.keeper, item_id=at.tyre.pk, member_price=640_000, reorder_level=None)
    sale = await at.sell(loan, 10, 2, "once")  # at what was quoted
    assert (sale.total, sale.cost, sale.way) == (6_080_000, 4_560_000, SaleWay.FINANCED)
    assert (await at.sell(loan, 10, 2, "once")).pk == sale.pk
    with pytest.raises(LoanWrongState):
        await at.sell(loan, 10, 2)
    paid = await Loan.get(pk=loan.pk)
    assert (paid.state, paid.way, paid.number) == (LoanState.DISBURSED, MoneyWay.UNIT, "PJ/2026/0001")
    assert await at.held(Purpose.LOAN_PRINCIPAL, loan.pk) == 6_080_000
    assert await at.current() == (6_080_000, 6_080_000)
    assert [await at.held(one) for one in (Purpose.CASH, Purpose.BANK)] == [0, 0]
    (due,) = await Due.all()
    assert (due.kind, due.due_on) == (DueKind.LOAN, date(2026, 12, 25))
    found = await units.unit_result(at.at.keeper, at.at.unit.pk, None)
    assert (found.income, found.result, found.at_credit_unit, found.claims) == (6_080_000, 1_520_000, 6_080_000, 0)
    books = await loans.unit_books(at.at.keeper, at.at.id, None)
    assert books.is_balanced
    assert (books.crossed, books.current_account) == ((), 0)
    member = at.at.at.members[0][0]
    assert await purchases_in(at.at.id, TODAY, TODAY) == {member.pk: (6_080_000, 1)}
    for event in ("loan.approved", "loan.disbursed"):
        for _ in range(2):
            await loan_notices.tell(None, await OutboxEvent.get(event=event))
    told = {row.kind: row.values["unit"] for row in await Notice.filter(account_id=at.ani.account_id)}
    assert set(told) == {NoticeKind.LOAN_TO_FETCH, NoticeKind.LOAN_PAID_UNIT}
    assert set(told.values()) == {"Toko Suku Cadang Jaya"}
    await at.at.whole()


async def test_what_is_not_just_what_was_agreed_to_is_refused_and_nothing_is_written(at: Lender) -> None:
    plain = await loans.offer_product(
        at.at.keeper,
        cooperative_id=at.at.id,
        offer=Offer("Tunai", LoanPurpose.FAMILY, Method.FLAT, 1_200, 100_000, 9_000_000, 1, 12),
        key="plain",
    )
    elsewhere = await shop_elsewhere()
    with pytest.raises(NotForPurchases):
        await at.ask(product=plain)
    with pytest.raises(MarketplaceError, match="members alone"):
        await at.ask(product=elsewhere)
    with pytest.raises(PaysUnits):
        await loans.apply_for_loan(
            at.ani, product_id=at.product.pk, amount=600_000, months=6, reason="tunai", key="money"
        )
    with pytest.raises(Invalid):
        await at.ask(tyres=0)
    loan = await at.agreed(tyres=2)
    for way in (MoneyWay.CASH, MoneyWay.UNIT):
        with pytest.raises((PaysUnits, Invalid)):
            await loans.disburse_loan(at.at.keeper, loan_id=loan.pk, way=way, reference="KK 1", key=f"give {way}")
    for tyres, oils in ((1, 0), (3, 0), (2, 1), (0, 15)):
        with pytest.raises(BoughtOtherwise, match=r"1\.200\.000 for 2 x Barang BAN"):
            await at.sell(loan, tyres, oils)
    with pytest.raises(Invalid):
        await at.sell(None, 2)
    with pytest.raises(NotFound):  # another member's
        await units.sell(
            at.at.keeper,
            unit_id=at.at.unit.pk,
            lines=[units.SaleLine(2, at.tyre.pk)],
            way=SaleWay.FINANCED,
            membership_id=at.at.at.members[1][0].pk,
            loan_id=loan.pk,
            key="other",
        )
    assert await UnitSale.all().count() == 0
    assert (await Loan.get(pk=loan.pk)).state is LoanState.APPROVED
    assert await at.current() == (0, 0)
    await loans.withdraw_application(at.ani, loan_id=loan.pk)
    with pytest.raises(LoanWrongState):
        await at.sell(loan, 2)
    await at.at.whole()


async def shop_elsewhere() -> LoanProduct:
    """A product that finances purchases at another co-op."""
    other = await desk(code="OTH")
    return await loans.offer_product(other.treasurer, cooperative_id=other.id, offer=GOODS, key="elsewhere")


async def test_nobody_sells_to_himself_on_his_own_loan(at: Lender) -> None:
    keeper = at.at.keeper
    await at.at.at.at.book(TODAY, {"1-1101": 5_000_000}, {"3-1102": 5_000_000}, kind=VoucherKind.CASH_IN)
    loan = await units.ask_to_finance(
        keeper,
        product_id=at.product.pk,
        wanted=units.Wanted(at.at.unit.pk, ((at.oil.variant_id, 3),)),
        months=6,
        reason="Ban saya",
        key="own",
    )
    await loans.approve_loan(at.at.at.at.chair, loan_id=loan.pk)
    with pytest.raises(OwnLoan):
        await at.sell(loan, 0, 3)
    assert (await at.sell(loan, 0, 3, by=at.at.at.at.chair)).total == 120_000
    await at.at.whole()


async def test_killed_between_its_steps_nothing_of_it_stands(at: Lender, monkeypatch: pytest.MonkeyPatch) -> None:
    loan, steps, post = await at.agreed(), [0], ledger.post

    async def dies(*given: object, **more: object) -> None:
        steps[0] += 1
        if steps[0] == 2:
            raise SystemError("killed")
        await post(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "post", dies)
    with pytest.raises(SystemError):
        await at.sell(loan, key="again")
    monkeypatch.setattr(ledger, "post", post)
    assert (await Loan.get(pk=loan.pk)).state is LoanState.APPROVED
    assert (await FinancedPurchase.get(pk=loan.pk)).sale_id is None
    assert (await UnitItem.get(pk=at.tyre.pk)).quantity == 20
    await at.at.whole()
    assert (await at.sell(loan, key="again")).total == 600_000
    await at.at.whole()


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
    at: Lender, first: tuple[int, int], then: tuple[int, int] | None, owed: int, credit: int, ends: bool
) -> None:
    loan = await at.agreed(2, 1)
    sale = await at.sell(loan, 2, 1)
    for _ in range(2):
        await at.back(sale, *first, key="first")
    if then is not None:
        await at.back(sale, *then)
        with pytest.raises(AlreadyReturned):
            await at.back(sale, 1)
    assert await at.held(Purpose.LOAN_PRINCIPAL, loan.pk) == owed
    assert await at.current() == (owed, owed)
    assert await at.credit() == credit
    assert ((await Loan.get(pk=loan.pk)).state is LoanState.REPAID) == ends
    assert await at.at.stands(Purpose.UNIT_SALES) == owed
    if not ends:
        with pytest.raises(Invalid):
            await at.back(sale, 2)
        earliest = await LoanInstalment.filter(superseded_at=None).order_by("due_on").first()
        assert earliest is not None
        assert earliest.due_on == date(2026, 12, 25)
    member = at.at.at.members[0][0]
    assert (await purchases_in(at.at.id, TODAY, TODAY))[member.pk] == (owed, 0 if ends else 1)
    await at.at.whole()


async def test_what_comes_back_after_payments_is_held_for_the_member_when_nothing_is_owed(at: Lender) -> None:
    loan = await at.agreed(2)
    sale = await at.sell(loan, 2)
    on(date(2026, 12, 10))
    await loans.repay_early(
        at.at.keeper,
        loan_id=loan.pk,
        amount=505_806,
        way=MoneyWay.CASH,
        choice=AfterEarly.INSTALMENT,
        reference="KM 1",
        key="early",
    )
    paid = await LoanPayment.get(loan_id=loan.pk)
    assert (paid.principal, paid.interest) == (499_806, 6_000)  # 15 of 30 days of 12,000
    await at.back(sale)
    assert await at.held(Purpose.LOAN_PRINCIPAL, loan.pk) == 0
    assert (await Loan.get(pk=loan.pk)).state is LoanState.REPAID
    assert await at.credit() == 1_200_000 - 700_194
    await at.at.whole()
    again = await at.agreed(1, months=1)
    sale = await at.sell(again)
    on(date(2026, 12, 20))
    full = loans_payoff(await loans.instalments_by_loan([again.pk]), again.pk)
    await loans.repay_early(
        at.at.keeper,
        loan_id=again.pk,
        amount=600_000 + full,
        way=MoneyWay.CASH,
        choice=AfterEarly.TERM,
        reference="KM 2",
        key="whole",
    )
    await at.back(sale)
    assert await at.credit() == 1_200_000 - 700_194 + 600_000  # paid back already: all of it is his
    assert await at.current() == (0, 0)
    await at.at.whole()


def loans_payoff(found: object, id: object) -> int:
    """What the month under way has cost: 10 of 31 days."""
    (row,) = found[id]  # type: ignore[index]
    return round(row.interest * 10 / 31)


async def test_a_late_loan_stays_late_for_what_is_still_owed(at: Lender) -> None:
    loan = await at.agreed(2)
    sale = await at.sell(loan, 2)
    on(date(2027, 1, 10))
    loan = await timetable.look_at(loan.pk)
    assert loan.late_since == date(2026, 12, 25)
    await at.back(sale, 1)
    loan = await Loan.get(pk=loan.pk)
    assert loan.late_since == date(2026, 12, 25)  # its principal is paid, its interest is not
    rows = await LoanInstalment.filter(superseded_at=None).order_by("version")
    assert (rows[0].due_on, rows[0].principal) == (date(2026, 12, 25), 0)
    assert sum(row.principal for row in rows) == 600_000 == await at.held(Purpose.LOAN_PRINCIPAL, loan.pk)
    assert rows[0].interest == await at.held(Purpose.LOAN_INTEREST_DUE, loan.pk) > 12_000
    await at.at.whole()
    await dues.take_cash(at.at.keeper, membership_id=loan.membership_id, amount=rows[0].interest, key="interest")
    assert (await follow_loan(loan.pk)).late_since is None
    await at.back(sale)
    await at.at.whole()
    loan = await Loan.get(pk=loan.pk)
    assert await at.held(Purpose.LOAN_PRINCIPAL, loan.pk) == 0
    on(date(2027, 1, 25))
    await at.at.whole()


async def test_a_part_of_a_sale_for_money_goes_back_as_it_came_and_of_one_on_credit_not(at: Lender) -> None:
    sale = await at.at.sell(at.oil, 5)
    await at.back(sale, oils=2)
    assert await at.held(Purpose.CASH) == 135_000
    assert await at.at.stands(Purpose.UNIT_COST) == 90_000
    await at.back(sale)
    assert await at.held(Purpose.CASH) == 0
    assert (await UnitItem.get(pk=at.oil.pk)).value == 600_000
    member = at.at.at.members[0][0]
    owed = await at.at.sell(at.oil, 2, member, SaleWay.CREDIT)
    with pytest.raises(ReturnWhole):
        await at.back(owed, oils=1)
    await at.at.whole()


async def test_a_job_is_paid_by_a_loan_at_what_it_was_estimated_then(db: Settings) -> None:
    made = await shop("workshop")
    oil = await made.item()
    await made.buy(oil, 10, 300_000)
    product = await loans.offer_product(made.keeper, cooperative_id=made.id, offer=GOODS, key="product")
    member, ani = made.at.members[0]
    job = await units.book_job(
        ani,
        unit_id=made.unit.pk,
        membership_id=member.pk,
        customer="",
        vehicle="L 1 AB",
        complaint="turun mesin",
        booked_for=NOON,
        key="job",
    )
    asked = {"product_id": product.pk, "months": 3, "reason": "Servis"}
    wanted = units.Wanted(made.unit.pk, job_id=job.pk)
    with pytest.raises(JobWrongState):  # nobody knows yet what it costs
        await units.ask_to_finance(ani, wanted=wanted, key="early", **asked)  # type: ignore[arg-type]
    await units.receive_job(made.keeper, job_id=job.pk)
    lines = [units.SaleLine(2, oil.pk), units.SaleLine(1, None, "Turun mesin", 400_000)]
    await units.estimate_job(made.keeper, job_id=job.pk, lines=lines)
    with pytest.raises(NotFound):
        await units.ask_to_finance(made.at.members[1][1], wanted=wanted, key="other", **asked)  # type: ignore[arg-type]
    loan = await units.ask_to_finance(ani, wanted=wanted, key="ask", **asked)  # type: ignore[arg-type]
    assert loan.amount == 480_000
    await loans.approve_loan(made.keeper, loan_id=loan.pk)
    await units.answer_estimate(ani, job_id=job.pk, is_agreed=True)
    await units.estimate_job(made.keeper, job_id=job.pk, lines=lines[1:])
    with pytest.raises(BoughtOtherwise):
        await units.bill_job(made.keeper, job_id=job.pk, way=SaleWay.FINANCED, loan_id=loan.pk, key="less")
    await units.estimate_job(made.keeper, job_id=job.pk, lines=lines)
    for _ in range(2):
        await units.bill_job(made.keeper, job_id=job.pk, way=SaleWay.FINANCED, loan_id=loan.pk, key="bill")
    sale = await UnitSale.get()
    assert (sale.total, sale.cost, sale.way) == (480_000, 60_000, SaleWay.FINANCED)
    assert (await Loan.get(pk=loan.pk)).way is MoneyWay.UNIT
    await made.whole()
    await units.take_back_sale(made.keeper, sale_id=sale.pk, reason="gagal", key="back")
    assert (await Loan.get(pk=loan.pk)).state is LoanState.REPAID
    await made.whole()
