"""Memberships, offices and alliances of co-ops."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as rows
from cooperatives.membership import service
from cooperatives.membership.models import AllianceState, MembershipState
from marketplace import clock
from marketplace.identity.actor import OFFICERS, Role, signed_in
from schema.claims import MembershipClaims
from schema.context import Info
from schema.costs import LISTED, cost
from schema.dues import MembershipDues
from schema.enums import described
from schema.ids import to_id
from schema.income import MembershipIncome
from schema.leaving import MembershipDepartures
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.protection import MembershipProtection
from schema.register import MembershipEntry
from schema.savings import MembershipSavings
from schema.scalars import BasisPoints
from schema.surplus import MembershipSurplus
from schema.unit_trade import MembershipUnits
from schema.workshop import MembershipJobs

if TYPE_CHECKING:
    from schema.accounts import Account
    from schema.alliance_terms import AllianceTerms
    from schema.cooperatives import Cooperative

CooperativeType = Annotated["Cooperative", strawberry.lazy("schema.cooperatives")]
TermsType = Annotated["AllianceTerms", strawberry.lazy("schema.alliance_terms")]
AccountType = Annotated["Account", strawberry.lazy("schema.accounts")]

described(
    MembershipState,
    "Where a membership stands.",
    {
        "APPLIED": "Waits for an officer.",
        "ACTIVE": "A member.",
        "REFUSED": "Refused, with a reason; may apply again.",
        "ENDED": "No longer a member.",
    },
)
described(
    AllianceState,
    "Where an alliance stands.",
    {
        "PROPOSED": "One side has signed.",
        "AGREED": "Both sides have signed; it is in force.",
        "ENDED": "No longer in force.",
    },
)
described(
    Role,
    "What someone is in a co-op, in a shop or on the node.",
    {
        "CHAIR": "Ketua: leads the co-op.",
        "SECRETARY": "Sekretaris: keeps its register and minutes.",
        "TREASURER": "Bendahara: keeps its money.",
        "DISPATCHER": "Sees to it that jobs find drivers.",
        "UNIT_MANAGER": "Runs one of the co-op's business units.",
        "LOAN_OFFICER": "Looks after loans.",
        "SUPERVISOR": "Pengawas: watches over the officers.",
        "MEMBER": "Anggota: a member of the co-op.",
        "DRIVER": "Drives for the co-op.",
        "SELLER_OWNER": "Owns the shop.",
        "SELLER_STAFF": "Works in the shop.",
        "PLATFORM_REPRESENTATIVE": "Speaks for an aplikator.",
        "GOVERNMENT_SUPERVISOR": "Pembina: sees, comments and mediates; moves no money.",
        "NODE_OPERATOR": "Runs this node.",
    },
)


@strawberry.type(description="Someone's membership of a co-op.")
class Membership(
    MembershipDues,
    MembershipSavings,
    MembershipSurplus,
    MembershipUnits,
    MembershipJobs,
    MembershipProtection,
    MembershipClaims,
    MembershipDepartures,
    MembershipEntry,
    MembershipIncome,
    Node,
):
    row: strawberry.Private[rows.Membership]
    number: int | None = strawberry.field(description="In the co-op's register; null until approved.")
    state: MembershipState = strawberry.field(description="Where it stands.")
    applied_at: datetime = strawberry.field(description="When it was applied for.")
    decided_at: datetime | None = strawberry.field(description="When an officer decided.")
    reason: str | None = strawberry.field(description="Why it was refused or ended.")

    @classmethod
    def of(cls, row: rows.Membership) -> "Membership":
        return cls(
            id=to_id("Membership", row.pk),
            row=row,
            number=row.number,
            state=row.state,
            applied_at=row.created_at,
            decided_at=row.decided_at,
            reason=row.reason,
        )

    @strawberry.field(description="Of which co-op.")
    async def cooperative(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import cooperative_of

        return await cooperative_of(info, self.row.cooperative_id)

    @strawberry.field(description="Whose membership it is.")
    async def account(self, info: Info) -> AccountType | None:
        from schema.accounts import account_of

        return await account_of(info, self.row.account_id)


@strawberry.type(description="That one co-op's drivers carry for another co-op's sellers, and at what share.")
class Alliance(Node):
    row: strawberry.Private[rows.Alliance]
    state: AllianceState = strawberry.field(description="Where it stands.")
    carrier_share: BasisPoints = strawberry.field(
        description="Of the delivery price, to the carrier's co-op, which shares it with its driver."
    )
    agreed_at: datetime | None = strawberry.field(description="When the second side agreed.")
    ends_at: datetime | None = strawberry.field(description="Notice was given: in force until then.")

    @classmethod
    def of(cls, row: rows.Alliance) -> "Alliance":
        return cls(
            id=to_id("Alliance", row.pk),
            row=row,
            state=AllianceState.ENDED if service.is_over(row, clock.now()) else row.state,
            carrier_share=BasisPoints(row.carrier_share_bp),
            agreed_at=row.agreed_at,
            ends_at=row.ends_at,
        )

    @strawberry.field(
        description="What it allows: the newest 20 versions for officers of the two co-ops, newest first; for others "
        "the one in force. None: it has no bounds.",
        directives=[cost(2, rows=3)],
    )
    async def terms(self, info: Info) -> list[TermsType]:
        from schema.alliance_terms import versions_of

        sides = (self.row.seller_cooperative_id, self.row.carrier_cooperative_id)
        is_side = any(info.context.actor.holds(*OFFICERS, cooperative_id=side) for side in sides)
        found = await info.context.load(service.terms_by_alliance, self.row.pk)
        return versions_of(found or [], is_side=is_side)

    @strawberry.field(description="Whose sellers' goods are carried.")
    async def seller_cooperative(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import cooperative_of

        return await cooperative_of(info, self.row.seller_cooperative_id)

    @strawberry.field(description="Whose drivers carry them.")
    async def carrier_cooperative(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import cooperative_of

        return await cooperative_of(info, self.row.carrier_cooperative_id)


@strawberry.type(description="A role in a co-op.")
class Office:
    role: Role = strawberry.field(description="Which role.")
    cooperative: CooperativeType | None = strawberry.field(description="In which co-op; null: on the node.")


@strawberry.type
class ViewerMemberships:
    @strawberry.field(description="Your memberships of co-ops, applications included, oldest first.")
    async def memberships(self, info: Info) -> list[Membership]:
        found = await service.memberships_of(signed_in(info.context.actor))
        return [Membership.of(row) for row in found]

    @strawberry.field(description="The roles that you hold in co-ops and on the node.")
    async def offices(self, info: Info) -> list[Office]:
        from schema.cooperatives import cooperative_of

        grants = sorted(
            (grant for grant in info.context.actor.grants if grant.seller_id is None),
            key=lambda grant: (str(grant.cooperative_id), grant.role),
        )
        return [
            Office(
                role=grant.role,
                cooperative=await cooperative_of(info, grant.cooperative_id) if grant.cooperative_id else None,
            )
            for grant in grants
        ]


@strawberry.type
class CooperativeMemberships:
    row: strawberry.Private[rows.Cooperative]

    @strawberry.field(
        description="With whom it carries, and at what share; those in force.", directives=[cost(5, rows=5)]
    )
    async def alliances(self, info: Info) -> list[Alliance]:
        found = await info.context.load(service.alliances_by_cooperative, self.row.pk)
        is_officer = info.context.actor.holds(*OFFICERS, cooperative_id=self.row.pk)
        return [Alliance.of(row) for row in found or [] if is_officer or row.state is AllianceState.AGREED]

    @strawberry.field(
        description="Applications that wait for an officer, oldest first. Officers only.", directives=[LISTED]
    )
    async def applications(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
    ) -> Connection[Membership]:
        page = await service.list_memberships(
            info.context.actor, self.row.pk, state=MembershipState.APPLIED, first=first, after=after
        )
        return connection_of(page, Membership.of, after=after)

    @strawberry.field(description="The register of members, by age. Officers and pengawas only.", directives=[LISTED])
    async def members(
        self,
        info: Info,
        search: Annotated[
            str | None, strawberry.argument(description="Only who has this number, or whose name holds these words.")
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Membership]:
        page = await service.list_memberships(
            info.context.actor, self.row.pk, state=MembershipState.ACTIVE, search=search, first=first, after=after
        )
        return connection_of(page, Membership.of, after=after)


@finds("Membership")
async def find_membership(info: Info, id: UUID) -> Membership | None:
    row = await service.visible_membership(info.context.actor, id)
    return None if row is None else Membership.of(row)


@finds("Alliance")
async def find_alliance(info: Info, id: UUID) -> Alliance | None:
    row = await service.visible_alliance(info.context.actor, id)
    return None if row is None else Alliance.of(row)
