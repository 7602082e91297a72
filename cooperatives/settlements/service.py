"""Settlement between co-ops: what other packages call."""

from cooperatives.settlements.obligations import (
    NetDebitCapReached,
    group_of,
    join_common_group,
    record_obligation,
    require_headroom,
)

__all__ = [
    "NetDebitCapReached",
    "group_of",
    "join_common_group",
    "record_obligation",
    "require_headroom",
]
