"""Units: what other packages call."""

from cooperatives.units.counting import Counted, record_stock_count
from cooperatives.units.financing.quoting import Wanted, ask_to_finance, quote_purchase
from cooperatives.units.items import NewItem, add_item, enter_items, set_item_terms
from cooperatives.units.opening import OpeningStock, enter_opening_stock, take_opening_stock
from cooperatives.units.result import ascribe_voucher, unit_result
from cooperatives.units.returning import take_back_sale
from cooperatives.units.selling import SaleLine, sell
from cooperatives.units.supplying import Bought, add_supplier, pay_supplier, record_purchase
from cooperatives.units.units import close_unit, open_unit, set_unit_terms
from cooperatives.units.workshop.billing import bill_job
from cooperatives.units.workshop.booking import book_job, cancel_job, receive_job
from cooperatives.units.workshop.estimating import answer_estimate, estimate_job

__all__ = [
    "Bought",
    "Counted",
    "NewItem",
    "OpeningStock",
    "SaleLine",
    "Wanted",
    "add_item",
    "add_supplier",
    "answer_estimate",
    "ascribe_voucher",
    "ask_to_finance",
    "bill_job",
    "book_job",
    "cancel_job",
    "close_unit",
    "enter_items",
    "enter_opening_stock",
    "estimate_job",
    "open_unit",
    "pay_supplier",
    "quote_purchase",
    "receive_job",
    "record_purchase",
    "record_stock_count",
    "sell",
    "set_item_terms",
    "set_unit_terms",
    "take_back_sale",
    "take_opening_stock",
    "unit_result",
]
