"""How one leaves: by himself, by death, against his will. Nothing that is between him and the co-op is forgotten."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from cooperatives.departures import expelling, finishing, service
from cooperatives.departures.leaving import LoansRun, NotCovered
from cooperatives.departures.lifecycle import ExpulsionState, ExpulsionWrongState
from cooperatives.departures.models import Departure
from cooperatives.dues import service as dues
from cooperatives.dues.reminding import remind
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.models import Loan
from cooperatives.membership import service as membership
from cooperatives.membership.categories import EndCause
from cooperatives.membership.entries import Heir, hold_entry, seal_heirs
from cooperatives.membership.joining import WrongMembershipState
from cooperatives.membership.models import MemberEntry, Membership, MembershipState
from cooperatives.savings import service as savings
from cooperatives.savings.kinds import WithdrawalState, WithdrawalWay
from cooperatives.savings.models import SavingsAccount, SavingsWithdrawal
from cooperatives.savings.withdrawing import ForHeirs
from marketplace import checks, clock, outbox, wiring
from marketplace.database import transaction
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden
from marketplace.notices import dues as due_notices
from marketplace.notices.models import Notice, NoticeKind
from marketplace.outbox import OutboxEvent
from marketplace.rules import AgainstTheLaw
from marketplace.settings import Settings
from marketplace.vault import Vault
from tests.cooperatives.dues.stage import TODAY, stage
from tests.cooperatives.loans.unit import Unit, on
from tests.cooperatives.membership import people

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)


@pytest.fixture
async def unit(db: Settings) -> AsyncIterator[Unit]:
    """Two members of whom the first saved Rp 12,000,000; the books are right when a story ends."""
    on(TODAY)
    at = await stage(2)
    made = Unit(at)
    await savings.start_savings(at.at.chair, cooperative_id=at.id, first_month=TODAY, key="start")
    kind = savings.SavingsKind.VOLUNTARY
    product = await savings.open_product(
        at.at.treasurer, cooperative_id=at.id, kind=kind, name="Sukarela", rate_bp=300, key="p"
    )
    (ani, acting), _ = at.members
    own = await savings.open_savings(acting, membership_id=ani.pk, product_id=product.pk, key="o")
    await savings.deposit_cash(at.at.treasurer, savings_id=own.pk, amount=12_000_000, key="d")
    await savings.charge_month(at.id, date(2026, 11, 1))
    await dues.take_cash(at.at.treasurer, membership_id=ani.pk, amount=120_000, key="c")
    yield made
    assert [found async for found in checks.findings()] == []
    clock.use(None)


async def saved(member: Membership) -> int:
    return sum((await savings.saved_by([member.pk]))[member.pk].values())


async def test_who_resigns_is_settled_in_that_moment(unit: Unit) -> None:
    (ani, acting), _ = unit.at.members
    ended = await service.end_membership(acting, membership_id=ani.pk, reason="Pindah")
    assert ended.state is MembershipState.ENDED
    (left,) = await Departure.all()
    assert (left.cause, left.saved, left.dues_paid, left.set_off) == (EndCause.RESIGNED, 12_120_000, 0, 0)
    assert left.savings_id is not None
    held = await SavingsAccount.filter(membership_id=ani.pk, closed_at__isnull=True)
    assert [row.pk for row in held] == [left.savings_id]
    assert await saved(ani) == 12_120_000
    entry = await MemberEntry.get(pk=ani.pk)
    assert (entry.ended_on, entry.end_cause) == (TODAY, EndCause.RESIGNED)
    again = await membership.apply_for_membership(acting, cooperative_id=unit.at.id)
    await membership.approve_membership(unit.chair, membership_id=again.pk)
    entry = await MemberEntry.get(pk=ani.pk)
    assert (entry.ended_on, entry.end_cause) == (None, None)
    await unit.at.owe(ani, 5_000, TODAY)
    on(TODAY + timedelta(1))
    await service.end_membership(acting, membership_id=ani.pk, reason="Pindah lagi")
    assert [row.dues_paid for row in await Departure.all().order_by("id")] == [0, 5_000]


async def test_a_loan_that_runs_holds_him_unless_savings_that_cover_it_are_set_off(unit: Unit) -> None:
    (ani, acting), _ = unit.at.members
    loan = await unit.lend(10_000_000)
    with pytest.raises(LoansRun, match=str(loan.number)):
        await service.end_membership(acting, membership_id=ani.pk, reason="Pindah")
    on(TODAY + timedelta(15))
    await service.end_membership(acting, membership_id=ani.pk, reason="Pindah", is_set_off=True)
    left = await Departure.get()
    interest = left.set_off - 10_000_000
    assert 0 < interest < 100_000  # half a month of 1 %
    assert (await Loan.get()).state is LoanState.REPAID
    assert (left.left_owing, await saved(ani)) == (0, 12_120_000 - left.set_off)


async def test_savings_that_do_not_cover_a_loan_hold_who_resigns_and_not_who_died(unit: Unit) -> None:
    (ani, acting), _ = unit.at.members
    loan = await unit.lend(15_000_000)
    with pytest.raises(NotCovered):
        await service.end_membership(acting, membership_id=ani.pk, reason="Pindah", is_set_off=True)
    assert (await Membership.get(pk=ani.pk)).state is MembershipState.ACTIVE
    assert await unit.owed(loan) == 15_000_000
    left = await service.record_death(
        unit.chair, membership_id=ani.pk, died_on=TODAY, document="3578-KM-0001", key="x"
    )
    assert (left.set_off, left.left_owing, await saved(ani)) == (12_120_000, 2_880_000, 0)
    assert (await Loan.get()).state is LoanState.DISBURSED  # what is left is a claim on what he leaves
    outbox.subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    await remind(unit.at.id, TODAY)
    for event in await OutboxEvent.filter(event="dues.missed"):
        await due_notices.tell(None, event)
    told = {(row.kind, row.account_id) for row in await Notice.filter(kind__startswith="DUES")}
    assert told == {(NoticeKind.DUES_OF_DEAD, one.account_id) for one in (unit.chair, unit.treasurer)}
    await dues.take_cash(unit.treasurer, membership_id=ani.pk, amount=2_880_000, key="heirs")


async def test_heirs_are_paid_with_their_papers_and_nobody_else(unit: Unit, db: Settings) -> None:
    vault, (ani, acting) = Vault(db), unit.at.members[0]
    async with transaction():
        entry = await hold_entry(ani)
        seal_heirs(vault, entry, [Heir("Budi  Santoso", "suami")])
        await entry.save()
    died = {"membership_id": ani.pk, "died_on": TODAY, "document": "3578-KM-0001"}
    for who, refusal in ((acting, NotFound), (await people.acting(await people.person()), NotFound)):
        with pytest.raises(refusal):
            await service.record_death(who, **died, key="x")
    with pytest.raises(Invalid):
        await service.record_death(unit.chair, **{**died, "died_on": TODAY + timedelta(1)}, key="y")
    left = await service.record_death(unit.chair, **died, key="x")
    assert (await service.record_death(unit.chair, **died, key="x")).pk == left.pk
    assert left.savings_id is not None
    ask = {"savings_id": left.savings_id, "amount": 1_000_000, "way": WithdrawalWay.CASH}
    for who in (acting, unit.treasurer):
        with pytest.raises(ForHeirs):
            await savings.request_withdrawal(who, **ask, key="w")
    claim = {
        "departure_id": left.pk,
        "savings_id": left.savings_id,
        "document": "SKAW 12/2026",
        "amount": 12_120_000,
        "vault": vault,
    }
    with pytest.raises(Invalid):
        await service.claim_for_heir(
            unit.treasurer, **{**claim, "document": ""}, heir=Heir("Budi Santoso", "suami"), key="a"
        )
    made = await service.claim_for_heir(unit.treasurer, **claim, heir=Heir("budi santoso", "suami"), key="b")
    assert (made.is_named, "Santoso" in made.heir) == (True, False)
    await savings.approve_withdrawal(unit.chair, withdrawal_id=made.pk, key="c")
    await savings.pay_withdrawal(unit.treasurer, withdrawal_id=made.pk, key="d")
    assert (await SavingsWithdrawal.get(pk=made.pk)).state is WithdrawalState.PAID
    assert await saved(ani) == 0


async def test_a_membership_is_never_transferred(unit: Unit) -> None:
    (ani, acting), (_, other) = unit.at.members
    for who in (acting, unit.chair):
        with pytest.raises(AgainstTheLaw, match=r"UU 25/1992 art. 19\(3\)"):
            await service.refuse_transfer(who, membership_id=ani.pk)
    with pytest.raises(NotFound):
        await service.refuse_transfer(other, membership_id=ani.pk)


async def expulsion_of(unit: Unit, *, after: int = 14) -> expelling.Expulsion:
    """The first member is called to be heard on that day."""
    return await service.call_to_hearing(
        unit.chair,
        membership_id=unit.at.members[0][0].pk,
        grounds="Menagih uang koperasi tanpa menyetor.",
        hearing_at=clock.now() + timedelta(days=after),
        place="Kantor",
        key=unit.key(),
    )


async def decided(unit: Unit) -> expelling.Expulsion:
    """He was heard, and two officers decided."""
    row = await expulsion_of(unit)
    on(TODAY + timedelta(15))
    await service.record_hearing(unit.chair, expulsion_id=row.pk, was_present=True, minutes="Ia menjelaskan.")
    with pytest.raises(ExpulsionWrongState):  # heard once
        await service.record_hearing(unit.chair, expulsion_id=row.pk, was_present=False, minutes="Lagi.")
    await service.decide_expulsion(unit.chair, expulsion_id=row.pk, decision="Diberhentikan.")
    with pytest.raises(Forbidden):
        await service.decide_expulsion(unit.chair, expulsion_id=row.pk, decision="Diberhentikan.")
    return await service.decide_expulsion(unit.treasurer, expulsion_id=row.pk, decision="Diberhentikan.")


async def test_who_is_expelled_is_told_heard_and_decided_on_by_two(unit: Unit) -> None:
    (ani, acting), (_, other) = unit.at.members
    with pytest.raises(AgainstTheLaw, match="14 days after he is told"):
        await expulsion_of(unit, after=13)
    row = await expulsion_of(unit)
    with pytest.raises(expelling.ExpulsionRuns):
        await expulsion_of(unit)
    with pytest.raises(NotFound):
        await service.write_defence(other, expulsion_id=row.pk, defence="Bukan saya.")
    defended = await service.write_defence(acting, expulsion_id=row.pk, defence="Sudah saya setor.")
    assert defended.defence == "Sudah saya setor."
    with pytest.raises(expelling.TooEarlyToHear):
        await service.record_hearing(unit.chair, expulsion_id=row.pk, was_present=True, minutes="Belum.")
    dropped = await service.drop_expulsion(unit.chair, expulsion_id=row.pk)
    assert dropped.state is ExpulsionState.DROPPED
    again = await decided(unit)
    assert (again.state, again.appeal_until) == (ExpulsionState.DECIDED, date(2027, 1, 9))
    assert (await Membership.get(pk=ani.pk)).state is MembershipState.ACTIVE  # he may still appeal
    on(date(2027, 1, 9))
    assert await finishing.sweep(None) == 0
    on(date(2027, 1, 10))
    assert (await finishing.sweep(None), await finishing.sweep(None)) == (1, 0)
    assert (await Departure.get()).cause is EndCause.EXPELLED
    assert (await Membership.get(pk=ani.pk)).state is MembershipState.ENDED
    with pytest.raises(WrongMembershipState):
        await expulsion_of(unit)


async def test_an_appeal_is_decided_by_the_meeting_alone(unit: Unit) -> None:
    acting: Actor = unit.at.members[0][1]
    row = await decided(unit)
    appealed = await service.appeal_expulsion(acting, expulsion_id=row.pk, appeal="Mohon rapat memutus.")
    assert appealed.state is ExpulsionState.APPEALED
    on(date(2027, 3, 1))
    assert await finishing.sweep(None) == 0
    with pytest.raises(Invalid):
        await service.drop_expulsion(unit.chair, expulsion_id=row.pk)
    with pytest.raises(NotFound):
        await service.uphold_expulsion(unit.chair, expulsion_id=row.pk, motion_id=row.pk)
