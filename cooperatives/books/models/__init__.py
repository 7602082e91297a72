"""Rows of the books: a book and its chart, vouchers, months, what banks say, cash counted, assets."""

from cooperatives.books.models.assets import Depreciation, FixedAsset
from cooperatives.books.models.bank_statements import (
    BankLine,
    BankMatch,
    BankStatement,
    BankTemplate,
    MatchedEntry,
)
from cooperatives.books.models.books import AccountingBook, ChartAccount
from cooperatives.books.models.cash_counts import CashCount
from cooperatives.books.models.months import LockedMonth, MonthTotal
from cooperatives.books.models.recurring import RecurringVoucher
from cooperatives.books.models.vouchers import Voucher, VoucherAttachment, VoucherLine, VoucherSource, VoucherState

__all__ = [
    "AccountingBook",
    "BankLine",
    "BankMatch",
    "BankStatement",
    "BankTemplate",
    "CashCount",
    "ChartAccount",
    "Depreciation",
    "FixedAsset",
    "LockedMonth",
    "MatchedEntry",
    "MonthTotal",
    "RecurringVoucher",
    "Voucher",
    "VoucherAttachment",
    "VoucherLine",
    "VoucherSource",
    "VoucherState",
]
