"""What the node's operator looks after: dead letters, and who did what to people's rights."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from marketplace import dead_letters
from marketplace.identity import audit
from marketplace.identity import models as rows
from marketplace.outbox import OutboxEvent
from schema.accounts import Account, account_of
from schema.context import Info
from schema.cooperatives import Cooperative, cooperative_of
from schema.costs import LISTED
from schema.ids import to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import Problem, intent


@strawberry.type(description="Something that was to follow a change, tried often, and given up.")
class DeadLetter:
    id: strawberry.ID = strawberry.field(description="Its number, as in `lumbung outbox list`.")
    event: str = strawberry.field(description="What happened: `suborder.accepted`.")
    handler: str = strawberry.field(description="What was to follow.")
    attempts: int = strawberry.field(description="How often it was tried.")
    error: str = strawberry.field(description="The first line of what went wrong at last; empty once replayed.")
    recorded_at: datetime = strawberry.field(description="When it happened.")
    dead_at: datetime | None = strawberry.field(description="When it was given up; null: it is tried again.")

    @classmethod
    def of(cls, row: OutboxEvent) -> "DeadLetter":
        return cls(
            id=strawberry.ID(str(row.id)),
            event=row.event,
            handler=row.handler,
            attempts=row.attempts,
            error=(row.error or "").partition("\n")[0][:300],
            recorded_at=row.created_at,
            dead_at=row.dead_at,
        )


@strawberry.type(description="Something done to somebody's rights; never changed.")
class AuditEntry:
    row: strawberry.Private[rows.AuditEntry]
    id: strawberry.ID = strawberry.field(description="Its own.")
    action: str = strawberry.field(description="What was done: `account.suspended`.")
    at: datetime = strawberry.field(description="When.")
    detail: JSON = strawberry.field(description="What more is known of it; no secret.")

    @classmethod
    def of(cls, row: rows.AuditEntry) -> "AuditEntry":
        return cls(
            id=to_id("AuditEntry", row.pk), row=row, action=row.action, at=row.created_at, detail=JSON(row.detail)
        )

    @strawberry.field(description="Who did it; null for the system.")
    async def actor(self, info: Info) -> Account | None:
        return None if self.row.actor_id is None else await account_of(info, self.row.actor_id)

    @strawberry.field(description="To whose rights.")
    async def account(self, info: Info) -> Account | None:
        return await account_of(info, self.row.account_id)

    @strawberry.field(description="In which co-op, where it is about one.")
    async def cooperative(self, info: Info) -> Cooperative | None:
        return None if self.row.cooperative_id is None else await cooperative_of(info, self.row.cooperative_id)


DeadLetterResult = Annotated[
    DeadLetter | Problem, strawberry.union("DeadLetterResult", description="The dead letter, or why not.")
]


@strawberry.input(description="A dead letter to be tried again.")
class ReplayDeadLetterInput:
    id: strawberry.ID = strawberry.field(description="Its number.")


@strawberry.type
class OperatingQuery:
    @strawberry.field(
        description="What was given up and waits for a person, oldest first. The operator; FORBIDDEN for others.",
        directives=[LISTED],
    )
    async def dead_letters(self, info: Info, first: First = 20, after: After = None) -> Connection[DeadLetter]:
        page = await dead_letters.listed(info.context.actor, first=first, after=after)
        return connection_of(page, DeadLetter.of, after=after)

    @strawberry.field(
        description="Who did what to whose rights, newest first. The operator; FORBIDDEN for others.",
        directives=[LISTED],
    )
    async def audit_log(self, info: Info, first: First = 20, after: After = None) -> Connection[AuditEntry]:
        page = await audit.listed(info.context.actor, first=first, after=after)
        return connection_of(page, AuditEntry.of, after=after)


@strawberry.type
class OperatingMutation:
    @strawberry.mutation(
        description="Give a dead letter, and what it blocks, a fresh start: it is tried again within a second. The "
        "operator. Fails with WRONG_STATE where it is not given up."
    )
    @intent
    async def replay_dead_letter(self, info: Info, input: ReplayDeadLetterInput) -> DeadLetterResult:
        return DeadLetter.of(await dead_letters.replay(info.context.actor, number=input.id))
