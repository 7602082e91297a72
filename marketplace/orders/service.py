"""Orders: what other packages call."""

from marketplace.orders.access import may_see, sides_of, visible_to
from marketplace.orders.answering import (
    accept_sub_order,
    add_minutes,
    cancel_sub_order,
    decline_sub_order,
    mark_ready,
    start_preparing,
    start_service,
)
from marketplace.orders.placing import Customer, OrderRequest, place_order
from marketplace.orders.quoting import quote_order
from marketplace.orders.reading import (
    find_order,
    find_sub_order,
    history_by_sub_order,
    incoming,
    lines_by_sub_order,
    orders_by_id,
    orders_of,
    sub_orders_by_id,
    sub_orders_by_order,
    sub_orders_of_seller,
)
from marketplace.orders.steps import advance_sub_order, facts

__all__ = [
    "Customer",
    "OrderRequest",
    "accept_sub_order",
    "add_minutes",
    "advance_sub_order",
    "cancel_sub_order",
    "decline_sub_order",
    "facts",
    "find_order",
    "find_sub_order",
    "history_by_sub_order",
    "incoming",
    "lines_by_sub_order",
    "mark_ready",
    "may_see",
    "orders_by_id",
    "orders_of",
    "place_order",
    "quote_order",
    "sides_of",
    "start_preparing",
    "start_service",
    "sub_orders_by_id",
    "sub_orders_by_order",
    "sub_orders_of_seller",
    "visible_to",
]
