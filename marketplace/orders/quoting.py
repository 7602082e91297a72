"""Giving a quote."""

from uuid import UUID

from marketplace import clock
from marketplace.database import new_id
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders import baskets, pricing, quotes
from marketplace.orders.models import Quote
from marketplace.orders.parts import Drop
from marketplace.orders.placing import OrderRequest, find_drop, price_now
from marketplace.tariffs.routing import Routing


async def quote_order(actor: Actor, *, request: OrderRequest, routing: Routing | None = None) -> Quote:
    """What these lines, or the basket, would cost: each line, each part of the price, and until when it holds.

    Only its asker can use it. Raises what placing would raise, but holds no stock.
    """
    account_id = signed_in(actor)
    basket_id: UUID | None = None
    wanted = list(request.lines)
    if not wanted:
        basket_id, wanted = await baskets.wanted_of(account_id)
    pricing.check_wanted(wanted)
    drop = await find_drop(request, account_id)
    prices = await price_now(wanted, fulfilment=request.fulfilment, drop=drop, tip=request.tip, routing=routing)
    parts = prices.parts
    quote = Quote(
        id=new_id(),
        account_id=account_id,
        basket_id=basket_id,
        fulfilment=request.fulfilment,
        lines=quotes.lines_json(wanted),
        parts=[part.as_json() for part in parts],
        drop=drop_json(drop) if drop else None,
        total=sum(part.total for part in parts),
        expires_at=clock.now() + quotes.QUOTE_LIFE,
    )
    await quote.save(force_create=True)
    return quote


def drop_json(drop: Drop) -> dict[str, object]:
    """A drop as a quote keeps it."""
    return {"lat": drop.lat, "lon": drop.lon, "name": drop.name, "phone": drop.phone, "text": drop.text}
