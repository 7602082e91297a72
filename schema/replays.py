"""A motion's rule tried on past months: what each member had, and would have had."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from cooperatives.governance import models as governance_rows
from cooperatives.replays import models as rows
from cooperatives.replays import reading
from cooperatives.replays.kinds import Part
from cooperatives.savings.terms import read_cited
from cooperatives.surplus.pools import Pool
from cooperatives.surplus.sharing import WhyNot
from schema import surplus as surplus  # describes Pool and WhyNot to the schema
from schema.context import Info
from schema.costs import LISTED, RECKONED
from schema.dues import member_of
from schema.enums import described
from schema.paging import After, Connection, First, connection_of
from schema.rules import Rule
from schema.scalars import BasisPoints, Rupiah

if TYPE_CHECKING:
    from schema.memberships import Membership

described(
    Part,
    "What a member had of a period, or was charged.",
    {
        "CAPITAL": "Jasa modal.",
        "PATRONAGE": "Jasa usaha.",
        "DELIVERIES": "The driver's share of delivery prices.",
        "MANDATORY_SAVINGS": "Simpanan wajib charged: paid in, and his own.",
    },
    name="ReplayedPart",
)


@strawberry.type(description="An amount as it was, and as it would have been.")
class ReplayedAmount:
    part: Part = strawberry.field(description="Of what.")
    before: Rupiah = strawberry.field(description="Under the rules as they stand.")
    after: Rupiah = strawberry.field(description="Under the rule that is proposed.")


@strawberry.type(description="A pool of the surplus as it was, and as it would have been.")
class ReplayedPool:
    pool: Pool = strawberry.field(description="Which one.")
    before: Rupiah = strawberry.field(description="Under the rules as they stand.")
    after: Rupiah = strawberry.field(description="Under the rule that is proposed.")


def _amounts(kept: dict[str, list[int]]) -> list[ReplayedAmount]:
    return [
        ReplayedAmount(part=Part(name), before=Rupiah(before), after=Rupiah(after))
        for name, (before, after) in kept.items()
    ]


@strawberry.type(description="What one member had, and would have had.")
class ReplayedMember:
    row: strawberry.Private[rows.ReplayedMember]
    amounts: list[ReplayedAmount] = strawberry.field(description="Part by part.")
    gained: Rupiah = strawberry.field(description="How much more would come to him; below zero: less.")
    excluded_before: WhyNot | None = strawberry.field(description="Why he had no part in the surplus.")
    excluded_after: WhyNot | None = strawberry.field(description="Why he would have had none.")

    @classmethod
    def of(cls, row: rows.ReplayedMember) -> "ReplayedMember":
        return cls(
            row=row,
            amounts=_amounts(row.parts),
            gained=Rupiah(row.gained),
            excluded_before=row.excluded_before,
            excluded_after=row.excluded_after,
        )

    @strawberry.field(description="Whose line it is.")
    async def member(self, info: Info) -> Annotated["Membership", strawberry.lazy("schema.memberships")] | None:
        return await member_of(info, self.row.membership_id)


@strawberry.type(description="A motion's rule tried on months that are over.")
class RuleReplay:
    row: strawberry.Private[rows.RuleReplay]
    begins_on: date = strawberry.field(description="The first day tried.")
    ends_on: date = strawberry.field(description="The last one.")
    carrier_share: BasisPoints | None = strawberry.field(
        description="The co-op's share of a delivery's price that was tried; null: deliveries are no part of it."
    )
    totals: list[ReplayedAmount] = strawberry.field(description="All members together.")
    pools: list[ReplayedPool] = strawberry.field(description="Of the surplus; empty: it is no part of it.")
    better: int = strawberry.field(description="How many members would have had more.")
    worse: int = strawberry.field(description="How many less.")
    same: int = strawberry.field(description="How many the same.")
    rules: list[Rule] = strawberry.field(description="The by-laws and the law that it used, old and new.")

    @classmethod
    def of(cls, row: rows.RuleReplay) -> "RuleReplay":
        return cls(
            row=row,
            begins_on=row.begins_on,
            ends_on=row.ends_on,
            carrier_share=None if row.carrier_share_bp is None else BasisPoints(row.carrier_share_bp),
            totals=_amounts(row.parts),
            pools=[
                ReplayedPool(pool=Pool(name), before=Rupiah(before), after=Rupiah(after))
                for name, (before, after) in row.pools.items()
            ],
            better=row.better,
            worse=row.worse,
            same=row.same,
            rules=[Rule.of(read_cited(kept)) for kept in row.rules],
        )

    @strawberry.field(description="Your own line; null: you were no member then.", directives=[RECKONED])
    async def mine(self, info: Info) -> ReplayedMember | None:
        row = await reading.own_line(info.context.actor, self.row)
        return None if row is None else ReplayedMember.of(row)

    @strawberry.field(
        description="Every member's line; officers, pengawas and those who oversee the node.", directives=[LISTED]
    )
    async def members(self, info: Info, first: First = 20, after: After = None) -> Connection[ReplayedMember]:
        page = await reading.lines_of(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, ReplayedMember.of, after=after)


@strawberry.type
class MotionReplay:
    row: strawberry.Private[governance_rows.Motion]

    @strawberry.field(description="Its rule tried on past months, the latest time; null: nobody tried it.")
    async def replay(self, info: Info) -> RuleReplay | None:
        row = await info.context.load(reading.replays_by_motion, self.row.pk)
        return None if row is None else RuleReplay.of(row)
