"""Who shall not meet: a driver and a seller, or a driver and a buyer, by the wish of either.

The wish is private. Nobody is told who blocked whom: a job that the two would meet by is, for the driver, none.
Whom one may block one has met: each names the other by a job that they shared.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tortoise.models import Model

from catalog.models import Seller
from marketplace import clock
from marketplace.batches import execute_among
from marketplace.database import as_uuid, locked_one, transaction
from marketplace.deliveries.drivers import carrying_driver
from marketplace.deliveries.models import DeliveryJob, Driver, Drop, JobStateChange
from marketplace.deliveries.roster.models import BlockSide, PartyBlock
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, Role, signed_in
from marketplace.identity.models import Account
from marketplace.paging import Page, page_by_id

#: Others that one person or one shop may block at once.
MOST_BLOCKS = 100
REASON_LENGTH = 300
SELLING = (Role.SELLER_OWNER, Role.SELLER_STAFF)
_MAKERS: dict[BlockSide, type[Model]] = {
    BlockSide.DRIVER: Driver,
    BlockSide.SELLER: Seller,
    BlockSide.BUYER: Account,
}


class TooManyBlocks(MarketplaceError):
    """You block {limit} others already: lift one first."""

    code = Code.TOO_MANY
    pesan = "Anda sudah memblokir {limit} pihak: cabut satu dahulu."


async def blocked(driver_ids: Iterable[UUID], *, seller_id: UUID, buyer_id: UUID | None) -> set[UUID]:
    """Those of the drivers who shall not meet this seller or this buyer. One statement."""
    parties = [id for id in (seller_id, buyer_id) if id is not None]
    found = PartyBlock.filter(driver_id__in=list(driver_ids), party_id__in=parties, lifted_at=None)
    return {as_uuid(id) for id in await found.values_list("driver_id", flat=True)}


async def blocked_pairs(driver_ids: Iterable[UUID], job_ids: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """(job, driver) of all these that shall not come together, by seller or receiver. One statement."""
    drivers = set(driver_ids)
    return {pair for pair in await blocked_from(job_ids) if pair[1] in drivers} if drivers else set()


async def blocked_from(job_ids: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """(job, driver) of these jobs and every driver who shall not come to one. One statement."""
    return {(as_uuid(row["job"]), as_uuid(row["driver"])) for row in await execute_among(_BLOCKED, job_ids)}


_BLOCKED = """
SELECT j."id" AS job, b."driver_id" AS driver FROM "delivery_job" j
  JOIN "party_block" b ON b."party_id" = j."seller_id" WHERE j."id" {among} AND b."lifted_at" IS NULL
UNION SELECT d."job_id", b."driver_id" FROM "delivery_drop" d
  JOIN "party_block" b ON b."party_id" = d."receiver_id" WHERE d."job_id" {among} AND b."lifted_at" IS NULL"""


def unblocked_sql(driver: str) -> str:
    """A condition on `delivery_job` that holds where the driver, a place-holder, is to meet nobody he shall not.

    For a statement that lists jobs before one driver; the place-holder stands in it once.
    """
    return (
        f'NOT EXISTS (SELECT 1 FROM "party_block" b WHERE b."driver_id" = {driver} AND b."lifted_at" IS NULL'
        ' AND (b."party_id" = "delivery_job"."seller_id" OR EXISTS (SELECT 1 FROM "delivery_drop" d'
        ' WHERE d."job_id" = "delivery_job"."id" AND d."receiver_id" = b."party_id")))'
    )


async def block_driver(actor: Actor, *, job_id: UUID, side: BlockSide, reason: str | None, key: str) -> PartyBlock:
    """A shop, or a buyer, wants to meet the driver of this job no more. What he carries now he still brings.

    `side` is for whom the actor speaks. Raises NotFound, TooManyBlocks, Invalid.
    """
    reason = _reason(reason)
    account_id = signed_in(actor)
    job = await DeliveryJob.get_or_none(pk=job_id)
    if job is None or not await _is_party(actor, job, side):
        raise NotFound("delivery job")
    driver = await _driver_of(job)
    if driver is None or driver.account_id == account_id:
        raise NotFound("driver")
    maker_id = job.seller_id if side is BlockSide.SELLER else account_id
    block = PartyBlock(
        driver_id=driver.pk,
        party_id=maker_id,
        by_side=side,
        toward=BlockSide.DRIVER,
        maker_id=maker_id,
        name=driver.name,
        reason=reason,
    )
    return await _lay(account_id, "blockDriver", key, [job_id, side, reason], block)


async def block_customer(
    actor: Actor, *, job_id: UUID, toward: BlockSide, drop_id: UUID | None, reason: str | None, key: str
) -> PartyBlock:
    """A driver wants no more jobs of this shop, or for this receiver, whom a job of his led to.

    `drop_id` may be left out where there is one drop. Raises NotADriver, NotFound, TooManyBlocks, Invalid.
    """
    reason = _reason(reason)
    if toward is BlockSide.DRIVER:
        raise Invalid.field("toward", Code.INVALID, "SELLER or BUYER", "SELLER atau BUYER")
    driver = await carrying_driver(actor)
    job = await DeliveryJob.get_or_none(pk=job_id)
    if job is None or not await JobStateChange.exists(job_id=job_id, holder_id=driver.pk):
        raise NotFound("delivery job")
    party_id, name = job.seller_id, job.pickup_name
    if toward is BlockSide.BUYER:
        drops = [drop for drop in await Drop.filter(job_id=job_id) if drop_id in (None, drop.pk)]
        receiver_id = drops[0].receiver_id if len(drops) == 1 else None
        if receiver_id is None:
            raise NotFound("receiver with an account")
        party_id, name = receiver_id, drops[0].receiver_name
    block = PartyBlock(
        driver_id=driver.pk,
        party_id=party_id,
        by_side=BlockSide.DRIVER,
        toward=toward,
        maker_id=driver.pk,
        name=name,
        reason=reason,
    )
    return await _lay(driver.account_id, "blockCustomer", key, [job_id, toward, drop_id, reason], block)


async def lift_block(actor: Actor, *, block_id: UUID, key: str) -> PartyBlock:
    """Let the two meet again, as far as the one who blocked goes. Raises NotFound."""
    account_id = signed_in(actor)
    async with transaction():
        block = await locked_one(PartyBlock, block_id)
        if block is None or not await _made(actor, block):
            raise NotFound("block")
        if await once(account_id, "liftBlock", key, [block_id], block_id) is None and block.lifted_at is None:
            block.lifted_at = clock.now()
            await block.save(update_fields=["lifted_at"])
        return block


async def blocks_of_person(actor: Actor, *, first: int, after: str | None) -> Page[PartyBlock]:
    """Whom the actor blocks, as a buyer and as a driver; newest first."""
    account_id = signed_in(actor)
    driver = await Driver.get_or_none(account_id=account_id)
    makers = [account_id] if driver is None else [account_id, driver.pk]
    return await page_by_id(PartyBlock.filter(maker_id__in=makers, lifted_at=None), first=first, after=after)


async def blocks_of_seller(actor: Actor, seller_id: UUID, *, first: int, after: str | None) -> Page[PartyBlock]:
    """Which drivers a shop blocks, newest first; none for who does not sell there."""
    if not actor.holds(*SELLING, seller_id=seller_id):
        return Page([], [], False)
    return await page_by_id(PartyBlock.filter(maker_id=seller_id, lifted_at=None), first=first, after=after)


async def _lay(account_id: UUID, mutation: str, key: str, asked: Any, block: PartyBlock) -> PartyBlock:
    """Write the block, or lay the pair's earlier one anew. Within the maker's bound, also when two come at once."""
    async with transaction():
        earlier = await once(account_id, mutation, key, asked, block.pk)
        # The driver's row is the pair's lock: whoever lays a block on or by him waits here.
        await locked_one(Driver, block.driver_id)
        known = await PartyBlock.get_or_none(
            driver_id=block.driver_id, party_id=block.party_id, by_side=block.by_side
        )
        if known is not None and (earlier is not None or known.lifted_at is None):
            return known
        await locked_one(_MAKERS[block.by_side], block.maker_id)  # and two that he lays at once are counted in turn
        if await PartyBlock.filter(maker_id=block.maker_id, lifted_at=None).count() >= MOST_BLOCKS:
            raise TooManyBlocks(limit=MOST_BLOCKS)
        block.laid_by, block.laid_at = account_id, clock.now()
        if known is None:
            await block.save(force_create=True)
            return block
        known.reason, known.name, known.lifted_at = block.reason, block.name, None
        known.laid_by, known.laid_at = block.laid_by, block.laid_at
        await known.save(update_fields=["reason", "name", "lifted_at", "laid_by", "laid_at"])
        return known


async def _is_party(actor: Actor, job: DeliveryJob, side: BlockSide) -> bool:
    if side is BlockSide.SELLER:
        return actor.holds(*SELLING, seller_id=job.seller_id)
    return side is BlockSide.BUYER and await Drop.exists(job_id=job.pk, receiver_id=signed_in(actor))


async def _driver_of(job: DeliveryJob) -> Driver | None:
    """Who holds the job, or held it last."""
    if job.driver_id is not None:
        return await Driver.get(pk=job.driver_id)
    held = await JobStateChange.filter(job_id=job.pk, holder_id__isnull=False).order_by("-version").first()
    return None if held is None or held.holder_id is None else await Driver.get(pk=held.holder_id)


async def _made(actor: Actor, block: PartyBlock) -> bool:
    if block.by_side is BlockSide.SELLER:
        return actor.holds(*SELLING, seller_id=block.maker_id)
    if block.by_side is BlockSide.BUYER:
        return actor.account_id == block.maker_id
    return await Driver.exists(pk=block.maker_id, account_id=signed_in(actor))


def _reason(reason: str | None) -> str | None:
    reason = (reason or "").strip() or None
    if reason is not None and len(reason) > REASON_LENGTH:
        raise Invalid.field("reason", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    return reason
