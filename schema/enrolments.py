"""Protection programmes, and who is in them: members and their families."""

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.protection import models as rows
from cooperatives.protection import reading
from cooperatives.protection.kinds import ProgrammeKind, Relation, Sector
from schema.context import Info
from schema.costs import HISTORY
from schema.dues import member_of
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.scalars import Rupiah, rupiah_or_none

if TYPE_CHECKING:
    from schema.memberships import Membership

MembershipType = Annotated["Membership", strawberry.lazy("schema.memberships")]

described(
    ProgrammeKind,
    "What a programme protects from.",
    {
        "EMPLOYMENT": "BPJS Ketenagakerjaan: JKK and JKM, and JHT for who chooses it.",
        "HEALTH": "BPJS Kesehatan, by class.",
        "ACCIDENT": "Group accident insurance.",
        "VEHICLE": "Group vehicle insurance.",
        "PENSION": "A pension fund (DPLK).",
    },
    name="ProtectionKind",
)
described(
    Sector,
    "By what one lives: the law's discounts go by it.",
    {"TRANSPORT": "Drives for the co-op.", "OTHER": "Anything else."},
    name="ProtectionSector",
)
described(
    Relation,
    "What a dependant is to the member.",
    {"SPOUSE": "Husband or wife.", "CHILD": "A child.", "PARENT": "A parent.", "OTHER": "Another."},
    name="ProtectionRelation",
)


@strawberry.type(description="What a co-op offers its members through one provider.")
class ProtectionProgramme:
    id: strawberry.ID = strawberry.field(description="To enrol in.")
    kind: ProgrammeKind = strawberry.field(description="What it protects from.")
    name: str = strawberry.field(description="As members know it.")
    provider: str = strawberry.field(description="Who insures.")
    number: str = strawberry.field(description="Of the policy, or of the co-op with the provider; may be empty.")
    premium: Rupiah | None = strawberry.field(description="Of insurance: a person a month; else rules say it.")
    alone_monthly: Rupiah | None = strawberry.field(
        description="Of insurance what a person pays who buys it alone; else the fees of paying alone."
    )
    alone_source: str = strawberry.field(description="Who says so, and when.")
    pay_by: int = strawberry.field(description="The day of the month by which members pay.")
    is_retired: bool = strawberry.field(description="Whether it takes no new members.")

    @classmethod
    def of(cls, row: rows.ProtectionProgramme) -> "ProtectionProgramme":
        return cls(
            id=to_id("ProtectionProgramme", row.pk),
            kind=row.kind,
            name=row.name,
            provider=row.provider,
            number=row.number,
            premium=rupiah_or_none(row.premium),
            alone_monthly=rupiah_or_none(row.alone_monthly),
            alone_source=row.alone_source,
            pay_by=row.pay_by,
            is_retired=row.retired_at is not None,
        )


async def programme_of(info: Info, id: UUID) -> ProtectionProgramme | None:
    """The programme behind a row that its reader may see."""
    row = await info.context.load(reading.programmes_by_id, id)
    return None if row is None else ProtectionProgramme.of(row)


@strawberry.type(description="One of a member's family who is covered with him.")
class ProtectionDependant:
    id: strawberry.ID = strawberry.field(description="To end, or to claim for.")
    name: str = strawberry.field(description="As the provider knows him.")
    relation: Relation = strawberry.field(description="What he is to the member.")
    born_on: date = strawberry.field(description="Day of birth.")
    since: date = strawberry.field(description="The first month, by its first day.")
    until: date | None = strawberry.field(description="The last month; null: goes on.")
    participant_number: str = strawberry.field(description="Its end alone: `…4567`; empty while none is known.")

    @classmethod
    def of(cls, row: rows.ProtectionDependant) -> "ProtectionDependant":
        return cls(
            id=to_id("ProtectionDependant", row.pk),
            name=row.name,
            relation=row.relation,
            born_on=row.born_on,
            since=row.since,
            until=row.until,
            participant_number=row.masked,
        )


@strawberry.type(description="A member in a programme.")
class ProtectionEnrolment(Node):
    row: strawberry.Private[rows.ProtectionEnrolment]
    since: date = strawberry.field(description="The first month, by its first day.")
    until: date | None = strawberry.field(description="The last month; null: goes on.")
    sector: Sector = strawberry.field(description="By which discounts go.")
    income: Rupiah = strawberry.field(description="As declared: of EMPLOYMENT.")
    has_old_age: bool = strawberry.field(description="Whether he pays JHT too: of EMPLOYMENT.")
    health_class: int = strawberry.field(description="1, 2 or 3: of HEALTH.")
    contribution: Rupiah = strawberry.field(description="A month, as he chose: of PENSION.")
    participant_number: str = strawberry.field(description="Its end alone: `…4567`; empty while none is known.")

    @classmethod
    def of(cls, row: rows.ProtectionEnrolment) -> "ProtectionEnrolment":
        return cls(
            id=to_id("ProtectionEnrolment", row.pk),
            row=row,
            since=row.since,
            until=row.until,
            sector=row.sector,
            income=Rupiah(row.income),
            has_old_age=row.has_old_age,
            health_class=row.health_class,
            contribution=Rupiah(row.contribution),
            participant_number=row.masked,
        )

    @strawberry.field(description="In which programme.")
    async def programme(self, info: Info) -> ProtectionProgramme | None:
        return await programme_of(info, self.row.programme_id)

    @strawberry.field(description="Whose it is.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)

    @strawberry.field(description="His family in it, at most ten at a time.", directives=[HISTORY])
    async def dependants(self, info: Info) -> list[ProtectionDependant]:
        found = await info.context.load(reading.dependants_by_enrolment, self.row.pk) or []
        return [ProtectionDependant.of(row) for row in found]


@finds("ProtectionEnrolment")
async def find_enrolment(info: Info, id: UUID) -> ProtectionEnrolment | None:
    row = await reading.visible_enrolment(info.context.actor, id)
    return None if row is None else ProtectionEnrolment.of(row)
