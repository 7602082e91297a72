"""What the parties to a live job say to each other, and how they call."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.deliveries import models as job_rows
from marketplace.deliveries.courier import calling, talk
from marketplace.deliveries.courier import models as rows
from marketplace.deliveries.courier.models import AttemptWay, MessageSide
from marketplace.deliveries.courier.phrases import PHRASES
from marketplace.deliveries.reading import Sight
from marketplace.live import topics
from marketplace.paging import Page
from schema.context import Info
from schema.costs import HISTORY, LISTED, cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.named import OfJob
from schema.paging import After, Connection, First, connection_of
from schema.problems import Problem, intent
from schema.scalars import PhoneNumber
from schema.watching import follow, watching

#: Messages shown as one connects.
SHOWN_AT_FIRST = 20

described(
    MessageSide,
    "Who speaks about a delivery.",
    {
        "DRIVER": "Its driver.",
        "RECEIVER": "Who receives at one of its drops.",
        "SHOP": "The shop's people.",
        "DISPATCHER": "Officers and dispatchers of the co-ops.",
    },
    name="DeliverySide",
)
described(
    AttemptWay,
    "How someone tried to reach another.",
    {
        "BRIDGED": "Through the node, which knows that the call was put through.",
        "OWN_PHONE": "By the driver's own phone, as he says.",
    },
    name="ContactWay",
)


@strawberry.type(description="A sentence that is said with one tap.")
class TalkPhrase:
    code: str = strawberry.field(description="Names it in `sendJobMessage`.")
    text: str = strawberry.field(description="In the language of Accept-Language.")
    sides: list[MessageSide] = strawberry.field(description="Who may say it.")


@strawberry.type(description="Something said about a delivery.")
class JobMessage:
    id: strawberry.ID = strawberry.field(description="Names it.")
    side: MessageSide = strawberry.field(description="Who said it.")
    is_mine: bool = strawberry.field(description="Whether you did.")
    drop_id: strawberry.ID | None = strawberry.field(
        description="The talk with the receiver at this DropStop; null: with the shop."
    )
    phrase: str | None = strawberry.field(description="The phrase's code, where it was one.")
    text: str = strawberry.field(description="What was said; a phrase in your language. Phone numbers are hidden.")
    at: datetime = strawberry.field(description="When the node heard it.")
    said_at: datetime | None = strawberry.field(description="When, by a device that had no network then.")

    @classmethod
    def of(cls, row: rows.JobMessage, info: Info) -> "JobMessage":
        phrase = PHRASES.get(row.phrase or "")
        return cls(
            id=to_id("JobMessage", row.pk),
            side=row.side,
            is_mine=row.by_id == info.context.actor.account_id,
            drop_id=None if row.drop_id is None else to_id("DropStop", row.drop_id),
            phrase=row.phrase,
            text=row.text if phrase is None else phrase.text(info.context.language),
            at=row.created_at,
            said_at=row.said_at,
        )


@strawberry.type(description="A try to reach a party to a delivery by phone: evidence when nobody answers.")
class ContactAttempt:
    id: strawberry.ID = strawberry.field(description="Names it.")
    side: MessageSide = strawberry.field(description="Who tried.")
    drop_id: strawberry.ID | None = strawberry.field(
        description="The DropStop whose receiver it concerns; null: driver and shop."
    )
    way: AttemptWay = strawberry.field(description="How.")
    is_connected: bool = strawberry.field(description="Whether the call was put through; false for an own phone.")
    is_simulated: bool = strawberry.field(description="Whether nobody was rung: a development node says so.")
    number: PhoneNumber | None = strawberry.field(
        description="For who calls: dial this, which is nobody's own number; null where the node rings you both."
    )
    at: datetime = strawberry.field(description="When.")
    tried_at: datetime | None = strawberry.field(description="When, by the device's clock.")

    @classmethod
    def of(cls, row: rows.ContactAttempt, info: Info) -> "ContactAttempt":
        is_mine = row.by_id == info.context.actor.account_id
        return cls(
            id=to_id("ContactAttempt", row.pk),
            side=row.side,
            drop_id=None if row.drop_id is None else to_id("DropStop", row.drop_id),
            way=row.way,
            is_connected=row.bridged_at is not None,
            is_simulated=row.is_simulated,
            number=PhoneNumber(row.number) if is_mine and row.number else None,
            at=row.created_at,
            tried_at=row.tried_at,
        )


@strawberry.type
class JobTalk:
    """The part of a DeliveryJob that its parties speak in."""

    row: strawberry.Private[job_rows.DeliveryJob]
    sight: strawberry.Private[Sight]

    @strawberry.field(
        description="What was said, newest first: the driver and dispatchers read all of it, the shop its own, "
        "a receiver the talk at his drop. Empty for others.",
        directives=[LISTED],
    )
    async def messages(self, info: Info, first: First = 20, after: After = None) -> Connection[JobMessage]:
        page: Page[rows.JobMessage] = Page([], [], False)
        if self.sight.is_full or self.sight.receives:
            page = await talk.messages_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, lambda row: JobMessage.of(row, info), after=after)

    @strawberry.field(
        description="Tries to reach someone by phone, oldest first; for who carries it or answers for it.",
        directives=[HISTORY],
    )
    async def contact_attempts(self, info: Info) -> list[ContactAttempt]:
        if not self.sight.is_full:
            return []
        found = await info.context.load(calling.attempts_by_job, self.row.pk) or []
        return [ContactAttempt.of(row, info) for row in found]


@strawberry.input(description="What is said about a delivery, and to whom.")
class SendJobMessageInput(OfJob):
    drop_id: strawberry.ID | None = strawberry.field(
        description="Of a driver or dispatcher: to the receiver at this DropStop; else to the shop.",
        default=None,
    )
    phrase: str | None = strawberry.field(description="A phrase of yours, instead of a text.", default=None)
    text: str = strawberry.field(description="1 to 300 characters; phone numbers in it are hidden.", default="")


@strawberry.input(description="Whom to call about a delivery.")
class CallPartyInput(OfJob):
    drop_id: strawberry.ID | None = strawberry.field(
        description="Of a driver: the receiver at this DropStop; left out: the shop. Everyone else calls the driver.",
        default=None,
    )


JobMessageResult = Annotated[
    JobMessage | Problem, strawberry.union("JobMessageResult", description="What was said, or why not.")
]
ContactAttemptResult = Annotated[
    ContactAttempt | Problem, strawberry.union("ContactAttemptResult", description="The call, or why not.")
]


def _drop(id: strawberry.ID | None) -> UUID | None:
    return None if id is None else from_id("DropStop", id, "dropId")


@strawberry.type
class JobTalkQuery:
    @strawberry.field(
        description="What may be said with one tap about a delivery.", directives=[cost(rows=len(PHRASES))]
    )
    async def talk_phrases(self, info: Info) -> list[TalkPhrase]:
        return [
            TalkPhrase(
                code=phrase.code,
                text=phrase.text(info.context.language),
                sides=[side for side in MessageSide if side.value in phrase.sides],
            )
            for phrase in PHRASES.values()
        ]


@strawberry.type
class JobTalkMutation:
    @strawberry.mutation(
        description="Say something about a live delivery, until half an hour after its end. "
        "Fails with WRONG_STATE, TOO_MANY, INVALID, NOT_FOUND."
    )
    @intent
    async def send_job_message(
        self, info: Info, input: Annotated[SendJobMessageInput, strawberry.argument(description="What, to whom.")]
    ) -> JobMessageResult:
        row = await talk.say(
            info.context.actor, **input.job(), drop_id=_drop(input.drop_id), phrase=input.phrase, text=input.text
        )
        return JobMessage.of(row, info)

    @strawberry.mutation(
        description="Be put through to another party of a live delivery; neither sees the other's number. "
        "Fails with WRONG_STATE, TOO_MANY, UNAVAILABLE, NOT_FOUND."
    )
    @intent
    async def call_party(
        self, info: Info, input: Annotated[CallPartyInput, strawberry.argument(description="Whom, about what.")]
    ) -> ContactAttemptResult:
        row = await calling.call_party(
            info.context.actor,
            **input.job(),
            drop_id=_drop(input.drop_id),
            bridge=info.context.adapters.bridge,
        )
        return ContactAttempt.of(row, info)


class _TalkLook:
    """What one party has been shown of a talk."""

    def __init__(self, info: Info, job_id: UUID) -> None:
        self.info, self.job_id = info, job_id
        self.seen: set[UUID] | None = None

    async def __call__(self) -> list[JobMessage]:
        found = await talk.latest(self.info.context.actor, self.job_id, most=SHOWN_AT_FIRST)
        new = found if self.seen is None else [row for row in found if row.pk not in self.seen]
        self.seen = {row.pk for row in found}
        return [JobMessage.of(row, self.info) for row in new]


@strawberry.type
class JobTalkSubscription:
    @strawberry.subscription(
        description="What is said about a delivery: first the last messages, oldest first, then each as it comes."
    )
    @watching
    async def job_messages_changed(
        self,
        info: Info,
        job_id: Annotated[strawberry.ID, strawberry.argument(description="The DeliveryJob.")],
    ) -> AsyncIterator[JobMessage]:
        id = from_id("DeliveryJob", job_id, "jobId")
        async for message in follow(info, [topics.talk(id)], _TalkLook(info, id)):
            yield message
