"""Payments and splits: what was paid, what went back, and who gets what."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from marketplace.orders.models import PaymentMethod
from marketplace.payments import explaining, service
from marketplace.payments import models as rows
from marketplace.payments.explaining import PartyKind
from marketplace.payments.models import PaymentState, RefundState
from marketplace.rules import Confidence, Unit
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah

described(
    PaymentMethod,
    "How the buyer pays.",
    {"CASH": "To the driver at the door, or at the seller's counter.", "ONLINE": "Through the node's gateway."},
)
described(
    PaymentState,
    "Where a payment stands.",
    {
        "AGREED": "Cash: will be paid on delivery.",
        "PROCESSING": "The gateway has not said yet; ask again.",
        "SUCCEEDED": "Paid.",
        "FAILED": "Not paid, see `failure`; the order may be paid again until it expires.",
    },
)
described(
    RefundState,
    "Where a refund stands.",
    {"PROCESSING": "On its way.", "SUCCEEDED": "The gateway has sent it back."},
)
described(
    PartyKind,
    "Who gets a part of what the buyer pays.",
    {
        "SELLER": "The shop.",
        "SELLER_COOPERATIVE": "The shop's co-op.",
        "CARRIER_COOPERATIVE": "The co-op whose driver carries.",
        "DRIVER": "Who rides; the whole tip is theirs.",
        "NETWORK": "The network of co-ops.",
        "BUYER": "What goes back to the buyer.",
    },
)


described(
    Confidence,
    "How sure the node is that a rule is the law as it stands.",
    {
        "HIGH": "Read in the instrument itself.",
        "MEDIUM": "Reported alike in several places.",
        "LOW": "Reported, or its reach is not settled.",
    },
)
described(
    Unit,
    "In what a rule's value is counted.",
    {
        "COUNT": "A number of things.",
        "BASIS_POINTS": "1/100 of a percent.",
        "RUPIAH": "Whole rupiah.",
        "MONTHS": "Months.",
        "YEARS": "Years.",
        "DAYS": "Days.",
    },
    name="RuleUnit",
)


@strawberry.type(description="A bound that the law sets to a share.")
class LegalCap:
    name: str = strawberry.field(description="Which rule: `platform.commission_cap`.")
    value: int = strawberry.field(description="How much, counted in `unit`.")
    unit: Unit = strawberry.field(description="In what `value` is counted.")
    instrument: str = strawberry.field(description="The law or decree.")
    article: str | None = strawberry.field(description="Its article, where it is known.")
    confidence: Confidence = strawberry.field(description="How sure the node is of it.")
    since: date = strawberry.field(description="Since when the law says so.")
    is_kept: bool = strawberry.field(description="Whether the share keeps within the caps on it, added up.")

    @classmethod
    def of(cls, cap: explaining.LegalCap) -> "LegalCap":
        rule = cap.rule
        return cls(
            name=rule.name,
            value=rule.value,
            unit=rule.unit,
            instrument=rule.instrument,
            article=rule.article or None,
            confidence=rule.confidence,
            since=rule.since,
            is_kept=cap.is_kept,
        )


@strawberry.type(description="What set a share.")
class AppliedRule:
    name: str = strawberry.field(
        description="Which rule: `commission`, `driver_share`, `carrier_share`, `alliance_share`; of a delivery that "
        "came back `failed_ride`, `lost_goods`."
    )
    value: str = strawberry.field(description="Its value in words: `5 %`.")
    instrument: str = strawberry.field(description="Where it is written: a co-op's policy, an agreement, a law.")
    article: str | None = strawberry.field(description="The article, where there is one.")
    since: datetime = strawberry.field(description="Since when it holds for this order.")
    legal_caps: list[LegalCap] = strawberry.field(description="What the law says of the share at most; mostly empty.")


@strawberry.type(description="Someone who gets a part.")
class Party:
    kind: PartyKind = strawberry.field(description="As what.")
    id: strawberry.ID | None = strawberry.field(
        description="A Seller, a Cooperative or an Account; null for the network, or while nobody carries."
    )


PARTY_TYPES = {
    PartyKind.SELLER: "Seller",
    PartyKind.SELLER_COOPERATIVE: "Cooperative",
    PartyKind.CARRIER_COOPERATIVE: "Cooperative",
    PartyKind.DRIVER: "Account",
    PartyKind.BUYER: "Account",
}


@strawberry.type(description="One line of a sub-order's split. The lines sum to its total.")
class Share:
    party: Party = strawberry.field(description="To whom.")
    amount: Rupiah = strawberry.field(description="How much; below zero for what someone bears of a failed delivery.")
    rule: AppliedRule = strawberry.field(description="By which rule.")

    @classmethod
    def of(cls, share: explaining.Share) -> "Share":
        type_name = PARTY_TYPES.get(share.party)
        id = to_id(type_name, share.party_id) if type_name and share.party_id else None
        rule = share.rule
        return cls(
            party=Party(kind=share.party, id=id),
            amount=Rupiah(share.amount),
            rule=AppliedRule(
                name=rule.name,
                value=rule.value,
                instrument=rule.instrument,
                article=rule.article,
                since=rule.since,
                legal_caps=[LegalCap.of(cap) for cap in rule.caps],
            ),
        )


@strawberry.type(description="One attempt to pay an order.")
class Payment(Node):
    row: strawberry.Private[rows.Payment]
    method: PaymentMethod = strawberry.field(description="How.")
    amount: Rupiah = strawberry.field(description="How much.")
    state: PaymentState = strawberry.field(description="Where it stands.")
    failure: str | None = strawberry.field(description="The gateway's code where it FAILED: `INSUFFICIENT_FUNDS`.")
    created_at: datetime = strawberry.field(description="When it was begun.")
    finished_at: datetime | None = strawberry.field(description="When it was paid or failed.")

    @classmethod
    def of(cls, row: rows.Payment) -> "Payment":
        return cls(
            id=to_id("Payment", row.id),
            row=row,
            method=row.method,
            amount=Rupiah(row.amount),
            state=row.state,
            failure=row.failure or None,
            created_at=row.created_at,
            finished_at=row.finished_at,
        )

    @strawberry.field(description="The gateway that was asked; null for cash.")
    def gateway(self) -> str | None:
        return self.row.gateway or None

    @strawberry.field(description="True when the gateway is a simulated one: no real money moved.")
    def is_simulated(self, info: Info) -> bool:
        gateway = info.context.adapters.gateway
        return bool(gateway.is_simulated and self.row.gateway == gateway.name)


@strawberry.type(description="Money that goes back to the buyer.")
class Refund(Node):
    amount: Rupiah = strawberry.field(description="How much.")
    state: RefundState = strawberry.field(description="Where it stands.")
    created_at: datetime = strawberry.field(description="When it was decided.")
    finished_at: datetime | None = strawberry.field(description="When the gateway had sent it.")

    @classmethod
    def of(cls, row: rows.Refund) -> "Refund":
        return cls(
            id=to_id("Refund", row.id),
            amount=Rupiah(row.amount),
            state=row.state,
            created_at=row.created_at,
            finished_at=row.finished_at,
        )


@strawberry.input(description="Pay an order that was placed.")
class PayOrderInput:
    order_id: strawberry.ID = strawberry.field(description="The Order.")
    method: PaymentMethod = strawberry.field(description="How.")
    idempotency_key: str = strawberry.field(description=KEY)


PaymentResult = Annotated[
    Payment | Problem, strawberry.union("PaymentResult", description="The payment, or why none.")
]


@strawberry.type
class PaymentMutation:
    @strawberry.mutation(
        description="Pay an order, or agree to pay it in cash. Answers the payment as it stands: FAILED is an "
        "answer too. Problems: NOT_FOUND, WRONG_STATE, PAYMENT_METHOD_UNAVAILABLE, CONFLICT (one is under way), "
        "NET_DEBIT_CAP (no carrier may owe the cash: pay online)."
    )
    @intent
    async def pay_order(self, info: Info, input: PayOrderInput) -> PaymentResult:
        row = await service.pay_order(
            info.context.actor,
            order_id=from_id("Order", input.order_id, "orderId"),
            method=input.method,
            gateway=info.context.adapters.gateway,
            key=input.idempotency_key,
        )
        return Payment.of(row)
