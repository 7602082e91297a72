"""Joint purchasing: what other packages call."""

from cooperatives.purchasing.committing import commit
from cooperatives.purchasing.paying import PartWay, pay_round_supplier, take_part_payment
from cooperatives.purchasing.receiving import receive_round, take_delivery
from cooperatives.purchasing.rounds import cancel_round, open_round, order_round
from cooperatives.purchasing.sharing import Tier

__all__ = [
    "PartWay",
    "Tier",
    "cancel_round",
    "commit",
    "open_round",
    "order_round",
    "pay_round_supplier",
    "receive_round",
    "take_delivery",
    "take_part_payment",
]
