"""What a failed drop costs, and who bears it: told to the driver before he says that it failed. Pure.

Who is liable stands in `orders.refunds` (decision 063); here it is put into rupiah for one drop. A drop may be tried
again where another moment or another word helps, as often as the co-op's rules say; what can't be mended turns back.
"""

from dataclasses import dataclass
from enum import StrEnum

from marketplace.deliveries.lifecycle import FailureCode
from marketplace.money import share
from marketplace.orders import refunds
from marketplace.orders.lifecycle import Side, SubOrderEvent, SubOrderState
from marketplace.orders.refunds import LiableParty


class Bearer(StrEnum):
    """Out of whose pocket something is paid."""

    NOBODY = "NOBODY"  # it costs nothing, or is not paid
    BUYER = "BUYER"
    SELLER = "SELLER"
    SELLERS_COOPERATIVE = "SELLERS_COOPERATIVE"
    CARRIER = "CARRIER"


#: Failures after which coming again may help.
RETRIABLE = frozenset(FailureCode) - {FailureCode.REFUSED, FailureCode.DAMAGED, FailureCode.ACCIDENT}
#: Failures that say that nobody answered: tries to reach the receiver are their evidence.
UNANSWERED = frozenset({FailureCode.NOBODY_HOME, FailureCode.UNREACHABLE, FailureCode.CLOSED})
#: Failures that lie with him who carries.
CARRIERS_FAULTS = frozenset({FailureCode.DAMAGED, FailureCode.ACCIDENT, FailureCode.VEHICLE})


@dataclass(frozen=True, slots=True)
class DropFacts:
    """What a drop's failure is judged by: rupiah of its ride, how its goods are paid, and the co-op's rules."""

    price: int
    is_order: bool  # else booked alone by its seller
    is_cash: bool
    is_perishable: bool
    is_one_of_several: bool
    failures: int  # until now
    attempts: int  # that the rules allow, the first included
    retry_share_bp: int
    calls_needed: int
    calls_made: int


@dataclass(frozen=True, slots=True)
class FailureTerms:
    """What one code means for one drop, in rupiah."""

    code: FailureCode
    may_retry: bool
    retries_left: int
    retry_pay: int  # to who comes again
    retry_borne_by: Bearer
    ride_pay: int  # what carrying still brings when the goods go back, to be shared by carrier and driver
    ride_borne_by: Bearer
    goods_lost_by: Bearer  # who loses what can't be sold again; NOBODY where it can
    calls_needed: int
    calls_made: int


def terms_of(code: FailureCode, facts: DropFacts) -> FailureTerms:
    """What follows when this drop fails by this code."""
    is_buyers = code.value in refunds.BUYERS_FAULTS
    left = max(facts.attempts - facts.failures - 1, 0) if code in RETRIABLE else 0
    pay = retry_pay(code, facts.price, facts.retry_share_bp) if left else 0
    ride, ride_by = _ride(code, facts)
    return FailureTerms(
        code=code,
        may_retry=left > 0,
        retries_left=left,
        retry_pay=pay,
        retry_borne_by=Bearer.SELLERS_COOPERATIVE if pay else _own_cost(left, is_buyers),
        ride_pay=ride,
        ride_borne_by=ride_by,
        goods_lost_by=_goods(code, facts),
        calls_needed=facts.calls_needed if code in UNANSWERED else 0,
        calls_made=facts.calls_made,
    )


def retry_pay(code: FailureCode, price: int, share_bp: int) -> int:
    """What coming again brings the driver: a part of the drop's price, where it failed by the buyer's doing."""
    return share(price, share_bp) if code in RETRIABLE and code.value in refunds.BUYERS_FAULTS else 0


def _own_cost(left: int, is_buyers: bool) -> Bearer:
    return Bearer.CARRIER if left and not is_buyers else Bearer.NOBODY


def _ride(code: FailureCode, facts: DropFacts) -> tuple[int, Bearer]:
    if not facts.is_order:  # its seller pays for what was carried, unless the drop leaves the price
        is_unpaid = facts.is_one_of_several or code in CARRIERS_FAULTS
        return (0, Bearer.NOBODY) if is_unpaid else (facts.price, Bearer.SELLER)
    ending = _ending(code, facts)
    if not ending.keeps_delivery:
        return 0, Bearer.NOBODY
    return facts.price, Bearer.SELLERS_COOPERATIVE if facts.is_cash else Bearer.BUYER


def _goods(code: FailureCode, facts: DropFacts) -> Bearer:
    if not refunds.is_lost(code.value, facts.is_perishable and facts.is_order):
        return Bearer.NOBODY
    if not facts.is_order:
        return Bearer.CARRIER
    ending = _ending(code, facts)
    if ending.liable is LiableParty.CARRIER:
        return Bearer.CARRIER
    return Bearer.BUYER if ending.keeps_goods and not facts.is_cash else Bearer.SELLER


def _ending(code: FailureCode, facts: DropFacts) -> refunds.Ending:
    return refunds.ending(
        SubOrderEvent.RETURN,
        SubOrderState.COLLECTED,
        Side.DRIVER,
        is_perishable=facts.is_perishable,
        failure=code.value,
    )
