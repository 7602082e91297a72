"""After the year: its books are locked, the members decide on its surplus by secret ballot, and it is paid."""

from datetime import date

from cooperatives.books import months
from cooperatives.governance import deciding, meetings, motions
from cooperatives.governance.lifecycle import MeetingKind, MotionKind, MotionState
from cooperatives.surplus import service as surplus
from cooperatives.surplus.models import SurplusAllocation, SurplusState
from marketplace import clock
from tests.cooperatives.governance.hall import secretly
from tests.demo_year.days import at
from tests.demo_year.people import Coop

#: Members whose attendance is noted at once.
AT_ONCE = 200


def held_on(year: int) -> date:
    """The day of the meeting on that year: more than a month after its report."""
    return date(year + 1, 3, 13)


async def hold(coop: Coop, year: int) -> SurplusAllocation:
    """The meeting of members on the year; answers its surplus, paid."""
    ready = date(year + 1, 2, 1)
    at(ready, 9)
    await months.lock_month(coop.treasurer, cooperative_id=coop.id, month=date(year, 12, 1), key=coop.key())
    proposed = await surplus.propose_surplus(coop.treasurer, cooperative_id=coop.id, year=year, key=coop.key())
    motion = await motions.draft_motion(
        coop.chair,
        cooperative_id=coop.id,
        kind=MotionKind.SURPLUS,
        title=f"Pembagian {proposed.number}",
        text=f"Membagi sisa hasil usaha tahun buku {year}",
        key=coop.key(),
    )
    meeting = await meetings.call_meeting(
        coop.chair,
        cooperative_id=coop.id,
        kind=MeetingKind.ANNUAL,
        title=f"Rapat Anggota Tahunan {year}",
        place="Balai RW 05",
        starts_at=clock.now() + (held_on(year) - ready),
        report_ready_on=ready,
        agenda=["Pembukaan", "Laporan pengurus", "Pembagian sisa hasil usaha"],
        key=coop.key(),
    )
    await motions.table_motion(coop.chair, motion_id=motion.pk, meeting_id=meeting.pk)
    at(held_on(year), 9)
    there = [member.id for member in coop.staying]
    for first in range(0, len(there), AT_ONCE):
        await meetings.register_attendance(
            coop.chair, meeting_id=meeting.pk, membership_ids=there[first : first + AT_ONCE]
        )
    await meetings.open_meeting(coop.chair, meeting_id=meeting.pk)
    motion = await motions.open_vote(coop.chair, motion_id=motion.pk, is_secret=True)
    for member in coop.staying:
        await secretly(motion, member.actor, ["FOR" if coop.chance.randrange(10) else "AGAINST"])
    motion = await deciding.close_vote(coop.chair, motion_id=motion.pk)
    if motion.state is not MotionState.ADOPTED or sum((motion.tally or {}).values()) != len(coop.staying):
        raise RuntimeError(f"the meeting did not adopt the surplus: {motion.tally}")
    await meetings.close_meeting(coop.chair, meeting_id=meeting.pk, minutes="Rapat menyetujui pembagian SHU.")
    posted = await surplus.post_surplus(
        coop.treasurer, allocation_id=proposed.pk, motion_id=motion.pk, key=coop.key()
    )
    paid = await surplus.pay_surplus(coop.treasurer, allocation_id=posted.pk, key=coop.key())
    if paid.state is not SurplusState.PAID:
        raise RuntimeError("someone's share of the surplus was not paid")
    return paid
