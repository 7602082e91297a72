"""Settlement between co-ops: what other packages call."""

from cooperatives.settlements.ending import abort_window, declare_default, fail_window
from cooperatives.settlements.groups import create_clearing_group, set_net_debit_cap
from cooperatives.settlements.obligations import (
    NetDebitCapReached,
    group_of,
    join_common_group,
    record_obligation,
    record_obligations,
    require_headroom,
)
from cooperatives.settlements.payments import (
    acknowledge_debt,
    confirm_settlement_payment,
    record_settlement_payment,
)
from cooperatives.settlements.reserving import release, reserve
from cooperatives.settlements.timetable import set_clearing_schedule
from cooperatives.settlements.windows import (
    NeedsTwoOfficers,
    approve_settlement,
    close_window,
)

__all__ = [
    "NeedsTwoOfficers",
    "NetDebitCapReached",
    "abort_window",
    "acknowledge_debt",
    "approve_settlement",
    "close_window",
    "confirm_settlement_payment",
    "create_clearing_group",
    "declare_default",
    "fail_window",
    "group_of",
    "join_common_group",
    "record_obligation",
    "record_obligations",
    "record_settlement_payment",
    "release",
    "require_headroom",
    "reserve",
    "set_clearing_schedule",
    "set_net_debit_cap",
]
