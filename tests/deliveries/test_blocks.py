"""Two who shall not meet: who may say so, what follows from it, and that nobody can tell who said it."""

from collections.abc import Awaitable
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from marketplace.deliveries import blocks, reading, service
from marketplace.deliveries.blocks import TooManyBlocks
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.roster.models import BlockSide
from marketplace.errors import Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SURABAYA

pytestmark = pytest.mark.anyio


class Street:
    """A shop, its buyer Ani, and Budi, who has claimed one delivery between them and gave it back."""

    async def build(self) -> "Street":
        self.coop = await stage.cooperative("DRV")
        self.shop, self.owner = await stage.seller(self.coop)
        self.ani = await stage.account("Ani")
        self.buyer = Actor(account_id=self.ani.pk)
        self.driver, self.budi = await stage.on_shift(self.coop, "Budi", job_limit=20)
        self.met = await self.job()
        await service.claim_job(self.budi, job_id=self.met.pk, key="met", dispatch=BOARD)
        await service.give_up_job(self.budi, job_id=self.met.pk, reason="Ban bocor", key="back")
        return self

    async def job(self) -> DeliveryJob:
        return await stage.job_of(await stage.sub_order(self.shop, self.ani))

    async def seen(self, actor: Actor | None = None) -> list[UUID]:
        page = await reading.job_board(
            actor or self.budi, near=SURABAYA, radius_m=10_000, first=20, after=None, dispatch=BOARD
        )
        return [job.pk for job in page.rows]

    async def block(self, who: str) -> Any:
        asked = {"job_id": self.met.pk, "reason": None, "key": f"block {who}"}
        if who == "shop":
            return await blocks.block_driver(self.owner, side=BlockSide.SELLER, **asked)
        if who == "buyer":
            return await blocks.block_driver(self.buyer, side=BlockSide.BUYER, **asked)
        toward = BlockSide.SELLER if who == "driver-shop" else BlockSide.BUYER
        return await blocks.block_customer(self.budi, toward=toward, drop_id=None, **asked)

    def maker(self, who: str) -> Actor:
        return {"shop": self.owner, "buyer": self.buyer}.get(who, self.budi)


@pytest.mark.parametrize("who", ["shop", "buyer", "driver-shop", "driver-buyer"])
async def test_a_blocked_pair_never_meets_until_it_is_lifted(db: object, who: str) -> None:
    street = await Street().build()
    other_driver, other = await stage.on_shift(street.coop, "Siti")
    job = await street.job()
    assert await street.seen() == [street.met.pk, job.pk]
    block = await street.block(who)
    assert block.name == {"shop": "Budi", "buyer": "Budi", "driver-shop": "Warung Bu Sri", "driver-buyer": "Ani"}[who]
    assert (await street.block(who)).pk == block.pk

    assert await street.seen() == []
    assert await street.seen(other) == [street.met.pk, job.pk]
    with pytest.raises(NotFound) as refused:  # the same words as for a job that he may never carry
        await service.claim_job(street.budi, job_id=job.pk, key="again", dispatch=BOARD)
    assert str(refused.value) == str(NotFound("delivery job"))
    assert await reading.find_job(street.budi, job.pk, dispatch=BOARD) is None
    both = [street.driver.pk, other_driver.pk]
    assert await blocks.blocked(both, seller_id=street.shop.pk, buyer_id=street.ani.pk) == {street.driver.pk}
    assert await blocks.blocked_pairs(both, [job.pk]) == {(job.pk, street.driver.pk)}

    for actor in (street.owner, street.buyer, street.budi):
        if actor is not street.maker(who):
            with pytest.raises(NotFound):
                await blocks.lift_block(actor, block_id=block.pk, key="theirs")
    await blocks.lift_block(street.maker(who), block_id=block.pk, key="lift")
    assert await street.seen() == [street.met.pk, job.pk]
    assert await blocks.blocked_pairs(both, [job.pk]) == set()


async def test_each_sees_only_the_blocks_that_he_made(db: object) -> None:
    street = await Street().build()
    for who in ("shop", "buyer", "driver-shop", "driver-buyer"):
        await street.block(who)
    shops = await blocks.blocks_of_seller(street.owner, street.shop.pk, first=9, after=None)
    assert [row.by_side for row in shops.rows] == [BlockSide.SELLER]
    assert (await blocks.blocks_of_seller(street.buyer, street.shop.pk, first=9, after=None)).rows == []
    bought = await blocks.blocks_of_person(street.buyer, first=9, after=None)
    assert [row.by_side for row in bought.rows] == [BlockSide.BUYER]
    driven = await blocks.blocks_of_person(street.budi, first=9, after=None)
    assert [(row.by_side, row.toward) for row in driven.rows] == [
        (BlockSide.DRIVER, BlockSide.BUYER),
        (BlockSide.DRIVER, BlockSide.SELLER),
    ]
    # one lifts his: the other's stands
    await blocks.lift_block(street.buyer, block_id=bought.rows[0].pk, key="lift")
    assert await street.seen() == []


async def test_only_who_has_met_may_block_and_within_a_bound(db: object, monkeypatch: pytest.MonkeyPatch) -> None:
    street = await Street().build()
    fresh = await street.job()
    _, stranger = await stage.on_shift(street.coop, "Joko")
    by_shop = partial(blocks.block_driver, street.owner, job_id=street.met.pk, reason=None)
    by_buyer = partial(blocks.block_driver, street.buyer, job_id=street.met.pk, reason=None, side=BlockSide.BUYER)
    by_budi = partial(blocks.block_customer, street.budi, job_id=street.met.pk, drop_id=None, reason=None)
    tries: list[tuple[Awaitable[Any], type[MarketplaceError]]] = [
        (by_buyer(job_id=fresh.pk, key="nobody has held it"), NotFound),
        (by_buyer(side=BlockSide.SELLER, key="it is not her shop"), NotFound),
        (by_shop(side=BlockSide.DRIVER, key="nobody blocks for another"), NotFound),
        (by_shop(side=BlockSide.SELLER, reason="x" * 301, key="too long"), Invalid),
        (blocks.block_customer(stranger, **by_budi.keywords, toward=BlockSide.SELLER, key="not his"), NotFound),
        (by_budi(toward=BlockSide.DRIVER, key="a colleague"), Invalid),
    ]
    for tried, refusal in tries:
        with pytest.raises(refusal):
            await tried
    monkeypatch.setattr(blocks, "MOST_BLOCKS", 1)
    await street.block("driver-shop")
    with pytest.raises(TooManyBlocks):
        await by_budi(toward=BlockSide.BUYER, key="one too many")


async def test_many_jobs_and_drivers_are_one_statement(db: object) -> None:
    street = await Street().build()
    await street.block("buyer")
    jobs = [(await street.job()).pk for _ in range(8)]
    for number in (1, 8):
        with count_statements() as counted:
            found = await blocks.blocked_pairs([street.driver.pk, street.met.pk], jobs[:number])
        assert (len(found), counted.number) == (number, 1)
    assert await blocks.blocked_pairs([], jobs) == set()
