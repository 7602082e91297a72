"""A loan from its application to its end, through the services; what is forbidden; what the co-op borrows."""

import io
from dataclasses import replace
from datetime import date
from uuid import UUID

import openpyxl
import pytest

from cooperatives.books import vouchers
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import Voucher, VoucherState
from cooperatives.books.periods import Period
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import set_founding_by_laws
from cooperatives.ledger.service import Purpose
from cooperatives.loans import borrowing_interest, files, reading, repaying, service, timetable
from cooperatives.loans.access import OtherOfficer, OwnLoan
from cooperatives.loans.borrowing import Contract
from cooperatives.loans.deciding import GuaranteesMissing, NeedsAnotherOfficer
from cooperatives.loans.kinds import BorrowingState, GuaranteeState, Lender, LoanPurpose, MoneyWay
from cooperatives.loans.lifecycle import LoanState, LoanWrongState
from cooperatives.loans.models import Borrowing
from cooperatives.loans.products import Offer
from cooperatives.loans.schedules import Method
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden
from marketplace.identity.models import Account
from marketplace.rules import AgainstTheLaw
from tests.cooperatives.loans.unit import MOTORCYCLE, NURSE, Unit, held, on
from tests.cooperatives.membership import people

pytestmark = pytest.mark.anyio


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
    with pytest.raises(AgainstTheLaw, match=r"41\.7 %.*Permenkop UKM 8/2023 art\. 27"):
        await unit.offer(too_dear)
    product = await unit.offer()
    with pytest.raises(AgainstTheLaw, match=r"lends to its members alone.*Permenkop UKM 8/2023 art\. 23"):
        await unit.apply(product, 5_000_000, 12, who=await people.acting(await people.person("Orang luar")))
    earlier = await unit.apply(product, 20_000_000, 12)
    loan = await unit.apply(product, 10_000_000, 12)
    for officer in (unit.chair, unit.treasurer):
        await service.approve_loan(officer, loan_id=loan.pk)
    with pytest.raises(AgainstTheLaw, match=r"One member may owe at most Rp25\.000\.000"):
        await unit.apply(product, 15_000_001, 12)
    with pytest.raises(AgainstTheLaw, match=r"this would make Rp30\.000\.000"):
        await service.approve_loan(unit.chair, loan_id=earlier.pk)
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
    with pytest.raises(AgainstTheLaw, match=r"above the cap of 10 %: lower it \(AD/ART"):
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
    with pytest.raises(AgainstTheLaw, match=r"10 % of own capital \(Permenkop UKM 8/2023 art\. 44\)"):
        await service.approve_loan(unit.chair, loan_id=loan.pk)
    with pytest.raises(OwnLoan):
        await service.approve_loan(asked, loan_id=loan.pk)
    loan = await unit.apply(product, 4_000_000, 12, who=asked)
    assert (await service.approve_loan(unit.chair, loan_id=loan.pk)).state is LoanState.APPROVED
    other = await unit.apply(product, 1_000_000, 12, who=asked)
    with pytest.raises(AgainstTheLaw, match=r"Related parties would owe Rp5\.000\.000"):
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
    book = openpyxl.load_workbook(io.BytesIO(await files.on_lent(unit.chair, row.pk, "xlsx", "id")))
    told = [line for line in book.active.iter_rows(values_only=True) if loan.number in line]
    (member, _), name = unit.at.members[0], (await Account.get(pk=loan.account_id)).name
    assert [line[0:3] + line[4:] for line in told] == [
        (member.number, name, loan.number, 10_000_000, 10_000_000, 0, "Lancar")
    ]
    with pytest.raises(NotFound):
        await files.on_lent(unit.at.members[0][1], row.pk, "xlsx", "id")
    # Ten of the first month's thirty days are over on the last of November, all of them on the day it falls due.
    for day, due in ((date(2026, 11, 29), 180_000), (date(2026, 11, 30), 200_000), (date(2026, 12, 20), 600_000)):
        on(day)
        assert await borrowing_interest.sweep(None) == 1
        assert await held(unit.at, Purpose.BORROWING_INTEREST_DUE, row.pk) == due
        assert await held(unit.at, Purpose.BORROWING_INTEREST) == due
    assert await borrowing_interest.sweep(None) == 0
    assert await borrowing_interest.interest_due_by_borrowing([row.pk]) == {row.pk: 600_000}
    assert (await Borrowing.get(pk=row.pk)).next_on == date(2026, 12, 31)
    for n in range(12):
        row = await service.pay_borrowing(
            unit.chair, borrowing_id=row.pk, paid_on=date(2026, 12, 20), bank_reference=f"TRX {n}", key=f"pay-{n}"
        )
    assert row.state is BorrowingState.REPAID
    assert await held(unit.at, Purpose.BORROWED, row.pk) == 0
    assert await held(unit.at, Purpose.BORROWING_INTEREST) == 3_900_000
    assert await held(unit.at, Purpose.BORROWING_INTEREST_DUE, row.pk) == 0
    books = await service.unit_books(unit.treasurer, unit.at.id, None)
    assert books.is_balanced
    assert (books.result, books.current_account) == (-3_900_000, loan.amount + 3_900_000)
