"""Who is there for whom: a meeting's quorum as it fills, and the proxies that the actor gave or holds."""

from dataclasses import dataclass

from cooperatives.governance import grouping, setting
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.counting import quorum
from cooperatives.governance.lifecycle import AttendanceWay
from cooperatives.governance.models import Attendance, Meeting, Proxy
from cooperatives.membership.models import Cooperative, Membership
from marketplace.identity.actor import Actor


@dataclass(frozen=True, slots=True)
class Count:
    """Votes: of all who belong to the meeting, there, and needed for its quorum."""

    entitled: int
    represented: int
    needed: int


async def count_of(meeting: Meeting) -> Count:
    """As it stands now; once the meeting was opened, as it was then."""
    if meeting.entitled is not None and meeting.represented is not None and meeting.needed is not None:
        return Count(meeting.entitled, meeting.represented, meeting.needed)
    cooperative = await Cooperative.get(pk=meeting.cooperative_id)
    laws = await setting.by_laws_on(meeting.cooperative_id, setting.today_of(cooperative))
    share = ByLaw.MEETING_QUORUM if meeting.again_of is None else ByLaw.MEETING_SECOND_QUORUM
    entitled = await (await grouping.members_of(meeting)).count()
    needed = quorum(entitled, laws[share], is_second=meeting.again_of is not None)
    return Count(entitled, await represented(meeting), needed)


async def represented(meeting: Meeting) -> int:
    """Members who attend, and those whose proxy's holder attends."""
    rows = await Attendance.filter(meeting_id=meeting.pk).only("id", "membership_id")
    there = {row.membership_id for row in rows}
    proxies = await Proxy.filter(meeting_id=meeting.pk)
    return len(there | {proxy.giver_id for proxy in proxies if proxy.holder_id in there})


@dataclass(frozen=True, slots=True)
class Mandate:
    """The actor at a meeting: how he attends, who votes for him, and for whom he votes."""

    way: AttendanceWay | None
    holder: Membership | None
    givers: tuple[Membership, ...]


async def mandate_of(actor: Actor, meeting: Meeting) -> Mandate | None:
    """None: he is no member of the co-op."""
    if actor.account_id is None:
        return None
    member = await Membership.get_or_none(cooperative_id=meeting.cooperative_id, account_id=actor.account_id)
    if member is None:
        return None
    attends = await Attendance.get_or_none(meeting_id=meeting.pk, membership_id=member.pk)
    given = await Proxy.get_or_none(meeting_id=meeting.pk, giver_id=member.pk)
    held = await Proxy.filter(meeting_id=meeting.pk, holder_id=member.pk)
    ids = [row.giver_id for row in held] + ([] if given is None else [given.holder_id])
    named = {row.pk: row for row in await Membership.filter(pk__in=ids)} if ids else {}
    return Mandate(
        way=None if attends is None else attends.way,
        holder=None if given is None else named[given.holder_id],
        givers=tuple(sorted((named[row.giver_id] for row in held), key=lambda row: row.number or 0)),
    )
