"""Savings: what other packages call."""

from cooperatives.savings.accounts import hold_voluntary, open_savings, promise, require_active
from cooperatives.savings.depositing import break_deposit, place_deposit, set_rollover
from cooperatives.savings.kinds import Rollover, SavingsKind, WithdrawalState, WithdrawalWay
from cooperatives.savings.leaving import settle, settle_savings
from cooperatives.savings.models import (
    InterestCredit,
    SavingsAccount,
    SavingsProduct,
    SavingsStart,
    SavingsWithdrawal,
)
from cooperatives.savings.monthly import bring_up, charge_month, credit_month
from cooperatives.savings.passbook import PassbookLine
from cooperatives.savings.products import open_product, retire_product, set_rate, start_savings
from cooperatives.savings.reading import (
    balances_of,
    capital_days,
    deposit_rates_on,
    interest_of,
    list_savings,
    list_withdrawals,
    products_by_id,
    products_of,
    rates_on,
    read_passbook,
    saved_by,
    savings_of,
    visible_savings,
    withdrawals_of,
)
from cooperatives.savings.saving import deposit_cash, pay_dues, save_from_earnings
from cooperatives.savings.withdrawing import (
    approve_withdrawal,
    end_withdrawal,
    pay_withdrawal,
    request_withdrawal,
)

__all__ = [
    "InterestCredit",
    "PassbookLine",
    "Rollover",
    "SavingsAccount",
    "SavingsKind",
    "SavingsProduct",
    "SavingsStart",
    "SavingsWithdrawal",
    "WithdrawalState",
    "WithdrawalWay",
    "approve_withdrawal",
    "balances_of",
    "break_deposit",
    "bring_up",
    "capital_days",
    "charge_month",
    "credit_month",
    "deposit_cash",
    "deposit_rates_on",
    "end_withdrawal",
    "hold_voluntary",
    "interest_of",
    "list_savings",
    "list_withdrawals",
    "open_product",
    "open_savings",
    "pay_dues",
    "pay_withdrawal",
    "place_deposit",
    "products_by_id",
    "products_of",
    "promise",
    "rates_on",
    "read_passbook",
    "request_withdrawal",
    "require_active",
    "retire_product",
    "save_from_earnings",
    "saved_by",
    "savings_of",
    "set_rate",
    "set_rollover",
    "settle",
    "settle_savings",
    "start_savings",
    "visible_savings",
    "withdrawals_of",
]
