"""Vouchers: who may, when one officer is enough, how they are numbered, posted and taken back."""

from collections.abc import Iterator
from datetime import date

import pytest

from cooperatives.books import books, reading, vouchers
from cooperatives.books.lines import Line as On
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import Voucher, VoucherSource, VoucherState
from cooperatives.ledger.models import Transfer
from cooperatives.ledger.service import balance
from marketplace import checks, clock
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden, Grant, Role, Unauthenticated
from marketplace.settings import Settings
from tests.cooperatives.books.desk import NOON, Desk, desk
from tests.cooperatives.membership import people

pytestmark = pytest.mark.anyio
OUT, IN, MEMO = VoucherKind.CASH_OUT, VoucherKind.CASH_IN, VoucherKind.MEMORIAL
NOVEMBER = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


async def amount(at: Desk, number: str) -> int:
    return (await balance(at.chart.by_number[number].ref(at.id))).amount


async def test_one_officer_posts_up_to_the_threshold_and_numbers_run_by_month(db: Settings) -> None:
    at = await desk()
    first = await at.book(NOVEMBER, {"6-1103": 450_000, "7-1101": 2_500}, {"1-1101": 452_500}, kind=OUT)
    second = await at.book(NOVEMBER, {"1-1101": 1_000_000}, {"4-1101": 1_000_000}, kind=IN)
    third = await at.book(date(2026, 10, 1), {"6-1106": 5_000_000}, {"1-1201": 5_000_000}, kind=OUT)
    fourth = await at.book(NOVEMBER, {"6-1105": 75_000}, {"1-1101": 75_000}, kind=OUT)
    assert [v.number for v in (first, second, third, fourth)] == [
        "BKK/2026/11/0001",
        "BKM/2026/11/0001",
        "BKK/2026/10/0001",
        "BKK/2026/11/0002",
    ]
    assert {v.state for v in (first, second, third, fourth)} == {VoucherState.POSTED}
    assert await amount(at, "1-1101") == 1_000_000 - 452_500 - 75_000
    assert await amount(at, "6-1103") == 450_000
    assert await Transfer.filter(cause_id=first.pk).count() == 2
    assert [found async for found in checks.findings()] == []


async def test_above_the_threshold_two_officers_agree(db: Settings) -> None:
    at = await desk()
    voucher = await at.book(NOVEMBER, {"1-3301": 5_000_001}, {"1-1201": 5_000_001}, kind=OUT)
    assert (voucher.state, voucher.number) == (VoucherState.PROPOSED, None)
    assert await amount(at, "1-3301") == 0
    with pytest.raises(vouchers.NeedsAnotherOfficer):
        await vouchers.approve_voucher(at.treasurer, voucher_id=voucher.pk, key="a")
    posted = await vouchers.approve_voucher(at.chair, voucher_id=voucher.pk, key="a")
    again = await vouchers.approve_voucher(at.chair, voucher_id=voucher.pk, key="a")
    assert posted.number == again.number == "BKK/2026/11/0001"
    assert (posted.approved_by, posted.second_approved_by) == (at.treasurer.account_id, at.chair.account_id)
    assert await amount(at, "1-3301") == 5_000_001
    with pytest.raises(vouchers.VoucherWrongState):
        await vouchers.approve_voucher(at.secretary, voucher_id=voucher.pk, key="b")


async def test_a_proposed_voucher_is_refused_and_takes_no_number(db: Settings) -> None:
    at = await desk()
    voucher = await at.book(NOVEMBER, {"1-3301": 9_000_000}, {"1-1201": 9_000_000}, kind=OUT)
    with pytest.raises(Invalid):
        await vouchers.refuse_voucher(at.chair, voucher_id=voucher.pk, reason=" ")
    refused = await vouchers.refuse_voucher(at.chair, voucher_id=voucher.pk, reason="Belum ada faktur")
    assert (refused.state, refused.number) == (VoucherState.REFUSED, None)
    with pytest.raises(vouchers.VoucherWrongState):
        await vouchers.approve_voucher(at.secretary, voucher_id=voucher.pk, key="a")
    assert await Transfer.all().count() == 0


async def test_the_threshold_is_lowered_by_one_and_raised_by_two(db: Settings) -> None:
    at = await desk()
    assert (
        await books.set_threshold(at.treasurer, cooperative_id=at.id, amount=1_000_000)
    ).two_officers_above == 1_000_000
    for actor in (at.treasurer, at.treasurer):
        book = await books.set_threshold(actor, cooperative_id=at.id, amount=10_000_000)
        assert (book.two_officers_above, book.proposed_threshold) == (1_000_000, 10_000_000)
    other = await books.set_threshold(at.chair, cooperative_id=at.id, amount=8_000_000)
    assert (other.two_officers_above, other.proposed_threshold) == (1_000_000, 8_000_000)
    agreed = await books.set_threshold(at.secretary, cooperative_id=at.id, amount=8_000_000)
    assert (agreed.two_officers_above, agreed.proposed_threshold) == (8_000_000, None)


@pytest.mark.parametrize("text", ["", "x" * 301, "nol\x00di tengah", "\x1b[2J"])
async def test_words_that_a_row_can_not_hold_are_refused(db: Settings, text: str) -> None:
    at = await desk()
    with pytest.raises(Invalid) as refused:
        await at.book(NOVEMBER, {"6-1103": 5}, {"1-1101": 5}, kind=OUT, description=text)
    assert refused.value.faults[0].path == ("description",)
    with pytest.raises(Invalid):
        await books.add_account(
            at.treasurer, cooperative_id=at.id, number="1-1202", name_id=text or " ", line=On.CASH, key="n"
        )
    assert await Voucher.all().count() == 0


async def test_sent_twice_it_is_one_voucher(db: Settings) -> None:
    at = await desk()
    one = await at.book(NOVEMBER, {"6-1103": 5}, {"1-1101": 5}, kind=OUT, key="same")
    two = await at.book(NOVEMBER, {"6-1103": 5}, {"1-1101": 5}, kind=OUT, key="same")
    assert one.pk == two.pk
    assert await Voucher.all().count() == 1


async def test_a_posted_voucher_is_taken_back_once_by_its_mirror(db: Settings) -> None:
    at = await desk()
    wrong = await at.book(date(2026, 10, 3), {"6-1103": 70, "7-1101": 30}, {"1-1101": 100}, kind=OUT)
    with pytest.raises(Invalid):
        await vouchers.reverse_voucher(
            at.chair, voucher_id=wrong.pk, booked_on=date(2026, 10, 2), reason="Salah", key="r0"
        )
    mirror = await vouchers.reverse_voucher(
        at.chair, voucher_id=wrong.pk, booked_on=NOVEMBER, reason="Salah akun", key="r1"
    )
    assert (mirror.source, mirror.reverses_id, mirror.number) == (
        VoucherSource.REVERSAL,
        wrong.pk,
        "BKK/2026/11/0001",
    )
    assert [await amount(at, number) for number in ("6-1103", "7-1101", "1-1101")] == [0, 0, 0]
    with pytest.raises(vouchers.AlreadyReversed):
        await vouchers.reverse_voucher(at.chair, voucher_id=wrong.pk, booked_on=NOVEMBER, reason="Lagi", key="r2")


async def test_an_accrual_goes_back_on_the_first_of_the_next_month(db: Settings) -> None:
    at = await desk()
    accrued = await at.book(
        date(2026, 11, 25), {"6-1101": 4_000_000}, {"2-1302": 4_000_000}, is_reversed_next_month=True
    )
    back = await Voucher.get(reverses_id=accrued.pk)
    assert (back.booked_on, back.source, back.number) == (
        date(2026, 12, 1),
        VoucherSource.ACCRUAL_REVERSAL,
        "BM/2026/12/0001",
    )
    with pytest.raises(Invalid):
        await at.book(NOVEMBER, {"6-1101": 4}, {"1-1101": 4}, kind=OUT, is_reversed_next_month=True)


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2025, 12, 31)])
async def test_a_voucher_is_of_a_day_that_has_come_and_that_the_books_know(db: Settings, day: date) -> None:
    at = await desk()
    with pytest.raises(Invalid) as refused:
        await at.book(day, {"6-1101": 4}, {"1-1101": 4}, kind=OUT)
    assert refused.value.faults[0].path == ("bookedOn",)
    assert await Voucher.all().count() == 0


async def test_only_officers_book_and_only_overseers_read(db: Settings) -> None:
    at = await desk()
    big = await at.book(NOVEMBER, {"1-3301": 9_000_000}, {"1-1201": 9_000_000}, kind=OUT)
    other = await desk(code="DRV")
    stranger = await people.acting(await people.person())
    watching = Actor(account_id=stranger.account_id, grants=frozenset({Grant(Role.SUPERVISOR, cooperative_id=at.id)}))
    for actor, refusal in (
        (Actor(), NotFound),
        (stranger, NotFound),
        (other.treasurer, NotFound),
        (watching, Forbidden),
    ):
        with pytest.raises((refusal, Unauthenticated)):
            await at.book(NOVEMBER, {"6-1101": 4}, {"1-1101": 4}, kind=OUT, actor=actor)
        with pytest.raises((refusal, Unauthenticated)):
            await vouchers.approve_voucher(actor, voucher_id=big.pk, key="x")
        with pytest.raises((refusal, Unauthenticated)):
            await vouchers.refuse_voucher(actor, voucher_id=big.pk, reason="x")
        with pytest.raises((refusal, Unauthenticated)):
            await books.set_threshold(actor, cooperative_id=at.id, amount=0)
    assert (await reading.visible_voucher(watching, big.pk)) is not None
    assert (await reading.visible_voucher(other.treasurer, big.pk)) is None
    assert (await reading.visible_voucher(stranger, big.pk)) is None
    assert await Voucher.all().count() == 1
    assert (await Voucher.get()).state is VoucherState.PROPOSED


async def test_another_co_ops_account_is_not_taken(db: Settings) -> None:
    at, other = await desk(), await desk(code="DRV")
    stolen = other.account("1-1101")
    with pytest.raises(Invalid) as refused:
        await vouchers.record_voucher(
            at.treasurer,
            cooperative_id=at.id,
            kind=OUT,
            booked_on=NOVEMBER,
            description="Uji",
            lines=[vouchers.Line(at.account("6-1101"), debit=5), vouchers.Line(stolen, credit=5)],
            key="x",
        )
    assert refused.value.faults[0].path == ("lines", "1", "accountId")


async def test_the_chart_grows_and_an_account_retires(db: Settings) -> None:
    at = await desk()
    added = await books.add_account(
        at.treasurer, cooperative_id=at.id, number="1-1202", name_id="Bank BRI", line=On.CASH, key="a"
    )
    with pytest.raises(books.AccountExists):
        await books.add_account(
            at.treasurer, cooperative_id=at.id, number="1-1202", name_id="Bank lain", line=On.CASH, key="b"
        )
    with pytest.raises(Invalid):
        await books.add_account(at.treasurer, cooperative_id=at.id, number="kas", name_id=" ", line=On.CASH, key="c")
    at.chart = await books.chart_of(at.id)
    await at.book(NOVEMBER, {"1-1202": 100}, {"1-1101": 100}, kind=OUT)
    assert await amount(at, "1-1202") == 100
    await books.change_account(at.chair, account_id=added.id, is_retired=True)
    with pytest.raises(Invalid):
        await at.book(NOVEMBER, {"1-1202": 100}, {"1-1101": 100}, kind=OUT)
    with pytest.raises(books.AccountInUse):
        await books.change_account(at.chair, account_id=at.account("1-1201"), is_retired=True)
    renamed = await books.change_account(at.chair, account_id=added.id, name_id="Bank BRI Unit", is_retired=False)
    assert (renamed.name_id, renamed.is_retired) == ("Bank BRI Unit", False)
