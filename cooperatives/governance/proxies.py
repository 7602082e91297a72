"""Proxies: a member lets another member vote for him in one meeting, and may take that back until it is opened.

Locks: the meeting.
"""

from uuid import UUID

from cooperatives.governance import setting
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.lifecycle import MeetingState, WrongMeetingState
from cooperatives.governance.meetings import seen_by_member
from cooperatives.governance.models import Meeting, Proxy
from cooperatives.membership.entries import voters
from cooperatives.membership.models import Cooperative, Membership
from marketplace.database import transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role, require
from marketplace.paging import Page, page_by_id
from marketplace.rules import AgainstTheLaw


async def give_proxy(
    actor: Actor, *, meeting_id: UUID, holder_id: UUID | None = None, holder_number: int | None = None
) -> Meeting:
    """A member lets another member vote for him in this meeting, where the by-laws allow it; before it is opened.

    `holder_id` is a membership, `holder_number` its number in the register: one of them.
    Raises NotFound, WrongMeetingState, AgainstTheLaw, Invalid.
    """
    if (holder_id is None) is (holder_number is None):
        raise Invalid.field("holderId", Code.REQUIRED, "the membership or its number", "keanggotaan atau nomornya")
    wanted = {"number": holder_number} if holder_id is None else {"pk": holder_id}
    async with transaction():
        row, member = await _before_opening(actor, meeting_id)
        holder = await voters(row.cooperative_id).get_or_none(**wanted)
        if holder is None or holder.pk == member.pk:
            raise NotFound("membership")
        cooperative = await Cooperative.get(pk=row.cooperative_id)
        laws = await setting.by_laws_on(row.cooperative_id, setting.today_of(cooperative))
        most = laws[ByLaw.PROXIES_A_HOLDER]
        held = await Proxy.filter(meeting_id=row.pk, holder_id=holder.pk).exclude(giver_id=member.pk).count()
        if held >= most:
            raise AgainstTheLaw.by(
                laws.in_force[ByLaw.PROXIES_A_HOLDER].cited(),
                f"one member may hold {most} proxies",
                f"seorang anggota boleh memegang {most} kuasa",
            )
        await Proxy.filter(meeting_id=row.pk, giver_id=member.pk).delete()
        await Proxy.create(meeting_id=row.pk, giver_id=member.pk, holder_id=holder.pk)
    return row


async def withdraw_proxy(actor: Actor, *, meeting_id: UUID) -> Meeting:
    """He votes himself after all: nobody holds his proxy any more, be he a delegate. Asked again, the same.

    Raises NotFound, WrongMeetingState.
    """
    async with transaction():
        row, member = await _before_opening(actor, meeting_id)
        await Proxy.filter(meeting_id=row.pk, giver_id=member.pk).delete()
    return row


async def _before_opening(actor: Actor, meeting_id: UUID) -> tuple[Meeting, Membership]:
    """The meeting, locked, with the actor's membership: its quorum counts proxies as it is opened."""
    row, member = await seen_by_member(actor, meeting_id)
    if row.state is not MeetingState.CALLED:
        raise WrongMeetingState(state=row.state.value)
    return row, member


async def proxies_of(actor: Actor, meeting: Meeting, *, first: int, after: str | None) -> Page[Proxy]:
    """Who lets whom vote, in the order given; officers and pengawas answer for the roll. Raises Forbidden."""
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=meeting.cooperative_id)
    return await page_by_id(Proxy.filter(meeting_id=meeting.pk), first=first, after=after, newest_first=False)
