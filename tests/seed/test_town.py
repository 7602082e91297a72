"""The seeded town: whole, the same each time, and planted once."""

import pytest

from catalog.models import Listing, ListingState, Seller, SellerState
from cooperatives.membership.models import Alliance, Cooperative, Membership
from marketplace import seed
from marketplace.deliveries.models import Driver, Shift
from marketplace.identity.phones import normalised

pytestmark = pytest.mark.anyio


async def counts() -> tuple[int, ...]:
    models = (Cooperative, Alliance, Membership, Driver, Shift, Seller, Listing)
    return tuple([await model.all().count() for model in models])


async def test_it_stands_whole_and_is_planted_once(db: object) -> None:
    log_ins = await seed.plant()
    planted = await counts()
    assert planted[:2] == (4, 4)
    assert planted[5] >= 100
    assert planted[6] >= 500
    assert await Seller.filter(state__not=SellerState.APPROVED).count() == 0
    assert await Listing.filter(state__not=ListingState.PUBLISHED).count() == 0
    assert await seed.plant() == log_ins
    assert await counts() == planted


async def test_everyone_can_sign_in(db: object) -> None:
    log_ins = await seed.plant()
    assert len({log_in.phone for log_in in log_ins}) == len(log_ins)
    assert [normalised(log_in.phone) for log_in in log_ins] == [log_in.phone for log_in in log_ins]
