"""Dues paid by deduction, in cash and by transfer; what is missed is told; nothing is paid twice."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from cooperatives.dues import reminding, service, timetable
from cooperatives.dues.counter import MoreThanOwed
from cooperatives.dues.models import DeductionRun, Due, DueKind, DuePayment, DueState, PaymentWay
from cooperatives.dues.paying import credit_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from marketplace import checks, clock, outbox
from marketplace.database import new_id, transaction
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Forbidden
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import NOON, TODAY, YESTERDAY, stage
from tests.cooperatives.membership import people

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


async def whole() -> None:
    assert [found async for found in checks.findings()] == []


async def test_a_days_deduction_pays_by_kind_within_the_agreed_share_and_once(db: Settings) -> None:
    on = await stage()
    (ani, acting), (budi, _) = on.members
    loan = await on.owe(ani, 40_000, YESTERDAY, DueKind.LOAN, interest=8_000)
    bill = await on.owe(ani, 8_400, YESTERDAY, DueKind.PROTECTION)
    later = await on.owe(ani, 5_000, TODAY, DueKind.PROTECTION)
    unagreed = await on.owe(budi, 5_000, YESTERDAY)
    clock.use(lambda: NOON - timedelta(days=1))
    await service.agree_to_deduction(acting, membership_id=ani.pk, share_bp=2_000, key="a")
    await on.earn(ani, 100_000)
    await on.earn(budi, 100_000)
    clock.use(lambda: NOON)
    await on.earn(ani, 999_000)  # today's: for tomorrow's deduction
    run = await service.collect_day(on.id, YESTERDAY)
    again = await service.collect_day(on.id, YESTERDAY)
    assert (run.payments, run.deducted, run.refused, again.deducted) == (1, 20_000, 0, 20_000)
    rows = {row.pk: row for row in await Due.all()}
    assert (rows[bill.pk].paid, rows[bill.pk].state) == (8_400, DueState.PAID)
    assert (rows[loan.pk].paid, rows[loan.pk].outstanding) == (11_600, 28_400)
    assert rows[later.pk].paid == rows[unagreed.pk].paid == 0
    assert await on.stands(on.payable(ani)) == 100_000 + 999_000 - 20_000
    assert await on.stands(AccountRef(on.id, Purpose.OTHER_INCOME)) == 8_000  # interest before principal
    payment = await DuePayment.get()
    assert (payment.way, payment.amount, payment.earned, payment.number) == (
        PaymentWay.DEDUCTION,
        20_000,
        100_000,
        None,
    )
    await whole()


async def test_what_was_paid_out_meanwhile_is_not_deducted_and_kinds_not_agreed_to_are_left(db: Settings) -> None:
    on = await stage(1)
    ((ani, acting),) = on.members
    await on.owe(ani, 40_000, YESTERDAY, DueKind.LOAN)
    await on.owe(ani, 40_000, YESTERDAY, DueKind.PROTECTION)
    clock.use(lambda: NOON - timedelta(days=1))
    agreed = [DueKind.LOAN]
    await service.agree_to_deduction(acting, membership_id=ani.pk, share_bp=3_000, kinds=agreed, key="a")
    await on.earn(ani, 100_000)
    out = Entry(on.payable(ani), AccountRef(on.id, Purpose.PAYOUT_CLEARING, new_id()), 97_000, "payout.requested")
    async with transaction():
        await ledger.post([out], cause=Cause("test.out", new_id()))
    clock.use(lambda: NOON)
    run = await service.deduct_day(on.id, YESTERDAY)
    assert (run.payments, run.deducted) == (1, 3_000)
    assert await Due.get(kind=DueKind.PROTECTION).values_list("paid", flat=True) == 0
    with pytest.raises(ValueError, match="not over"):
        await service.deduct_day(on.id, TODAY)


async def test_a_run_that_died_between_batches_goes_on_where_it_stood(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cooperatives.dues import deducting

    monkeypatch.setattr(deducting, "BATCH", 1)
    on = await stage(3)
    clock.use(lambda: NOON - timedelta(days=1))
    for member, acting in on.members:
        await on.owe(member, 30_000, YESTERDAY)
        await service.agree_to_deduction(acting, membership_id=member.pk, share_bp=1_000, key="a")
        await on.earn(member, 50_000)
    clock.use(lambda: NOON)
    done = deducting.pay_many
    calls = 0

    async def dying(*given: object) -> object:
        nonlocal calls
        calls += 1
        answer = await done(*given)  # type: ignore[arg-type]
        if calls == 2:
            raise KeyboardInterrupt  # posted, and not committed
        return answer

    monkeypatch.setattr(deducting, "pay_many", dying)
    with pytest.raises(KeyboardInterrupt):
        await service.deduct_day(on.id, YESTERDAY)
    half = await DeductionRun.get()
    assert (half.payments, half.finished_at) == (1, None)
    run = await service.deduct_day(on.id, YESTERDAY)
    assert (run.payments, run.deducted) == (3, 15_000)
    assert await DuePayment.all().count() == 3
    await whole()


async def test_what_is_missed_is_told_once_and_again_a_week_later(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = await stage(2)
    (ani, _), (budi, _) = on.members
    await on.owe(ani, 30_000, YESTERDAY)
    await on.owe(ani, 12_000, YESTERDAY - timedelta(days=3), DueKind.PROTECTION)
    await on.owe(budi, 1, TODAY)
    told = []
    stop = outbox.listen(lambda said: told.append(said) if said.event == reminding.EVENT else None)
    try:
        for day, members in ((YESTERDAY, 1), (YESTERDAY, 0), (TODAY, 1), (YESTERDAY + timedelta(days=7), 1)):
            assert await reminding.remind(on.id, day) == members, day
    finally:
        stop()
    assert [(said.aggregate_id, said.payload["amount"], said.payload["dues"]) for said in told] == [
        (ani.pk, 42_000, 2),
        (budi.pk, 1, 1),
        (ani.pk, 42_000, 2),
    ]


async def test_days_that_a_stopped_node_missed_are_made_up_for(db: Settings) -> None:
    on = await stage(1)
    ((ani, _),) = on.members
    await on.owe(ani, 30_000, YESTERDAY)
    assert await timetable.collect(None) == 1
    assert await timetable.collect(None) == 0
    clock.use(lambda: NOON + timedelta(days=3))
    assert await timetable.days_left(on.id) == [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2)]
    clock.use(lambda: NOON + timedelta(days=100))
    assert len(await timetable.days_left(on.id)) == timetable.MOST_DAYS


async def test_cash_at_the_counter_gets_a_numbered_receipt_and_never_more_than_is_owed(db: Settings) -> None:
    on = await stage(2)
    (ani, acting), (_, other) = on.members
    due = await on.owe(ani, 30_000, YESTERDAY)
    later = await on.owe(ani, 8_400, date(2026, 12, 10), DueKind.PROTECTION)
    take = {"membership_id": ani.pk, "amount": 35_000, "note": "loket"}
    first = await service.take_cash(on.at.treasurer, **take, key="k")  # type: ignore[arg-type]
    again = await service.take_cash(on.at.treasurer, **take, key="k")  # type: ignore[arg-type]
    assert first.pk == again.pk
    assert first.number == "KW/2026/000001"
    assert await Due.get(pk=due.pk).values_list("state", flat=True) == DueState.PAID  # what has come due goes first
    assert await Due.get(pk=later.pk).values_list("paid", flat=True) == 5_000
    assert await on.stands(AccountRef(on.id, Purpose.CASH)) == 35_000
    with pytest.raises(MoreThanOwed):
        await service.take_cash(on.at.treasurer, membership_id=ani.pk, amount=3_401, key="l")
    with pytest.raises(Invalid):
        await service.take_cash(on.at.treasurer, membership_id=ani.pk, amount=0, key="m")
    second = await service.take_cash(on.at.chair, membership_id=ani.pk, amount=3_400, key="n")
    assert second.number == "KW/2026/000002"
    with pytest.raises(NotFound):
        await service.take_cash(other, membership_id=ani.pk, amount=1, key="o")
    with pytest.raises(Forbidden):
        await service.take_cash(acting, membership_id=ani.pk, amount=1, key="o")
    with pytest.raises(NotFound):
        await service.dues_of(other, ani.pk, state=None, first=10, after=None)
    assert len((await service.dues_of(acting, ani.pk, state=None, first=10, after=None)).rows) == 2
    stranger = await people.acting(await people.person())
    with pytest.raises(NotFound):
        await service.list_dues(stranger, on.id, state=None, kind=None, due_by=None, first=10, after=None)
    await whole()


async def test_charging_is_once_a_cause_and_letting_go_keeps_what_was_paid(db: Settings) -> None:
    on = await stage(1)
    ((ani, _),) = on.members
    cause = Cause("test.loan", new_id())
    to = AccountRef(on.id, Purpose.OTHER_INCOME)
    made = [
        service.Charge(ani.pk, DueKind.LOAN, TODAY, cause, (service.Part(to, amount, "k"),))
        for amount in (10_000, 99_000)
    ]
    for one in made:
        async with transaction():
            (due,) = await service.charge(on.id, [one])
    assert due.amount == 10_000
    await service.take_cash(on.at.treasurer, membership_id=ani.pk, amount=4_000, key="k")
    async with transaction():
        (ended,) = await service.let_go([cause])
    async with transaction():
        assert await service.let_go([cause]) == []
    assert (ended.state, ended.paid, ended.outstanding) == (DueState.LET_GO, 4_000, 0)
    with pytest.raises(ValueError, match="no member"):
        await service.charge(new_id(), made)
    await whole()


async def test_what_came_beyond_the_dues_is_held_and_pays_the_next(db: Settings) -> None:
    on = await stage(1)
    ((ani, acting),) = on.members
    await on.owe(ani, 30_000, YESTERDAY)
    line = await on.bank_line(f"TRSF E-BANKING {service.member_reference(ani.pk)} ANI", 50_000)
    assert await service.receive_transfers(line.statement_id) == 1
    assert await service.receive_transfers(line.statement_id) == 0
    payment = await DuePayment.get()
    assert (payment.way, payment.credited, payment.number) == (PaymentWay.TRANSFER, 20_000, "KW/2026/000001")
    assert await on.stands(credit_of(on.id, ani.pk)) == 20_000
    await on.owe(ani, 26_000, TODAY)
    clock.use(lambda: NOON + timedelta(days=1))
    await service.collect_day(on.id, TODAY)
    assert await on.stands(credit_of(on.id, ani.pk)) == 0
    assert await service.outstanding([ani.pk]) == {ani.pk: 6_000}
    unnamed = await on.bank_line("SETORAN TUNAI", 6_000)
    assert await service.receive_transfers(unnamed.statement_id) == 0
    pay = {"line_id": unnamed.pk, "membership_id": ani.pk}
    paid = await service.pay_from_line(on.at.treasurer, **pay, key="p")
    assert (await service.pay_from_line(on.at.treasurer, **pay, key="p")).pk == paid.pk
    with pytest.raises(Invalid):
        await service.pay_from_line(on.at.treasurer, **pay, key="q")
    with pytest.raises(Forbidden):
        await service.pay_from_line(acting, **pay, key="r")
    assert await service.outstanding([ani.pk]) == {ani.pk: 0}
    await whole()


async def test_consent_is_the_members_own_word_within_the_bound(db: Settings) -> None:
    on = await stage(2)
    (ani, acting), (_, other) = on.members
    first = await service.agree_to_deduction(acting, membership_id=ani.pk, share_bp=1_000, key="a")
    again = await service.agree_to_deduction(acting, membership_id=ani.pk, share_bp=1_000, key="a")
    second = await service.agree_to_deduction(acting, membership_id=ani.pk, share_bp=2_000, key="b")
    assert first.pk == again.pk
    held = await service.consent_of(on.at.treasurer, ani.pk)
    assert held is not None
    assert held.pk == second.pk
    for share in (0, 3_001):
        with pytest.raises(Invalid):
            await service.agree_to_deduction(acting, membership_id=ani.pk, share_bp=share, key="c")
    for stranger in (other, on.at.treasurer):
        with pytest.raises(NotFound):
            await service.agree_to_deduction(stranger, membership_id=ani.pk, share_bp=1_000, key="d")
        with pytest.raises(NotFound):
            await service.withdraw_consent(stranger, membership_id=ani.pk)
    await service.withdraw_consent(acting, membership_id=ani.pk)
    assert await service.consent_of(acting, ani.pk) is None
