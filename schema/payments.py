"""Payments: how an order is paid, and what its payer needs for it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, TypedDict
from uuid import UUID

import strawberry

from marketplace.errors import Code, Invalid
from marketplace.orders import reading as orders
from marketplace.orders.access import may_see
from marketplace.orders.models import PaymentMethod
from marketplace.payments import collecting, direct, finishing, picturing, reading, service, telling
from marketplace.payments import models as rows
from marketplace.payments.gateway import LeadsBack, PaymentChannel
from marketplace.payments.leading_back import leads_back
from marketplace.payments.models import PaymentState
from schema.context import Info
from schema.costs import cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative
    from schema.orders import SubOrder

MOST_PARTS = 20

described(
    PaymentMethod,
    "How the buyer pays.",
    {
        "CASH": "To the driver at the door, or at the seller's counter.",
        "ONLINE": "Through the co-op's account with a payment provider.",
        "DIRECT": "To the seller's own QRIS; the seller says when it has come.",
    },
)
described(
    PaymentState,
    "Where a payment stands.",
    {
        "AGREED": "Cash: will be paid on delivery.",
        "PROCESSING": "The buyer or the gateway has to act: see `instructions` and `explanation`.",
        "AUTHORISED": "Held on the buyer's card; about to be taken, or let go.",
        "SUCCEEDED": "Paid.",
        "FAILED": "Not paid, see `failure`; the order may be paid again until it expires.",
        "SURPLUS": "Paid though the order was paid already: it goes back whole.",
    },
)


@strawberry.type(description="What a buyer needs to pay. What the channel doesn't use is null.")
class PaymentInstructions:
    qr: str | None = strawberry.field(description="QRIS: the text of the code, to draw or to pass to a wallet.")
    qr_picture: str | None = strawberry.field(description="QRIS: the code drawn, as an SVG document.")
    qr_url: str | None = strawberry.field(description="QRIS: the provider's own picture of the code.")
    va_number: str | None = strawberry.field(description="VIRTUAL_ACCOUNT: transfer to this account number.")
    bank: str | None = strawberry.field(description="VIRTUAL_ACCOUNT: at this bank: `bca`.")
    url: str | None = strawberry.field(description="EWALLET, CARD: open it: the wallet's app or the provider's page.")
    client_secret: str | None = strawberry.field(
        description="CARD: for your own card form, with the provider's script."
    )
    publishable_key: str | None = strawberry.field(description="CARD: goes with it.")
    expires_at: datetime | None = strawberry.field(description="Until when it can be paid.")

    @classmethod
    def of(cls, row: rows.Payment | rows.DuesCharge) -> "PaymentInstructions":
        given = row.instructions or {}
        qr = given.get("qr")
        return cls(
            qr=qr,
            qr_picture=picturing.qr_svg(qr) if qr else None,
            qr_url=given.get("qr_url"),
            va_number=given.get("va_number"),
            bank=given.get("bank"),
            url=given.get("url"),
            client_secret=given.get("client_secret"),
            publishable_key=given.get("publishable_key"),
            expires_at=row.expires_at,
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

    @strawberry.field(
        description="Where it stands, what to do now and what of it goes back, in a few sentences for the buyer."
    )
    async def explanation(self, info: Info) -> str:
        back = None
        if self.row.method is PaymentMethod.ONLINE and self.row.finished_at is not None:
            back = await info.context.load(reading.refunds_by_payment, self.row.id)
        parts = await info.context.load(orders.sub_orders_by_order, self.row.order_id)
        is_part = finishing.leaves_others(self.row, parts or [])
        return telling.explain(self.row, info.context.language, back or [], is_part=is_part)

    @strawberry.field(
        description="The order's parts that it pays for, those that you may see; none where it pays a tip.",
        directives=[cost(rows=3)],
    )
    async def sub_orders(self, info: Info) -> list[Annotated["SubOrder", strawberry.lazy("schema.orders")]]:
        from schema.orders import SubOrder  # orders.py builds on this module

        parts = await info.context.load(orders.sub_orders_by_order, self.row.order_id)
        return [
            SubOrder.of(part) for part in parts or [] if self.row.pays(part.id) and may_see(info.context.actor, part)
        ]

    @strawberry.field(description="Over what it is paid; null for cash.")
    def channel(self) -> PaymentChannel | None:
        return PaymentChannel(self.row.channel) if self.row.channel else None

    @strawberry.field(description="What the payer needs to pay; null when there is nothing to do, or for others.")
    def instructions(self, info: Info) -> PaymentInstructions | None:
        is_open = self.row.state in finishing.UNDERWAY and bool(self.row.instructions)
        is_payer = self.row.payer_id == info.context.actor.account_id
        return PaymentInstructions.of(self.row) if is_open and is_payer else None

    @strawberry.field(
        description="The co-op that collects it, also for the order's others; null where each collects for itself."
    )
    async def collected_by(
        self, info: Info
    ) -> Annotated["Cooperative", strawberry.lazy("schema.cooperatives")] | None:
        from schema.cooperatives import cooperative_of  # cooperatives.py builds on this module

        account_id = self.row.account_id
        id = await info.context.load(collecting.collectors_by_account, account_id) if account_id else None
        return await cooperative_of(info, id) if id else None

    @strawberry.field(description="The gateway that was asked; null for cash.")
    def gateway(self) -> str | None:
        return self.row.gateway or None

    @strawberry.field(description="True when the gateway is a simulated one: no real money moved.")
    def is_simulated(self, info: Info) -> bool:
        return bool(self.row.gateway == info.context.adapters.rails.simulated.name)


@strawberry.input(description="Over what to pay online.")
class PayByInput:
    channel: PaymentChannel | None = strawberry.field(
        default=None, description="One of the co-op's `paymentChannels`; null: its first."
    )
    institution: str = strawberry.field(
        default="", description="VIRTUAL_ACCOUNT: the bank (`bca`). EWALLET: the wallet (`gopay`). Else empty."
    )
    return_url: str = strawberry.field(
        default="",
        description="Whereto the provider leads the buyer back: a path of this node or a URL of one of its "
        "`LUMBUNG_CORS_ORIGINS`, with `{orderId}` for the Order's id: `/pesanan/{orderId}`. With it CARD is paid on "
        "the provider's own page, at `instructions.url`; without it by your own form, with `clientSecret`.",
    )


class PaysBy(TypedDict):
    """How services are told what a PayByInput says."""

    channel: PaymentChannel | None
    institution: str
    leads_back: LeadsBack | None


def paying_by(info: Info, by: PayByInput | None) -> PaysBy:
    """What services are asked for; nothing of it where `by` is null. Raises Invalid."""
    by = by or PayByInput()
    settings = info.context.adapters.settings
    back = leads_back(
        by.return_url,
        public_url=settings.public_url,
        origins=settings.cors_origins,
        name_of=lambda order_id: to_id("Order", order_id),
    )
    return PaysBy(channel=by.channel, institution=by.institution, leads_back=back)


@strawberry.input(description="Pay an order that was placed.")
class PayOrderInput:
    order_id: strawberry.ID = strawberry.field(description="The Order.")
    method: PaymentMethod = strawberry.field(description="How.")
    by: PayByInput | None = strawberry.field(
        default=None, description="With ONLINE: over what; null: the co-op's first channel."
    )
    sub_order_ids: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Pay these of its SubOrders alone, up to 20: where each shop's co-op collects for itself, one "
        "payment a co-op. The others are paid by themselves. Null: all that is unpaid.",
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Give up a payment under way, to pay otherwise.")
class CancelPaymentInput:
    payment_id: strawberry.ID = strawberry.field(description="The Payment.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Whether money came to the shop's own QRIS.")
class ConfirmDirectPaymentInput:
    payment_id: strawberry.ID = strawberry.field(description="The Payment.")
    is_received: bool = strawberry.field(description="False: it did not come, and the payment has failed.")
    idempotency_key: str = strawberry.field(description=KEY)


def _parts(ids: list[strawberry.ID] | None) -> list[UUID] | None:
    if ids is not None and not 1 <= len(ids) <= MOST_PARTS:
        raise Invalid.field("subOrderIds", Code.OUT_OF_RANGE, "1 to 20 parts", "1 sampai 20 bagian")
    return None if ids is None else [from_id("SubOrder", id, "subOrderIds") for id in ids]


PaymentResult = Annotated[
    Payment | Problem, strawberry.union("PaymentResult", description="The payment, or why none.")
]


@strawberry.type
class PaymentMutation:
    @strawberry.mutation(
        description="Pay an order, or agree to pay it in cash. Answers the payment as it stands: FAILED is an "
        "answer too. Problems: NOT_FOUND, WRONG_STATE, PAYMENT_METHOD_UNAVAILABLE, CONFLICT (one is under way), "
        "NET_DEBIT_CAP (no carrier may owe the cash: pay online; or no co-op may owe the others their parts: pay "
        "each co-op's by `subOrderIds`, as where PAYMENT_METHOD_UNAVAILABLE says that each collects for itself)."
    )
    @intent
    async def pay_order(self, info: Info, input: PayOrderInput) -> PaymentResult:
        row = await service.pay_order(
            info.context.actor,
            order_id=from_id("Order", input.order_id, "orderId"),
            method=input.method,
            rails=info.context.adapters.rails,
            key=input.idempotency_key,
            **paying_by(info, input.by),
            parts=_parts(input.sub_order_ids),
        )
        return Payment.of(row)

    @strawberry.mutation(
        description="Give up your payment under way: nothing can be paid to it any more, and the order may be paid "
        "otherwise. SUCCEEDED is an answer too: it was paid already. Problems: NOT_FOUND, CONFLICT (the provider "
        "does not answer)."
    )
    @intent
    async def cancel_payment(self, info: Info, input: CancelPaymentInput) -> PaymentResult:
        row = await service.cancel_payment(
            info.context.actor,
            payment_id=from_id("Payment", input.payment_id, "paymentId"),
            rails=info.context.adapters.rails,
            key=input.idempotency_key,
        )
        return Payment.of(row)

    @strawberry.mutation(
        description="The shop says whether a payment has come to its own QRIS; then the order goes on. Problems: "
        "NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def confirm_direct_payment(self, info: Info, input: ConfirmDirectPaymentInput) -> PaymentResult:
        row = await direct.confirm_direct_payment(
            info.context.actor,
            payment_id=from_id("Payment", input.payment_id, "paymentId"),
            is_received=input.is_received,
            key=input.idempotency_key,
        )
        return Payment.of(row)
