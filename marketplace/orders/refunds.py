"""Who bears it when an order ends early, and what of the money is not given back. Pure.

What was paid and is not kept goes back to the buyer. An order not yet prepared costs nobody anything.
"""

from dataclasses import dataclass
from enum import StrEnum

from marketplace.orders.lifecycle import Side, SubOrderEvent, SubOrderState


class LiableParty(StrEnum):
    """Who bears what an order that went wrong costs."""

    NOBODY = "NOBODY"
    BUYER = "BUYER"
    SELLER = "SELLER"
    CARRIER = "CARRIER"  # the co-op that carries
    NETWORK = "NETWORK"


#: Enders of a delivery that lie with the buyer, by the failure codes of domain.md. CLOSED is said of a drop's door.
BUYERS_FAULTS = frozenset({"NOBODY_HOME", "WRONG_ADDRESS", "REFUSED", "CASH_DISPUTE", "CLOSED"})
#: What nobody could help (keadaan memaksa, KUHPerdata art. 1244 and 1245): each bears his own.
NOBODYS_FAULTS = frozenset({"WEATHER", "UNSAFE"})
#: What makes goods worth nothing although they come back.
SPOILERS = frozenset({"DAMAGED"})


@dataclass(frozen=True, slots=True)
class Ending:
    """How an early end is settled."""

    liable: LiableParty
    keeps_goods: bool = False
    keeps_delivery: bool = False


def ending(
    event: SubOrderEvent,
    before: SubOrderState,
    side: Side,
    *,
    is_unserved: bool = False,
    is_perishable: bool = False,
    failure: str = "",
) -> Ending:
    """The rule for an order that ends by CANCEL, DECLINE, EXPIRE or RETURN.

    The buyer may cancel free until the seller prepares, and always when no driver came; later, goods and
    packing stay with the seller. A delivery that fails by the buyer's doing is paid for, and so is food,
    which can't be sold again. One that fails by the carrier's is not, and its co-op makes good what was lost.
    """
    if event is SubOrderEvent.RETURN:
        return _returned(failure, is_perishable)
    if event is SubOrderEvent.DECLINE:
        return Ending(LiableParty.SELLER)
    if event is SubOrderEvent.EXPIRE:
        return Ending(LiableParty.NOBODY if before is SubOrderState.PLACED else LiableParty.SELLER)
    if side is Side.SELLER:
        return Ending(LiableParty.SELLER)
    if is_unserved:
        return Ending(LiableParty.CARRIER)
    if side is Side.BUYER and before in (
        SubOrderState.PREPARING,
        SubOrderState.READY,
        SubOrderState.IN_SERVICE,
    ):
        return Ending(LiableParty.BUYER, keeps_goods=True)
    return Ending(LiableParty.NOBODY)


def _returned(failure: str, is_perishable: bool) -> Ending:
    if failure in BUYERS_FAULTS:
        return Ending(LiableParty.BUYER, keeps_goods=is_perishable, keeps_delivery=True)
    if failure in NOBODYS_FAULTS:
        return Ending(LiableParty.NOBODY)
    return Ending(LiableParty.CARRIER)


def is_lost(failure: str, is_perishable: bool) -> bool:
    """Whether goods that were brought back can't be sold again: spoilt on the way, or food."""
    return is_perishable or failure in SPOILERS
