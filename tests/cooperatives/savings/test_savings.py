"""Savings as members and officers live them: charged, saved, credited, put away, taken out, settled on leaving."""

from datetime import date

import pytest

from cooperatives.departures import service as departures
from cooperatives.dues import service as dues
from cooperatives.dues.models import Due, DueKind
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.membership import service as membership
from cooperatives.savings import monthly, service
from cooperatives.savings.accounts import NotAnActiveMember, NotEnoughSaved, capital_id
from cooperatives.savings.kinds import SavingsKind, WithdrawalState, WithdrawalWay
from cooperatives.savings.leaving import StillAMember
from cooperatives.savings.models import InterestCredit, SavingsAccount, SavingsMonth, SavingsStart
from cooperatives.savings.products import NoSavingsYet
from cooperatives.savings.withdrawing import NeedsTwo, WithdrawalWrongState
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Forbidden
from marketplace.rules import AgainstTheLaw
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import TODAY, stage
from tests.cooperatives.membership import people
from tests.cooperatives.savings.saver import DECEMBER, NOVEMBER, at, capital, holds, opened, whole

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("at_noon")]


async def test_pokok_once_and_wajib_each_month_are_charged_and_paid_as_capital(db: Settings) -> None:
    on, (ani, budi) = await opened(2)
    await service.promise(ani.acting, savings_id=ani.savings.pk, monthly=15_000)
    start = await SavingsStart.get()
    assert await service.bring_up(start) == 1
    assert await service.bring_up(start) == 0
    rows = await Due.filter(membership_id=ani.member.pk).order_by("amount").values_list("kind", "amount", "due_on")
    assert rows == [
        (DueKind.VOLUNTARY_SAVINGS, 15_000, date(2026, 11, 30)),
        (DueKind.MANDATORY_SAVINGS, 20_000, date(2026, 11, 30)),
        (DueKind.PRINCIPAL_SAVINGS, 100_000, date(2026, 11, 30)),
    ]
    await dues.take_cash(on.at.treasurer, membership_id=ani.member.pk, amount=135_000, key="c")
    assert [await capital(ani.member, kind) for kind in SavingsKind if kind.is_capital] == [100_000, 20_000]
    assert await holds(ani.savings) == 15_000
    at(DECEMBER)
    await service.bring_up(start)
    assert await service.bring_up(start) == 0
    mine = Due.filter(membership_id=ani.member.pk)
    assert await mine.filter(kind=DueKind.MANDATORY_SAVINGS).count() == 2
    assert await mine.filter(kind=DueKind.PRINCIPAL_SAVINGS).count() == 1
    saved = (await service.saved_by([ani.member.pk]))[ani.member.pk]
    assert saved == {
        SavingsKind.PRINCIPAL: 100_000,
        SavingsKind.MANDATORY: 20_000,
        SavingsKind.VOLUNTARY: 15_007,  # at 3 % for six days of November: 7.40
        SavingsKind.TERM: 0,
    }
    days = await service.capital_days(on.id, TODAY, DECEMBER)
    assert (days[ani.member.pk], days[budi.member.pk]) == (120_000 * 7, 0)
    await whole()


async def test_a_month_over_is_credited_once_with_tax_by_all_of_a_members_accounts(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monthly, "ACCOUNTS", 2)
    on, savers = await opened(3)
    ani, budi, _ = savers
    at(NOVEMBER)
    await service.deposit_cash(on.at.treasurer, savings_id=ani.savings.pk, amount=99_000_000, key="d")
    await service.deposit_cash(on.at.treasurer, savings_id=budi.savings.pk, amount=10_000_000, key="e")
    await SavingsAccount.all().update(opened_on=NOVEMBER)
    await raise_rate_from(NOVEMBER)
    at(date(2026, 11, 30))
    with pytest.raises(ValueError, match="not over"):
        await service.credit_month(on.id, NOVEMBER)
    at(DECEMBER)
    row = await service.credit_month(on.id, NOVEMBER)
    assert row.credited_at is not None
    gross = round(99_000_000 * 0.03 * 30 / 365)
    assert gross == 244_110
    assert await holds(ani.savings) == 99_000_000 + gross - 24_411  # above 240,000: 10 % of all of it
    assert await holds(budi.savings) == 10_000_000 + 24_658
    assert await on.stands(AccountRef(on.id, Purpose.SAVINGS_INTEREST)) == gross + 24_658
    assert await on.stands(AccountRef(on.id, Purpose.FINAL_TAX_PAYABLE)) == 24_411
    credit = await InterestCredit.get(savings_id=ani.savings.pk)
    assert [rule[0] for rule in credit.rules] == [
        "savings.rate_yearly",
        "tax.savings_interest_free_monthly",
        "tax.savings_interest",
    ]
    await SavingsMonth.all().update(credited_at=None, credited_through=None)  # as if that were lost
    await service.credit_month(on.id, NOVEMBER)
    assert await InterestCredit.all().count() == 2
    page = await service.read_passbook(ani.acting, ani.savings.pk, first=1, after=None)
    rest = await service.read_passbook(ani.acting, ani.savings.pk, first=5, after=page.cursors[0])
    lines = [*page.rows, *rest.rows]
    assert [(line.words("id"), line.amount) for line in lines] == [
        ("Pajak atas jasa simpanan", -24_411),
        ("Jasa simpanan", gross),
        ("Setoran", 99_000_000),
    ]
    assert lines[0].balance == 99_000_000 + gross - 24_411
    await whole()


async def raise_rate_from(day: date) -> None:
    """The product's rate, set on the stage's day, counts from an earlier one."""
    from cooperatives.savings.models import ProductRate

    await ProductRate.all().update(since=day)


async def test_what_the_law_and_the_by_laws_forbid_is_refused_with_its_article(db: Settings) -> None:
    on = await stage(1)
    ((ani, acting),) = on.members
    offer = {"cooperative_id": on.id, "kind": SavingsKind.VOLUNTARY, "name": "Sukarela"}
    with pytest.raises(NoSavingsYet):
        await service.open_product(on.at.chair, **offer, rate_bp=300, key="a")  # type: ignore[arg-type]
    await service.start_savings(on.at.chair, cooperative_id=on.id, first_month=NOVEMBER, key="s")
    with pytest.raises(AgainstTheLaw, match=r"at most 9 % a year, not 9.01 % \(Permenkop UKM 8/2023 art. 26\(4\)\)"):
        await service.open_product(on.at.chair, **offer, rate_bp=901, key="b")  # type: ignore[arg-type]
    with pytest.raises(AgainstTheLaw, match=r"at most 3 % a year, not 5 % \(AD/ART"):
        await service.open_product(on.at.chair, **offer, rate_bp=500, key="c")  # type: ignore[arg-type]
    for stranger, refusal in ((acting, Forbidden), (await people.acting(await people.person()), NotFound)):
        with pytest.raises(refusal):
            await service.open_product(stranger, **offer, rate_bp=300, key="d")  # type: ignore[arg-type]
    await service.charge_month(on.id, NOVEMBER)
    pokok = capital_id(ani.pk, SavingsKind.PRINCIPAL)
    with pytest.raises(AgainstTheLaw, match=r"UU 25/1992 art. 41"):
        await service.request_withdrawal(acting, savings_id=pokok, amount=1, way=WithdrawalWay.CASH, key="w")
    product = await service.open_product(on.at.chair, **offer, rate_bp=300, key="e")  # type: ignore[arg-type]
    savings = await service.open_savings(acting, membership_id=ani.pk, product_id=product.pk, key="f")
    with pytest.raises(AgainstTheLaw, match=r"at most Rp100\.000\.000"):
        await service.deposit_cash(on.at.treasurer, savings_id=savings.pk, amount=100_000_001, key="g")
    with pytest.raises(Invalid):
        await service.set_rate(on.at.chair, product_id=product.pk, rate_bp=200, since=NOVEMBER, key="h")


async def test_cash_in_with_a_receipt_and_out_by_two_officers_above_the_threshold(db: Settings) -> None:
    on, (ani, budi) = await opened(2, least=10_000)
    ask = {"savings_id": ani.savings.pk, "way": WithdrawalWay.CASH}
    put = {"savings_id": ani.savings.pk, "amount": 9_000_000}
    first = await service.deposit_cash(on.at.treasurer, **put, key="d")  # type: ignore[arg-type]
    assert (await service.deposit_cash(on.at.treasurer, **put, key="d")).pk == first.pk  # type: ignore[arg-type]
    assert (first.number, await holds(ani.savings)) == ("KW/2026/000001", 9_000_000)
    small = await service.request_withdrawal(ani.acting, **ask, amount=5_000_000, key="s")  # type: ignore[arg-type]
    with pytest.raises(NotEnoughSaved):  # what is asked for already, and the least that stays
        await service.request_withdrawal(ani.acting, **ask, amount=3_990_001, key="t")  # type: ignore[arg-type]
    await service.pay_withdrawal(on.at.treasurer, withdrawal_id=small.pk, key="u")
    await service.pay_withdrawal(on.at.treasurer, withdrawal_id=small.pk, key="u")
    assert await holds(ani.savings) == 4_000_000
    with pytest.raises(WithdrawalWrongState):
        await service.end_withdrawal(ani.acting, withdrawal_id=small.pk, key="v")
    await service.deposit_cash(on.at.treasurer, savings_id=ani.savings.pk, amount=4_000_000, key="e")
    large = await service.request_withdrawal(ani.acting, **ask, amount=5_000_001, key="l")  # type: ignore[arg-type]
    assert large.needs_two
    with pytest.raises(NeedsTwo, match=r"AD/ART"):
        await service.pay_withdrawal(on.at.treasurer, withdrawal_id=large.pk, key="m")
    await service.approve_withdrawal(on.at.treasurer, withdrawal_id=large.pk, key="n")
    with pytest.raises(NeedsTwo):
        await service.pay_withdrawal(on.at.treasurer, withdrawal_id=large.pk, key="o")
    paid = await service.pay_withdrawal(on.at.chair, withdrawal_id=large.pk, key="p")
    assert (paid.state, await holds(ani.savings)) == (WithdrawalState.PAID, 2_999_999)
    taken_back = await service.request_withdrawal(ani.acting, **ask, amount=1_000, key="q")  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        await service.end_withdrawal(budi.acting, withdrawal_id=taken_back.pk, key="r")
    ended = await service.end_withdrawal(ani.acting, withdrawal_id=taken_back.pk, key="r")
    assert ended.state is WithdrawalState.CANCELLED
    for other in (budi.acting, await people.acting(await people.person())):
        for reads in (service.visible_savings(other, ani.savings.pk), service.savings_of(other, ani.member.pk)):
            with pytest.raises(NotFound):
                await reads
    assert await on.stands(AccountRef(on.id, Purpose.CASH)) == 13_000_000 - 10_000_001
    await whole()


async def test_earnings_become_savings_savings_pay_dues_and_go_back_to_earnings(db: Settings) -> None:
    on, (ani,) = await opened(1)
    await on.earn(ani.member, 200_000)
    with pytest.raises(Invalid):
        await service.save_from_earnings(ani.acting, savings_id=ani.savings.pk, amount=200_001, key="a")
    await service.save_from_earnings(ani.acting, savings_id=ani.savings.pk, amount=150_000, key="a")
    await service.save_from_earnings(ani.acting, savings_id=ani.savings.pk, amount=150_000, key="a")
    due = await on.owe(ani.member, 40_000, TODAY, DueKind.LOAN)
    await service.pay_dues(ani.acting, savings_id=ani.savings.pk, amount=40_000, key="b")
    assert (await Due.get(pk=due.pk)).outstanding == 0
    with pytest.raises(Invalid):
        await service.request_withdrawal(
            ani.acting, savings_id=ani.savings.pk, amount=10_000, way=WithdrawalWay.EARNINGS, key="c"
        )  # no driver, no shop: nothing is paid out to him
    assert (await on.stands(on.payable(ani.member)), await holds(ani.savings)) == (50_000, 110_000)
    await whole()


async def test_who_leaves_gets_all_his_savings_less_what_he_owes(db: Settings) -> None:
    on, (ani,) = await opened(1)
    await service.charge_month(on.id, NOVEMBER)
    await dues.take_cash(on.at.treasurer, membership_id=ani.member.pk, amount=120_000, key="c")
    await service.deposit_cash(on.at.treasurer, savings_id=ani.savings.pk, amount=500_000, key="d")
    await on.owe(ani.member, 70_000, TODAY, DueKind.LOAN)
    with pytest.raises(StillAMember):
        await service.settle_savings(on.at.treasurer, membership_id=ani.member.pk, key="s")
    await service.charge_month(on.id, DECEMBER)
    await departures.end_membership(ani.acting, membership_id=ani.member.pk, reason="Pindah")
    with pytest.raises(NotAnActiveMember):
        await service.deposit_cash(on.at.treasurer, savings_id=ani.savings.pk, amount=1, key="e")
    for key in ("s", "s", "t"):
        into = await service.settle_savings(on.at.treasurer, membership_id=ani.member.pk, key=key)
        assert into is not None
        assert await holds(into) == 550_000
    assert await dues.outstanding([ani.member.pk]) == {ani.member.pk: 0}
    assert [await capital(ani.member, kind) for kind in SavingsKind if kind.is_capital] == [0, 0]
    out = await service.request_withdrawal(
        on.at.treasurer, savings_id=into.pk, amount=550_000, way=WithdrawalWay.CASH, key="w"
    )
    await service.pay_withdrawal(on.at.treasurer, withdrawal_id=out.pk, key="x")
    assert await holds(into) == 0
    await whole()


async def test_who_joins_later_owes_at_once_and_who_moved_in_with_his_pokok_owes_none(db: Settings) -> None:
    from cooperatives.ledger.accounts import Cause, Entry
    from marketplace.database import new_id, transaction
    from marketplace.outbox import OutboxEvent

    on, (ani,) = await opened(1)
    await service.charge_month(on.id, NOVEMBER)
    newcomer = await people.acting(await people.person())
    asked = await membership.apply_for_membership(newcomer, cooperative_id=on.id)
    member = await membership.approve_membership(on.at.chair, membership_id=asked.pk)
    pokok = AccountRef(on.id, Purpose.PRINCIPAL_SAVINGS, capital_id(member.pk, SavingsKind.PRINCIPAL))
    async with transaction():
        brought = Entry(AccountRef(on.id, Purpose.OPENING_BALANCE), pokok, 60_000, "savings.imported")
        await ledger.post([brought], cause=Cause("test.moved_in", new_id()))
    for _ in range(2):
        await monthly.on_approved(None, OutboxEvent(event="membership.approved", aggregate_id=member.pk))
    found = await Due.filter(membership_id=member.pk).order_by("amount").values_list("amount", flat=True)
    assert found == [20_000, 40_000]
    assert ani.member.pk != member.pk
    await whole()
