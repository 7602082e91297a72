"""The lines of the statements that SAK EP asks for, and where each account's money flows. Pure.

SAK EP (in force for co-ops from book year 2025 by Permenkop 2/2024 art. 13): neraca, perhitungan hasil usaha,
perubahan ekuitas, arus kas. An account stands on one line; a line belongs to one section of one statement.
"""

from enum import StrEnum
from typing import NamedTuple

from cooperatives.ledger.accounts import AccountType


class CashFlow(StrEnum):
    """In which part of the cash flow statement an account's counter-entries with cash stand."""

    OPERATING = "OPERATING"
    INVESTING = "INVESTING"
    FINANCING = "FINANCING"


class Section(StrEnum):
    """A part of a statement, with a subtotal of its own."""

    CURRENT_ASSETS = "CURRENT_ASSETS"
    FIXED_ASSETS = "FIXED_ASSETS"
    OTHER_ASSETS = "OTHER_ASSETS"
    CURRENT_LIABILITIES = "CURRENT_LIABILITIES"
    LONG_TERM_LIABILITIES = "LONG_TERM_LIABILITIES"
    EQUITY = "EQUITY"
    SERVICE_INCOME = "SERVICE_INCOME"
    COST_OF_SERVICE = "COST_OF_SERVICE"
    OPERATING_EXPENSES = "OPERATING_EXPENSES"
    OTHER_RESULT = "OTHER_RESULT"
    INCOME_TAX = "INCOME_TAX"


class Line(StrEnum):
    """A line of the neraca or of the perhitungan hasil usaha."""

    CASH = "CASH"
    RECEIVABLES = "RECEIVABLES"
    MEMBER_RECEIVABLES = "MEMBER_RECEIVABLES"
    PLATFORM_RECEIVABLES = "PLATFORM_RECEIVABLES"
    INVENTORY = "INVENTORY"
    PREPAID = "PREPAID"
    OTHER_CURRENT_ASSETS = "OTHER_CURRENT_ASSETS"
    FIXED_ASSETS = "FIXED_ASSETS"
    ACCUMULATED_DEPRECIATION = "ACCUMULATED_DEPRECIATION"
    INVESTMENTS = "INVESTMENTS"
    INTANGIBLE_ASSETS = "INTANGIBLE_ASSETS"
    OTHER_ASSETS = "OTHER_ASSETS"
    MEMBER_SAVINGS = "MEMBER_SAVINGS"
    TRADE_PAYABLES = "TRADE_PAYABLES"
    PLATFORM_PAYABLES = "PLATFORM_PAYABLES"
    ACCRUED_EXPENSES = "ACCRUED_EXPENSES"
    TAX_PAYABLE = "TAX_PAYABLE"
    SURPLUS_FUNDS = "SURPLUS_FUNDS"
    SHORT_TERM_LOANS = "SHORT_TERM_LOANS"
    OTHER_CURRENT_LIABILITIES = "OTHER_CURRENT_LIABILITIES"
    LONG_TERM_LOANS = "LONG_TERM_LOANS"
    EMPLOYEE_BENEFITS = "EMPLOYEE_BENEFITS"
    PRINCIPAL_DEPOSITS = "PRINCIPAL_DEPOSITS"
    MANDATORY_DEPOSITS = "MANDATORY_DEPOSITS"
    PARTICIPATION_CAPITAL = "PARTICIPATION_CAPITAL"
    GRANTS = "GRANTS"
    RESERVES = "RESERVES"
    RETAINED_SURPLUS = "RETAINED_SURPLUS"
    OPENING_DIFFERENCE = "OPENING_DIFFERENCE"
    MEMBER_INCOME = "MEMBER_INCOME"
    NON_MEMBER_INCOME = "NON_MEMBER_INCOME"
    COST_OF_SERVICE = "COST_OF_SERVICE"
    BUSINESS_EXPENSES = "BUSINESS_EXPENSES"
    COOPERATIVE_EXPENSES = "COOPERATIVE_EXPENSES"
    OTHER_INCOME = "OTHER_INCOME"
    OTHER_EXPENSES = "OTHER_EXPENSES"
    INCOME_TAX = "INCOME_TAX"


class Stands(NamedTuple):
    """Where a line stands, and how it is called."""

    type: AccountType
    section: Section
    title_id: str
    title_en: str
    cash_flow: CashFlow = CashFlow.OPERATING


_A, _L, _E = AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY
_I, _X = AccountType.INCOME, AccountType.EXPENSE
_INVESTING, _FINANCING = CashFlow.INVESTING, CashFlow.FINANCING
_CURRENT, _OWED = Section.CURRENT_ASSETS, Section.CURRENT_LIABILITIES

LINES: dict[Line, Stands] = {
    Line.CASH: Stands(_A, _CURRENT, "Kas dan setara kas", "Cash and cash equivalents"),
    Line.RECEIVABLES: Stands(_A, _CURRENT, "Piutang usaha", "Trade receivables"),
    Line.MEMBER_RECEIVABLES: Stands(_A, _CURRENT, "Piutang kepada anggota", "Receivables from members"),
    Line.PLATFORM_RECEIVABLES: Stands(
        _A, _CURRENT, "Piutang dari transaksi lokapasar", "Receivables from marketplace transactions"
    ),
    Line.INVENTORY: Stands(_A, _CURRENT, "Persediaan", "Inventories"),
    Line.PREPAID: Stands(_A, _CURRENT, "Beban dibayar di muka", "Prepaid expenses"),
    Line.OTHER_CURRENT_ASSETS: Stands(_A, _CURRENT, "Aset lancar lainnya", "Other current assets"),
    Line.FIXED_ASSETS: Stands(_A, Section.FIXED_ASSETS, "Aset tetap", "Property and equipment", _INVESTING),
    Line.ACCUMULATED_DEPRECIATION: Stands(
        _A, Section.FIXED_ASSETS, "Akumulasi penyusutan", "Accumulated depreciation", _INVESTING
    ),
    Line.INVESTMENTS: Stands(_A, Section.OTHER_ASSETS, "Penyertaan dan investasi", "Investments", _INVESTING),
    Line.INTANGIBLE_ASSETS: Stands(_A, Section.OTHER_ASSETS, "Aset takberwujud", "Intangible assets", _INVESTING),
    Line.OTHER_ASSETS: Stands(_A, Section.OTHER_ASSETS, "Aset lainnya", "Other assets", _INVESTING),
    Line.MEMBER_SAVINGS: Stands(_L, _OWED, "Simpanan anggota", "Members' savings", _FINANCING),
    Line.TRADE_PAYABLES: Stands(_L, _OWED, "Utang usaha", "Trade payables"),
    Line.PLATFORM_PAYABLES: Stands(
        _L, _OWED, "Utang dari transaksi lokapasar", "Payables from marketplace transactions"
    ),
    Line.ACCRUED_EXPENSES: Stands(_L, _OWED, "Beban yang masih harus dibayar", "Accrued expenses"),
    Line.TAX_PAYABLE: Stands(_L, _OWED, "Utang pajak", "Taxes payable"),
    Line.SURPLUS_FUNDS: Stands(_L, _OWED, "Dana-dana pembagian SHU", "Funds from surplus allocation", _FINANCING),
    Line.SHORT_TERM_LOANS: Stands(_L, _OWED, "Pinjaman jangka pendek", "Short-term loans", _FINANCING),
    Line.OTHER_CURRENT_LIABILITIES: Stands(
        _L, _OWED, "Liabilitas jangka pendek lainnya", "Other current liabilities"
    ),
    Line.LONG_TERM_LOANS: Stands(
        _L, Section.LONG_TERM_LIABILITIES, "Pinjaman jangka panjang", "Long-term loans", _FINANCING
    ),
    Line.EMPLOYEE_BENEFITS: Stands(
        _L, Section.LONG_TERM_LIABILITIES, "Liabilitas imbalan kerja", "Employee benefits liability"
    ),
    Line.PRINCIPAL_DEPOSITS: Stands(_E, Section.EQUITY, "Simpanan pokok", "Principal deposits", _FINANCING),
    Line.MANDATORY_DEPOSITS: Stands(_E, Section.EQUITY, "Simpanan wajib", "Mandatory deposits", _FINANCING),
    Line.PARTICIPATION_CAPITAL: Stands(
        _E, Section.EQUITY, "Modal penyertaan dan modal lain", "Participation and other capital", _FINANCING
    ),
    Line.GRANTS: Stands(_E, Section.EQUITY, "Hibah", "Grants", _FINANCING),
    Line.RESERVES: Stands(_E, Section.EQUITY, "Cadangan", "Reserves", _FINANCING),
    Line.RETAINED_SURPLUS: Stands(_E, Section.EQUITY, "Sisa hasil usaha", "Surplus", _FINANCING),
    Line.OPENING_DIFFERENCE: Stands(
        _E, Section.EQUITY, "Selisih saldo awal", "Opening balance difference", _FINANCING
    ),
    Line.MEMBER_INCOME: Stands(
        _I, Section.SERVICE_INCOME, "Pendapatan pelayanan anggota", "Income from services to members"
    ),
    Line.NON_MEMBER_INCOME: Stands(
        _I, Section.SERVICE_INCOME, "Pendapatan dari non-anggota", "Income from non-members"
    ),
    Line.COST_OF_SERVICE: Stands(_X, Section.COST_OF_SERVICE, "Beban pokok", "Cost of services and sales"),
    Line.BUSINESS_EXPENSES: Stands(_X, Section.OPERATING_EXPENSES, "Beban usaha", "Operating expenses"),
    Line.COOPERATIVE_EXPENSES: Stands(_X, Section.OPERATING_EXPENSES, "Beban perkoperasian", "Co-operative expenses"),
    Line.OTHER_INCOME: Stands(_I, Section.OTHER_RESULT, "Pendapatan lain", "Other income"),
    Line.OTHER_EXPENSES: Stands(_X, Section.OTHER_RESULT, "Beban lain", "Other expenses"),
    Line.INCOME_TAX: Stands(_X, Section.INCOME_TAX, "Beban pajak penghasilan", "Income tax expense"),
}
