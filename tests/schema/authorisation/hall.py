"""The meetings of the town's co-op, and what stands before them."""

import base64
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.governance import blind, counting
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.lifecycle import (
    AttendanceWay,
    MeetingKind,
    MeetingState,
    MotionKind,
    MotionState,
    RightWay,
    VotingWay,
)
from cooperatives.governance.models import (
    Attendance,
    BallotBox,
    ByLawValue,
    GroupMember,
    Meeting,
    MemberGroup,
    Motion,
    PaperBallots,
    VotingRight,
)
from cooperatives.governance.results import encoded
from cooperatives.governance.sealing import sealed
from cooperatives.membership.models import Cooperative, Membership
from marketplace import clock
from schema.ids import to_id
from tests.cooperatives.governance.device import Device


async def gather(own: Cooperative, accounts: Mapping[str, UUID]) -> dict[str, str]:
    """A meeting that is called, one that has come to order and one that is open, each with motions; their ids."""
    members = await Membership.filter(cooperative_id=own.pk).order_by("number")
    by_account = {row.account_id: row for row in members}
    await ByLawValue.create(
        cooperative_id=own.pk, name=ByLaw.PROXIES_A_HOLDER, value=2, since=clock.now().date(), decision="Akta"
    )
    await ByLawValue.create(
        cooperative_id=own.pk, name=ByLaw.DELEGATES_ALLOWED, value=1, since=clock.now().date(), decision="Akta"
    )
    found: dict[str, str] = {
        "next-week": (clock.now() + timedelta(days=9)).isoformat(),
        "fortnight": (clock.now() + timedelta(days=15)).isoformat(),
    }
    for name, state in (("called", MeetingState.CALLED), ("ready", MeetingState.CALLED), ("held", MeetingState.OPEN)):
        meeting = await Meeting.create(
            cooperative_id=own.pk,
            kind=MeetingKind.EXTRAORDINARY,
            title=name,
            place="Balai",
            starts_at=clock.now() - timedelta(minutes=1),
            agenda=["Usul"],
            state=state,
        )
        found[f"meeting-{name}"] = to_id("Meeting", meeting.pk)
        if name != "called":
            await Attendance.bulk_create(
                Attendance(
                    meeting_id=meeting.pk,
                    membership_id=row.pk,
                    account_id=row.account_id,
                    way=AttendanceWay.IN_PERSON,
                )
                for row in members
            )

    far = await Meeting.create(
        cooperative_id=own.pk,
        kind=MeetingKind.ANNUAL,
        title="RAT",
        place="Balai",
        starts_at=clock.now() + timedelta(days=40),
        agenda=["Laporan"],
    )
    group = await MemberGroup.create(cooperative_id=own.pk, name="Wonokromo")
    await GroupMember.create(group_id=group.pk, membership_id=by_account[accounts["member"]].pk)
    found |= {"meeting-far": to_id("Meeting", far.pk), "membergroup": to_id("MemberGroup", group.pk)}

    async def motion(
        name: str,
        state: MotionState,
        way: VotingWay | None = None,
        kind: MotionKind = MotionKind.OTHER,
        text: str = "Alasan",
    ) -> Motion:
        row = await Motion.create(
            cooperative_id=own.pk,
            meeting_id=None if state is MotionState.DRAFT else meeting.pk,
            kind=kind,
            state=state,
            title=name,
            text=text,
            details={},
            proposed_by=accounts["driver"],
            way=way,
        )
        found[f"motion-{name}"] = to_id("Motion", row.pk)
        return row

    await motion("draft", MotionState.DRAFT)
    await motion("tabled", MotionState.TABLED)
    first_loan = f"PJ/{clock.now().astimezone(ZoneInfo('Asia/Jakarta')).year}/0001"
    await motion("write-off", MotionState.ADOPTED, kind=MotionKind.LOAN_WRITE_OFF, text=first_loan)
    surplus = await motion("surplus", MotionState.ADOPTED, kind=MotionKind.SURPLUS, text="SHU/2025/1")
    budget = await motion("budget", MotionState.ADOPTED, kind=MotionKind.BUDGET, text="RAPB/2026/1")
    await motion("expulsion", MotionState.ADOPTED, text="Pemberhentian PB/00000000")
    await Motion.filter(pk__in=[surplus.pk, budget.pk]).update(decided_at=clock.now() + timedelta(days=1))
    named = await motion("named", MotionState.VOTING, VotingWay.OPEN)
    secret = await motion("secret", MotionState.VOTING, VotingWay.SECRET)
    paper = await motion("paper", MotionState.VOTING, VotingWay.OPEN)
    await VotingRight.create(motion_id=paper.pk, membership_id=by_account[accounts["member"]].pk, way=RightWay.PAPER)
    await motion("closing", MotionState.VOTING, VotingWay.OPEN)
    papers = await PaperBallots.create(
        motion_id=named.pk,
        counted=[{"choice": [counting.FOR], "number": 1}],
        number=1,
        entered_by=accounts["secretary"],
    )
    found["papers"] = to_id("PaperBallots", papers.pk)
    return found | await _ballot(secret)


async def _ballot(secret: Motion) -> dict[str, str]:
    """A ballot that is good for the vote, and what another voter would have signed."""
    keys = blind.new_keys()
    public = base64.b64encode(keys.public).decode()
    await BallotBox.create(motion_id=secret.pk, public_key=public, private_key=sealed(keys.private), ballots={})
    device = Device(keys.public)
    ballot = device.ballot(blind.sign(keys.private, device.blinded), str(secret.pk), [counting.FOR])
    parts = {f"ballot-{name.replace('_', '-')}": str(text) for name, text in ballot.as_json().items()}
    return parts | {"blinded": encoded(Device(keys.public).blinded)}
