"""Listings that should not stand: reported, suspended, appealed."""

import datetime
from typing import Annotated

import strawberry

from catalog import models as rows
from catalog import moderation
from catalog.models import ReportReason
from schema.context import Info
from schema.costs import LISTED
from schema.enums import described
from schema.ids import from_id, to_id
from schema.listings import Listing, listing_of
from schema.menus import ListingResult
from schema.nodes import Node
from schema.paging import After, Connection, First, connection_of
from schema.problems import Problem, intent

described(
    ReportReason,
    "Why a listing should not stand as it does.",
    {
        "FORBIDDEN_GOODS": "May not be sold.",
        "COUNTERFEIT": "Counterfeit.",
        "UNSAFE_FOOD": "Not safe to eat.",
        "FALSE_HALAL": "Not halal as it says.",
        "WRONG_PRICE": "Another price was asked.",
        "MISLEADING": "Not what it says.",
        "OFFENSIVE": "Offensive.",
        "OTHER": "Something else: see the text.",
    },
)


@strawberry.type(description="A report that the operator will read.")
class ListingReported:
    reason: ReportReason = strawberry.field(description="Why.")
    reported_at: datetime.datetime = strawberry.field(description="When it first came.")


ReportResult = Annotated[
    ListingReported | Problem, strawberry.union("ReportResult", description="The report, or why not.")
]


@strawberry.input(description="A listing that should not stand as it does.")
class ReportListingInput:
    id: strawberry.ID = strawberry.field(description="The listing.")
    reason: ReportReason = strawberry.field(description="Why.")
    text: str = strawberry.field(default="", description="Up to 1,000 characters.")


@strawberry.input(description="A listing taken off by the operator.")
class SuspendListingInput:
    id: strawberry.ID = strawberry.field(description="The listing.")
    reason: str = strawberry.field(description="Told to the shop; 3 to 500 characters.")


@strawberry.input(description="A reported listing that may stand.")
class DismissReportsInput:
    id: strawberry.ID = strawberry.field(description="The listing.")
    answer: str = strawberry.field(description="Told to those who reported it; 3 to 500 characters.")


@strawberry.input(description="Why a suspended listing should stand.")
class AppealSuspensionInput:
    id: strawberry.ID = strawberry.field(description="The listing.")
    text: str = strawberry.field(description="3 to 1,000 characters.")


@strawberry.input(description="The operator's answer to an appeal.")
class AnswerAppealInput:
    id: strawberry.ID = strawberry.field(description="The listing.")
    answer: str = strawberry.field(description="Told to the shop; 3 to 500 characters.")
    is_lifted: bool = strawberry.field(description="Whether the suspension ends.")


@strawberry.type(description="What a person reported of a listing; for the operator.")
class ListingReport(Node):
    row: strawberry.Private[rows.ListingReport]
    reason: ReportReason = strawberry.field(description="Why.")
    text: str = strawberry.field(description="What the person says; may be empty.")
    reported_at: datetime.datetime = strawberry.field(description="When it first came.")
    decided_at: datetime.datetime | None = strawberry.field(description="When it was decided; null: it waits.")
    is_upheld: bool | None = strawberry.field(description="Whether the listing was taken off for it.")
    answer: str | None = strawberry.field(description="What was answered.")

    @classmethod
    def of(cls, row: rows.ListingReport) -> "ListingReport":
        return cls(
            id=to_id("ListingReport", row.pk),
            row=row,
            reason=row.reason,
            text=row.text,
            reported_at=row.created_at,
            decided_at=row.decided_at,
            is_upheld=row.is_upheld,
            answer=row.answer,
        )

    @strawberry.field(description="The listing.")
    async def listing(self, info: Info) -> Listing | None:
        return await listing_of(info, self.row.listing_id)


@strawberry.type
class ModerationQuery:
    @strawberry.field(
        description="What people reported, newest first. The operator; FORBIDDEN for others.", directives=[LISTED]
    )
    async def listing_reports(
        self,
        info: Info,
        listing_id: Annotated[strawberry.ID | None, strawberry.argument(description="Only of this one.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ListingReport]:
        id = from_id("Listing", listing_id, "listingId") if listing_id else None
        page = await moderation.reports(info.context.actor, listing_id=id, first=first, after=after)
        return connection_of(page, ListingReport.of, after=after)


@strawberry.type
class ModerationMutation:
    @strawberry.mutation(description="Tell the operator of a listing. Anyone signed in; once a person and listing.")
    @intent
    async def report_listing(self, info: Info, input: ReportListingInput) -> ReportResult:
        row = await moderation.report_listing(
            info.context.actor, listing_id=from_id("Listing", input.id), reason=input.reason, text=input.text
        )
        return ListingReported(reason=row.reason, reported_at=row.created_at)

    @strawberry.mutation(
        description="Let a reported listing stand; those who reported it hear why. The operator. "
        "Fails with WRONG_STATE."
    )
    @intent
    async def dismiss_listing_reports(self, info: Info, input: DismissReportsInput) -> ListingResult:
        id = from_id("Listing", input.id)
        return Listing.of(await moderation.dismiss_reports(info.context.actor, listing_id=id, answer=input.answer))

    @strawberry.mutation(description="Take a listing off; its open reports are upheld. The operator.")
    @intent
    async def suspend_listing(self, info: Info, input: SuspendListingInput) -> ListingResult:
        id = from_id("Listing", input.id)
        return Listing.of(await moderation.suspend_listing(info.context.actor, listing_id=id, reason=input.reason))

    @strawberry.mutation(description="Say why a suspended listing should stand. Those who keep the shop; once.")
    @intent
    async def appeal_suspension(self, info: Info, input: AppealSuspensionInput) -> ListingResult:
        id = from_id("Listing", input.id)
        return Listing.of(await moderation.appeal_suspension(info.context.actor, listing_id=id, text=input.text))

    @strawberry.mutation(description="Answer an appeal. The operator. A lifted listing is unpublished.")
    @intent
    async def answer_appeal(self, info: Info, input: AnswerAppealInput) -> ListingResult:
        row = await moderation.answer_appeal(
            info.context.actor,
            listing_id=from_id("Listing", input.id),
            answer=input.answer,
            is_lifted=input.is_lifted,
        )
        return Listing.of(row)
