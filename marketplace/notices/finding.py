"""Who is told of what they look for. A handler of the outbox: run again, it writes nothing twice.

Notices stand beside search and may not import it: what must be read comes by `Answers`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol, TypeAlias
from uuid import UUID

from marketplace.notices import links
from marketplace.notices.links import Link, Purpose
from marketplace.notices.models import Notice, NoticeKind, SubjectType
from marketplace.notices.senders import Stop
from marketplace.notices.standing import tell_all
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings

#: So long after an alert its link still ends the alerts: mail is often read late.
STOP_LIFE = timedelta(days=90)
STOP = {"id": "Berhenti dikabari", "en": "No more of this"}


class AnswerFacts(Protocol):
    """What is told of a listing that answers a saved search."""

    @property
    def account_id(self) -> UUID: ...
    @property
    def saved_search_id(self) -> UUID: ...
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
        values = {
            "search": answer.search,
            "listing": answer.listing,
            "shop": answer.shop,
            "saved_search_id": str(answer.saved_search_id),
        }
        told = [answer.account_id]
        await tell_all(told, NoticeKind.SEARCH_ANSWERED, event, SubjectType.LISTING, answer.listing_id, values)

    return tell


def stop_of(notice: Notice, language: str, settings: Settings) -> Stop | None:
    """One tap ends the alerts of the search that this notice answers; None for notices of anything else."""
    if notice.kind is not NoticeKind.SEARCH_ANSWERED or "saved_search_id" not in notice.values:
        return None
    saved_search_id = UUID(notice.values["saved_search_id"])
    link = Link(Purpose.STOP_SEARCH_ALERTS, saved_search_id, notice.account_id, notice.created_at + STOP_LIFE)
    token = links.sign(link, settings.secret_key.get_secret_value())
    return Stop(STOP["en" if language == "en" else "id"], f"{settings.public_url}/u/{token}")
