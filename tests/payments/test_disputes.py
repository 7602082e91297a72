"""A dispute decided: what goes back, and in whose book it is borne."""

import pytest

from cooperatives.ledger.service import Purpose
from marketplace import checks
from marketplace.errors import Code, MarketplaceError
from marketplace.orders.lifecycle import NotYours, SubOrderState
from marketplace.orders.models import PaymentMethod
from marketplace.orders.refunds import LiableParty
from marketplace.payments import disputes, explaining, refunding
from marketplace.payments.models import Refund, RefundState
from tests.orders import stage
from tests.payments.test_paying import allies, amount, delivered

pytestmark = pytest.mark.anyio

BORNE = [
    # who is liable, how it was paid, what the seller then has to come, what the co-ops then bear
    (LiableParty.SELLER, PaymentMethod.ONLINE, 37_500, 0, 0),
    (LiableParty.CARRIER, PaymentMethod.ONLINE, 47_500, 0, 10_000),
    (LiableParty.NETWORK, PaymentMethod.ONLINE, 47_500, 10_000, 0),
    (LiableParty.CARRIER, PaymentMethod.CASH, 47_500, 0, 10_000),
]


@pytest.mark.parametrize(("liable", "method", "sellers", "borne_by_a", "borne_by_b"), BORNE)
async def test_a_dispute_is_borne_by_the_liable(
    db: object, liable: LiableParty, method: PaymentMethod, sellers: int, borne_by_a: int, borne_by_b: int
) -> None:
    a, b = await allies()
    shop = await stage.shop(a)
    ani, chair = await stage.buyer(), stage.chair(a)
    _, (row,) = await stage.ordered(ani, (await stage.dish(shop, price=25_000), 2), method=method)
    await delivered(row, b)

    await disputes.dispute_sub_order(ani, sub_order_id=row.id, reason="tumpah", key="d")
    with pytest.raises(NotYours):
        await disputes.resolve_dispute(ani, sub_order_id=row.id, refund=10_000, liable=liable, reason="", key="r")
    for wrong in (-1, 62_001):
        with pytest.raises(MarketplaceError) as refused:
            await disputes.resolve_dispute(
                chair, sub_order_id=row.id, refund=wrong, liable=liable, reason="", key="r"
            )
        assert refused.value.code is Code.INVALID
    row = await disputes.resolve_dispute(
        chair, sub_order_id=row.id, refund=10_000, liable=liable, reason="benar", key="r"
    )

    refund = await Refund.get(sub_order_id=row.id)
    assert [finding async for finding in checks.findings() if finding.rule[0] != "8"] == []
    if method is PaymentMethod.CASH:
        done = await disputes.confirm_refund(chair, refund_id=refund.id, key="c")
        assert await amount(a, Purpose.CASH) == -10_000
    else:
        done = await refunding.finish_refund(refund.id, stage.RAILS)
        assert await amount(a, Purpose.GATEWAY_CLEARING) == 52_000
    assert (row.state, done.state) == (SubOrderState.RESOLVED, RefundState.SUCCEEDED)
    assert await amount(a, Purpose.SELLER_PAYABLE, shop.pk) == sellers
    assert await amount(a, Purpose.REFUND_EXPENSE) == borne_by_a
    assert await amount(b, Purpose.REFUND_EXPENSE) == borne_by_b
    assert await amount(a, Purpose.BUYER_REFUND_PAYABLE, row.id) == 0
    assert sum(share.amount for share in await explaining.split_of(row)) == row.total
    assert [finding async for finding in checks.findings() if finding.rule[0] != "8"] == []
