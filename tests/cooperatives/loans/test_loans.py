"""A loan from its application to its end, through the services, with the books right after each step."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from cooperatives.books import vouchers
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import Voucher, VoucherState
from cooperatives.books.periods import Period
from cooperatives.dues import service as dues
from cooperatives.governance.adopted import NotAdopted
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.lifecycle import MotionKind, MotionState
from cooperatives.governance.models import Motion
from cooperatives.governance.service import set_founding_by_laws
from cooperatives.ledger.service import AccountRef, LimitExceeded, Purpose, balance
from cooperatives.loans import reading, repaying, service, timetable
from cooperatives.loans.access import OtherOfficer, OwnLoan
from cooperatives.loans.borrowing import Contract
from cooperatives.loans.deciding import GuaranteesMissing, NeedsAnotherOfficer
from cooperatives.loans.kinds import BorrowingState, GuaranteeState, Lender, LoanPurpose, MoneyWay
from cooperatives.loans.lifecycle import LoanState, LoanWrongState
from cooperatives.loans.models import Loan, LoanInstalment, LoanProduct
from cooperatives.loans.paying_off import AfterEarly
from cooperatives.loans.pledging import SavingsTooSmall
from cooperatives.loans.products import Offer
from cooperatives.loans.repaying import DueFirst
from cooperatives.loans.restructuring import MotionOfAnother
from cooperatives.loans.schedules import Method
from cooperatives.membership.models import Membership
from cooperatives.savings import service as savings
from marketplace import checks, clock
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden
from marketplace.rules import AgainstTheLaw
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import Stage, stage
from tests.cooperatives.membership import people

pytestmark = pytest.mark.anyio
START = datetime(2026, 11, 25, 5, tzinfo=UTC)
MOTORCYCLE = Offer("Motor anggota", LoanPurpose.MOTORCYCLE, Method.ANNUITY, 1_200, 1_000_000, 20_000_000, 3, 36)
NURSE = Offer("Keluarga", LoanPurpose.FAMILY, Method.FLAT, 1_200, 500_000, 10_000_000, 1, 12, guarantors=1)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.use(lambda: START)
    yield
    clock.use(None)


@pytest.fixture(autouse=True)
async def books_are_right(db: Settings) -> AsyncIterator[None]:
    yield
    assert [found async for found in checks.findings()] == []


def on(day: date) -> None:
    """It is noon of that day in Surabaya."""
    clock.use(lambda: datetime(day.year, day.month, day.day, 5, tzinfo=UTC))


async def held(at: Stage, purpose: Purpose, subject: object = None) -> int:
    return (await balance(AccountRef(at.id, purpose, subject))).amount  # type: ignore[arg-type]


class Unit:
    """The credit unit of a co-op with a few members."""

    def __init__(self, at: Stage) -> None:
        self.at, self.used = at, 0

    def key(self) -> str:
        self.used += 1
        return f"loan-{self.used}"

    @property
    def chair(self) -> Actor:
        return self.at.at.chair

    @property
    def treasurer(self) -> Actor:
        return self.at.at.treasurer

    async def offer(self, offer: Offer = MOTORCYCLE) -> LoanProduct:
        return await service.offer_product(self.treasurer, cooperative_id=self.at.id, offer=offer, key=self.key())

    async def apply(
        self, product: LoanProduct, amount: int, months: int, who: Actor | None = None, behind: tuple[int, ...] = ()
    ) -> Loan:
        return await service.apply_for_loan(
            who or self.at.members[0][1],
            product_id=product.pk,
            amount=amount,
            months=months,
            reason="Motor untuk mengantar",
            guarantors=behind,
            key=self.key(),
        )

    async def lend(self, amount: int = 10_000_000, months: int = 12, offer: Offer = MOTORCYCLE) -> Loan:
        """Asked for, agreed to by two, and given by the bank."""
        loan = await self.apply(await self.offer(offer), amount, months)
        for officer in (self.chair, self.treasurer):
            loan = await service.approve_loan(officer, loan_id=loan.pk)
        return await service.disburse_loan(
            self.treasurer, loan_id=loan.pk, way=MoneyWay.TRANSFER, reference="BCA 1", key=self.key()
        )

    async def pay(self, member: Membership, amount: int) -> None:
        """At the counter, as a due; the loan follows."""
        await dues.take_cash(self.treasurer, membership_id=member.pk, amount=amount, key=self.key())

    async def owed(self, loan: Loan) -> int:
        return await held(self.at, Purpose.LOAN_PRINCIPAL, loan.pk)


@pytest.fixture
async def unit(db: Settings) -> Unit:
    return Unit(await stage())


async def test_from_application_to_the_last_rupiah(unit: Unit) -> None:
    loan = await unit.lend()
    member = unit.at.members[0][0]
    assert (loan.state, loan.number, loan.effective_bp) == (LoanState.DISBURSED, "PJ/2026/0001", 1_200)
    assert {rule.name for rule in loan.rules_cited} == {
        "loan.rate_cap_yearly",
        "loan.members_only",
        "loan.most",
        "loan.longest_term",
    }
    rows = (await reading.instalments_by_loan([loan.pk]))[loan.pk]
    assert [row.principal + row.interest for row in rows] == [888_488] * 11 + [888_485]
    assert rows[0].due_on == date(2026, 12, 25)
    assert await unit.owed(loan) == 10_000_000
    for row in rows:
        on(row.due_on)
        await timetable.look_at(loan.pk)
        await unit.pay(member, row.total)
        loan = await repaying.follow_loan(loan.pk)
    assert loan.state is LoanState.REPAID
    assert await unit.owed(loan) == 0
    assert await held(unit.at, Purpose.LOAN_INTEREST) == 661_853
    assert await held(unit.at, Purpose.LOAN_LOSS_RESERVE) == 0
    books = await service.unit_books(unit.treasurer, unit.at.id, Period(date(2026, 11, 1), rows[-1].due_on))
    assert books.is_balanced
    assert (books.income, books.result, books.current_account) == (661_853, 661_853, -661_853)


async def test_what_the_law_and_the_by_laws_forbid_is_refused(unit: Unit) -> None:
    too_dear = Offer("Flat 24", LoanPurpose.OTHER, Method.FLAT, 2_400, 1_000_000, 10_000_000, 12, 12)
    with pytest.raises(AgainstTheLaw, match=r"41\.70 %.*Permenkop UKM 8/2023 art\. 27"):
        await unit.offer(too_dear)
    product = await unit.offer()
    with pytest.raises(AgainstTheLaw, match=r"lends to its members alone.*Permenkop UKM 8/2023 art\. 23"):
        await unit.apply(product, 5_000_000, 12, who=await people.acting(await people.person("Orang luar")))
    await unit.apply(product, 20_000_000, 12)
    loan = await unit.apply(product, 10_000_000, 12)
    for officer in (unit.chair, unit.treasurer):
        await service.approve_loan(officer, loan_id=loan.pk)
    with pytest.raises(AgainstTheLaw, match=r"one member may owe at most Rp 25\.000\.000"):
        await unit.apply(product, 15_000_001, 12)
    with pytest.raises(Invalid):
        await unit.apply(product, 20_000_001, 12)
    with pytest.raises(Invalid):
        await unit.apply(product, 1_000_000, 2)


async def test_the_members_own_cap_counts_below_the_laws(unit: Unit) -> None:
    values = {ByLaw.LOAN_RATE_YEARLY: 1_000}
    on_day = date(2026, 1, 1)
    await set_founding_by_laws(
        unit.chair, cooperative_id=unit.at.id, values=values, since=on_day, deed="Akta 1", key="deed"
    )
    with pytest.raises(AgainstTheLaw, match=r"above the cap of 10\.00 %: lower it \(AD/ART"):
        await unit.offer()


async def test_two_officers_above_the_threshold_and_never_ones_own(unit: Unit) -> None:
    product = await unit.offer()
    small = await unit.apply(product, 5_000_000, 12)
    assert (await service.approve_loan(unit.treasurer, loan_id=small.pk)).state is LoanState.APPROVED
    large = await unit.apply(product, 5_000_001, 12)
    assert (await service.approve_loan(unit.treasurer, loan_id=large.pk)).state is LoanState.APPLIED
    with pytest.raises(NeedsAnotherOfficer):
        await service.approve_loan(unit.treasurer, loan_id=large.pk)
    with pytest.raises(LoanWrongState):
        await service.disburse_loan(
            unit.treasurer, loan_id=large.pk, way=MoneyWay.CASH, reference="KK 1", key=unit.key()
        )
    with pytest.raises(Forbidden):
        await service.approve_loan(unit.at.members[0][1], loan_id=large.pk)
    assert (await service.approve_loan(unit.chair, loan_id=large.pk)).state is LoanState.APPROVED
    assert (await service.withdraw_application(unit.at.members[0][1], loan_id=large.pk)).state is LoanState.WITHDRAWN


async def test_related_parties_stay_within_a_tenth_of_own_capital(unit: Unit) -> None:
    at = unit.at.at
    await at.book(
        date(2026, 11, 1), {"1-1201": 40_000_000}, {"3-2101": 40_000_000}, kind=VoucherKind.CASH_IN, actor=at.chair
    )
    for voucher in await _proposed(at.id):
        await _agree(at.treasurer, voucher)
    # Participation capital is equity, and no capital of its own.
    await at.book(date(2026, 11, 1), {"1-1201": 5_000_000}, {"3-1201": 5_000_000}, kind=VoucherKind.CASH_IN)
    asked = at.secretary  # an officer is a member too
    product = await unit.offer()
    loan = await unit.apply(product, 4_000_001, 12, who=asked)
    assert loan.is_related
    with pytest.raises(AgainstTheLaw, match=r"10\.00 % of own capital \(Permenkop UKM 8/2023 art\. 44\)"):
        await service.approve_loan(unit.chair, loan_id=loan.pk)
    with pytest.raises(OwnLoan):
        await service.approve_loan(asked, loan_id=loan.pk)
    loan = await unit.apply(product, 4_000_000, 12, who=asked)
    assert (await service.approve_loan(unit.chair, loan_id=loan.pk)).state is LoanState.APPROVED
    other = await unit.apply(product, 1_000_000, 12, who=asked)
    with pytest.raises(AgainstTheLaw, match=r"related parties would owe Rp 5\.000\.000"):
        await service.approve_loan(unit.chair, loan_id=other.pk)


async def _proposed(cooperative_id: UUID) -> list[Voucher]:
    return await Voucher.filter(cooperative_id=cooperative_id, state=VoucherState.PROPOSED)


async def _agree(officer: Actor, voucher: Voucher) -> None:
    await vouchers.approve_voucher(officer, voucher_id=voucher.pk, key=f"agree-{voucher.pk}")


async def test_a_member_stands_behind_another(unit: Unit) -> None:
    (_, _), (budi, acting_budi) = unit.at.members
    assert budi.number is not None
    product = await unit.offer(NURSE)
    with pytest.raises(Invalid):
        await unit.apply(product, 2_000_000, 6)
    loan = await unit.apply(product, 2_000_000, 6, behind=(budi.number,))
    with pytest.raises(GuaranteesMissing):
        await service.approve_loan(unit.treasurer, loan_id=loan.pk)
    await service.answer_guarantee(acting_budi, loan_id=loan.pk, is_given=True)
    assert (await service.loans_behind(acting_budi, first=10, after=None)).rows[0].loan_id == loan.pk
    assert (await service.approve_loan(unit.treasurer, loan_id=loan.pk)).state is LoanState.APPROVED
    with pytest.raises(LoanWrongState):
        await service.answer_guarantee(acting_budi, loan_id=loan.pk, is_given=False)
    loan = await service.disburse_loan(
        unit.treasurer, loan_id=loan.pk, way=MoneyWay.CASH, reference="KK 7", key=unit.key()
    )
    (guarantee,) = (await reading.guarantees_by_loan([loan.pk]))[loan.pk]
    assert guarantee.state is GuaranteeState.GIVEN


@pytest.mark.parametrize("choice", list(AfterEarly))
async def test_a_part_and_then_all_paid_early(unit: Unit, choice: AfterEarly) -> None:
    loan = await unit.lend()
    member, ani = unit.at.members[0]
    on(date(2026, 12, 25))
    await timetable.look_at(loan.pk)
    with pytest.raises(DueFirst):
        await _early(unit, loan, 1_000_000, choice)
    await unit.pay(member, 888_488)
    on(date(2027, 1, 9))  # 15 days of 31 into the second month
    loan = await _early(unit, loan, 5_000_000, choice)
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
        await _early(unit, loan, full.amount + 1, choice)
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


async def _early(unit: Unit, loan: Loan, amount: int, choice: AfterEarly) -> Loan:
    return await service.repay_early(
        unit.treasurer,
        loan_id=loan.pk,
        amount=amount,
        way=MoneyWay.CASH,
        choice=choice,
        reference="KM 1",
        key=unit.key(),
    )


async def test_what_was_deducted_ahead_counts_when_the_rest_is_paid_early(unit: Unit) -> None:
    loan = await unit.lend()
    member, _ = unit.at.members[0]
    await unit.pay(member, 500_000)  # all of the month's interest, and some of the loan, on the first day
    loan = await repaying.follow_loan(loan.pk)
    rows = (await reading.instalments_by_loan([loan.pk]))[loan.pk]
    full = repaying.payoff(loan, rows, date(2026, 11, 25))
    assert (full.principal, full.interest, full.amount) == (9_600_000, -100_000, 9_500_000)
    loan = await _early(unit, loan, 9_500_000, AfterEarly.TERM)
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


async def test_borrowed_by_two_paid_by_schedule_and_lent_on(unit: Unit) -> None:
    contract = Contract(
        Lender.LPDB, "LPDB-KUMKM", "001/LPDB/2026", 120_000_000, 12, 600, Method.DECLINING, date(2026, 11, 20)
    )
    row = await service.record_borrowing(unit.treasurer, cooperative_id=unit.at.id, contract=contract, key="b1")
    with pytest.raises(OtherOfficer):
        await service.answer_borrowing(unit.treasurer, borrowing_id=row.pk, is_agreed=True)
    assert await held(unit.at, Purpose.BORROWED, row.pk) == 0
    row = await service.answer_borrowing(unit.chair, borrowing_id=row.pk, is_agreed=True)
    assert await held(unit.at, Purpose.BORROWED, row.pk) == await held(unit.at, Purpose.BANK) == 120_000_000
    loan = await unit.lend(offer=replace(MOTORCYCLE, borrowing_id=row.pk))
    lent = (await service.on_lent_by_borrowing([row.pk]))[row.pk]
    assert (lent.loans, lent.owed, lent.late) == (1, 10_000_000, 0)
    for n in range(12):
        row = await service.pay_borrowing(
            unit.chair, borrowing_id=row.pk, paid_on=date(2026, 11, 25), bank_reference=f"TRX {n}", key=f"pay-{n}"
        )
    assert row.state is BorrowingState.REPAID
    assert await held(unit.at, Purpose.BORROWED, row.pk) == 0
    assert await held(unit.at, Purpose.BORROWING_INTEREST) == 3_900_000
    books = await service.unit_books(unit.treasurer, unit.at.id, None)
    assert books.is_balanced
    assert (books.result, books.current_account) == (-3_900_000, loan.amount + 3_900_000)


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
    with pytest.raises(AgainstTheLaw, match="at most 10 times the savings of Rp 0"):
        await unit.apply(product, 2_000_000, 6)
    await savings.deposit_cash(unit.treasurer, savings_id=saved.pk, amount=300_000, key="d1")
    loan = await unit.apply(product, 2_000_000, 6)
    with pytest.raises(SavingsTooSmall, match=r"wants Rp 400\.000 .* Rp 300\.000 are free"):
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
    await _early(unit, loan, full.amount, AfterEarly.TERM)
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
