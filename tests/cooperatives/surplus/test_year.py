"""A driver co-op's year: closed, its surplus proposed, adopted, booked and paid, and what is refused on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from cooperatives.books import months, reports
from cooperatives.dues.models import Due, DueKind, DueState
from cooperatives.governance.adopted import NotAdopted
from cooperatives.governance.lifecycle import MotionKind, MotionState
from cooperatives.governance.models import ByLawValue, Motion
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.membership.models import Membership
from cooperatives.savings import service as savings
from cooperatives.savings.accounts import capital_id, ensure_capital
from cooperatives.savings.kinds import SavingsKind
from cooperatives.surplus import service
from cooperatives.surplus.models import SurplusAllocation, SurplusShare, SurplusState
from cooperatives.surplus.pools import NoSurplus, Pool
from cooperatives.surplus.sharing import WhyNot
from marketplace import checks, clock, wiring
from marketplace.database import new_id, transaction
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden, Role
from marketplace.identity.models import RoleGrant
from marketplace.notices import surplus as surplus_notices
from marketplace.notices.models import Notice, NoticeKind
from marketplace.outbox import OutboxEvent, subscribe
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import Stage, stage

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def real_clock_after() -> Iterator[None]:
    yield
    clock.use(None)


def on(day: date) -> None:
    """It is noon of this day where the co-op is."""
    moment = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    clock.use(lambda: moment)


async def post(*entries: Entry) -> None:
    async with transaction():
        await ledger.post(entries, cause=Cause("sub_order.released", new_id()))


@dataclass
class Year:
    """The co-op in March, its books of the year before not yet locked."""

    at: Stage

    @property
    def id(self) -> UUID:
        return self.at.id

    @property
    def treasurer(self) -> Actor:
        return self.at.at.treasurer

    def ref(self, purpose: Purpose, subject: UUID | None = None) -> AccountRef:
        return AccountRef(self.id, purpose, subject)

    async def save(self, member: Membership, amount: int) -> None:
        into = self.ref(Purpose.PRINCIPAL_SAVINGS, capital_id(member.pk, SavingsKind.PRINCIPAL))
        await post(Entry(self.ref(Purpose.BANK), into, amount, "savings.deposit"))

    async def deliver(self, member: Membership, amount: int, kept: int) -> None:
        source = self.ref(Purpose.GATEWAY_CLEARING)
        await post(
            Entry(source, self.at.payable(member), amount, "order.driver"),
            Entry(source, self.ref(Purpose.DELIVERY_INCOME), kept, "order.delivery"),
        )

    async def lock(self) -> None:
        await months.lock_month(self.treasurer, cooperative_id=self.id, month=date(2026, 12, 1), key="lock")

    async def propose(self, key: str = "p", year: int = 2026) -> SurplusAllocation:
        return await service.propose_surplus(self.treasurer, cooperative_id=self.id, year=year, key=key)

    async def motion(
        self, title: str, kind: MotionKind = MotionKind.SURPLUS, state: MotionState = MotionState.ADOPTED
    ) -> UUID:
        row = await Motion.create(
            cooperative_id=self.id, kind=kind, state=state, title=title, text="-", details={}, decided_at=clock.now()
        )
        return row.pk

    async def posted(self, row: SurplusAllocation) -> SurplusAllocation:
        motion = await self.motion(f"Pembagian {row.number}")
        return await service.post_surplus(self.treasurer, allocation_id=row.pk, motion_id=motion, key="post")

    async def shares(self, row: SurplusAllocation) -> dict[UUID, SurplusShare]:
        return {share.membership_id: share for share in await SurplusShare.filter(allocation_id=row.pk)}

    async def whole(self) -> None:
        assert [found async for found in checks.findings()] == []


@pytest.fixture
async def year(db: Settings) -> Year:
    return await begun()


async def begun() -> Year:
    """Three drivers: Ani saved and drove all year, Budi half of it, Cici neither; a surplus of Rp 10,000,000."""
    on(date(2026, 1, 1))
    at = await stage(3)
    made = Year(at)
    ani, budi, _ = [row for row, _ in at.members]
    await ensure_capital([ani, budi], date(2026, 1, 1))
    await made.save(ani, 100_000)
    on(date(2026, 10, 20))  # 73 days of the year are left
    await made.save(budi, 100_000)
    on(date(2026, 11, 25))
    await made.deliver(ani, 6_000_000, 9_000_000)
    await made.deliver(budi, 2_000_000, 4_000_000)
    await post(Entry(made.ref(Purpose.OTHER_EXPENSE), made.ref(Purpose.BANK), 3_000_000, "test.spent"))
    on(date(2027, 3, 1))
    return made


async def test_a_year_is_closed_proposed_adopted_booked_and_paid(year: Year) -> None:
    subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    (ani, acting), (budi, _), (cici, _) = year.at.members
    with pytest.raises(service.YearNotLocked):
        await year.propose()
    await year.lock()
    row = await year.propose()
    assert (await year.propose()).pk == row.pk
    assert (row.number, row.from_members, row.from_others) == ("SHU/2026/1", 10_000_000, 0)
    shares = await year.shares(row)
    assert (shares[ani.pk].capital, shares[budi.pk].capital) == (1_666_667, 333_333)
    assert (shares[ani.pk].patronage, shares[budi.pk].patronage) == (1_875_000, 625_000)
    assert shares[budi.pk].capital_days == 100_000 * 73
    assert (shares[cici.pk].amount, shares[cici.pk].excluded) == (0, WhyNot.FEW_TRANSACTIONS)

    row = await year.posted(row)
    assert row.state is SurplusState.POSTED
    await year.whole()
    sheet = await reports.balance_sheet(year.treasurer, year.id, date(2027, 3, 1), compared=False)
    assert sheet.is_balanced
    assert sheet.amount("RETAINED_SURPLUS") == 0
    assert sheet.amount("RESERVES") == 4_000_000
    assert sheet.amount("SURPLUS_FUNDS") == 6_000_000

    await savings.start_savings(year.treasurer, cooperative_id=year.id, first_month=date(2027, 3, 1), key="start")
    kept = await savings.open_product(
        year.treasurer, cooperative_id=year.id, kind=SavingsKind.VOLUNTARY, name="S", rate_bp=0, key="s"
    )
    into = await savings.open_savings(acting, membership_id=ani.pk, product_id=kept.pk, key="o")
    for key in ("pay", "pay", "again"):
        row = await service.pay_surplus(year.treasurer, allocation_id=row.pk, key=key)
    assert (await ledger.balance(into.ref)).amount == 3_541_667
    await year.whole()
    shares = await year.shares(row)
    assert shares[ani.pk].savings_id == into.pk
    (line,) = (await savings.read_passbook(acting, into.pk, first=5, after=None)).rows
    assert line.words("id") == "Bagian SHU"
    event = await OutboxEvent.get(event=surplus_notices.PAID)
    for _ in range(2):
        await surplus_notices.tell(None, event)
    (notice,) = await Notice.filter(account_id=ani.account_id, kind=NoticeKind.SURPLUS_PAID)
    assert notice.values["amount"] == "Rp3.541.667"
    assert (row.state, shares[budi.pk].paid_at) == (SurplusState.POSTED, None)  # nowhere to pay it to yet
    await RoleGrant.create(account_id=budi.account_id, role=Role.DRIVER, cooperative_id=year.id)
    row = await service.pay_surplus(year.treasurer, allocation_id=row.pk, key="driver")
    assert (row.state, await year.at.stands(year.at.payable(budi))) == (SurplusState.PAID, 2_000_000 + 958_333)
    await year.whole()
    with pytest.raises(service.SurplusAllocated):
        await year.propose("later")


async def test_a_motion_must_be_adopted_name_it_and_come_after_it(year: Year) -> None:
    await year.lock()
    early = await year.motion("Pembagian SHU/2026/2")
    await year.propose("first")
    on(date(2027, 3, 2))
    row = await year.propose("second")
    assert row.number == "SHU/2026/2"
    wrong = [
        (early, service.MotionOfAnotherSurplus),
        (await year.motion("Pembagian SHU/2026/1"), service.MotionOfAnotherSurplus),
        (await year.motion("SHU/2026/2", state=MotionState.REJECTED), NotAdopted),
        (await year.motion("SHU/2026/2", kind=MotionKind.OTHER), NotAdopted),
        (new_id(), NotFound),
    ]
    for motion, refusal in wrong:
        with pytest.raises(refusal):
            await service.post_surplus(year.treasurer, allocation_id=row.pk, motion_id=motion, key=str(motion))
    with pytest.raises(service.SurplusWrongState):
        await service.pay_surplus(year.treasurer, allocation_id=row.pk, key="pay")
    replaced = await SurplusAllocation.get(number="SHU/2026/1")
    assert replaced.state is SurplusState.REPLACED
    with pytest.raises(service.SurplusWrongState):
        await year.posted(replaced)
    _, member = year.at.members[0]
    for refused in (
        service.post_surplus(member, allocation_id=row.pk, motion_id=early, key="m"),
        service.pay_surplus(member, allocation_id=row.pk, key="m"),
        service.propose_surplus(member, cooperative_id=year.id, year=2026, key="m"),
    ):
        with pytest.raises((Forbidden, NotFound)):
            await refused
    await year.whole()


async def test_who_owes_wajib_has_no_part_and_no_surplus_is_no_allocation(year: Year) -> None:
    ani, budi, _ = [row for row, _ in year.at.members]
    await ByLawValue.create(
        cooperative_id=year.id, name="member.active_arrears_months", value=0, since=date(2026, 1, 1), decision="-"
    )
    for member, paid_in in ((budi, date(2027, 1, 5)), (ani, date(2026, 12, 5))):
        await Due.create(
            cooperative_id=year.id,
            membership_id=member.pk,
            account_id=member.account_id,
            kind=DueKind.MANDATORY_SAVINGS,
            cause_kind="savings.mandatory",
            cause_id=new_id(),
            amount=0,
            parts=[],
            opens_on=date(2026, 11, 1),
            due_on=date(2026, 11, 30),
            state=DueState.PAID,
            ended_at=datetime(paid_in.year, paid_in.month, paid_in.day, tzinfo=UTC),
        )
    await year.lock()
    row = await year.propose()
    shares = await year.shares(row)
    assert shares[budi.pk].excluded is WhyNot.IN_ARREARS
    assert shares[ani.pk].amount == row.pools[Pool.CAPITAL] + row.pools[Pool.PATRONAGE] == 4_500_000
    with pytest.raises(NoSurplus):
        await year.propose("before", 2025)
    for bad in (1999, 2028):
        with pytest.raises(Invalid):
            await year.propose("bad", bad)


async def test_the_books_check_finds_what_does_not_total(year: Year) -> None:
    await year.lock()
    row = await year.posted(await year.propose())
    await SurplusAllocation.filter(pk=row.pk).update(reserve=row.reserve + 1, motion_id=None)
    share = (await SurplusShare.filter(allocation_id=row.pk, capital__gt=0))[0]
    await SurplusShare.filter(pk=share.pk).update(capital=share.capital + 1)
    found = {finding.rule for finding in [one async for one in checks.findings()]}
    assert len([rule for rule in found if rule.startswith("12 ")]) == 4
