"""What can be paid out to a shop."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from catalog import reads as catalog
from cooperatives.ledger import service as ledger
from marketplace.payments.payouts import booking
from marketplace.payments.payouts.lifecycle import PayeeKind


async def payable_to_sellers(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """What each shop's co-op owes it and could pay out now, in rupiah. Two statements; no check of who asks."""
    sellers = await catalog.sellers_by_id(ids)
    owed = {id: booking.payable(seller.cooperative_id, PayeeKind.SELLER, id) for id, seller in sellers.items()}
    found = await ledger.balances(owed.values())
    return {id: max(0, found[account].available) for id, account in owed.items()}
