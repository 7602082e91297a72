"""Protection month by month: what each enrolment costs, what is covered, and the fund that carries it."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.protection import models as rows
from cooperatives.protection import reading, service
from cooperatives.protection.kinds import BillState, Component
from cooperatives.savings.terms import read_cited
from schema.context import Info
from schema.costs import LISTED, RECKONED, cost
from schema.dues import Due, member_of
from schema.enrolments import MembershipType, ProtectionEnrolment, ProtectionProgramme, programme_of
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.rules import Rule
from schema.scalars import Rupiah, rupiah_or_none

described(
    Component,
    "What a line of a bill is for.",
    {
        "JKK": "Accidents at work.",
        "JKM": "Death.",
        "JHT": "Old age.",
        "HEALTH": "Health, by class.",
        "PREMIUM": "Insurance, by the co-op's contract.",
        "PENSION": "Pension, as the member chose.",
    },
    name="ProtectionComponent",
)
described(
    BillState,
    "Where a month's bill stands.",
    {
        "OPEN": "To be paid; the month is not closed.",
        "PAID": "By the member: covered.",
        "CARRIED": "The solidarity fund paid what was missing: covered, and owed back by the due.",
        "LAPSED": "Not paid in time: not covered.",
        "REFUSED": "By the provider: given back.",
    },
    name="ProtectionBillState",
)


@strawberry.type(description="One part of a month's bill.")
class ProtectionLine:
    component: Component = strawberry.field(description="What it is for.")
    full: Rupiah = strawberry.field(description="Without discount.")
    amount: Rupiah = strawberry.field(description="What is paid.")
    rules: list[Rule] = strawberry.field(description="The rules that say so; none where a contract does.")


@strawberry.type(description="What one enrolment costs in one month.")
class ProtectionBill(Node):
    row: strawberry.Private[rows.ProtectionBill]
    month: date = strawberry.field(description="By its first day.")
    persons: int = strawberry.field(description="How many it covers, the member himself among them.")
    full: Rupiah = strawberry.field(description="Without the discounts in force.")
    amount: Rupiah = strawberry.field(description="What is paid.")
    alone: Rupiah | None = strawberry.field(description="What it would cost him alone; null: nobody has said.")
    saved: Rupiah | None = strawberry.field(description="What paying through the co-op saves him.")
    carried: Rupiah = strawberry.field(description="What the solidarity fund paid of it.")
    state: BillState = strawberry.field(description="Where it stands.")
    reason: str = strawberry.field(description="Why the provider refused it; else empty.")
    lines: list[ProtectionLine] = strawberry.field(description="Its parts, with the rules of that month.")

    @classmethod
    def of(cls, row: rows.ProtectionBill) -> "ProtectionBill":
        return cls(
            id=to_id("ProtectionBill", row.pk),
            row=row,
            month=row.month,
            persons=row.persons,
            full=Rupiah(row.full),
            amount=Rupiah(row.amount),
            alone=rupiah_or_none(row.alone),
            saved=rupiah_or_none(None if row.alone is None else row.alone - row.amount),
            carried=Rupiah(row.carried),
            state=row.state,
            reason=row.reason,
            lines=[
                ProtectionLine(
                    component=Component(component),
                    full=Rupiah(full),
                    amount=Rupiah(amount),
                    rules=[Rule.of(read_cited(kept)) for kept in cited],
                )
                for component, full, amount, cited in row.lines
            ],
        )

    @strawberry.field(description="Of which programme.")
    async def programme(self, info: Info) -> ProtectionProgramme | None:
        return await programme_of(info, self.row.programme_id)

    @strawberry.field(description="Whose it is.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)

    @strawberry.field(description="The due by which it is paid.")
    async def due(self, info: Info) -> Due | None:
        row = await info.context.load(reading.dues_by_bill, self.row.pk)
        return None if row is None else Due.of(row)


@strawberry.type(description="A co-op's solidarity fund: pays when a member's month is short, and is owed it back.")
class SolidarityFund:
    held: Rupiah = strawberry.field(description="What it holds.")
    owed_back: Rupiah = strawberry.field(description="What members owe it, of what it paid for them.")


@strawberry.type
class MembershipProtection:
    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(
        description="The programmes that this member is and was in, newest first. Himself and officers.",
        directives=[LISTED],
    )
    async def protection(self, info: Info, first: First = 20, after: After = None) -> Connection[ProtectionEnrolment]:
        page = await service.enrolments_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, ProtectionEnrolment.of, after=after)

    @strawberry.field(
        description="His bills for protection, newest first. Himself and officers.", directives=[LISTED]
    )
    async def protection_bills(
        self, info: Info, first: First = 12, after: After = None
    ) -> Connection[ProtectionBill]:
        page = await service.bills_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, ProtectionBill.of, after=after)

    @strawberry.field(
        description="What paying for protection through the co-op has saved him, over all covered months.",
        directives=[RECKONED],
    )
    async def protection_saved(self, info: Info) -> Rupiah:
        return Rupiah(await info.context.load(service.saved, self.row.pk) or 0)


@strawberry.type
class CooperativeProtection:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="What the co-op offers to protect its members, at most 30; those of it alone.",
        directives=[cost(5, rows=5)],
    )
    async def protection_programmes(self, info: Info) -> list[ProtectionProgramme]:
        found = await service.programmes_of(info.context.actor, self.row.pk)
        return [ProtectionProgramme.of(row) for row in found]

    @strawberry.field(
        description="Members' bills, newest first; of `state: LAPSED` the gaps in cover. Officers, pengawas and "
        "those at the counter.",
        directives=[LISTED],
    )
    async def protection_bills(
        self,
        info: Info,
        programme_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only of this ProtectionProgramme.")
        ] = None,
        month: Annotated[date | None, strawberry.argument(description="Only of the month of this day.")] = None,
        state: Annotated[BillState | None, strawberry.argument(description="Only those that stand so.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ProtectionBill]:
        wanted = service.BillFilter(
            programme_id=None
            if programme_id is None
            else from_id("ProtectionProgramme", programme_id, "programmeId"),
            month=month,
            state=state,
        )
        page = await service.list_bills(info.context.actor, self.row.pk, wanted, first=first, after=after)
        return connection_of(page, ProtectionBill.of, after=after)

    @strawberry.field(description="The co-op's solidarity fund; those of it alone.", directives=[cost(5)])
    async def solidarity_fund(self, info: Info) -> SolidarityFund:
        fund = await service.fund(info.context.actor, self.row.pk)
        return SolidarityFund(held=Rupiah(fund.held), owed_back=Rupiah(fund.owed_back))


@finds("ProtectionBill")
async def find_bill(info: Info, id: UUID) -> ProtectionBill | None:
    row = await reading.visible_bill(info.context.actor, id)
    return None if row is None else ProtectionBill.of(row)
