"""Ratings: what buyers think of a shop and of a driver."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from marketplace.deliveries import models as driver_rows
from marketplace.identity.actor import Role
from marketplace.orders import models as order_rows
from marketplace.ratings import giving, moderation, reading
from marketplace.ratings import models as rows
from marketplace.ratings.averages import Summary
from marketplace.ratings.models import RatingAbout
from schema.context import Info
from schema.costs import HISTORY, LISTED, RECKONED
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.problems import Problem, intent

described(
    RatingAbout,
    "Whom a rating is about.",
    {"SELLER": "The shop.", "DRIVER": "Who brought it."},
)


@strawberry.type(description="What the ratings of a shop or a driver come to.")
class RatingSummary:
    count: int = strawberry.field(description="How many stand.")
    average: float | None = strawberry.field(
        description="Of 1 to 5 stars, to a tenth; null while there are fewer than five. Dispatch never sees it."
    )

    @classmethod
    def of(cls, summary: Summary | None) -> "RatingSummary":
        found = summary or Summary()
        return cls(count=found.count, average=found.average)


@strawberry.type(description="What a buyer thinks of one party to a delivered sub-order; who he is, nobody is told.")
class Rating(Node):
    row: strawberry.Private[rows.Rating]
    about: RatingAbout = strawberry.field(description="Whom it is about.")
    stars: int | None = strawberry.field(description="1 to 5; null once it was withdrawn.")
    text: str = strawberry.field(description="In the buyer's words; may be empty.")
    given_at: datetime = strawberry.field(description="When.")
    edited_at: datetime | None = strawberry.field(description="When the buyer changed it.")
    withdrawn_at: datetime | None = strawberry.field(description="When the buyer took it back.")
    hidden_at: datetime | None = strawberry.field(description="When the operator hid it: it counts nowhere.")

    @classmethod
    def of(cls, row: rows.Rating) -> "Rating":
        return cls(
            id=to_id("Rating", row.pk),
            row=row,
            about=row.about,
            stars=row.stars,
            text=row.text,
            given_at=row.created_at,
            edited_at=row.edited_at,
            withdrawn_at=row.withdrawn_at,
            hidden_at=row.hidden_at,
        )

    @strawberry.field(description="What was reported of it, for the operator; null for others, or where nothing was.")
    def report(self, info: Info) -> str | None:
        return (self.row.report or None) if info.context.actor.holds(Role.NODE_OPERATOR) else None

    @strawberry.field(description="Why the operator hid it or let it stand; the buyer and the operator.")
    def decision(self, info: Info) -> str | None:
        actor = info.context.actor
        is_told = actor.account_id == self.row.giver_id or actor.holds(Role.NODE_OPERATOR)
        return (self.row.decision or None) if is_told else None


@finds("Rating")
async def find_rating(info: Info, id: UUID) -> Rating | None:
    row = await reading.rating_seen(info.context.actor, id)
    return None if row is None else Rating.of(row)


@strawberry.type
class SubOrderRatings:
    """The part of a SubOrder that tells what its buyer thinks of it."""

    row: strawberry.Private[order_rows.SubOrder]

    @strawberry.field(
        description="What its buyer said of the shop and of the driver; for him alone, else empty.",
        directives=[HISTORY],
    )
    async def ratings(self, info: Info) -> list[Rating]:
        return [Rating.of(row) for row in await self._given(info)]

    @strawberry.field(
        description="Whom its buyer may rate now, or rate anew: within 14 days after it reached him. Else empty.",
        directives=[RECKONED],
    )
    async def rateable(self, info: Info) -> list[RatingAbout]:
        return await giving.rateable(info.context.actor, self.row, await self._given(info))

    async def _given(self, info: Info) -> list[rows.Rating]:
        if info.context.actor.account_id is None or info.context.actor.account_id != self.row.buyer_id:
            return []
        return await info.context.load(reading.ratings_by_sub_order, self.row.id) or []


@strawberry.type
class SellerRatings:
    row: strawberry.Private[Any]

    @strawberry.field(description="What buyers think of it.", directives=[RECKONED])
    async def rating(self, info: Info) -> RatingSummary:
        return RatingSummary.of(await info.context.load(reading.seller_summaries, self.row.pk))

    @strawberry.field(description="What buyers said of it, newest first.", directives=[LISTED])
    async def ratings(self, first: First = 20, after: After = None) -> Connection[Rating]:
        page = await reading.ratings_of_seller(self.row.pk, first=first, after=after)
        return connection_of(page, Rating.of, after=after)


@strawberry.type
class DriverRatings:
    row: strawberry.Private[driver_rows.Driver]
    is_full: strawberry.Private[bool]

    @strawberry.field(description="What buyers think of him; himself and officers only.", directives=[RECKONED])
    async def rating(self, info: Info) -> RatingSummary | None:
        if not self.is_full:
            return None
        return RatingSummary.of(await info.context.load(reading.driver_summaries, self.row.pk))

    @strawberry.field(
        description="What buyers said of him, newest first, once five stand; himself and officers only.",
        directives=[LISTED],
    )
    async def ratings(self, first: First = 20, after: After = None) -> Connection[Rating] | None:
        if not self.is_full:
            return None
        page = await reading.ratings_of_driver(self.row.pk, first=first, after=after)
        return connection_of(page, Rating.of, after=after)


@strawberry.type
class RatingQuery:
    @strawberry.field(
        description="Ratings that were reported and wait for the operator, newest first. FORBIDDEN for others.",
        directives=[LISTED],
    )
    async def reported_ratings(self, info: Info, first: First = 20, after: After = None) -> Connection[Rating]:
        page = await reading.reported(info.context.actor, first=first, after=after)
        return connection_of(page, Rating.of, after=after)


@strawberry.input(description="What you think of one party to a sub-order that reached you.")
class RateSubOrderInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    about: RatingAbout = strawberry.field(description="Whom you rate.")
    stars: int = strawberry.field(description="1 to 5.")
    text: str = strawberry.field(default="", description="Up to 500 characters.")


@strawberry.input(description="Which rating to take back.")
class WithdrawRatingInput:
    id: strawberry.ID = strawberry.field(description="The Rating.")


@strawberry.input(description="A rating that should not stand.")
class ReportRatingInput:
    id: strawberry.ID = strawberry.field(description="The Rating.")
    reason: str = strawberry.field(description="Why, 3 to 500 characters.")


@strawberry.input(description="The operator's word on a rating.")
class DecideRatingInput:
    id: strawberry.ID = strawberry.field(description="The Rating.")
    is_hidden: bool = strawberry.field(description="True: it is hidden and counts nowhere; false: it stands.")
    reason: str = strawberry.field(description="Told to the buyer; 3 to 500 characters.")


RatingResult = Annotated[Rating | Problem, strawberry.union("RatingResult", description="The rating, or why not.")]


@strawberry.type
class RatingMutation:
    @strawberry.mutation(
        description="Rate the shop, or the driver, of a sub-order of yours, within 14 days after it reached you. "
        "Once, and changed once; sent again as it stands it does nothing. Fails with WRONG_STATE, DUPLICATE, "
        "FORBIDDEN (your own shop), OUT_OF_RANGE, NOT_FOUND."
    )
    @intent
    async def rate_sub_order(
        self, info: Info, input: Annotated[RateSubOrderInput, strawberry.argument(description="Whom, and how.")]
    ) -> RatingResult:
        row = await giving.rate_sub_order(
            info.context.actor,
            sub_order_id=from_id("SubOrder", input.sub_order_id, "subOrderId"),
            about=input.about,
            stars=input.stars,
            text=input.text,
        )
        return Rating.of(row)

    @strawberry.mutation(
        description="Take your rating back, at any time: its stars and words are erased. Fails with NOT_FOUND."
    )
    @intent
    async def withdraw_rating(
        self, info: Info, input: Annotated[WithdrawRatingInput, strawberry.argument(description="Which.")]
    ) -> RatingResult:
        return Rating.of(await giving.withdraw_rating(info.context.actor, rating_id=from_id("Rating", input.id)))

    @strawberry.mutation(
        description="Tell the operator of a rating that you can read. The first report waits for his word, others "
        "add nothing. Fails with NOT_FOUND."
    )
    @intent
    async def report_rating(
        self, info: Info, input: Annotated[ReportRatingInput, strawberry.argument(description="Which, and why.")]
    ) -> RatingResult:
        row = await moderation.report_rating(
            info.context.actor, rating_id=from_id("Rating", input.id), reason=input.reason
        )
        return Rating.of(row)

    @strawberry.mutation(
        description="Hide a rating, let a reported one stand, or show a hidden one again; the audit log keeps it. "
        "The operator. Fails with NOT_FOUND."
    )
    @intent
    async def decide_rating(
        self, info: Info, input: Annotated[DecideRatingInput, strawberry.argument(description="Which, and why.")]
    ) -> RatingResult:
        row = await moderation.decide_rating(
            info.context.actor,
            rating_id=from_id("Rating", input.id),
            is_hidden=input.is_hidden,
            reason=input.reason,
        )
        return Rating.of(row)
