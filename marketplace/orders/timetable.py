"""What time does to orders: unpaid and unanswered ones expire, delivered ones close."""

from datetime import timedelta
from uuid import UUID

from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.orders.lifecycle import Side, SubOrderEvent, SubOrderState
from marketplace.orders.models import Basket, BasketLine, Quote, SubOrder
from marketplace.orders.steps import advance_sub_order

#: Sub-orders that one sweep takes on; the next sweep goes on.
SWEEP = 200

#: After this long a basket that nobody attached to an account is forgotten.
BASKET_LIFE = timedelta(days=30)

#: What becomes of a sub-order in this state when its time has come.
WHEN_DUE: dict[SubOrderState, tuple[SubOrderEvent, str]] = {
    SubOrderState.PLACED: (SubOrderEvent.EXPIRE, "not paid in time"),
    SubOrderState.PAID: (SubOrderEvent.EXPIRE, "the seller did not answer"),
    SubOrderState.CASH_AGREED: (SubOrderEvent.EXPIRE, "the seller did not answer"),
    SubOrderState.DELIVERED: (SubOrderEvent.CLOSE, ""),
    SubOrderState.RETURNED: (SubOrderEvent.CLOSE, ""),
    SubOrderState.RESOLVED: (SubOrderEvent.CLOSE, ""),
}


async def advance_due(adapters: object = None) -> int:
    """Expire and close what is due; answers how many. Each in its own transaction."""
    due = SubOrder.filter(state__in=list(WHEN_DUE), due_at__lte=clock.now()).order_by("due_at").limit(SWEEP)
    done = 0
    for row in await due:
        done += await _advance(row.id)
    return done


async def _advance(id: UUID) -> bool:
    async with transaction():
        sub_order = await locked_one(SubOrder, id)
        if sub_order is None or sub_order.due_at is None or sub_order.due_at > clock.now():
            return False
        if sub_order.state not in WHEN_DUE:
            return False
        event, reason = WHEN_DUE[sub_order.state]
        await advance_sub_order(sub_order, event, by=None, side=Side.SYSTEM, reason=reason)
        return True


async def forget_quotes(adapters: object = None) -> int:
    """Remove quotes that expired and were never used."""
    found = await Quote.filter(expires_at__lt=clock.now(), used_at__isnull=True).limit(SWEEP)
    return await Quote.filter(id__in=[quote.id for quote in found]).delete() if found else 0


async def forget_baskets(adapters: object = None) -> int:
    """Remove baskets without an account that nobody has touched for 30 days."""
    before = clock.now() - BASKET_LIFE
    found = await Basket.filter(account_id__isnull=True, touched_at__lt=before).limit(SWEEP)
    ids = [basket.id for basket in found]
    if not ids:
        return 0
    async with transaction():
        await BasketLine.filter(basket_id__in=ids).delete()
        return await Basket.filter(id__in=ids, account_id__isnull=True, touched_at__lt=before).delete()
