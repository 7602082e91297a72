"""What the co-op borrowed comes in by parts: interest from each one's day, never beyond what was agreed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.ledger.service import Purpose
from cooperatives.loans import borrowing_interest, service
from cooperatives.loans.access import OtherOfficer
from cooperatives.loans.borrowing import BorrowingWrongState, Contract
from cooperatives.loans.drawing import BeyondAgreed, DrawWaits
from cooperatives.loans.kinds import BorrowingState, Lender
from cooperatives.loans.models import Borrowing, BorrowingInstalment
from cooperatives.loans.schedules import Method, Terms, due_days
from cooperatives.loans.tranches import Part, earned_by, first_for, instalments_of
from marketplace.errors import Invalid, NotFound
from marketplace.notices.awaiting import awaiting
from tests.cooperatives.loans.unit import Unit, held, on

pytestmark = pytest.mark.anyio
BEGAN = date(2026, 11, 20)


@given(
    st.sampled_from(list(Method)),
    st.integers(1, 24),
    st.integers(0, 2_400),
    st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 700)), min_size=1, max_size=5),
)
def test_parts_are_paid_back_whole_and_interest_is_earned_day_by_day(
    method: Method, months: int, rate: int, drawn: list[tuple[int, int]]
) -> None:
    terms, days = Terms(1, months, rate, method), due_days(date(2026, 12, 20), months, 20)
    parts = []
    for amount, after in drawn:
        day = date.fromordinal(BEGAN.toordinal() + after)
        ordinal = first_for(day, days)
        if ordinal is not None:
            parts.append(Part(amount, day, ordinal))
    owed = [instalments_of(terms, part, BEGAN, days) for part in parts]
    for part, rows in zip(parts, owed, strict=True):
        assert sum(row.principal for row in rows) == part.amount
        assert len(rows) == months - part.ordinal + 1
    asked = [sum(rows[n - len(days)].interest for rows in owed if len(rows) >= len(days) - n) for n in range(months)]
    assert earned_by(terms, parts, BEGAN, days, days[-1]) == asked
    before = [0] * months
    for day in range(BEGAN.toordinal(), days[-1].toordinal(), 17):
        now = earned_by(terms, parts, BEGAN, days, date.fromordinal(day))
        assert all(0 <= was <= is_now <= most for was, is_now, most in zip(before, now, asked, strict=True))
        assert sum(now) == 0 or any(part.drawn_on.toordinal() < day for part in parts)
        before = now


async def test_a_second_part_bears_interest_from_its_day_and_is_paid_by_the_instalments_to_come(unit: Unit) -> None:
    contract = Contract(
        Lender.LPDB, "LPDB-KUMKM", "7", 120_000_000, 12, 600, Method.DECLINING, BEGAN, first_drawn=72_000_000
    )
    row = await service.record_borrowing(unit.treasurer, cooperative_id=unit.at.id, contract=contract, key="b1")
    with pytest.raises(BorrowingWrongState):  # nothing is booked yet
        await draw(unit, row, 1)
    row = await service.answer_borrowing(unit.chair, borrowing_id=row.pk, is_agreed=True)
    assert await held(unit.at, Purpose.BORROWED, row.pk) == await held(unit.at, Purpose.BANK) == 72_000_000
    on(date(2026, 12, 5))
    for amount in (0, 48_000_001):
        with pytest.raises(BeyondAgreed, match=r"48\.000\.000 can still be drawn"):
            await draw(unit, row, amount)
    for day in (date(2026, 11, 19), date(2026, 12, 6)):
        with pytest.raises(Invalid):
            await draw(unit, row, 1, day)
    for _ in range(2):
        await draw(unit, row, 24_000_000, key="again")
    with pytest.raises(DrawWaits):
        await draw(unit, row, 1)
    with pytest.raises(OtherOfficer):
        await service.answer_draw(unit.treasurer, borrowing_id=row.pk, is_agreed=True)
    (waits,) = await awaiting(unit.chair, first=5)
    assert (waits.id, waits.amount, waits.about) == (row.pk, 24_000_000, "LPDB-KUMKM")
    assert await held(unit.at, Purpose.BORROWED, row.pk) == 72_000_000
    await service.answer_draw(unit.chair, borrowing_id=row.pk, is_agreed=True)
    assert await held(unit.at, Purpose.BORROWED, row.pk) == await held(unit.at, Purpose.BANK) == 96_000_000
    with pytest.raises(NotFound):
        await service.answer_draw(unit.chair, borrowing_id=row.pk, is_agreed=True)
    plan = await BorrowingInstalment.filter(borrowing_id=row.pk).order_by("ordinal")
    # 0.5 % a month: of 72 million for the whole first month, of 24 million for 15 of its 30 days; then of all.
    assert [(one.principal, one.interest) for one in plan[:2]] == [(8_000_000, 420_000), (8_000_000, 440_000)]
    assert sum(one.principal for one in plan) == 96_000_000
    # On the 10th: 20 of 30 days of 360,000, and 5 of 15 days of 60,000.
    for day, due in ((date(2026, 12, 10), 260_000), (date(2026, 12, 20), 420_000)):
        on(day)
        await Borrowing.filter(pk=row.pk).update(next_on=None)
        await borrowing_interest.look_at(row.pk)
        assert await held(unit.at, Purpose.BORROWING_INTEREST_DUE, row.pk) == due
    row = await pay(unit, row, 1)
    with pytest.raises(Invalid):  # what was paid stays as it was
        await draw(unit, row, 1, date(2026, 12, 19))
    await draw(unit, row, 24_000_000, date(2026, 12, 20))
    row = await service.answer_draw(unit.treasurer, borrowing_id=row.pk, is_agreed=False)
    await draw(unit, row, 24_000_000, date(2026, 12, 20))
    row = await service.answer_draw(unit.chair, borrowing_id=row.pk, is_agreed=True)
    with pytest.raises(BeyondAgreed):
        await draw(unit, row, 1)
    plan = await BorrowingInstalment.filter(borrowing_id=row.pk, paid_on=None).order_by("ordinal")
    assert sum(one.principal for one in plan) == 112_000_000 == await held(unit.at, Purpose.BORROWED, row.pk)
    assert plan[0].interest == 560_000  # 0.5 % of 112 million
    for n in range(2, 13):
        row = await pay(unit, row, n)
    assert row.state is BorrowingState.REPAID
    assert await held(unit.at, Purpose.BORROWED, row.pk) == 0
    assert await held(unit.at, Purpose.BORROWING_INTEREST_DUE, row.pk) == 0
    with pytest.raises(BorrowingWrongState):
        await draw(unit, row, 1)


async def draw(
    unit: Unit, row: Borrowing, amount: int, day: date = date(2026, 12, 5), key: str | None = None
) -> Borrowing:
    return await service.draw_borrowing(
        unit.treasurer,
        borrowing_id=row.pk,
        amount=amount,
        received_on=day,
        bank_reference="TRX 2",
        key=key or unit.key(),
    )


async def pay(unit: Unit, row: Borrowing, n: int) -> Borrowing:
    return await service.pay_borrowing(
        unit.chair, borrowing_id=row.pk, paid_on=date(2026, 12, 20), bank_reference=f"B {n}", key=f"pay-{n}"
    )
