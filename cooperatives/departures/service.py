"""Departures: what other packages call."""

from cooperatives.departures.dying import claim_for_heir, departures_of, record_death
from cooperatives.departures.expelling import (
    appeal_expulsion,
    call_to_hearing,
    decide_expulsion,
    drop_expulsion,
    expulsions_of,
    record_hearing,
    uphold_expulsion,
    write_defence,
)
from cooperatives.departures.leaving import end_membership, refuse_transfer
from cooperatives.departures.ruling import draft_ruling

__all__ = [
    "appeal_expulsion",
    "call_to_hearing",
    "claim_for_heir",
    "decide_expulsion",
    "departures_of",
    "draft_ruling",
    "drop_expulsion",
    "end_membership",
    "expulsions_of",
    "record_death",
    "record_hearing",
    "refuse_transfer",
    "uphold_expulsion",
    "write_defence",
]
