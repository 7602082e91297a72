"""How memberships end: what was settled, what heirs are paid, and expulsions with their hearings."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from cooperatives.departures import models as rows
from cooperatives.departures import service
from cooperatives.departures.lifecycle import ExpulsionState
from cooperatives.membership import models as membership_rows
from cooperatives.membership.categories import EndCause
from schema.context import Info
from schema.costs import cost
from schema.dues import member_of
from schema.enums import described
from schema.ids import to_id
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.memberships import Membership

MembershipType = Annotated["Membership", strawberry.lazy("schema.memberships")]

described(
    EndCause,
    "Why a membership ended.",
    {
        "RESIGNED": "The member left.",
        "ENDED_BY_OFFICER": "An officer ended it, for one who asked in writing or moved away.",
        "DIED": "The member has died.",
        "EXPELLED": "After a hearing, and an appeal where he made one.",
    },
)
described(
    ExpulsionState,
    "Where the expulsion of a member stands; until FINAL he is a member with all his rights.",
    {
        "CALLED": "He was told why, and when he is heard.",
        "HEARD": "He was heard, or did not come.",
        "PROPOSED": "One officer decided; waits for a second.",
        "DECIDED": "He may appeal until `appealUntil`.",
        "APPEALED": "Waits for the members' meeting.",
        "FINAL": "His membership ended.",
        "DROPPED": "He stays.",
    },
)


@strawberry.type(description="That a membership ended, and what was settled in that moment.")
class Departure:
    row: strawberry.Private[rows.Departure]
    id: strawberry.ID = strawberry.field(description="To claim for heirs by.")
    cause: EndCause = strawberry.field(description="Why.")
    ended_on: date = strawberry.field(description="When.")
    reason: str = strawberry.field(description="As it was given.")
    document: str | None = strawberry.field(description="Of a death its certificate.")
    saved: Rupiah = strawberry.field(description="All that his savings held.")
    dues_paid: Rupiah = strawberry.field(description="Of it, what he owed beside loans.")
    set_off: Rupiah = strawberry.field(description="Of it, what his loans took.")
    left_owing: Rupiah = strawberry.field(description="What is still owed of loans: it stands among his dues.")
    savings_id: strawberry.ID | None = strawberry.field(description="The SavingsAccount that holds what is his.")

    @classmethod
    def of(cls, row: rows.Departure) -> "Departure":
        return cls(
            row=row,
            id=to_id("Departure", row.pk),
            cause=row.cause,
            ended_on=row.ended_on,
            reason=row.reason,
            document=row.document,
            saved=Rupiah(row.saved),
            dues_paid=Rupiah(row.dues_paid),
            set_off=Rupiah(row.set_off),
            left_owing=Rupiah(row.left_owing),
            savings_id=to_id("SavingsAccount", row.savings_id) if row.savings_id else None,
        )

    @strawberry.field(description="Whose membership it was.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)


@strawberry.type(description="What an heir is to be paid of a member's savings.")
class HeirClaim:
    id: strawberry.ID = strawberry.field(description="The SavingsWithdrawal by which it is paid.")
    amount: Rupiah = strawberry.field(description="How much.")
    is_named: bool = strawberry.field(description="Whether the member himself had named this heir.")

    @classmethod
    def of(cls, row: rows.HeirClaim) -> "HeirClaim":
        return cls(id=to_id("SavingsWithdrawal", row.pk), amount=Rupiah(row.amount), is_named=row.is_named)


@strawberry.type(description="The expulsion of a member: why, what he answered, who decided, and his appeal.")
class Expulsion:
    row: strawberry.Private[rows.Expulsion]
    id: strawberry.ID = strawberry.field(description="To act on it by.")
    state: ExpulsionState = strawberry.field(description="Where it stands.")
    reference: str = strawberry.field(description="A motion that decides on it names this: `PB/1A2B3C4D`.")
    grounds: str = strawberry.field(description="Why officers want it.")
    hearing_at: datetime = strawberry.field(description="When he is heard.")
    place: str = strawberry.field(description="Where.")
    defence: str | None = strawberry.field(description="What he answered in writing.")
    was_present: bool | None = strawberry.field(description="Whether he came; null before the hearing.")
    minutes: str | None = strawberry.field(description="What was said there.")
    decision: str | None = strawberry.field(description="What was decided, and why.")
    decided_at: datetime | None = strawberry.field(description="When.")
    appeal_until: date | None = strawberry.field(description="The last day for an appeal.")
    appeal: str | None = strawberry.field(description="His appeal to the members' meeting.")
    ended_at: datetime | None = strawberry.field(description="When it became final or was dropped.")

    @classmethod
    def of(cls, row: rows.Expulsion) -> "Expulsion":
        return cls(
            row=row,
            id=to_id("Expulsion", row.pk),
            state=row.state,
            reference=row.reference,
            grounds=row.grounds,
            hearing_at=row.hearing_at,
            place=row.place,
            defence=row.defence,
            was_present=row.was_present,
            minutes=row.minutes,
            decision=row.decision,
            decided_at=row.decided_at,
            appeal_until=row.appeal_until,
            appeal=row.appeal,
            ended_at=row.ended_at,
        )

    @strawberry.field(description="Whose membership it is about.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)


@strawberry.type
class MembershipDepartures:
    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(
        description="Expulsions that were begun, newest first, at most 20; for himself, officers and pengawas.",
        directives=[cost(5, rows=2)],
    )
    async def expulsions(self, info: Info) -> list[Expulsion]:
        return [Expulsion.of(row) for row in await service.expulsions_of(info.context.actor, self.row.pk)]


@strawberry.type
class CooperativeDepartures:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="Who left, the newest 100, newest first, with what was settled. Those who read members' dues.",
        directives=[cost(10, rows=20)],
    )
    async def departures(self, info: Info) -> list[Departure]:
        found = await service.departures_of(info.context.actor, self.row.pk, first=100)
        return [Departure.of(row) for row in found]
