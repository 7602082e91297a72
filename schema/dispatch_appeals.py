"""A driver's appeal against what came of his consideration, and an officer's answer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries import models as delivery_rows
from marketplace.deliveries.dispatch import appeals
from marketplace.deliveries.dispatch import models as rows
from marketplace.deliveries.dispatch.models import AppealState
from schema.context import Info
from schema.costs import LISTED, cost
from schema.enums import described
from schema.explanations import DispatchExplanation
from schema.ids import from_id, to_id
from schema.named import OfJob
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent

described(
    AppealState,
    "Where an appeal stands.",
    {
        "OPEN": "It waits for an officer's answer.",
        "UPHELD": "The officer agrees with the driver.",
        "DISMISSED": "The officer does not.",
    },
    name="DispatchAppealState",
)


@strawberry.type(description="A driver holds that a job was wrongly kept from him, or put before him.")
class DispatchAppeal(Node):
    row: strawberry.Private[rows.DispatchAppeal]
    state: AppealState = strawberry.field(description="Where it stands.")
    text: str = strawberry.field(description="What he says.")
    appealed_at: datetime = strawberry.field(description="When.")
    answer: str | None = strawberry.field(description="What the officer answered.")
    answered_at: datetime | None = strawberry.field(description="When.")

    @classmethod
    def of(cls, row: rows.DispatchAppeal) -> "DispatchAppeal":
        return cls(
            id=to_id("DispatchAppeal", row.pk),
            row=row,
            state=row.state,
            text=row.text,
            appealed_at=row.created_at,
            answer=row.answer,
            answered_at=row.answered_at,
        )

    @strawberry.field(description="What he appeals against, as it stood then.", directives=[cost()])
    async def about(self, info: Info) -> DispatchExplanation:
        return DispatchExplanation.of(self.row, self.row.outcome, self.row.considered_at, info.context.language)


@finds("DispatchAppeal")
async def find_appeal(info: Info, id: UUID) -> DispatchAppeal | None:
    row = await appeals.visible_appeal(info.context.actor, id)
    return None if row is None else DispatchAppeal.of(row)


@strawberry.type
class DriverAppeals:
    row: strawberry.Private[delivery_rows.Driver]

    @strawberry.field(description="His appeals, newest first; himself only.", directives=[LISTED])
    async def dispatch_appeals(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[DispatchAppeal] | None:
        if info.context.actor.account_id != self.row.account_id:
            return None
        page = await appeals.appeals_of_driver(self.row.pk, first=first, after=after)
        return connection_of(page, DispatchAppeal.of, after=after)


@strawberry.type
class CooperativeAppeals:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Drivers' appeals against what its policy did, newest first; its officers, dispatchers and "
        "pengawas only.",
        directives=[LISTED],
    )
    async def dispatch_appeals(
        self,
        info: Info,
        state: Annotated[AppealState | None, strawberry.argument(description="Only in this state.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[DispatchAppeal]:
        page = await appeals.appeals_of(info.context.actor, self.row.pk, state=state, first=first, after=after)
        return connection_of(page, DispatchAppeal.of, after=after)


@strawberry.input(description="What you appeal against, and why.")
class AppealDispatchInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="The job for which you were considered.")
    text: str = strawberry.field(description="3 to 1,000 characters.")


@strawberry.input(description="An officer's answer.")
class AnswerDispatchAppealInput:
    id: strawberry.ID = strawberry.field(description="The DispatchAppeal.")
    is_upheld: bool = strawberry.field(description="Whether you agree with the driver.")
    answer: str = strawberry.field(description="What he will read, 3 to 1,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


DispatchAppealResult = Annotated[
    DispatchAppeal | Problem, strawberry.union("DispatchAppealResult", description="The appeal, or why not.")
]


@strawberry.type
class DispatchAppealMutation:
    @strawberry.mutation(
        description="Object to what came of your consideration for a job: a case that an officer answers. Fails with "
        "NOT_FOUND when you were not considered or it is forgotten, DUPLICATE, TOO_MANY, FORBIDDEN."
    )
    @intent
    async def appeal_dispatch(self, info: Info, input: AppealDispatchInput) -> DispatchAppealResult:
        return DispatchAppeal.of(await appeals.appeal(info.context.actor, **input.job(), text=input.text))

    @strawberry.mutation(
        description="Answer a driver's appeal. An officer of the co-op whose policy it was, not the driver himself. "
        "Fails with WRONG_STATE, FORBIDDEN, NOT_FOUND."
    )
    @intent
    async def answer_dispatch_appeal(self, info: Info, input: AnswerDispatchAppealInput) -> DispatchAppealResult:
        row = await appeals.answer(
            info.context.actor,
            appeal_id=from_id("DispatchAppeal", input.id),
            is_upheld=input.is_upheld,
            text=input.answer,
            key=input.idempotency_key,
        )
        return DispatchAppeal.of(row)
