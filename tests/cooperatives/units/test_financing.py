"""What a member buys at a unit with a loan: asked for, agreed to, and paid with the sale."""

from datetime import date, timedelta

import pytest

from cooperatives.dues.models import Due, DueKind
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Purpose
from cooperatives.loans import service as loans
from cooperatives.loans.kinds import MoneyWay
from cooperatives.loans.lifecycle import LoanState, LoanWrongState
from cooperatives.loans.models import Loan
from cooperatives.surplus.purchases import purchases_in
from cooperatives.units import service as units
from cooperatives.units.financing.models import FinancedPurchase
from cooperatives.units.financing.paying import BoughtOtherwise
from cooperatives.units.kinds import SaleWay
from cooperatives.units.models import UnitItem, UnitSale
from cooperatives.units.workshop.access import JobWrongState
from marketplace import wiring
from marketplace.errors import NotFound
from marketplace.notices import loans as loan_notices
from marketplace.notices.models import Notice, NoticeKind
from marketplace.notices.templates import words_of
from marketplace.outbox import OutboxEvent, subscribe
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import NOON, TODAY
from tests.cooperatives.units.lender import GOODS, Lender
from tests.cooperatives.units.shop import Shop, shop

pytestmark = pytest.mark.anyio


async def test_a_loan_pays_the_unit_with_the_sale_and_both_books_are_right(lender: Lender) -> None:
    subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    loan = await lender.ask(tyres=10, oils=2)
    assert (loan.amount, loan.state) == (6_080_000, LoanState.APPLIED)
    await loans.approve_loan(lender.at.at.at.chair, loan_id=loan.pk)
    with pytest.raises(LoanWrongState):  # above Rp 5,000,000 it takes a second officer
        await lender.sell(loan, 10, 2)
    await loans.approve_loan(lender.at.keeper, loan_id=loan.pk)
    await lender.at.item("LAIN")
    await units.set_item_terms(lender.at.keeper, item_id=lender.tyre.pk, member_price=640_000, reorder_level=None)
    sale = await lender.sell(loan, 10, 2, "once")  # at what was quoted
    assert (sale.total, sale.cost, sale.way) == (6_080_000, 4_560_000, SaleWay.FINANCED)
    assert (await lender.sell(loan, 10, 2, "once")).pk == sale.pk
    with pytest.raises(LoanWrongState):
        await lender.sell(loan, 10, 2)
    paid = await Loan.get(pk=loan.pk)
    assert (paid.state, paid.way, paid.number) == (LoanState.DISBURSED, MoneyWay.UNIT, "PJ/2026/0001")
    assert await lender.held(Purpose.LOAN_PRINCIPAL, loan.pk) == 6_080_000
    assert await lender.current() == (6_080_000, 6_080_000)
    assert [await lender.held(one) for one in (Purpose.CASH, Purpose.BANK)] == [0, 0]
    (due,) = await Due.all()
    assert (due.kind, due.due_on) == (DueKind.LOAN, date(2026, 12, 25))
    found = await units.unit_result(lender.at.keeper, lender.at.unit.pk, None)
    assert (found.income, found.result, found.at_credit_unit, found.claims) == (6_080_000, 1_520_000, 6_080_000, 0)
    books = await loans.unit_books(lender.at.keeper, lender.at.id, None)
    assert books.is_balanced
    assert (books.crossed, books.current_account) == ((), 0)
    member = lender.at.at.members[0][0]
    assert await purchases_in(lender.at.id, TODAY, TODAY) == {member.pk: (6_080_000, 1)}
    for event in ("loan.approved", "loan.disbursed"):
        for _ in range(2):
            await loan_notices.tell(None, await OutboxEvent.get(event=event))
    told = {row.kind: row.values["unit"] for row in await Notice.filter(account_id=lender.ani.account_id)}
    assert set(told) == {NoticeKind.LOAN_TO_FETCH, NoticeKind.LOAN_PAID_UNIT}
    assert set(told.values()) == {"Toko Suku Cadang Jaya"}
    await lender.at.whole()


async def test_killed_between_its_steps_nothing_of_it_stands(lender: Lender, monkeypatch: pytest.MonkeyPatch) -> None:
    loan, steps, post = await lender.agreed(), [0], ledger.post

    async def dies(*given: object, **more: object) -> None:
        steps[0] += 1
        if steps[0] == 2:
            raise SystemError("killed")
        await post(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "post", dies)
    with pytest.raises(SystemError):
        await lender.sell(loan, key="again")
    monkeypatch.setattr(ledger, "post", post)
    assert (await Loan.get(pk=loan.pk)).state is LoanState.APPROVED
    assert (await FinancedPurchase.get(pk=loan.pk)).sale_id is None
    assert (await UnitItem.get(pk=lender.tyre.pk)).quantity == 20
    await lender.at.whole()
    assert (await lender.sell(loan, key="again")).total == 600_000
    await lender.at.whole()


async def test_a_job_is_paid_by_a_loan_at_what_it_was_estimated_then(db: Settings, noon: None) -> None:
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
    await called_off_with_its_job(made, asked)
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


async def called_off_with_its_job(made: Shop, asked: dict[str, object]) -> None:
    """Another job of the member's, whose estimate he declines: called off, its loans are, and he is told."""
    subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    member, ani = made.at.members[0]
    job = await units.book_job(
        made.keeper,
        unit_id=made.unit.pk,
        membership_id=member.pk,
        customer="",
        vehicle="L 2 AB",
        complaint="rem",
        booked_for=NOON + timedelta(hours=3),
        key="second job",
    )
    await units.receive_job(made.keeper, job_id=job.pk)
    await units.estimate_job(made.keeper, job_id=job.pk, lines=[units.SaleLine(1, None, "Rem", 300_000)])
    wanted = units.Wanted(made.unit.pk, job_id=job.pk)
    agreed, waits, turned_down = [
        await units.ask_to_finance(ani, wanted=wanted, key=f"second {n}", **asked)  # type: ignore[arg-type]
        for n in range(3)
    ]
    await loans.approve_loan(made.keeper, loan_id=agreed.pk)
    await loans.reject_loan(made.keeper, loan_id=turned_down.pk, reason="terlalu banyak")
    await units.answer_estimate(ani, job_id=job.pk, is_agreed=False)
    await units.cancel_job(made.keeper, job_id=job.pk)
    states = [(await Loan.get(pk=loan.pk)).state for loan in (agreed, waits, turned_down)]
    assert states == [LoanState.WITHDRAWN, LoanState.WITHDRAWN, LoanState.REJECTED]
    events = await OutboxEvent.filter(event="loan.called_off").order_by("id")
    assert {event.aggregate_id for event in events} == {agreed.pk, waits.pk}
    for event in [*events, *events]:
        await loan_notices.tell(None, event)
    told = await Notice.filter(account_id=ani.account_id, kind=NoticeKind.LOAN_CALLED_OFF)
    words = [words_of(one.kind, one.values, "id").body for one in told]
    assert words == [f"Servis {job.number} di {made.unit.name} dibatalkan, maka pinjaman Rp300.000 tidak jadi."] * 2
