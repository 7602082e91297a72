"""The asset register: what wears out, what each month takes off it, how it leaves."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.books import assets
from cooperatives.books import models as rows
from schema.charts import ChartAccount, chart_account_of
from schema.context import Info
from schema.costs import LISTED
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah
from schema.vouchers import Voucher


@strawberry.type(description="A thing that wears out: written off in equal monthly parts over its life.")
class FixedAsset:
    row: strawberry.Private[rows.FixedAsset]
    id: strawberry.ID = strawberry.field(description="Opaque.")
    name: str = strawberry.field(description="What it is.")
    cost: Rupiah = strawberry.field(description="What it cost.")
    residual: Rupiah = strawberry.field(description="What shall remain of it.")
    life_months: int = strawberry.field(description="Over how many months it wears out.")
    in_use_on: date = strawberry.field(description="When it came into use; that month counts whole.")
    disposed_on: date | None = strawberry.field(description="When it left the co-op.")

    @classmethod
    def of(cls, row: rows.FixedAsset) -> "FixedAsset":
        return cls(
            row=row,
            id=to_id("FixedAsset", row.pk),
            name=row.name,
            cost=Rupiah(row.cost),
            residual=Rupiah(row.residual),
            life_months=row.life_months,
            in_use_on=row.in_use_on,
            disposed_on=row.disposed_on,
        )

    @strawberry.field(description="What was taken off it until now, before the books were opened here too.")
    async def written_off(self, info: Info) -> Rupiah:
        done = await info.context.load(assets.written_off_by_asset, self.row.pk)
        return Rupiah(self.row.written_off_before + (done or 0))

    @strawberry.field(description="The account in which its cost stands.")
    async def account(self, info: Info) -> ChartAccount:
        return await chart_account_of(info, self.row.asset_account_id)


FixedAssetResult = Annotated[
    FixedAsset | Problem, strawberry.union("FixedAssetResult", description="The asset, or why not.")
]
DepreciationResult = Annotated[
    Voucher | Problem, strawberry.union("DepreciationResult", description="The month's memorial, or why not.")
]


@strawberry.input(description="An asset for the register.")
class RegisterAssetInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    name: str = strawberry.field(description="1 to 120 characters.")
    asset_account_id: strawberry.ID = strawberry.field(description="The ChartAccount of its cost.")
    accumulated_account_id: strawberry.ID = strawberry.field(description="That of its accumulated depreciation.")
    expense_account_id: strawberry.ID | None = strawberry.field(
        description="That of the expense; left out: the chart's depreciation.", default=None
    )
    cost: Rupiah = strawberry.field(description="More than zero.")
    residual: Rupiah = strawberry.field(description="What shall remain of it.", default=Rupiah(0))
    life_months: int = strawberry.field(description="1 to 600.")
    in_use_on: date = strawberry.field(description="When it came into use.")
    written_off_before: Rupiah = strawberry.field(
        description="What was taken off it before the books were opened here.", default=Rupiah(0)
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which month's depreciation is booked.")
class DepreciateInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    month: date = strawberry.field(description="Any day of a month that has ended; months left out come too.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="How an asset leaves the co-op.")
class DisposeAssetInput:
    id: strawberry.ID = strawberry.field(description="The FixedAsset.")
    disposed_on: date = strawberry.field(description="On which day.")
    proceeds: Rupiah = strawberry.field(description="What was paid for it; zero: scrapped.", default=Rupiah(0))
    cash_account_id: strawberry.ID | None = strawberry.field(
        description="The ChartAccount into which the money went.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class AccountingAssets:
    row: strawberry.Private[rows.AccountingBook]

    @strawberry.field(description="The asset register, oldest first.", directives=[LISTED])
    async def assets(
        self,
        info: Info,
        first: First = 50,
        after: After = None,
    ) -> Connection[FixedAsset]:
        page = await assets.list_assets(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, FixedAsset.of, after=after)


@strawberry.type
class AssetMutation:
    @strawberry.mutation(description="An officer registers an asset. Fails with INVALID, FORBIDDEN.")
    @intent
    async def register_asset(
        self, info: Info, input: Annotated[RegisterAssetInput, strawberry.argument(description="The asset.")]
    ) -> FixedAssetResult:
        expense = input.expense_account_id
        row = await assets.register_asset(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            name=input.name,
            asset_account_id=from_id("ChartAccount", input.asset_account_id, "assetAccountId"),
            accumulated_account_id=from_id("ChartAccount", input.accumulated_account_id, "accumulatedAccountId"),
            expense_account_id=None if expense is None else from_id("ChartAccount", expense, "expenseAccountId"),
            cost=int(input.cost),
            residual=int(input.residual),
            life_months=input.life_months,
            in_use_on=input.in_use_on,
            written_off_before=int(input.written_off_before),
            key=input.idempotency_key,
        )
        return FixedAsset.of(row)

    @strawberry.mutation(
        description="An officer books what a month takes off all assets. Fails with DUPLICATE when nothing is left, "
        "PERIOD_LOCKED, FORBIDDEN."
    )
    @intent
    async def depreciate(
        self, info: Info, input: Annotated[DepreciateInput, strawberry.argument(description="Which month.")]
    ) -> DepreciationResult:
        row = await assets.depreciate(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            month=input.month,
            key=input.idempotency_key,
        )
        return Voucher.of(row)

    @strawberry.mutation(
        description="An officer sells or scraps an asset: gain or loss is booked. Fails with WRONG_STATE, INVALID, "
        "PERIOD_LOCKED, FORBIDDEN."
    )
    @intent
    async def dispose_asset(
        self, info: Info, input: Annotated[DisposeAssetInput, strawberry.argument(description="How.")]
    ) -> FixedAssetResult:
        cash = input.cash_account_id
        row = await assets.dispose_asset(
            info.context.actor,
            asset_id=from_id("FixedAsset", input.id),
            disposed_on=input.disposed_on,
            proceeds=int(input.proceeds),
            cash_account_id=None if cash is None else from_id("ChartAccount", cash, "cashAccountId"),
            key=input.idempotency_key,
        )
        info.context.forget()
        return FixedAsset.of(row)
