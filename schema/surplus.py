"""A year's surplus (SHU): its pools, and each member's share with why it is so much."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.savings.terms import read_cited
from cooperatives.surplus import models as rows
from cooperatives.surplus import reading, service
from cooperatives.surplus.kinds import SurplusState
from cooperatives.surplus.pools import Pool
from cooperatives.surplus.sharing import SHARED, Business, WhyNot
from schema.context import Info
from schema.costs import LISTED
from schema.dues import member_of
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.rules import Rule
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.memberships import Membership

MembershipType = Annotated["Membership", strawberry.lazy("schema.memberships")]

described(
    SurplusState,
    "Where the allocation of a surplus stands.",
    {
        "PROPOSED": "By an officer; the members' meeting decides on it.",
        "REPLACED": "By a later proposal for the same year.",
        "POSTED": "The meeting adopted it; it stands in the books.",
        "PAID": "Every member has his share.",
    },
)
described(
    Pool,
    "What a part of the surplus is for.",
    {
        "RESERVE": "Cadangan.",
        "PATRONAGE": "Jasa usaha: to members by their transactions.",
        "CAPITAL": "Jasa modal: to members by their pokok and wajib and the days that they held them.",
        "OFFICERS": "Officers and staff.",
        "EDUCATION": "Education.",
        "SOCIAL": "The social fund.",
        "DEVELOPMENT": "Development of the area.",
        "NON_MEMBER": "From business with non-members: kept apart, no member shares in it.",
    },
    name="SurplusPool",
)
described(
    WhyNot,
    "Why a member has no part in a surplus.",
    {
        "LEFT": "He is no member any more.",
        "FEW_TRANSACTIONS": "Fewer transactions than the by-laws ask of an active member.",
        "IN_ARREARS": "He owed more months of wajib than an active member may.",
        "NOT_FULL": "An associate or candidate: the surplus is full members'.",
    },
    name="SurplusExclusion",
)


@strawberry.type(description="One pool of a surplus.")
class SurplusPoolAmount:
    pool: Pool = strawberry.field(description="Which one.")
    amount: Rupiah = strawberry.field(description="What goes into it.")
    unclaimed: Rupiah = strawberry.field(description="What nobody had a claim to, and went to the reserve instead.")


@strawberry.type(description="One step of a share: `amount` of `poolAmount`, as `own` stands to `everyones`.")
class SurplusLine:
    pool: Pool = strawberry.field(description="CAPITAL or PATRONAGE.")
    pool_amount: Rupiah = strawberry.field(description="What all active members share.")
    own: Rupiah = strawberry.field(
        description="Of PATRONAGE his transactions; of CAPITAL his pokok and wajib, added up over the year's days."
    )
    everyones: Rupiah = strawberry.field(description="The same of all active members together.")
    amount: Rupiah = strawberry.field(description="What he has of it, by largest remainder.")


@strawberry.type(description="How a book year's surplus is shared out.")
class SurplusAllocation(Node):
    row: strawberry.Private[rows.SurplusAllocation]
    number: str = strawberry.field(description="The motion names it: `SHU/2026/1`.")
    begins_on: date = strawberry.field(description="The book year's first day.")
    ends_on: date = strawberry.field(description="Its last day.")
    state: SurplusState = strawberry.field(description="Where it stands.")
    total: Rupiah = strawberry.field(description="The year's surplus.")
    from_members: Rupiah = strawberry.field(description="What of it members' business made: split by the by-laws.")
    from_non_members: Rupiah = strawberry.field(description="What business with others made: the pool NON_MEMBER.")
    pools: list[SurplusPoolAmount] = strawberry.field(description="Together exactly the surplus.")
    rules: list[Rule] = strawberry.field(description="The by-laws and the law that it used.")
    motion_id: strawberry.ID | None = strawberry.field(description="The Motion that adopted it.")
    posted_at: datetime | None = strawberry.field(description="When it was booked.")
    paid_at: datetime | None = strawberry.field(description="When the last member had his share.")

    @classmethod
    def of(cls, row: rows.SurplusAllocation) -> "SurplusAllocation":
        return cls(
            id=to_id("SurplusAllocation", row.pk),
            row=row,
            number=row.number,
            begins_on=row.begins_on,
            ends_on=row.ends_on,
            state=row.state,
            total=Rupiah(row.total),
            from_members=Rupiah(row.from_members),
            from_non_members=Rupiah(row.from_others),
            pools=[
                SurplusPoolAmount(
                    pool=pool, amount=Rupiah(amount), unclaimed=Rupiah(row.unclaimed.get(pool.value, 0))
                )
                for pool, amount in row.pools.items()
            ],
            rules=[Rule.of(read_cited(kept)) for kept in row.rules],
            motion_id=None if row.motion_id is None else to_id("Motion", row.motion_id),
            posted_at=row.posted_at,
            paid_at=row.paid_at,
        )

    @strawberry.field(
        description="Every member's share, in the order of the register. Officers, pengawas, those at the counter.",
        directives=[LISTED],
    )
    async def shares(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Annotated["SurplusShare", strawberry.lazy("schema.surplus")]]:
        page = await service.list_shares(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, SurplusShare.of, after=after)


@strawberry.type(description="What one member has of a year's surplus, and why.")
class SurplusShare(Node):
    row: strawberry.Private[rows.SurplusShare]
    amount: Rupiah = strawberry.field(description="Jasa modal and jasa usaha.")
    excluded: WhyNot | None = strawberry.field(description="Why he has nothing; null: he was an active member.")
    deliveries: Rupiah = strawberry.field(description="What he was credited for deliveries that year.")
    sales: Rupiah = strawberry.field(description="What he was credited for sales.")
    purchases: Rupiah = strawberry.field(description="What he bought from the co-op on credit.")
    transactions: int = strawberry.field(description="How many these were.")
    arrears_months: int = strawberry.field(description="Months of wajib that he owed when the year ended.")
    paid_at: datetime | None = strawberry.field(description="When he got it.")
    is_paid_to_savings: bool = strawberry.field(description="To his voluntary savings; else to his earnings here.")

    @classmethod
    def of(cls, row: rows.SurplusShare) -> "SurplusShare":
        return cls(
            id=to_id("SurplusShare", row.pk),
            row=row,
            amount=Rupiah(row.amount),
            excluded=row.excluded,
            deliveries=Rupiah(row.business.get(Business.DELIVERIES, 0)),
            sales=Rupiah(row.business.get(Business.SALES, 0)),
            purchases=Rupiah(row.business.get(Business.PURCHASES, 0)),
            transactions=row.transactions,
            arrears_months=row.arrears_months,
            paid_at=row.paid_at,
            is_paid_to_savings=row.savings_id is not None,
        )

    @strawberry.field(description="Of which year's surplus, with the rules used.")
    async def allocation(self, info: Info) -> SurplusAllocation | None:
        row = await info.context.load(reading.allocations_by_id, self.row.allocation_id)
        return None if row is None else SurplusAllocation.of(row)

    @strawberry.field(description="How it was reckoned; empty for who has no part.")
    async def lines(self, info: Info) -> list[SurplusLine]:
        allocation = await info.context.load(reading.allocations_by_id, self.row.allocation_id)
        if allocation is None or self.row.excluded:
            return []
        own = {Pool.CAPITAL: self.row.capital_days, Pool.PATRONAGE: sum(self.row.business.values())}
        amounts = {Pool.CAPITAL: self.row.capital, Pool.PATRONAGE: self.row.patronage}
        return [
            SurplusLine(
                pool=pool,
                pool_amount=Rupiah(allocation.pools[pool]),
                own=Rupiah(own[pool]),
                everyones=Rupiah(allocation.weights[pool.value]),
                amount=Rupiah(amounts[pool]),
            )
            for pool in SHARED
        ]

    @strawberry.field(description="Whose it is.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)


@strawberry.type
class MembershipSurplus:
    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(
        description="This member's shares of the surplus, the latest year first. Himself and officers.",
        directives=[LISTED],
    )
    async def surplus_shares(self, info: Info, first: First = 5, after: After = None) -> Connection[SurplusShare]:
        page = await service.shares_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, SurplusShare.of, after=after)


@strawberry.type
class CooperativeSurplus:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="How the co-op shared out its years, the latest first, with proposals that were replaced. "
        "Officers, pengawas and those at the counter.",
        directives=[LISTED],
    )
    async def surplus_allocations(
        self, info: Info, first: First = 5, after: After = None
    ) -> Connection[SurplusAllocation]:
        page = await service.list_allocations(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, SurplusAllocation.of, after=after)


@finds("SurplusAllocation")
async def find_allocation(info: Info, id: UUID) -> SurplusAllocation | None:
    row = await reading.seen_allocation(info.context.actor, id)
    return None if row is None else SurplusAllocation.of(row)


@finds("SurplusShare")
async def find_share(info: Info, id: UUID) -> SurplusShare | None:
    row = await reading.seen_share(info.context.actor, id)
    return None if row is None else SurplusShare.of(row)
