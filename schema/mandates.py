"""A meeting's quorum as it fills, and for whom you vote there."""

import strawberry

from cooperatives.governance import mandates
from cooperatives.governance import models as rows
from cooperatives.governance.lifecycle import AttendanceWay
from schema.context import Info
from schema.costs import RECKONED
from schema.enums import described
from schema.memberships import Membership

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
