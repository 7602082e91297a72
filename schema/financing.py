"""What members buy at units with loans of the credit unit: seen from the loan, and from the unit that sells."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.loans.models import Loan as LoanRow
from cooperatives.units import reading as units_reading
from cooperatives.units.financing import reading
from cooperatives.units.financing.models import FinancedPurchase as Row
from cooperatives.units.models import BusinessUnit as BusinessUnitRow
from schema.context import Info
from schema.costs import LISTED
from schema.dues import member_of
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah
from schema.unit_trade import UnitSale, UnitSaleLine, sale_of

if TYPE_CHECKING:
    from schema.memberships import Membership
    from schema.units import BusinessUnit

MembershipType = Annotated["Membership", strawberry.lazy("schema.memberships")]
BusinessUnitType = Annotated["BusinessUnit", strawberry.lazy("schema.units")]


@strawberry.type(description="What a loan pays at a unit of the co-op, as quoted when the member asked for it.")
class FinancedPurchase:
    row: strawberry.Private[Row]
    loan_id: strawberry.ID = strawberry.field(description="The Loan that pays it: to sell it by.")
    total: Rupiah = strawberry.field(description="What it comes to, which is the loan's amount.")
    lines: list[UnitSaleLine] = strawberry.field(description="The goods, or the work and parts of a job.")
    job_card_id: strawberry.ID | None = strawberry.field(description="The JobCard that it pays for; null: goods.")

    @classmethod
    def of(cls, row: Row) -> "FinancedPurchase":
        return cls(
            row=row,
            loan_id=to_id("Loan", row.pk),
            total=Rupiah(row.total),
            lines=[UnitSaleLine.of(line) for line in row.lines],
            job_card_id=None if row.job_id is None else to_id("JobCard", row.job_id),
        )

    @strawberry.field(description="Where it is bought.")
    async def unit(self, info: Info) -> BusinessUnitType:
        from schema.units import BusinessUnit  # which shows what units wait to sell

        row = await info.context.load(units_reading.units_by_id, self.row.unit_id)
        assert row is not None  # a unit is never removed
        return BusinessUnit.of(row)

    @strawberry.field(description="The member who buys.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)

    @strawberry.field(description="The sale that it became; null: not sold yet.")
    async def sale(self, info: Info) -> UnitSale | None:
        return None if self.row.sale_id is None else await sale_of(info, self.row.sale_id)


@strawberry.type
class LoanPurchase:
    """What a loan bought; added to `Loan`."""

    row: strawberry.Private[LoanRow]

    @strawberry.field(description="What it pays at a unit of the co-op; null: its money goes to the member.")
    async def purchase(self, info: Info) -> FinancedPurchase | None:
        row = await info.context.load(reading.purchases_by_loan, self.row.pk)
        return None if row is None else FinancedPurchase.of(row)


@strawberry.type
class UnitFinancing:
    """What waits to be sold on a loan; added to `BusinessUnit`."""

    row: strawberry.Private[BusinessUnitRow]

    @strawberry.field(
        description="What approved loans are to pay here and was not sold yet, the latest first. Officers, unit "
        "managers and pengawas.",
        directives=[LISTED],
    )
    async def awaited_purchases(
        self,
        info: Info,
        membership_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only what this Membership buys.")
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[FinancedPurchase]:
        member: UUID | None = None
        if membership_id is not None:
            member = from_id("Membership", membership_id, "membershipId")
        page = await reading.list_awaited(
            info.context.actor, self.row.pk, membership_id=member, first=first, after=after
        )
        return connection_of(page, FinancedPurchase.of, after=after)
