"""A co-op with its members, and a meeting that has come to order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from cooperatives.governance import meetings, motions
from cooperatives.governance.ballots import cast_ballot, public_keys, sign_token
from cooperatives.governance.details import Details
from cooperatives.governance.lifecycle import MeetingKind, MotionKind
from cooperatives.governance.models import Meeting, Motion
from cooperatives.governance.results import Ballot, decoded
from cooperatives.membership.models import Cooperative, Membership, MembershipState
from marketplace import clock
from marketplace.database import new_id
from marketplace.identity.actor import NOBODY, Actor, Grant, Role
from marketplace.identity.models import Account
from tests.cooperatives.governance.device import Device
from tests.cooperatives.membership.people import acting, cooperative

NOTICE = timedelta(days=8)


@dataclass
class Hall:
    """A co-op, its officers as they act, its members as they act (the officers last), and their memberships."""

    cooperative: Cooperative
    officers: dict[Role, Actor]
    members: list[Actor] = field(default_factory=list)
    memberships: list[UUID] = field(default_factory=list)

    @property
    def chair(self) -> Actor:
        return self.officers[Role.CHAIR]

    async def draft(
        self,
        kind: MotionKind = MotionKind.OTHER,
        *details: Details,
        title: str = "Usul",
    ) -> Motion:
        return await motions.draft_motion(
            self.chair,
            cooperative_id=self.cooperative.pk,
            kind=kind,
            title=title,
            text="Alasan",
            details=details,
            key=str(new_id()),
        )

    async def call(self, *, kind: MeetingKind = MeetingKind.EXTRAORDINARY, again_of: UUID | None = None) -> Meeting:
        return await meetings.call_meeting(
            self.chair,
            cooperative_id=self.cooperative.pk,
            kind=kind,
            title="Rapat",
            place="Balai RW",
            starts_at=clock.now() + NOTICE,
            agenda=["Pembukaan", "Usul"],
            again_of=again_of,
            key=str(new_id()),
        )

    async def gathered(self, *tabled: Motion, there: int | None = None) -> Meeting:
        """A meeting opened a notice's time later, with these motions before it and so many members there."""
        meeting = await self.call()
        for motion in tabled:
            await motions.table_motion(self.chair, motion_id=motion.pk, meeting_id=meeting.pk)
        later(NOTICE)
        come = self.memberships[-there:] if there else self.memberships
        for begins in range(0, len(come), meetings.MOST_AT_ONCE):
            some = come[begins : begins + meetings.MOST_AT_ONCE]
            await meetings.register_attendance(self.chair, meeting_id=meeting.pk, membership_ids=some)
        return await meetings.open_meeting(self.chair, meeting_id=meeting.pk)


def later(by: timedelta) -> datetime:
    """Let so much time pass from what the clock shows now."""
    ahead = clock.now() + by - clock.machine()
    clock.use(lambda: clock.machine() + ahead)
    return clock.now()


async def hall(members: int = 12) -> Hall:
    """A co-op with so many members, its three officers among them."""
    founded, officers = await cooperative()
    accounts = [Account(phone=f"+62899{n:08d}", name=f"Anggota {n}") for n in range(members - len(officers))]
    await Account.bulk_create(accounts)
    await Membership.bulk_create(
        Membership(cooperative_id=founded.pk, account_id=account.pk, number=n, state=MembershipState.ACTIVE)
        for n, account in enumerate(accounts, start=4)
    )
    found = await Membership.filter(cooperative_id=founded.pk).order_by("-number")
    acting_officers = {role: await acting(account) for role, account in officers.items()}
    by_account = {actor.account_id: actor for actor in acting_officers.values()}
    grants = frozenset({Grant(Role.MEMBER, founded.pk)})
    made = Hall(founded, acting_officers)
    for row in found:
        made.members.append(by_account.get(row.account_id) or Actor(account_id=row.account_id, grants=grants))
        made.memberships.append(row.pk)
    return made


async def secretly(motion: Motion, voter: Actor, choice: Sequence[str]) -> Ballot:
    """The member gets a token and casts a ballot; answers what he keeps on his device."""
    public = decoded((await public_keys([motion.pk]))[motion.pk])
    device = Device(public)
    signature = await sign_token(voter, motion_id=motion.pk, blinded=device.blinded)
    ballot = device.ballot(signature, str(motion.pk), choice)
    assert await cast_ballot(NOBODY, motion_id=motion.pk, ballot=ballot) == ballot.receipt
    return ballot
