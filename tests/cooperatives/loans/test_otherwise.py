"""Loans that go otherwise than agreed: earlier, later, on new terms, let go; and savings kept for them."""

import os
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from cooperatives.dues import service as dues
from cooperatives.dues.earnings import earned
from cooperatives.governance.adopted import NotAdopted
from cooperatives.governance.lifecycle import MotionKind, MotionState
from cooperatives.governance.models import Motion
from cooperatives.ledger.accounts import AccountRef
from cooperatives.ledger.service import LimitExceeded, Purpose
from cooperatives.loans import reading, repaying, service, timetable
from cooperatives.loans.access import OtherOfficer
from cooperatives.loans.kinds import MoneyWay
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.models import Loan, LoanInstalment
from cooperatives.loans.paying_off import AfterEarly
from cooperatives.loans.pledging import SavingsTooSmall
from cooperatives.loans.repaying import DueFirst
from cooperatives.loans.restructuring import MotionOfAnother
from cooperatives.loans.schedules import Method
from cooperatives.savings import service as savings
from marketplace import checks
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Role
from marketplace.identity.models import RoleGrant
from marketplace.rules import AgainstTheLaw
from tests.cooperatives.loans.unit import MOTORCYCLE, START, Unit, held, on

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("choice", list(AfterEarly))
async def test_a_part_and_then_all_paid_early(unit: Unit, choice: AfterEarly) -> None:
    loan = await unit.lend()
    member, ani = unit.at.members[0]
    on(date(2026, 12, 25))
    await timetable.look_at(loan.pk)
    with pytest.raises(DueFirst):
        await unit.early(loan, 1_000_000, choice)
    await unit.pay(member, 888_488)
    on(date(2027, 1, 9))  # 15 days of 31 into the second month
    loan = await unit.early(loan, 5_000_000, choice)
    rows = (await reading.instalments_by_loan([loan.pk]))[loan.pk]
    coming = [row for row in rows if row.due_on > date(2027, 1, 9)]
    interest = round(92_115 * 15 / 31)
    owed = 10_000_000 - 788_488 - (5_000_000 - interest)
    assert sum(row.principal for row in coming) == owed == await unit.owed(loan)
    assert max(row.total for row in coming) <= 888_488
    assert (len(coming) < 11) == (choice is AfterEarly.TERM)
    assert coming[0].due_on == date(2027, 1, 25)
    on(date(2027, 1, 20))
    await unit.at.earn(member, 9_000_000)
    full = repaying.payoff(loan, rows, date(2027, 1, 20))
    assert (full.due, full.principal) == (0, owed)
    with pytest.raises(Invalid):
        await unit.early(loan, full.amount + 1, choice)
    loan = await service.repay_early(
        ani,
        loan_id=loan.pk,
        amount=full.amount,
        way=MoneyWay.EARNINGS,
        choice=choice,
        reference=None,
        key=unit.key(),
    )
    assert loan.state is LoanState.REPAID
    assert await held(unit.at, Purpose.LOAN_INTEREST_DUE, loan.pk) == 0
    assert await dues.outstanding([member.pk]) in ({member.pk: 0}, {})


async def test_a_loan_paid_out_to_his_earnings_is_nothing_that_he_earned(unit: Unit) -> None:
    member, _ = unit.at.members[0]
    await RoleGrant.create(account_id=member.account_id, role=Role.DRIVER, cooperative_id=unit.at.id)
    await unit.lend(way=MoneyWay.EARNINGS)
    payable = AccountRef(unit.at.id, Purpose.DRIVER_PAYABLE, member.account_id)
    assert await held(unit.at, Purpose.DRIVER_PAYABLE, member.account_id) == 10_000_000
    assert await earned([payable], START - timedelta(days=1), START + timedelta(days=1)) == {payable: 0}


async def test_what_was_deducted_ahead_counts_when_the_rest_is_paid_early(unit: Unit) -> None:
    loan = await unit.lend()
    member, _ = unit.at.members[0]
    await unit.pay(member, 500_000)  # all of the month's interest, and some of the loan, on the first day
    loan = await repaying.follow_loan(loan.pk)
    rows = (await reading.instalments_by_loan([loan.pk]))[loan.pk]
    full = repaying.payoff(loan, rows, date(2026, 11, 25))
    assert (full.principal, full.interest, full.amount) == (9_600_000, -100_000, 9_500_000)
    loan = await unit.early(loan, 9_500_000, AfterEarly.TERM)
    assert loan.state is LoanState.REPAID
    assert await held(unit.at, Purpose.LOAN_INTEREST) == 0


async def test_the_late_are_classed_told_reserved_restructured_and_let_go(unit: Unit) -> None:
    loan = await unit.lend()
    day, stages = date(2026, 11, 25), []
    while day < date(2027, 4, 15):
        on(day)
        loan = await timetable.look_at(loan.pk)
        if not stages or stages[-1] != loan.reminded_after:
            stages.append(loan.reminded_after)
        day += timedelta(days=1)
    assert stages == [0, 7, 31, 61, 91]
    assert loan.late_since == date(2026, 12, 25)
    found = await service.portfolio_of(unit.treasurer, unit.at.id)
    assert {days: part.of_all_bp for days, part in found.at_risk.items()} == {1: 10_000, 30: 10_000, 90: 10_000}
    assert found.non_performing.owed == 10_000_000
    # In April it stands 97 days late: a tenth of the loan and of four months' interest.
    interest = sum(row.interest for row in (await reading.instalments_by_loan([loan.pk]))[loan.pk][:4])
    assert loan.reserved == round((10_000_000 + interest) * 0.1) == -await held(unit.at, Purpose.LOAN_LOSS_RESERVE)
    await service.propose_restructuring(
        unit.treasurer, loan_id=loan.pk, months=24, rate_bp=1_200, reason="Sakit tiga bulan", key=unit.key()
    )
    with pytest.raises(OtherOfficer):
        await service.answer_restructuring(unit.treasurer, loan_id=loan.pk, is_agreed=True)
    loan = await service.answer_restructuring(unit.chair, loan_id=loan.pk, is_agreed=True)
    assert (loan.state, loan.months, loan.late_since) == (LoanState.RESTRUCTURED, 24, None)
    rows = (await reading.instalments_by_loan([loan.pk]))[loan.pk]
    assert sum(row.principal for row in rows) == 10_000_000
    assert rows[0].accrued == await held(unit.at, Purpose.LOAN_INTEREST_DUE, loan.pk) > interest
    on(rows[0].due_on)
    loan = await timetable.look_at(loan.pk)
    await unit.pay(unit.at.members[0][0], rows[0].total)
    loan = await repaying.follow_loan(loan.pk)
    assert await held(unit.at, Purpose.LOAN_INTEREST_DUE, loan.pk) == 0


async def test_the_run_is_bounded_and_done_again_it_changes_nothing(unit: Unit) -> None:
    loan = await unit.lend()
    on(date(2026, 12, 25))
    assert await timetable.sweep(None) == 1
    earned = await held(unit.at, Purpose.LOAN_INTEREST)
    await Loan.filter(pk=loan.pk).update(next_on=date(2026, 12, 25))
    assert await timetable.sweep(None) == 1
    assert earned == await held(unit.at, Purpose.LOAN_INTEREST) == 100_000
    assert await LoanInstalment.filter(loan_id=loan.pk, is_charged=True).count() == 2


async def test_savings_pledged_for_a_loan_stay_until_it_ends(unit: Unit) -> None:
    (member, ani), book = unit.at.members[0], unit.at.id
    await savings.start_savings(unit.chair, cooperative_id=book, first_month=date(2026, 11, 1), key="start")
    kept = await savings.open_product(
        unit.treasurer, cooperative_id=book, kind=savings.SavingsKind.VOLUNTARY, name="Sukarela", rate_bp=300, key="p"
    )
    saved = await savings.open_savings(ani, membership_id=member.pk, product_id=kept.pk, key="open")
    product = await unit.offer(replace(MOTORCYCLE, pledged_bp=2_000))
    with pytest.raises(AgainstTheLaw, match="at most 10 times the savings of Rp0"):
        await unit.apply(product, 2_000_000, 6)
    await savings.deposit_cash(unit.treasurer, savings_id=saved.pk, amount=300_000, key="d1")
    loan = await unit.apply(product, 2_000_000, 6)
    with pytest.raises(SavingsTooSmall, match=r"wants Rp400\.000 .* Rp300\.000 are free"):
        await service.approve_loan(unit.treasurer, loan_id=loan.pk)
    await savings.deposit_cash(unit.treasurer, savings_id=saved.pk, amount=200_000, key="d2")
    await service.approve_loan(unit.treasurer, loan_id=loan.pk)
    with pytest.raises(LimitExceeded):
        await withdraw(unit, saved.pk, ani, 100_001)
    loan = await service.disburse_loan(
        unit.treasurer, loan_id=loan.pk, way=MoneyWay.CASH, reference="KK 9", key=unit.key()
    )
    rows = (await reading.instalments_by_loan([loan.pk]))[loan.pk]
    full = repaying.payoff(loan, rows, START.date())
    await unit.early(loan, full.amount, AfterEarly.TERM)
    await withdraw(unit, saved.pk, ani, 399_999)  # the rest is asked for already


async def withdraw(unit: Unit, savings_id: UUID, member: Actor, amount: int) -> None:
    way = savings.WithdrawalWay.CASH
    asked = await savings.request_withdrawal(member, savings_id=savings_id, amount=amount, way=way, key=unit.key())
    await savings.pay_withdrawal(unit.treasurer, withdrawal_id=asked.pk, key=unit.key())


async def test_only_the_meeting_lets_a_loan_go(unit: Unit) -> None:
    loan = await unit.lend()
    on(date(2026, 12, 26))
    loan = await timetable.look_at(loan.pk)
    assert (loan.reserved, await held(unit.at, Purpose.LOAN_LOSS_EXPENSE)) == (50_500, 50_500)

    async def decided(title: str, kind: MotionKind, state: MotionState) -> UUID:
        row = await Motion.create(
            cooperative_id=unit.at.id, kind=kind, state=state, title=title, text="-", details={}
        )
        return row.pk

    wrong = [
        ("Hapus buku PJ/2026/0001", MotionKind.LOAN_WRITE_OFF, MotionState.REJECTED, NotAdopted),
        ("Hapus buku PJ/2026/0001", MotionKind.OTHER, MotionState.ADOPTED, NotAdopted),
        ("Hapus buku PJ/2026/00012", MotionKind.LOAN_WRITE_OFF, MotionState.ADOPTED, MotionOfAnother),
    ]
    for title, kind, state, refusal in wrong:
        with pytest.raises(refusal):
            await write_off(unit, loan, await decided(title, kind, state))
    with pytest.raises(NotFound):
        await write_off(unit, loan, loan.pk)
    motion = await decided("Hapus buku PJ/2026/0001", MotionKind.LOAN_WRITE_OFF, MotionState.ADOPTED)
    loan = await write_off(unit, loan, motion)
    assert (loan.state, loan.written_off, loan.reserved) == (LoanState.WRITTEN_OFF, 10_100_000, 0)
    assert await unit.owed(loan) == 0
    assert await held(unit.at, Purpose.LOAN_LOSS_RESERVE) == 0
    assert await held(unit.at, Purpose.LOAN_LOSS_EXPENSE) == 10_100_000
    assert await held(unit.at, Purpose.LOAN_INTEREST) == 100_000


async def write_off(unit: Unit, loan: Loan, motion_id: UUID) -> Loan:
    return await service.write_off_loan(unit.treasurer, loan_id=loan.pk, motion_id=motion_id, key=unit.key())


@pytest.mark.parametrize("seed", range(int(os.environ.get("LUMBUNG_TEST_LOAN_LIVES", "2"))))
async def test_whatever_happens_no_rupiah_is_lost(unit: Unit, seed: int) -> None:
    """Days pass, dues are paid in part or ahead, parts are paid early, new terms come: the books hold after each."""
    dice = Random(seed)
    method, months = dice.choice(list(Method)), dice.choice([3, 6, 12])
    rate_bp, multiple = dice.choice([0, 900, 1_200]), dice.choice([1, 1_000])
    offer = replace(MOTORCYCLE, method=method, rate_bp=rate_bp, multiple=multiple)
    loan = await unit.lend(dice.randint(2_000_000, 9_999_999), months, offer)
    member, day = unit.at.members[0][0], START.date()
    for step in range(14):
        day += timedelta(days=dice.choice([1, 9, 17, 31, 45]))
        on(day)
        loan = await timetable.look_at(loan.pk)
        owed = (await dues.outstanding([member.pk])).get(member.pk, 0)
        match dice.choice(["pay", "pay", "all", "early", "new"]):
            case "pay" if owed:
                await unit.pay(member, dice.randint(1, owed))
            case "all" if owed:
                await unit.pay(member, owed)
            case "early" if loan.is_running:
                full = repaying.payoff(loan, (await reading.instalments_by_loan([loan.pk]))[loan.pk], day)
                if not full.due and full.amount > max(full.interest, 0) + 1:
                    amount = dice.randint(max(full.interest, 0) + 1, full.amount)
                    loan = await unit.early(loan, amount, dice.choice(list(AfterEarly)))
            case "new" if loan.is_running and step % 3 == 0:
                terms = {"months": dice.randint(1, 18), "rate_bp": 1_200, "reason": "-"}
                await service.propose_restructuring(unit.treasurer, loan_id=loan.pk, **terms, key=unit.key())
                loan = await service.answer_restructuring(unit.chair, loan_id=loan.pk, is_agreed=True)
        loan = await repaying.follow_loan(loan.pk)
        assert [found async for found in checks.findings()] == [], (seed, step)
    assert (await unit.owed(loan) == 0) == (loan.state is LoanState.REPAID)
