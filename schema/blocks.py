"""Blocks: a driver and a shop, or a driver and a buyer, who shall not meet. Private to who made them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from catalog import models as catalog_rows
from marketplace.deliveries import blocks
from marketplace.deliveries.roster.models import BlockSide, PartyBlock
from schema.context import Info
from schema.costs import LISTED
from schema.enums import described
from schema.ids import from_id, to_id
from schema.named import OfDrop, OfJob
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent

described(
    BlockSide,
    "A side of a delivery.",
    {
        "DRIVER": "Who carries.",
        "SELLER": "The shop whose goods they are.",
        "BUYER": "Who receives them.",
    },
)


@strawberry.type(description="Two who shall not meet, as its maker sees it; nobody else is told of it.")
class Block:
    id: strawberry.ID = strawberry.field(description="To lift it by.")
    by_side: BlockSide = strawberry.field(description="As what it was made.")
    toward: BlockSide = strawberry.field(description="What the other is.")
    name: str = strawberry.field(description="The other's name, as it stood on the delivery.")
    reason: str | None = strawberry.field(description="Why, if that was said.")
    laid_at: datetime = strawberry.field(description="Since when.")
    lifted_at: datetime | None = strawberry.field(description="When it was lifted.")

    @classmethod
    def of(cls, row: PartyBlock) -> "Block":
        return cls(
            id=to_id("Block", row.pk),
            by_side=row.by_side,
            toward=row.toward,
            name=row.name,
            reason=row.reason,
            laid_at=row.laid_at,
            lifted_at=row.lifted_at,
        )


@strawberry.type
class ViewerBlocks:
    @strawberry.field(description="Whom you block, as a buyer and as a driver, newest first.", directives=[LISTED])
    async def blocks(self, info: Info, first: First = 20, after: After = None) -> Connection[Block]:
        page = await blocks.blocks_of_person(info.context.actor, first=first, after=after)
        return connection_of(page, Block.of, after=after)


@strawberry.type
class SellerBlocks:
    row: strawberry.Private[catalog_rows.Seller]

    @strawberry.field(
        description="Drivers whom the shop blocks, newest first; its owner and staff only.", directives=[LISTED]
    )
    async def blocks(self, info: Info, first: First = 20, after: After = None) -> Connection[Block]:
        page = await blocks.blocks_of_seller(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, Block.of, after=after)


@strawberry.input(description="The driver of a delivery whom you want to meet no more.")
class BlockDriverInput(OfJob):
    side: BlockSide = strawberry.field(description="For whom you speak: SELLER, the shop, or BUYER, yourself.")
    reason: str | None = strawberry.field(description="Why, at most 300 characters; nobody reads it.", default=None)


@strawberry.input(description="The shop or the receiver of a delivery whom you want to meet no more.")
class BlockCustomerInput(OfDrop):
    toward: BlockSide = strawberry.field(description="Whom: SELLER or BUYER.")
    reason: str | None = strawberry.field(description="Why, at most 300 characters; nobody reads it.", default=None)


@strawberry.input(description="Which block to lift.")
class LiftBlockInput:
    id: strawberry.ID = strawberry.field(description="The block, one of your own.")
    idempotency_key: str = strawberry.field(description=KEY)

    def block(self) -> UUID:
        """Raises Invalid when it is no block's id."""
        return from_id("Block", self.id)


BlockResult = Annotated[Block | Problem, strawberry.union("BlockResult", description="The block, or why not.")]


@strawberry.type
class BlockMutation:
    @strawberry.mutation(
        description="As a shop or a buyer, block the driver of a delivery of yours: you meet no more. What he "
        "carries now he still brings, and he is not told. Fails with NOT_FOUND, TOO_MANY, TOO_LONG."
    )
    @intent
    async def block_driver(
        self, info: Info, input: Annotated[BlockDriverInput, strawberry.argument(description="By which delivery.")]
    ) -> BlockResult:
        row = await blocks.block_driver(info.context.actor, **input.job(), side=input.side, reason=input.reason)
        return Block.of(row)

    @strawberry.mutation(
        description="As a driver, block the shop or the receiver of a delivery that you hold or held: their "
        "deliveries are put before you no more, and they are not told. Fails with NOT_FOUND, TOO_MANY, FORBIDDEN."
    )
    @intent
    async def block_customer(
        self, info: Info, input: Annotated[BlockCustomerInput, strawberry.argument(description="By which delivery.")]
    ) -> BlockResult:
        row = await blocks.block_customer(
            info.context.actor, **input.job(), toward=input.toward, drop_id=input.drop(), reason=input.reason
        )
        return Block.of(row)

    @strawberry.mutation(description="Lift a block that you, or your shop, made. Fails with NOT_FOUND.")
    @intent
    async def lift_block(
        self, info: Info, input: Annotated[LiftBlockInput, strawberry.argument(description="Which one.")]
    ) -> BlockResult:
        row = await blocks.lift_block(info.context.actor, block_id=input.block(), key=input.idempotency_key)
        return Block.of(row)
