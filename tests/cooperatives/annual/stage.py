"""A driver co-op that holds its annual meeting: a year of months in its books, a budget, a report of the pengawas."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from cooperatives.annual import reporting
from cooperatives.books import months
from cooperatives.books.lining import VoucherKind
from cooperatives.books.periods import add_months, last_day
from cooperatives.budgets import proposing
from cooperatives.budgets.planning import Paid, Planned
from cooperatives.governance import deciding, meetings, motions
from cooperatives.governance.lifecycle import MeetingKind, MotionKind
from cooperatives.governance.models import Meeting, Motion
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.membership.models import Membership
from cooperatives.savings.accounts import capital_id, ensure_capital
from cooperatives.savings.kinds import SavingsKind
from cooperatives.surplus import service as surplus
from cooperatives.surplus.models import SurplusAllocation
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.identity.actor import Actor, Role
from marketplace.identity.models import Account, RoleGrant
from tests.cooperatives.dues.stage import Stage, stage
from tests.cooperatives.membership import people

FINDINGS = """Pembukuan diperiksa tiap triwulan bersama bendahara; kas dan bank cocok dengan catatan.
Dua setoran tunai pada bulan Mei terlambat dibukukan dan sudah diperbaiki."""
ADVICE = "Pasang pengingat setoran tunai harian, dan tambah cadangan sampai setara enam bulan beban."
PLAN = """Menambah 40 pengemudi anggota di Surabaya Selatan.
Membuka bengkel anggota bersama koperasi logistik; biaya suku cadang turun 15 persen.
Pelatihan keselamatan berkendara tiap triwulan, dibiayai dana pendidikan."""
#: Delivery income of each month in thousands of rupiah, and other amounts that months have.
INCOME = (8_200, 7_900, 9_100, 9_600, 8_800, 10_400, 11_200, 10_900, 11_800, 12_400, 12_900, 14_600)

#: What a month costs, by account, and what came up once in a month.
WAGES = {"6-1101": 3_600_000}
COSTS = {"6-1103": 450_000, "6-1106": 900_000, "6-2101": 750_000}
ONCE = {2: {"1-3401": 4_800_000}, 5: {"6-2103": 2_200_000}}


@dataclass
class General:
    """The co-op before its annual meeting, its pengawas, and what stands before the meeting."""

    at: Stage
    watcher: Actor
    meeting: Meeting
    accounts: Motion
    allocation: SurplusAllocation

    @property
    def chair(self) -> Actor:
        return self.at.at.chair

    async def held(self) -> Meeting:
        """The meeting is opened, agrees, and closes."""
        on(datetime(2027, 3, 20, 3, tzinfo=UTC))
        ids = [row.pk for row, _ in self.at.members]
        await meetings.register_attendance(self.chair, meeting_id=self.meeting.pk, membership_ids=ids)
        await meetings.open_meeting(self.chair, meeting_id=self.meeting.pk)
        note = "Setelah pembahasan, rapat menerima laporan tanpa catatan."
        await deciding.agree_motion(self.chair, motion_id=self.accounts.pk, note=note)
        on(datetime(2027, 3, 20, 6, tzinfo=UTC))
        text = "Rapat dibuka ketua dengan doa.\nAnggota menanyakan biaya bengkel; bendahara menjelaskan."
        return await meetings.close_meeting(self.chair, meeting_id=self.meeting.pk, minutes=text)


def on(moment: datetime) -> None:
    clock.use(lambda: moment)


async def _post(*entries: Entry) -> None:
    async with transaction():
        await ledger.post(entries, cause=Cause("test.year", new_id()))


async def _year(at: Stage) -> None:
    """Twelve months of deliveries, savings and costs."""
    await ensure_capital([row for row, _ in at.members], date(2026, 1, 1))
    for place, thousands in enumerate(INCOME):
        month = add_months(date(2026, 1, 1), place)
        on(datetime(month.year, month.month, 20, 5, tzinfo=UTC))
        clearing = AccountRef(at.id, Purpose.GATEWAY_CLEARING)
        share, earned = thousands * 1_000, AccountRef(at.id, Purpose.DELIVERY_INCOME)
        entries = [Entry(AccountRef(at.id, Purpose.BANK), clearing, share * 12, "test.settled")]
        for row, _ in at.members:
            mine = share * 11 // len(at.members)
            entries += [
                Entry(clearing, at.payable(row), mine, "order.driver"),
                Entry(clearing, earned, share // len(at.members), "order.delivery"),
                Entry(AccountRef(at.id, Purpose.BANK), _savings(at, row, place), 40_000, "savings.deposit"),
                Entry(at.payable(row), AccountRef(at.id, Purpose.BANK), mine, "test.paid"),
            ]
        await _post(*entries)
        day = date(month.year, month.month, 18)
        for costs in (WAGES, COSTS, ONCE.get(place, {})):  # each below what one officer may pay alone
            if costs:
                await at.at.book(day, costs, {"1-1201": sum(costs.values())}, kind=VoucherKind.CASH_OUT)


def _savings(at: Stage, row: Membership, place: int) -> AccountRef:
    kind, purpose = (
        (SavingsKind.PRINCIPAL, Purpose.PRINCIPAL_SAVINGS)
        if place == 0
        else (SavingsKind.MANDATORY, Purpose.MANDATORY_SAVINGS)
    )
    return AccountRef(at.id, purpose, capital_id(row.pk, kind))


async def _budget(at: Stage, year: int, grows: int) -> str:
    """A budget; `grows`: per cent more than the first one. Answers its number."""
    chart, officers = at.at.chart.by_number, at.members
    planned = {"4-1202": 9_500_000, "6-1101": 3_600_000, "6-1103": 400_000, "6-1106": 900_000, "6-2103": 200_000}
    lines = [Planned(chart[number].id, (amount * (100 + grows) // 100,) * 12) for number, amount in planned.items()]
    lines.append(Planned(chart["1-3401"].id, (0, 0, 6_500_000, *[0] * 9), "Komputer dan meja layanan"))
    pay = [Paid(officers[0][0].pk, Role.CHAIR, 400_000), Paid(officers[1][0].pk, Role.TREASURER, 350_000)]
    row = await proposing.propose_budget(
        at.at.treasurer, cooperative_id=at.id, year=year, plan=PLAN, lines=lines, pay=pay, key=f"b{year}"
    )
    if year == 2026:
        motion = await Motion.create(
            cooperative_id=at.id,
            kind=MotionKind.BUDGET,
            state="ADOPTED",
            title=f"Pengesahan {row.number}",
            text="-",
            details={},
            decided_at=clock.now(),
        )
        await proposing.adopt_budget(at.at.treasurer, budget_id=row.pk, motion_id=motion.pk, key="adopt")
    return row.number


async def general(members: int = 8) -> General:
    """Everything up to the morning of the annual meeting of 20 March 2027."""
    on(datetime(2026, 1, 1, 5, tzinfo=UTC))
    at = await stage(members)
    desk = at.at
    for actor, name in ((desk.chair, "Sutrisno"), (desk.secretary, "Dewi Lestari"), (desk.treasurer, "Bambang")):
        await Account.filter(pk=actor.account_id).update(name=name)
    watching = await people.person("Sri Wahyuni")
    await RoleGrant.create(account_id=watching.pk, role=Role.SUPERVISOR, cooperative_id=at.id)
    watcher = await people.acting(watching)
    await _budget(at, 2026, 0)
    await _year(at)
    on(datetime(2027, 2, 1, 5, tzinfo=UTC))
    await months.lock_month(at.at.treasurer, cooperative_id=at.id, month=last_day(date(2026, 12, 1)), key="lock")
    coming = await _budget(at, 2027, 12)
    allocation = await surplus.propose_surplus(at.at.treasurer, cooperative_id=at.id, year=2026, key="shu")
    await reporting.file_supervisor_report(
        watcher, cooperative_id=at.id, year=2026, findings=FINDINGS, advice=ADVICE, key="watch"
    )
    meeting = await meetings.call_meeting(
        at.at.chair,
        cooperative_id=at.id,
        kind=MeetingKind.ANNUAL,
        title="Rapat Anggota Tahunan XII",
        place="Balai Pemuda Surabaya",
        starts_at=datetime(2027, 3, 20, 2, tzinfo=UTC),
        agenda=["Pembukaan", "Laporan pengurus dan pengawas", "RAPB 2027", "Pembagian SHU", "Lain-lain"],
        report_ready_on=date(2027, 2, 10),
        key="rat",
    )
    drafted = {}
    for kind, title, text in (
        (MotionKind.ACCOUNTS, "Laporan pertanggungjawaban 2026", "Laporan pengurus dan pengawas diterima."),
        (MotionKind.SURPLUS, f"Pembagian {allocation.number}", f"SHU dibagi menurut {allocation.number}."),
        (MotionKind.BUDGET, f"Pengesahan {coming}", f"Rencana kerja dan {coming} disahkan."),
    ):
        motion = await motions.draft_motion(
            at.at.chair, cooperative_id=at.id, kind=kind, title=title, text=text, key=kind.value
        )
        drafted[kind] = await motions.table_motion(at.at.chair, motion_id=motion.pk, meeting_id=meeting.pk)
    return General(at, watcher, meeting, drafted[MotionKind.ACCOUNTS], allocation)
