"""Who is told of what they look for. A handler of the outbox: run again, it writes nothing twice.

Notices stand beside search and may not import it: what must be read comes by `Answers`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeAlias
from uuid import UUID

from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import tell_all
from marketplace.outbox import OutboxEvent


class AnswerFacts(Protocol):
    """What is told of a listing that answers a saved search."""

    @property
    def account_id(self) -> UUID: ...
    @property
    def search(self) -> str: ...
    @property
    def listing_id(self) -> UUID: ...
    @property
    def listing(self) -> str: ...
    @property
    def shop(self) -> str: ...


Answers: TypeAlias = Callable[[Sequence[UUID]], Awaitable[Mapping[UUID, AnswerFacts]]]


def telling_of(answers: Answers) -> Callable[[object, OutboxEvent], Awaitable[None]]:
    """The handler of saved searches that were answered."""

    async def tell(adapters: object, event: OutboxEvent) -> None:
        answer = (await answers([event.aggregate_id])).get(event.aggregate_id)
        if answer is None:
            return
        values = {"search": answer.search, "listing": answer.listing, "shop": answer.shop}
        told = [answer.account_id]
        await tell_all(told, NoticeKind.SEARCH_ANSWERED, event, SubjectType.LISTING, answer.listing_id, values)

    return tell
