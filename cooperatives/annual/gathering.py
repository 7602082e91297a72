"""A book year and its meeting, read for the annual report: from the books, the register, governance."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.annual.facts import About, Attendee, Decision, Gathering, Members, Officer, Watched, Year
from cooperatives.annual.models import SupervisorReport
from cooperatives.books import reports
from cooperatives.books.balances import Opened, moved_in, opened
from cooperatives.books.models import Voucher, VoucherState
from cooperatives.books.periods import MONTHS_EN, MONTHS_ID, Period, add_months, last_day
from cooperatives.governance.counting import OPTIONS
from cooperatives.governance.lifecycle import AttendanceWay
from cooperatives.governance.models import Attendance, Delegate, Meeting, MemberGroup, Motion, OfficeTerm, Proxy
from cooperatives.ledger.accounts import AccountType
from cooperatives.ledger.reading import chain_head
from cooperatives.membership.models import Cooperative, MemberEntry, Membership, MembershipState
from marketplace.batches import rows_by
from marketplace.identity.actor import SYSTEM, Role
from marketplace.identity.models import RoleGrant
from marketplace.identity.service import accounts_by_id

#: In the order in which a report names them.
_OFFICES = (Role.CHAIR, Role.SECRETARY, Role.TREASURER, Role.SUPERVISOR)


async def year_of(meeting: Meeting, days: Period, places: tuple[str, ...], language: str) -> Year:
    """All of it. `places`: the co-op's seat, largest region first. The caller has authorised. Raises BooksNotOpen."""
    cooperative = await Cooperative.get(pk=meeting.cooperative_id)
    at = await opened(SYSTEM, cooperative.pk)
    first, last = days.first, days.last
    sheet = await reports.balance_sheet(SYSTEM, cooperative.pk, last, compared=True)
    result = await reports.surplus_statement(SYSTEM, cooperative.pk, first, last, compared=True)
    head = await chain_head(SYSTEM, cooperative.pk)
    booked = Voucher.filter(cooperative_id=cooperative.pk, state=VoucherState.POSTED)
    return Year(
        about=About(
            name=cooperative.name,
            registration_number=cooperative.registration_number,
            kind=cooperative.kind.value,
            level=cooperative.level.value,
            places=places,
            books_since=at.book.opened_on,
            locked_through=at.book.locked_through,
        ),
        days=days,
        sheet=sheet,
        result=result,
        months=await _months(at, first, language),
        members=await _members(at, days),
        officers=await _officers(cooperative.pk),
        meeting=await _meeting(meeting, ZoneInfo(at.book.time_zone)),
        watched=await _watched(cooperative.pk, first),
        seal=f"{head.seq} / {head.hash}" if head else "",
        vouchers=await booked.filter(booked_on__gte=first, booked_on__lte=last).count(),
        is_balanced=sheet.is_balanced,
    )


async def _months(at: Opened, first: date, language: str) -> list[tuple[str, int, int]]:
    """Income and expenses of each month of the book year."""
    names, found = MONTHS_EN if language == "en" else MONTHS_ID, []
    for place in range(12):
        month = add_months(first, place)
        nets = (await moved_in(at, month, last_day(month))).nets
        sums = {AccountType.INCOME: 0, AccountType.EXPENSE: 0}
        for id, net in nets.items():
            type = at.chart.by_id[id].type
            if type in sums:
                sums[type] += net
        found.append((names[month.month - 1], -sums[AccountType.INCOME], sums[AccountType.EXPENSE]))
    return found


async def _members(at: Opened, days: Period) -> Members:
    """Joined and left by the register; where it tells no day, by when an officer decided."""
    zone = ZoneInfo(at.book.time_zone)
    states = [MembershipState.ACTIVE, MembershipState.ENDED]
    rows = await Membership.filter(cooperative_id=at.book.pk, state__in=states)
    entries = {row.pk: row for row in await MemberEntry.filter(cooperative_id=at.book.pk)}
    before = joined = left = 0
    for row in rows:
        entry, decided = entries.get(row.pk), row.decided_at.astimezone(zone).date() if row.decided_at else None
        came = (entry.joined_on if entry else None) or row.created_at.astimezone(zone).date()
        went = None
        if row.state is MembershipState.ENDED:
            went = (entry.ended_on if entry else None) or decided or days.last
        if came > days.last or (went is not None and went < days.first):
            continue
        before += came < days.first
        joined += came >= days.first
        left += went is not None and went <= days.last
    return Members(before, joined, left)


async def _officers(cooperative_id: UUID) -> list[Officer]:
    grants = await RoleGrant.filter(cooperative_id=cooperative_id, role__in=list(_OFFICES), until=None).order_by("id")
    people = await accounts_by_id(sorted({grant.account_id for grant in grants}))
    terms = {
        (row.account_id, row.role): row
        for row in await OfficeTerm.filter(cooperative_id=cooperative_id, ended_on=None)
    }
    found = []
    for grant in sorted(grants, key=lambda grant: _OFFICES.index(grant.role)):
        term = terms.get((grant.account_id, grant.role))
        name = people[grant.account_id].name
        found.append(Officer(name, grant.role, term.since if term else None, term.until if term else None))
    return found


async def _watched(cooperative_id: UUID, first: date) -> Watched | None:
    row = await SupervisorReport.filter(cooperative_id=cooperative_id, begins_on=first).order_by("-id").first()
    if row is None:
        return None
    by = (await accounts_by_id([row.filed_by]))[row.filed_by].name
    return Watched(row.findings, row.advice, by, row.created_at.date())


async def _meeting(row: Meeting, zone: ZoneInfo) -> Gathering:
    came = await Attendance.filter(meeting_id=row.pk).order_by("id")
    given = [proxy.holder_id for proxy in await Proxy.filter(meeting_id=row.pk)]
    delegates = await Delegate.filter(meeting_id=row.pk).order_by("id")
    motions = await Motion.filter(meeting_id=row.pk).order_by("id")
    elected = {UUID(id) for motion in motions for id in (motion.tally or {}).get("winners", [])}
    ids = {*(one.membership_id for one in came), *(one.membership_id for one in delegates), *elected}
    members = {one.pk: one for one in await rows_by(Membership, "id", ids)}
    people = await accounts_by_id(sorted({one.account_id for one in members.values()}))
    names = {id: people[member.account_id].name for id, member in members.items()}
    groups = {one.pk: one.name for one in await rows_by(MemberGroup, "id", {one.group_id for one in delegates})}
    return Gathering(
        title=row.title,
        place=row.place,
        starts_at=row.starts_at.astimezone(zone),
        agenda=row.agenda,
        entitled=row.entitled,
        represented=row.represented,
        needed=row.needed,
        opened_at=_there(row.opened_at, zone),
        closed_at=_there(row.closed_at, zone),
        minutes=row.minutes or "",
        attendees=[
            Attendee(
                number=members[one.membership_id].number,
                name=names[one.membership_id],
                is_online=one.way is AttendanceWay.ONLINE,
                came_at=one.created_at.astimezone(zone),
                proxies=given.count(one.membership_id),
            )
            for one in came
        ],
        decisions=[_decision(motion, names) for motion in motions],
        groups=[(groups[one.group_id], names[one.membership_id], one.stands_for) for one in delegates],
    )


def _there(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)


def _decision(motion: Motion, names: dict[UUID, str]) -> Decision:
    tally = motion.tally or {}
    return Decision(
        title=motion.title,
        text=motion.text,
        state=motion.state,
        way=motion.way,
        counts=tuple((option, int(tally[option])) for option in OPTIONS if option in tally),
        elected=tuple(names[UUID(id)] for id in tally.get("winners", [])),
        note=motion.note or "",
        digest=motion.result_digest or "",
    )
