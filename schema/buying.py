"""Buying: putting into the basket, asking for a quote, placing."""

from typing import Annotated

import strawberry

from marketplace.orders import addresses, baskets, placing, quoting, reading
from marketplace.orders.lifecycle import Fulfilment
from marketplace.orders.models import PaymentMethod
from marketplace.orders.placing import Customer, OrderRequest
from marketplace.payments import reading as payments_reading
from marketplace.payments import service as payments
from schema.baskets import Address, AddressInput, Basket, OrderLineInput
from schema.context import Context, Info
from schema.ids import from_id
from schema.orders import Order
from schema.payments import PayByInput, paying_by
from schema.problems import KEY, Problem, intent
from schema.quotes import Quote
from schema.scalars import PhoneNumber, Rupiah

TOKEN = "Holds a basket without an account; not needed when signed in."


@strawberry.input(description="Put something into the basket.")
class AddToBasketInput:
    line: OrderLineInput = strawberry.field(description="What.")
    token: str | None = strawberry.field(default=None, description=TOKEN)


@strawberry.input(description="Change a line of the basket.")
class UpdateBasketLineInput:
    line_id: strawberry.ID = strawberry.field(description="The BasketLine.")
    quantity: int = strawberry.field(description="How many; 0 takes it out.")
    note: str | None = strawberry.field(default=None, description="For the seller; null: as it was.")
    token: str | None = strawberry.field(default=None, description=TOKEN)


@strawberry.input(description="Take a line out of the basket.")
class RemoveFromBasketInput:
    line_id: strawberry.ID = strawberry.field(description="The BasketLine.")
    token: str | None = strawberry.field(default=None, description=TOKEN)


@strawberry.input(description="Give a basket that was made without an account to yours.")
class AttachBasketInput:
    token: str = strawberry.field(description="What addToBasket gave.")


@strawberry.input(description="Keep an address.")
class SaveAddressInput:
    address: AddressInput = strawberry.field(description="The address.")
    id: strawberry.ID | None = strawberry.field(default=None, description="The Address to change; null: a new one.")


@strawberry.input(description="Forget an address.")
class RemoveAddressInput:
    id: strawberry.ID = strawberry.field(description="The Address.")


@strawberry.input(description="Who rang, for an order that the shop enters.")
class CustomerInput:
    phone: PhoneNumber = strawberry.field(description="The caller's number.")
    name: str = strawberry.field(description="The caller's name.")


@strawberry.input(description="What an order would cost.")
class QuoteOrderInput:
    lines: list[OrderLineInput] = strawberry.field(
        default_factory=list, description="What; empty: all that is in your basket."
    )
    fulfilment: Fulfilment = strawberry.field(
        default=Fulfilment.DELIVERY, description="How you get it; a service is always a SERVICE."
    )
    address_id: strawberry.ID | None = strawberry.field(default=None, description="One of your addresses.")
    address: AddressInput | None = strawberry.field(default=None, description="Or one given here.")
    tip: Rupiah = strawberry.field(default=Rupiah(0), description="For the driver, all of it.")

    def request(self) -> OrderRequest:
        return OrderRequest(
            lines=tuple(line.wanted() for line in self.lines),
            fulfilment=self.fulfilment,
            address_id=from_id("Address", self.address_id, "addressId") if self.address_id else None,
            place=self.address.place() if self.address else None,
            tip=self.tip,
        )


@strawberry.input(description="Place an order: of a quote, else of these lines, else of all that is in the basket.")
class PlaceOrderInput:
    idempotency_key: str = strawberry.field(description=KEY)
    quote_id: strawberry.ID | None = strawberry.field(
        default=None, description="A quote of yours: lines, address and tip are its own."
    )
    lines: list[OrderLineInput] = strawberry.field(default_factory=list, description="What; without a quote.")
    fulfilment: Fulfilment = strawberry.field(default=Fulfilment.DELIVERY, description="How; without a quote.")
    address_id: strawberry.ID | None = strawberry.field(default=None, description="One of your addresses.")
    address: AddressInput | None = strawberry.field(default=None, description="Or one given here.")
    tip: Rupiah = strawberry.field(default=Rupiah(0), description="For the driver, all of it.")
    note: str = strawberry.field(default="", description="Up to 300 characters.")
    expected_total: Rupiah | None = strawberry.field(
        default=None, description="Refuse with PRICE_CHANGED when it costs otherwise."
    )
    slot_id: strawberry.ID | None = strawberry.field(default=None, description="The ServiceSlot of a service.")
    payment: PaymentMethod | None = strawberry.field(
        default=None, description="Pay in the same go; null: payOrder follows within 15 minutes."
    )
    pay_by: PayByInput | None = strawberry.field(
        default=None, description="With ONLINE: over what; null: the co-op's first channel."
    )

    def request(self) -> OrderRequest:
        return OrderRequest(
            quote_id=from_id("Quote", self.quote_id, "quoteId") if self.quote_id else None,
            lines=tuple(line.wanted() for line in self.lines),
            fulfilment=self.fulfilment,
            address_id=from_id("Address", self.address_id, "addressId") if self.address_id else None,
            place=self.address.place() if self.address else None,
            tip=self.tip,
            note=self.note,
            expected_total=self.expected_total,
            slot_id=from_id("ServiceSlot", self.slot_id, "slotId") if self.slot_id else None,
        )


@strawberry.input(description="The order of someone who rang, entered by the shop's people; it is accepted with it.")
class EnterPhoneOrderInput:
    customer: CustomerInput = strawberry.field(description="Who rang.")
    idempotency_key: str = strawberry.field(description=KEY)
    lines: list[OrderLineInput] = strawberry.field(
        default_factory=list, description="What, all of your shop; without a quote."
    )
    quote_id: strawberry.ID | None = strawberry.field(
        default=None, description="A quote of yours, told to the caller: lines, address and price are its own."
    )
    fulfilment: Fulfilment = strawberry.field(default=Fulfilment.DELIVERY, description="How the caller gets it.")
    address: AddressInput | None = strawberry.field(default=None, description="Where it goes, if it is carried.")
    note: str = strawberry.field(default="", description="Up to 300 characters.")
    slot_id: strawberry.ID | None = strawberry.field(default=None, description="The ServiceSlot of a service.")

    def request(self) -> OrderRequest:
        return OrderRequest(
            quote_id=from_id("Quote", self.quote_id, "quoteId") if self.quote_id else None,
            lines=tuple(line.wanted() for line in self.lines),
            fulfilment=self.fulfilment,
            place=self.address.place() if self.address else None,
            note=self.note,
            slot_id=from_id("ServiceSlot", self.slot_id, "slotId") if self.slot_id else None,
            customer=Customer(self.customer.phone, self.customer.name),
        )


BasketResult = Annotated[Basket | Problem, strawberry.union("BasketResult", description="The basket, or why not.")]
AddressResult = Annotated[
    Address | Problem, strawberry.union("AddressResult", description="The address, or why not.")
]
QuoteResult = Annotated[Quote | Problem, strawberry.union("QuoteResult", description="The quote, or why not.")]
OrderResult = Annotated[Order | Problem, strawberry.union("OrderResult", description="The order, or why not.")]

REFUSALS = "NOT_FOR_SALE, SHOP_CLOSED, OUT_OF_RADIUS, BELOW_MINIMUM, INVALID"


def _placed(context: Context, paid: payments.Paid) -> Order:
    """The order; what was committed with it is not read again for the answer."""
    if paid.sub_orders is not None:
        context.known(reading.sub_orders_by_order, paid.order.id, list(paid.sub_orders))
    if paid.payments is not None:
        context.known(payments_reading.payments_by_order, paid.order.id, list(paid.payments))
    return Order.of(paid.order)


@strawberry.type
class BuyingMutation:
    @strawberry.mutation(description="Put something into the basket, with or without an account.")
    @intent
    async def add_to_basket(self, info: Info, input: AddToBasketInput) -> BasketResult:
        held = await baskets.add_to_basket(info.context.actor, wanted=input.line.wanted(), token=input.token)
        return Basket.of(held.basket, held.token)

    @strawberry.mutation(description="Change how many of a line, or its note.")
    @intent
    async def update_basket_line(self, info: Info, input: UpdateBasketLineInput) -> BasketResult:
        line_id = from_id("BasketLine", input.line_id, "lineId")
        held = await baskets.set_basket_line(
            info.context.actor, line_id=line_id, quantity=input.quantity, note=input.note, token=input.token
        )
        return Basket.of(held.basket)

    @strawberry.mutation(description="Take a line out of the basket.")
    @intent
    async def remove_from_basket(self, info: Info, input: RemoveFromBasketInput) -> BasketResult:
        line_id = from_id("BasketLine", input.line_id, "lineId")
        held = await baskets.set_basket_line(info.context.actor, line_id=line_id, quantity=0, token=input.token)
        return Basket.of(held.basket)

    @strawberry.mutation(description="After log-in: what was in the basket without an account is yours.")
    @intent
    async def attach_basket(self, info: Info, input: AttachBasketInput) -> BasketResult:
        return Basket.of(await baskets.attach_basket(info.context.actor, token=input.token))

    @strawberry.mutation(description="Keep a new address, or change one of yours. At most 30.")
    @intent
    async def save_address(self, info: Info, input: SaveAddressInput) -> AddressResult:
        id = from_id("Address", input.id) if input.id else None
        return Address.of(
            await addresses.save_address(info.context.actor, place=input.address.place(), address_id=id)
        )

    @strawberry.mutation(description="Forget an address; orders placed keep theirs.")
    @intent
    async def remove_address(self, info: Info, input: RemoveAddressInput) -> AddressResult:
        id = from_id("Address", input.id)
        return Address.of(await addresses.remove_address(info.context.actor, address_id=id))

    @strawberry.mutation(description=f"What it would cost, binding for 15 minutes. Problems: {REFUSALS}.")
    @intent
    async def quote_order(self, info: Info, input: QuoteOrderInput) -> QuoteResult:
        row = await quoting.quote_order(
            info.context.actor, request=input.request(), routing=info.context.adapters.routing
        )
        return Quote.of(row)

    @strawberry.mutation(
        description="Place an order: stock is held, each seller gets a sub-order. Problems: "
        f"{REFUSALS}, OUT_OF_STOCK, SLOT_TAKEN, PRICE_CHANGED, EXPIRED (the quote), IDEMPOTENCY_MISMATCH; with "
        "`payment` those of payOrder too."
    )
    @intent
    async def place_order(self, info: Info, input: PlaceOrderInput) -> OrderResult:
        context, request = info.context, input.request()
        if input.payment is None:
            return Order.of(await placing.place_order(context.actor, request=request, key=input.idempotency_key))
        paid = await payments.place_and_pay(
            context.actor,
            request=request,
            method=input.payment,
            rails=context.adapters.rails,
            key=input.idempotency_key,
            **paying_by(info, input.pay_by),
        )
        return _placed(context, paid)

    @strawberry.mutation(
        description="The shop enters the order of someone who rang; it is paid in cash. Tell the caller "
        "`SubOrder.dropoffPin`, which is asked of him. Problems: as placeOrder, FORBIDDEN."
    )
    @intent
    async def enter_phone_order(self, info: Info, input: EnterPhoneOrderInput) -> OrderResult:
        paid = await payments.place_and_pay(
            info.context.actor,
            request=input.request(),
            method=PaymentMethod.CASH,
            rails=info.context.adapters.rails,
            key=input.idempotency_key,
        )
        return _placed(info.context, paid)
