"""What each leg of a relayed job gets of its fare, and the entries that give it to it. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cooperatives.ledger.between import across
from cooperatives.ledger.service import AccountRef, Entry, Purpose
from marketplace.deliveries.fares import FareSplit, split_fare
from marketplace.money import allocate

KIND = "delivery.relayed"


@dataclass(frozen=True, slots=True)
class Carried:
    """A leg that was carried: its part of the fare in basis points, and whose terms hold."""

    weight: int
    carrier_id: UUID
    driver_id: UUID  # his account
    share_bp: int  # of the fare, to the carrier's co-op
    cut_bp: int  # of that, kept by the carrier's co-op

    def split(self, price: int) -> FareSplit:
        """The leg's price, shared out."""
        return split_fare(price, carrier_share_bp=self.share_bp, carrier_cut_bp=self.cut_bp)


def prices(fare: int, legs: Sequence[Carried]) -> list[int]:
    """Each leg's price; they sum to the fare exactly."""
    return by_weight(fare, [leg.weight for leg in legs])


def by_weight(fare: int, weights: Sequence[int]) -> list[int]:
    """The price of each leg of these weights, whoever carries it; they sum to the fare exactly."""
    parts = allocate(fare, dict(enumerate(weights)))
    return [parts[index] for index in range(len(weights))]


def splits(fare: int, legs: Sequence[Carried]) -> list[FareSplit]:
    """How each leg's price is shared out; all parts sum to the fare exactly."""
    return [leg.split(price) for leg, price in zip(legs, prices(fare, legs), strict=True)]


def due(cooperative_id: UUID, legs: Sequence[Carried], fare: int) -> Mapping[AccountRef, int]:
    """What each account is due of the fare when every leg gets its own: sums to the fare."""
    found: dict[AccountRef, int] = defaultdict(int)
    for leg, parts in zip(legs, splits(fare, legs), strict=True):
        found[AccountRef(cooperative_id, Purpose.DELIVERY_INCOME)] += parts.hosting
        found[AccountRef(leg.carrier_id, Purpose.DELIVERY_INCOME)] += parts.carrier
        found[AccountRef(leg.carrier_id, Purpose.DRIVER_PAYABLE, leg.driver_id)] += parts.driver
    return found


def setting_right(cooperative_id: UUID, legs: Sequence[Carried], fare: int) -> list[Entry]:
    """The last leg's carrier and driver were given all of the fare: what they pass on to the legs before."""
    owed = dict(due(cooperative_id, legs, fare))
    for account, amount in due(cooperative_id, legs[-1:], fare).items():
        owed[account] = owed.get(account, 0) - amount
    return _matched(owed)


def at_expense_of(answering_id: UUID, legs: Sequence[Carried], fare: int, *, unpaid: int) -> list[Entry]:
    """The fare is not paid, by the doing of who had the goods last: his co-op pays the legs done before.

    The last `unpaid` of the legs get nothing, nor does the co-op of the seller for hosting.
    """
    owed: dict[AccountRef, int] = defaultdict(int)
    for leg, parts in list(zip(legs, splits(fare, legs), strict=True))[: len(legs) - unpaid]:
        owed[AccountRef(leg.carrier_id, Purpose.DELIVERY_INCOME)] += parts.carrier
        owed[AccountRef(leg.carrier_id, Purpose.DRIVER_PAYABLE, leg.driver_id)] += parts.driver
    owed[AccountRef(answering_id, Purpose.DELIVERY_EXPENSE)] -= sum(owed.values())
    return _matched(owed)


def _matched(owed: Mapping[AccountRef, int]) -> list[Entry]:
    """Entries by which who has too much gives to who has too little; in a fixed order, sums zero."""
    order = sorted(owed, key=lambda ref: (str(ref.cooperative_id), ref.purpose.value, str(ref.subject_id)))
    givers = [(ref, -owed[ref]) for ref in order if owed[ref] < 0]
    entries: list[Entry] = []
    for taker in order:
        left = owed[taker]
        while left > 0:
            giver, has = givers.pop(0)
            amount = min(left, has)
            entries += across(giver, taker, amount, KIND)
            left -= amount
            if has > amount:
                givers.insert(0, (giver, has - amount))
    return entries
