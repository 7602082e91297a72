"""Over what something can be paid online."""

from collections.abc import Iterable
from uuid import UUID

import strawberry

from catalog import reads as catalog
from marketplace.orders import models as rows
from marketplace.orders import reading
from marketplace.orders.lifecycle import SubOrderState
from marketplace.payments import collecting
from marketplace.payments.gateway import Capabilities, PaymentChannel, PaymentGateway, RefundWay
from schema.context import Info
from schema.costs import RECKONED
from schema.enums import described

described(
    PaymentChannel,
    "Over what a buyer pays online.",
    {
        "SIMULATED": "No real money moves.",
        "CARD": "A card.",
        "QRIS": "A QR code of the national standard, scanned with any bank's or wallet's app.",
        "VIRTUAL_ACCOUNT": "A bank account number made for this payment.",
        "EWALLET": "An e-wallet's own app.",
    },
)
described(
    RefundWay,
    "How money goes back to a buyer.",
    {
        "ORIGINAL": "As it came, by the provider.",
        "TRANSFER": "To a bank account or e-wallet that the buyer names.",
        "CASH": "At the co-op's counter.",
        "SAVINGS": "To the buyer's own voluntary savings, where he is a member of the co-op that owes it.",
    },
)


@strawberry.type(description="What a channel can do.")
class ChannelOffer:
    channel: PaymentChannel = strawberry.field(description="Over what.")
    captures_later: bool = strawberry.field(description="Whether money is held first and taken when all is well.")
    refunds: bool = strawberry.field(description="Whether the provider gives money back as it came.")
    refunds_in_part: bool = strawberry.field(description="Whether it gives back a part.")
    refund_days: int | None = strawberry.field(description="For how many days; null: any time.")
    institutions: list[str] = strawberry.field(description="The banks or wallets to choose from: `bca`, `gopay`.")
    falls_back_to: list[RefundWay] = strawberry.field(description="How money goes back where the provider can't.")

    @classmethod
    def of(cls, channel: PaymentChannel, can: Capabilities) -> "ChannelOffer":
        return cls(
            channel=channel,
            captures_later=can.captures_later,
            refunds=can.refunds,
            refunds_in_part=can.refunds_in_part,
            refund_days=can.refund_window.days if can.refund_window else None,
            institutions=list(can.institutions),
            falls_back_to=list(can.falls_back_to),
        )


def offers_of(gateways: list[PaymentGateway]) -> list[ChannelOffer]:
    """The channels of these gateways, each once."""
    found: dict[PaymentChannel, Capabilities] = {}
    for gateway in gateways:
        for channel, can in gateway.channels.items():
            found.setdefault(channel, can)
    return [ChannelOffer.of(channel, can) for channel, can in found.items()]


async def channels_to(info: Info, seller_ids: Iterable[UUID]) -> list[ChannelOffer]:
    """Over what these shops can be paid online in one payment."""
    found = [await info.context.load(catalog.sellers_by_id, id) for id in seller_ids]
    sellers = [seller for seller in found if seller is not None]
    if not sellers or not all(seller.takes_online for seller in sellers):
        return []
    cooperative_ids = {seller.cooperative_id for seller in sellers}
    return offers_of(await collecting.offered(info.context.adapters.rails, cooperative_ids))


@strawberry.type
class OrderChannels:
    """The part of an Order that tells how it can be paid."""

    row: strawberry.Private[rows.Order]

    @strawberry.field(
        description="Over what its parts that are not paid yet can be paid online, all in one payment. None where "
        "nothing is to be paid, a shop takes no payment online, or its shops' co-ops each collect for themselves. "
        "For the buyer.",
        directives=[RECKONED],
    )
    async def payment_channels(self, info: Info) -> list[ChannelOffer]:
        if info.context.actor.account_id != self.row.buyer_id:
            return []
        parts = await info.context.load(reading.sub_orders_by_order, self.row.id)
        return await channels_to(info, {row.seller_id for row in parts or [] if row.state is SubOrderState.PLACED})
