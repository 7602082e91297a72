"""A co-op's books: what other packages call."""

from cooperatives.books.books import (
    add_account,
    change_account,
    chart_of,
    open_books,
    read_book,
    set_threshold,
)
from cooperatives.books.vouchers import (
    approve_voucher,
    record_voucher,
    refuse_voucher,
    reverse_voucher,
)

__all__ = [
    "add_account",
    "approve_voucher",
    "change_account",
    "chart_of",
    "open_books",
    "read_book",
    "record_voucher",
    "refuse_voucher",
    "reverse_voucher",
    "set_threshold",
]
