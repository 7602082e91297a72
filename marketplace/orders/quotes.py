"""Quotes: what an order would cost, binding for its asker until it expires."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from marketplace import clock
from marketplace.database import locked_one
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.orders.lifecycle import Fulfilment
from marketplace.orders.models import Quote
from marketplace.orders.parts import Drop, PricedPart, Wanted
from marketplace.orders.pricing import PriceChanged
from marketplace.tariffs.rules import DeliveryPrice, DistanceSource, line_of

QUOTE_LIFE = timedelta(minutes=15)


class QuoteExpired(MarketplaceError):
    """This quote has expired or was used: ask for a new one."""

    code = Code.EXPIRED
    pesan = "Penawaran ini sudah kedaluwarsa atau terpakai: mintalah yang baru."


def lines_json(wanted: Sequence[Wanted]) -> list[dict[str, Any]]:
    """The lines as a quote keeps them."""
    return [
        {
            "variant_id": str(line.variant_id),
            "quantity": line.quantity,
            "options": [str(id) for id in line.options],
            "note": line.note,
        }
        for line in wanted
    ]


def wanted_from(lines: Sequence[dict[str, Any]]) -> list[Wanted]:
    """The lines that a quote or a basket keeps."""
    return [
        Wanted(UUID(line["variant_id"]), line["quantity"], tuple(map(UUID, line["options"])), line["note"])
        for line in lines
    ]


async def take(quote_id: UUID, account_id: UUID) -> Quote:
    """Use the account's own quote up, in the caller's transaction. Raises NotFound, QuoteExpired."""
    quote = await locked_one(Quote, quote_id)
    if quote is None or quote.account_id != account_id:
        raise NotFound("quote")
    if quote.used_at is not None or quote.expires_at <= clock.now():
        raise QuoteExpired
    quote.used_at = clock.now()
    await quote.save(update_fields=["used_at"])
    return quote


def asked(quote: Quote) -> tuple[list[Wanted], Drop | None, Fulfilment, int]:
    """What the quote was given for: lines, drop, fulfilment and tip."""
    drop = Drop(**quote.drop) if quote.drop else None
    return wanted_from(quote.lines), drop, quote.fulfilment, sum(part["tip"] for part in quote.parts)


def check(quote: Quote, parts: Sequence[PricedPart]) -> None:
    """Raises PriceChanged when goods or packing cost otherwise now than was quoted."""
    quoted = {part["seller_id"]: part for part in quote.parts}
    for part in parts:
        was = quoted.get(str(part.seller.seller_id))
        if was is None or (was["goods"], was["packing"]) != (part.goods, part.packing):
            raise PriceChanged(total=sum(part.total for part in parts))


def deliveries(quote: Quote) -> dict[UUID, DeliveryPrice]:
    """What each seller's delivery was quoted at: it binds, whatever tariff, weather or way say now."""
    return {UUID(part["seller_id"]): _delivery(part) for part in quote.parts if part["delivery_lines"]}


def _delivery(part: dict[str, Any]) -> DeliveryPrice:
    basis = part.get("delivery_basis") or {}
    return DeliveryPrice(
        part["distance_m"],
        tuple(line_of(line) for line in part["delivery_lines"]),
        DistanceSource(basis.get("distance_is", DistanceSource.ESTIMATED)),
        UUID(basis["tariff_id"]) if basis.get("tariff_id") else None,
        tuple(basis.get("zones", ())),
    )
