"""What a co-op took of payments: one by one, and each month by the way it came."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from cooperatives.books.periods import Period, between
from cooperatives.membership import models as membership
from marketplace.orders import reading as orders
from marketplace.payments.takings import models as rows
from marketplace.payments.takings import reading
from marketplace.payments.takings.models import TakingSource, TakingState, TakingWay
from schema.context import Info
from schema.costs import LISTED, cost
from schema.enums import described
from schema.ids import to_id
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative

described(
    TakingSource,
    "What was paid for.",
    {
        "ORDER": "An order, or some of its parts.",
        "TIP": "A tip for the driver, given after the delivery.",
        "DUES": "A member's dues, through a provider.",
    },
)
described(
    TakingWay,
    "How it was paid.",
    {
        "CARD": "By card.",
        "QRIS": "By QRIS, through the provider.",
        "VIRTUAL_ACCOUNT": "To a virtual account.",
        "EWALLET": "From an e-wallet.",
        "SIMULATED": "No real money moved.",
        "CASH": "In cash, at the door or the counter.",
        "DIRECT": "To the shop's own QRIS: the co-op never held it.",
    },
)
described(
    TakingState,
    "What of it has gone back to who paid.",
    {"TAKEN": "Nothing.", "PARTLY_RETURNED": "Some of it.", "RETURNED": "All of it."},
)


@strawberry.type(description="A co-op's part of one payment that was made.")
class Taking:
    row: strawberry.Private[rows.Taking]
    id: strawberry.ID = strawberry.field(description="Names it.")
    taken_at: datetime = strawberry.field(description="When it was booked; of cash when the order was delivered.")
    source: TakingSource = strawberry.field(description="What was paid for.")
    way: TakingWay = strawberry.field(description="How.")
    gateway: str | None = strawberry.field(description="The provider: `midtrans`; null where none was asked.")
    reference: str | None = strawberry.field(description="The provider's own reference.")
    amount: Rupiah = strawberry.field(description="What was paid of what is this co-op's.")
    fee: Rupiah = strawberry.field(description="What the provider kept of it, borne by this co-op.")
    refunded: Rupiah = strawberry.field(description="What of it has gone back, whichever way.")
    net: Rupiah = strawberry.field(description="`amount` less `fee` and `refunded`.")
    state: TakingState = strawberry.field(description="What of it has gone back.")

    @classmethod
    def of(cls, row: rows.Taking) -> "Taking":
        return cls(
            row=row,
            id=to_id("Taking", row.pk),
            taken_at=row.created_at,
            source=row.source,
            way=row.way,
            gateway=row.gateway or None,
            reference=row.reference or None,
            amount=Rupiah(row.amount),
            fee=Rupiah(row.fee),
            refunded=Rupiah(row.refunded),
            net=Rupiah(row.net),
            state=row.state,
        )

    @strawberry.field(description="The order's number; null where dues were paid.")
    async def order_number(self, info: Info) -> str | None:
        id = self.row.order_id
        order = await info.context.load(orders.orders_by_id, id) if id else None
        return order.number if order else None

    @strawberry.field(description="The other co-op whose account with a provider took it; null: this one's own.")
    async def collected_by(
        self, info: Info
    ) -> Annotated["Cooperative", strawberry.lazy("schema.cooperatives")] | None:
        from schema.cooperatives import cooperative_of  # cooperatives.py builds on this module

        id = self.row.collector_id
        return await cooperative_of(info, id) if id else None


@strawberry.type(description="What came one way in one month.")
class TakingMonth:
    month: date = strawberry.field(description="Its first day.")
    way: TakingWay = strawberry.field(description="How it was paid.")
    count: int = strawberry.field(description="How many payments.")
    amount: Rupiah = strawberry.field(description="What was paid.")
    fee: Rupiah = strawberry.field(description="What providers kept.")
    refunded: Rupiah = strawberry.field(description="What of these payments has gone back by now.")
    net: Rupiah = strawberry.field(description="`amount` less `fee` and `refunded`.")

    @classmethod
    def of(cls, found: reading.MonthOfWay) -> "TakingMonth":
        return cls(
            month=found.month,
            way=found.way,
            count=found.count,
            amount=Rupiah(found.amount),
            fee=Rupiah(found.fee),
            refunded=Rupiah(found.refunded),
            net=Rupiah(found.net),
        )


FirstDay = Annotated[date | None, strawberry.argument(name="from", description="From this day on.")]
LastDay = Annotated[date | None, strawberry.argument(description="Until this day, which counts.")]


@strawberry.type
class CooperativeTakings:
    """What a co-op took; added to `Cooperative`."""

    row: strawberry.Private[membership.Cooperative]

    @strawberry.field(
        description="Payments that were made to it, newest first, days being the node's; for its officers and "
        "pengawas. As a file: `/payments/takings.xlsx`.",
        directives=[LISTED],
    )
    async def takings(
        self,
        info: Info,
        from_: FirstDay = None,
        to: LastDay = None,
        way: Annotated[TakingWay | None, strawberry.argument(description="Only what was paid so.")] = None,
        state: Annotated[TakingState | None, strawberry.argument(description="Only what stands so.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Taking]:
        page = await reading.list_takings(
            info.context.actor,
            self.row.pk,
            days=between(from_, to),
            zone=info.context.adapters.settings.zone,
            way=way,
            state=state,
            first=first,
            after=after,
        )
        return connection_of(page, Taking.of, after=after)

    @strawberry.field(
        description="What each month brought by each way, with providers' fees, of up to 24 months; for its officers "
        "and pengawas.",
        directives=[cost(10, rows=24)],
    )
    async def taking_months(
        self,
        info: Info,
        from_: Annotated[date, strawberry.argument(name="from", description="From this day on.")],
        to: Annotated[date, strawberry.argument(description="Until this day, which counts.")],
    ) -> list[TakingMonth]:
        zone = info.context.adapters.settings.zone
        found = await reading.months_of(info.context.actor, self.row.pk, Period(from_, to), zone)
        return [TakingMonth.of(one) for one in found]
