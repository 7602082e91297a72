"""Joint purchasing: rounds in which co-ops' units and sellers buy together at the wholesale price."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from catalog import models as catalog_rows
from cooperatives.membership import models as membership_rows
from cooperatives.membership import service as membership
from cooperatives.purchasing import models as rows
from cooperatives.purchasing import reading
from cooperatives.purchasing.access import reads_round
from cooperatives.purchasing.lifecycle import RoundState
from cooperatives.purchasing.sharing import tier_at
from cooperatives.units import reading as units_reading
from schema.context import Info
from schema.costs import LISTED, RECKONED
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative

CooperativeType = Annotated["Cooperative", strawberry.lazy("schema.cooperatives")]

described(
    RoundState,
    "Where a round of joint purchasing stands.",
    {
        "OPEN": "It takes commitments.",
        "ORDERED": "Closed, and ordered of the supplier.",
        "RECEIVED": "The goods came, and each owes his part.",
        "CANCELLED": "Called off before goods came.",
    },
    name="PurchaseRoundState",
)


@strawberry.type(description="A wholesale price: from so many on one costs so much.")
class PriceTier:
    least: int = strawberry.field(description="From so many on, all commitments together.")
    price: Rupiah = strawberry.field(description="What one costs then.")


@strawberry.type(description="One purchase of several together.")
class PurchaseRound(Node):
    row: strawberry.Private[rows.PurchaseRound]
    number: str = strawberry.field(description="Of its co-op: `PB/DRV/2026/0001`.")
    title: str = strawberry.field(description="What is bought.")
    measure: str = strawberry.field(description="What one of it is: `dus isi 24`.")
    supplier: str = strawberry.field(description="Of whom.")
    tiers: list[PriceTier] = strawberry.field(description="His prices by quantity, ascending.")
    closes_at: datetime = strawberry.field(description="Until when commitments are taken.")
    credit_days: int = strawberry.field(description="How long each may wait to pay after receipt (tempo).")
    state: RoundState = strawberry.field(description="Where it stands.")
    ordered: int = strawberry.field(description="How many were ordered; 0 before.")
    price: Rupiah | None = strawberry.field(description="What one costs, once it is ordered.")
    received: int = strawberry.field(description="How many came; 0 before.")
    received_on: date | None = strawberry.field(description="When they came.")

    @classmethod
    def of(cls, row: rows.PurchaseRound) -> "PurchaseRound":
        return cls(
            id=to_id("PurchaseRound", row.pk),
            row=row,
            number=row.number,
            title=row.title,
            measure=row.measure,
            supplier=row.supplier,
            tiers=[PriceTier(least=tier.least, price=Rupiah(tier.price)) for tier in row.prices],
            closes_at=row.closes_at,
            credit_days=row.credit_days,
            state=row.state,
            ordered=row.ordered,
            price=Rupiah(row.price) if row.ordered else None,
            received=row.received,
            received_on=row.received_on,
        )

    @strawberry.field(description="Who runs it.")
    async def cooperative(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import Cooperative

        row = await info.context.load(membership.cooperatives_by_id, self.row.cooperative_id)
        return None if row is None else Cooperative.of(row)

    @strawberry.field(description="How many all together committed to.", directives=[RECKONED])
    async def committed(self, info: Info) -> int:
        return await info.context.load(reading.committed_by_round, self.row.pk) or 0

    @strawberry.field(description="What one would cost if it were ordered now; null below the first tier.")
    async def price_now(self, info: Info) -> Rupiah | None:
        committed = await info.context.load(reading.committed_by_round, self.row.pk) or 0
        tier = tier_at(self.row.prices, committed)
        return None if tier is None else Rupiah(tier.price)

    @strawberry.field(description="What the supplier's invoice says; null but for who runs it, or before it came.")
    async def total(self, info: Info) -> Rupiah | None:
        is_shown = reads_round(info.context.actor, self.row) and self.row.received > 0
        return Rupiah(self.row.total) if is_shown else None

    @strawberry.field(description="What the supplier is still owed; null but for who runs it, or before it came.")
    async def outstanding(self, info: Info) -> Rupiah | None:
        is_shown = reads_round(info.context.actor, self.row) and self.row.received > 0
        return Rupiah(self.row.outstanding) if is_shown else None

    @strawberry.field(
        description="Until when the supplier is to be paid; null but for who runs it, or before the goods came."
    )
    async def due_on(self, info: Info) -> date | None:
        return self.row.due_on if reads_round(info.context.actor, self.row) else None

    @strawberry.field(
        description="What one officer asked to be paid to the supplier and another must agree to, by asking for the "
        "same; 0: nothing; null but for who runs it."
    )
    async def awaited_payment(self, info: Info) -> Rupiah | None:
        return Rupiah(self.row.paying) if reads_round(info.context.actor, self.row) else None

    @strawberry.field(
        description="What each committed to: all of it for who runs the round, else one's own side.",
        directives=[LISTED],
    )
    async def commitments(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Annotated["PurchaseCommitment", strawberry.lazy("schema.purchase_rounds")]]:
        page = await reading.parts_of(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, PurchaseCommitment.of, after=after)


@strawberry.type(description="What one unit or seller takes of a round, and owes for it.")
class PurchaseCommitment(Node):
    row: strawberry.Private[rows.Commitment]
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative whose unit or seller it is.")
    item_id: strawberry.ID | None = strawberry.field(description="The UnitItem that it is for; null: a seller's.")
    seller_id: strawberry.ID | None = strawberry.field(description="The Seller; null: a unit's.")
    quantity: int = strawberry.field(description="What was committed to; 0: taken back.")
    is_refused: bool = strawberry.field(description="Who runs the round did not take it.")
    received: int = strawberry.field(description="What came of it.")
    goods: Rupiah = strawberry.field(description="What that cost.")
    carriage: Rupiah = strawberry.field(description="Its part of the carriage.")
    total: Rupiah = strawberry.field(description="Both together.")
    outstanding: Rupiah = strawberry.field(description="What is still owed of it.")
    due_on: date | None = strawberry.field(description="Until when (tempo).")
    is_taken_in: bool = strawberry.field(description="Whether the unit has it in stock.")

    @classmethod
    def of(cls, row: rows.Commitment) -> "PurchaseCommitment":
        return cls(
            id=to_id("PurchaseCommitment", row.pk),
            row=row,
            cooperative_id=to_id("Cooperative", row.cooperative_id),
            item_id=None if row.item_id is None else to_id("UnitItem", row.item_id),
            seller_id=None if row.seller_id is None else to_id("Seller", row.seller_id),
            quantity=row.quantity,
            is_refused=row.is_refused,
            received=row.received,
            goods=Rupiah(row.goods),
            carriage=Rupiah(row.carriage),
            total=Rupiah(row.total),
            outstanding=Rupiah(row.outstanding),
            due_on=row.due_on,
            is_taken_in=row.purchase_id is not None,
        )

    @strawberry.field(description="Of which round.")
    async def round(self, info: Info) -> PurchaseRound | None:
        row = await info.context.load(reading.rounds_by_id, self.row.round_id)
        return None if row is None else PurchaseRound.of(row)

    @strawberry.field(description="Whose: the unit's item, or the seller, by name.")
    async def party(self, info: Info) -> str:
        if self.row.item_id is not None:
            item = await info.context.load(units_reading.items_by_id, self.row.item_id)
            return item.name if item is not None else ""
        assert self.row.seller_id is not None  # else an item
        seller = await info.context.load(units_reading.sellers_by_id, self.row.seller_id)
        return seller.name if seller is not None else ""

    @strawberry.field(description="In whose co-op.")
    async def cooperative_name(self, info: Info) -> str:
        row = await info.context.load(membership.cooperatives_by_id, self.row.cooperative_id)
        return row.name if row is not None else ""


@strawberry.type
class CooperativePurchasing:
    """Joint purchasing of a co-op; added to `Cooperative`."""

    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="Rounds that it ran, the latest first. Officers, unit managers and pengawas.", directives=[LISTED]
    )
    async def purchase_rounds(self, info: Info, first: First = 20, after: After = None) -> Connection[PurchaseRound]:
        page = await reading.rounds_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, PurchaseRound.of, after=after)

    @strawberry.field(
        description="What its units and sellers committed to, the latest first. Officers, managers and pengawas.",
        directives=[LISTED],
    )
    async def purchase_commitments(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[PurchaseCommitment]:
        page = await reading.commitments_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, PurchaseCommitment.of, after=after)


@strawberry.type
class SellerPurchasing:
    """What a shop took of rounds; added to `Seller`."""

    row: strawberry.Private[catalog_rows.Seller]

    @strawberry.field(
        description="What this shop committed to in joint purchases, the latest first. Who sells there, and "
        "officers, unit managers and pengawas of its co-op.",
        directives=[LISTED],
    )
    async def purchase_commitments(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[PurchaseCommitment]:
        page = await reading.commitments_of_shop(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, PurchaseCommitment.of, after=after)


@strawberry.type
class PurchaseRoundQuery:
    @strawberry.field(
        description="Rounds of all co-ops that take commitments, the latest first. For who is signed in.",
        directives=[LISTED],
    )
    async def open_purchase_rounds(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[PurchaseRound]:
        page = await reading.open_rounds(info.context.actor, first=first, after=after)
        return connection_of(page, PurchaseRound.of, after=after)


@finds("PurchaseRound")
async def find_round(info: Info, id: UUID) -> PurchaseRound | None:
    row = await reading.seen_round(info.context.actor, id)
    return None if row is None else PurchaseRound.of(row)


@finds("PurchaseCommitment")
async def find_commitment(info: Info, id: UUID) -> PurchaseCommitment | None:
    row = await reading.seen_commitment(info.context.actor, id)
    return None if row is None else PurchaseCommitment.of(row)
