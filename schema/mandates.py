"""A meeting's quorum as it fills, and for whom you vote there."""

from datetime import datetime
from uuid import UUID

import strawberry

from cooperatives.governance import mandates, proxies
from cooperatives.governance import models as rows
from cooperatives.governance.lifecycle import AttendanceWay
from cooperatives.membership import service as membership
from schema.context import Info
from schema.costs import LISTED, RECKONED
from schema.enums import described
from schema.memberships import Membership
from schema.paging import After, Connection, First, connection_of

described(AttendanceWay, "How someone attends.", {"IN_PERSON": "In the hall.", "ONLINE": "On line."})


@strawberry.type(description="Votes at a meeting.")
class MeetingCount:
    entitled: int = strawberry.field(description="Of all who belong to it.")
    represented: int = strawberry.field(description="Of who is there, proxies counted.")
    needed: int = strawberry.field(description="For its quorum.")


@strawberry.type(description="You at a meeting.")
class MeetingMandate:
    way: AttendanceWay | None = strawberry.field(description="How you attend; null: you were not taken down.")
    holder: Membership | None = strawberry.field(description="Who votes for you; null: nobody.")
    givers: list[Membership] = strawberry.field(description="For whom you vote: their proxies are yours.")


@strawberry.type(description="That a member lets another vote for him at a meeting.")
class MeetingProxy:
    row: strawberry.Private[rows.Proxy]
    given_at: datetime = strawberry.field(description="When he said so.")

    @classmethod
    def of(cls, row: rows.Proxy) -> "MeetingProxy":
        return cls(row=row, given_at=row.created_at)

    @strawberry.field(description="Whose vote it is.")
    async def giver(self, info: Info) -> Membership | None:
        return await _member(info, self.row.giver_id)

    @strawberry.field(description="Who votes for him.")
    async def holder(self, info: Info) -> Membership | None:
        return await _member(info, self.row.holder_id)


async def _member(info: Info, id: UUID) -> Membership | None:
    row = await info.context.load(membership.memberships_by_id, id)
    return None if row is None else Membership.of(row)


@strawberry.type
class MeetingMandates:
    row: strawberry.Private[rows.Meeting]

    @strawberry.field(description="Its votes now; once it was opened, as they were then.", directives=[RECKONED])
    async def count(self) -> MeetingCount:
        found = await mandates.count_of(self.row)
        return MeetingCount(entitled=found.entitled, represented=found.represented, needed=found.needed)

    @strawberry.field(description="How you stand to it; null: you are no member of its co-op.", directives=[RECKONED])
    async def mine(self, info: Info) -> MeetingMandate | None:
        found = await mandates.mandate_of(info.context.actor, self.row)
        if found is None:
            return None
        return MeetingMandate(
            way=found.way,
            holder=None if found.holder is None else Membership.of(found.holder),
            givers=[Membership.of(row) for row in found.givers],
        )

    @strawberry.field(
        description="Who lets whom vote there, in the order given, delegates of groups among them; officers and "
        "pengawas of its co-op, else FORBIDDEN.",
        directives=[LISTED],
    )
    async def proxies(self, info: Info, first: First = 20, after: After = None) -> Connection[MeetingProxy]:
        page = await proxies.proxies_of(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, MeetingProxy.of, after=after)
