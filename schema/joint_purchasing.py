"""What is done with a round of joint purchasing: opened, committed to, ordered, received, paid."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from cooperatives.purchasing import service
from cooperatives.purchasing.paying import PartWay
from cooperatives.units.kinds import SupplyWay
from schema.context import Info
from schema.enums import described
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.purchase_rounds import PurchaseCommitment, PurchaseRound
from schema.scalars import Rupiah

described(
    PartWay,
    "How a part of a round is paid to who ran it.",
    {
        "CASH": "At his counter.",
        "TRANSFER": "To his bank account.",
        "SALES": "Out of what he owes a seller of his own of his sales.",
    },
    name="PurchasePartWay",
)

PurchaseRoundResult = Annotated[
    PurchaseRound | Problem,
    strawberry.union("PurchaseRoundResult", description="The round as it now stands, or why not."),
]
PurchaseCommitmentResult = Annotated[
    PurchaseCommitment | Problem,
    strawberry.union("PurchaseCommitmentResult", description="The commitment as it now stands, or why not."),
]


@strawberry.input(description="A wholesale price.")
class PriceTierInput:
    least: int = strawberry.field(description="From so many on, 1 or more.")
    price: Rupiah = strawberry.field(description="What one costs then; never more than with fewer.")


@strawberry.input(description="A round of one thing.")
class OpenPurchaseRoundInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative that runs it.")
    title: str = strawberry.field(description="What is bought, 2 to 160 characters.")
    measure: str = strawberry.field(description="What one of it is, 1 to 40 characters.")
    supplier: str = strawberry.field(description="Of whom, 2 to 120 characters.")
    tiers: list[PriceTierInput] = strawberry.field(description="1 to 10, each from more on and not dearer.")
    closes_at: datetime = strawberry.field(description="Until when commitments are taken, within 90 days.")
    credit_days: int = strawberry.field(description="How long each may wait to pay after receipt, 0 to 365.")
    supplier_days: int = strawberry.field(description="How long the supplier waits for all, 0 to 365.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What one takes of a round: for a unit's item, or for a seller.")
class CommitToPurchaseRoundInput:
    round_id: strawberry.ID = strawberry.field(description="An OPEN PurchaseRound.")
    quantity: int = strawberry.field(description="Replaces what stood; 0 takes it back. At most 1,000,000.")
    item_id: strawberry.ID | None = strawberry.field(default=None, description="The UnitItem that it is bought for.")
    seller_id: strawberry.ID | None = strawberry.field(default=None, description="The Seller that buys.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A round that is closed and ordered.")
class OrderPurchaseRoundInput:
    id: strawberry.ID = strawberry.field(description="An OPEN PurchaseRound.")
    refused: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="PurchaseCommitments that are not taken."
    )


@strawberry.input(description="Which round.")
class CancelPurchaseRoundInput:
    id: strawberry.ID = strawberry.field(description="A PurchaseRound whose goods have not come.")


@strawberry.input(description="What the supplier brought.")
class ReceivePurchaseRoundInput:
    id: strawberry.ID = strawberry.field(description="An ORDERED PurchaseRound.")
    quantity: int = strawberry.field(description="How many came, at most what was ordered.")
    carriage: Rupiah = strawberry.field(description="What it cost to bring them, shared out by quantity.")
    reference: str = strawberry.field(description="His invoice, 1 to 60 characters.")
    received_on: date = strawberry.field(description="When, at most today.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A part that a unit takes into stock.")
class TakePurchaseDeliveryInput:
    id: strawberry.ID = strawberry.field(description="A PurchaseCommitment of a unit, of a RECEIVED round.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Money of one who took part.")
class TakePurchasePartPaymentInput:
    id: strawberry.ID = strawberry.field(description="The PurchaseCommitment.")
    amount: Rupiah = strawberry.field(description="At most what is owed of it.")
    way: PartWay = strawberry.field(description="How it came.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Money for the supplier of a round.")
class PayPurchaseRoundSupplierInput:
    id: strawberry.ID = strawberry.field(description="A RECEIVED PurchaseRound.")
    amount: Rupiah = strawberry.field(description="At most what he is owed.")
    way: SupplyWay = strawberry.field(description="CASH or TRANSFER.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class PurchasingMutation:
    @strawberry.mutation(
        description="An officer opens a round with the supplier's wholesale prices. Fails with NOT_FOUND, FORBIDDEN, "
        "INVALID."
    )
    @intent
    async def open_purchase_round(
        self, info: Info, input: Annotated[OpenPurchaseRoundInput, strawberry.argument(description="The round.")]
    ) -> PurchaseRoundResult:
        row = await service.open_round(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            title=input.title,
            measure=input.measure,
            supplier=input.supplier,
            tiers=[service.Tier(tier.least, int(tier.price)) for tier in input.tiers],
            closes_at=input.closes_at,
            credit_days=input.credit_days,
            supplier_days=input.supplier_days,
            key=input.idempotency_key,
        )
        return PurchaseRound.of(row)

    @strawberry.mutation(
        description="A unit's keeper of any co-op, or a seller, commits to a quantity until the round closes. Fails "
        "with NOT_FOUND, FORBIDDEN, INVALID, WRONG_STATE, EXPIRED."
    )
    @intent
    async def commit_to_purchase_round(
        self, info: Info, input: Annotated[CommitToPurchaseRoundInput, strawberry.argument(description="How many.")]
    ) -> PurchaseCommitmentResult:
        row = await service.commit(
            info.context.actor,
            round_id=from_id("PurchaseRound", input.round_id, "roundId"),
            quantity=input.quantity,
            item_id=None if input.item_id is None else from_id("UnitItem", input.item_id, "itemId"),
            seller_id=None if input.seller_id is None else from_id("Seller", input.seller_id, "sellerId"),
            key=input.idempotency_key,
        )
        return PurchaseCommitment.of(row)

    @strawberry.mutation(
        description="An officer closes a round and orders, at the price of the tier that all together reach. Fails "
        "with NOT_FOUND, FORBIDDEN, INVALID, WRONG_STATE, BELOW_MINIMUM below the first tier."
    )
    @intent
    async def order_purchase_round(
        self, info: Info, input: Annotated[OrderPurchaseRoundInput, strawberry.argument(description="Which.")]
    ) -> PurchaseRoundResult:
        refused = [from_id("PurchaseCommitment", id, f"refused.{place}") for place, id in enumerate(input.refused)]
        row = await service.order_round(
            info.context.actor, round_id=from_id("PurchaseRound", input.id), refused=refused
        )
        return PurchaseRound.of(row)

    @strawberry.mutation(
        description="An officer calls a round off before its goods have come. Fails with NOT_FOUND, FORBIDDEN, "
        "WRONG_STATE."
    )
    @intent
    async def cancel_purchase_round(
        self, info: Info, input: Annotated[CancelPurchaseRoundInput, strawberry.argument(description="Which.")]
    ) -> PurchaseRoundResult:
        row = await service.cancel_round(info.context.actor, round_id=from_id("PurchaseRound", input.id))
        return PurchaseRound.of(row)

    @strawberry.mutation(
        description="An officer has the goods: what came is shared out by what each committed to, carriage by that, "
        "to the rupiah, and owed by the round's day. Fails with NOT_FOUND, FORBIDDEN, INVALID, WRONG_STATE."
    )
    @intent
    async def receive_purchase_round(
        self, info: Info, input: Annotated[ReceivePurchaseRoundInput, strawberry.argument(description="What came.")]
    ) -> PurchaseRoundResult:
        row = await service.receive_round(
            info.context.actor,
            round_id=from_id("PurchaseRound", input.id),
            quantity=input.quantity,
            carriage=int(input.carriage),
            reference=input.reference,
            received_on=input.received_on,
            key=input.idempotency_key,
        )
        return PurchaseRound.of(row)

    @strawberry.mutation(
        description="A unit's keeper takes its part into stock, as an invoice on credit of who ran the round. Fails "
        "with NOT_FOUND, FORBIDDEN, WRONG_STATE, DUPLICATE."
    )
    @intent
    async def take_purchase_delivery(
        self, info: Info, input: Annotated[TakePurchaseDeliveryInput, strawberry.argument(description="Which part.")]
    ) -> PurchaseCommitmentResult:
        row = await service.take_delivery(
            info.context.actor,
            commitment_id=from_id("PurchaseCommitment", input.id),
            key=input.idempotency_key,
        )
        return PurchaseCommitment.of(row)

    @strawberry.mutation(
        description="An officer of who ran the round has money of one who took part. Fails with NOT_FOUND, "
        "FORBIDDEN, INVALID, LIMIT_EXCEEDED beyond what a seller's sales hold."
    )
    @intent
    async def take_purchase_part_payment(
        self, info: Info, input: Annotated[TakePurchasePartPaymentInput, strawberry.argument(description="What.")]
    ) -> PurchaseCommitmentResult:
        row = await service.take_part_payment(
            info.context.actor,
            commitment_id=from_id("PurchaseCommitment", input.id),
            amount=int(input.amount),
            way=input.way,
            key=input.idempotency_key,
        )
        return PurchaseCommitment.of(row)

    @strawberry.mutation(
        description="An officer pays the supplier. Above the threshold it is asked for, and paid when another "
        "officer asks for the same. Fails with NOT_FOUND, FORBIDDEN, INVALID, NEEDS_TWO_OFFICERS for who asked."
    )
    @intent
    async def pay_purchase_round_supplier(
        self, info: Info, input: Annotated[PayPurchaseRoundSupplierInput, strawberry.argument(description="What.")]
    ) -> PurchaseRoundResult:
        row = await service.pay_round_supplier(
            info.context.actor,
            round_id=from_id("PurchaseRound", input.id),
            amount=int(input.amount),
            way=input.way,
            key=input.idempotency_key,
        )
        return PurchaseRound.of(row)
