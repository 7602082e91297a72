"""A day at noon in Surabaya, and the stage of what members buy with loans."""

from collections.abc import Iterator

import pytest

from cooperatives.loans import service as loans
from marketplace import clock
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import NOON
from tests.cooperatives.units.lender import GOODS, Lender
from tests.cooperatives.units.shop import shop


@pytest.fixture
def noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


@pytest.fixture
async def lender(db: Settings, noon: None) -> Lender:
    made = await shop()
    tyre, oil = await made.item("BAN", 650_000, 600_000), await made.item()
    await made.buy(tyre, 20, 9_000_000)
    await made.buy(oil, 20, 600_000)
    product = await loans.offer_product(made.keeper, cooperative_id=made.id, offer=GOODS, key="product")
    return Lender(made, product, tyre, oil)
