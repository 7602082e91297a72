"""Co-ops. Other nouns add their fields as `CooperativeX` classes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as rows
from cooperatives.membership import service
from cooperatives.membership.models import CooperativeKind, CooperativeLevel
from schema.annual_reports import CooperativeReports
from schema.budgets import CooperativeBudgets
from schema.by_laws import CooperativeByLaws
from schema.cash import CooperativeCash
from schema.claims import CooperativeClaims
from schema.context import Info
from schema.credit_unit import CooperativeCreditUnit
from schema.dispatch_appeals import CooperativeAppeals
from schema.dispatch_policies import CooperativeDispatch
from schema.drivers import CooperativeDrivers
from schema.dues import CooperativeDues
from schema.enums import described
from schema.failures import CooperativeCarryingRules
from schema.hubs import CooperativeHubs
from schema.ids import to_id
from schema.incidents import CooperativeIncidents
from schema.jobs import CooperativeJobs
from schema.leaving import CooperativeDepartures
from schema.ledger import CooperativeBook
from schema.meetings import CooperativeMeetings
from schema.member_groups import CooperativeGroups
from schema.memberships import CooperativeMemberships
from schema.moving import CooperativeMoving
from schema.nodes import Node, finds
from schema.offices import CooperativeOffices
from schema.open_months import CooperativeOpenMonths
from schema.paging import After, Connection, First, connection_of
from schema.payouts import CooperativePayouts
from schema.protection import CooperativeProtection
from schema.purchase_rounds import CooperativePurchasing
from schema.rails import CooperativeRails
from schema.register import CooperativeRegister
from schema.remittances import CooperativeRemittances
from schema.savings import CooperativeSavings
from schema.scalars import BasisPoints
from schema.sellers import CooperativeSellers
from schema.settlements import CooperativeWindows
from schema.sos import CooperativeSos
from schema.surplus import CooperativeSurplus
from schema.takings import CooperativeTakings
from schema.tariffs import CooperativeTariff
from schema.times import CooperativeTimes
from schema.units import CooperativeUnits
from schema.withdrawals import CooperativeWithdrawals

described(
    CooperativeKind,
    "What a co-op's members do.",
    {
        "DRIVER": "They drive: ojek, delivery.",
        "TRADER": "They trade in markets.",
        "FOOD": "They cook and sell food.",
        "LOGISTICS": "They carry and store goods.",
        "MULTI": "Several of these (serba usaha).",
    },
)
described(
    CooperativeLevel,
    "Whether people or co-ops are the members.",
    {"PRIMARY": "Primer: people are its members.", "SECONDARY": "Sekunder: co-ops are its members."},
)


@strawberry.type(description="A koperasi: drivers, traders, food sellers or carriers who own it together.")
class Cooperative(
    CooperativeDispatch,
    CooperativeAppeals,
    CooperativeDrivers,
    CooperativeJobs,
    CooperativeIncidents,
    CooperativeSos,
    CooperativeCarryingRules,
    CooperativeMemberships,
    CooperativeOffices,
    CooperativeByLaws,
    CooperativeMeetings,
    CooperativeGroups,
    CooperativeBook,
    CooperativeWindows,
    CooperativeTariff,
    CooperativeRails,
    CooperativePayouts,
    CooperativeTakings,
    CooperativeCash,
    CooperativeSellers,
    CooperativeCreditUnit,
    CooperativeTimes,
    CooperativeHubs,
    CooperativeDues,
    CooperativeSavings,
    CooperativeSurplus,
    CooperativeUnits,
    CooperativePurchasing,
    CooperativeBudgets,
    CooperativeReports,
    CooperativeOpenMonths,
    CooperativeMoving,
    CooperativeDepartures,
    CooperativeRegister,
    CooperativeWithdrawals,
    CooperativeProtection,
    CooperativeRemittances,
    CooperativeClaims,
    Node,
):
    row: strawberry.Private[rows.Cooperative]
    slug: str = strawberry.field(description="Names the co-op in links: `koperasi-pasar-turi`.")
    code: str = strawberry.field(description="Short, for documents and settlement: `DRV`.")
    name: str = strawberry.field(description="The registered name.")
    kind: CooperativeKind = strawberry.field(description="What its members do.")
    level: CooperativeLevel = strawberry.field(description="Whether people or co-ops are its members.")
    region_code: str = strawberry.field(description="Where it has its seat: a Kemendagri code, `35.78`.")
    registration_number: str | None = strawberry.field(description="NIK Koperasi, where it has one.")
    commission: BasisPoints = strawberry.field(description="Its share of the goods that its sellers sell.")
    carrier_share: BasisPoints = strawberry.field(
        description="Its share of the price of a delivery that its drivers make; the driver has the rest."
    )
    founded_at: datetime = strawberry.field(description="When it came to this node.")
    is_suspended: bool = strawberry.field(description="Whether the node's operator has suspended it.")

    @classmethod
    def of(cls, row: rows.Cooperative) -> "Cooperative":
        return cls(
            id=to_id("Cooperative", row.pk),
            row=row,
            slug=row.slug,
            code=row.code,
            name=row.name,
            kind=row.kind,
            level=row.level,
            region_code=row.region_code,
            registration_number=row.registration_number,
            commission=BasisPoints(row.commission_bp),
            carrier_share=BasisPoints(row.carrier_share_bp),
            founded_at=row.created_at,
            is_suspended=row.suspended_at is not None,
        )


async def cooperative_of(info: Info, id: UUID) -> Cooperative | None:
    """The co-op with this id, loaded together with all others that the request asks for."""
    row = await info.context.load(service.cooperatives_by_id, id)
    return None if row is None else Cooperative.of(row)


@finds("Cooperative")
async def find_cooperative(info: Info, id: UUID) -> Cooperative | None:
    return await cooperative_of(info, id)


@strawberry.type
class CooperativeQuery:
    @strawberry.field(description="The co-op with this slug, or null.")
    async def cooperative(
        self, slug: Annotated[str, strawberry.argument(description="As in its links.")]
    ) -> Cooperative | None:
        row = await service.cooperative_by_slug(slug)
        return None if row is None else Cooperative.of(row)

    @strawberry.field(description="Co-ops of this node, oldest first; suspended ones for the operator alone.")
    async def cooperatives(
        self,
        info: Info,
        kind: Annotated[CooperativeKind | None, strawberry.argument(description="Only of this kind.")] = None,
        region_code: Annotated[
            str | None, strawberry.argument(description="Only in this region or below it: `35.78`.")
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Cooperative]:
        page = await service.list_cooperatives(
            info.context.actor, kind=kind, region_code=region_code, first=first, after=after
        )
        return connection_of(page, Cooperative.of, after=after)
