"""Who is told of drivers' papers. A handler of the outbox: run again, it writes nothing twice.

Notices stand beside deliveries and may not import them: what must be read comes by `Papers` and `Drivers`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from marketplace.notices.carrying import Drivers
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import tell_all
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent


class PaperFacts(Protocol):
    """What is told of a paper."""

    driver_id: UUID
    account_id: UUID
    cooperative_id: UUID
    kind: Any
    expires_on: date
    reason: str | None


Papers: TypeAlias = Callable[[Sequence[UUID]], Awaitable[Mapping[UUID, PaperFacts]]]
KINDS = {
    "driver_paper.submitted": NoticeKind.PAPER_TO_CHECK,
    "driver_paper.expiring": NoticeKind.PAPER_EXPIRING,
    "driver_paper.expired": NoticeKind.PAPER_EXPIRED,
}
EVENTS = frozenset({*KINDS, "driver_paper.decided"})


def telling_of(papers: Papers, drivers: Drivers) -> Callable[[object, OutboxEvent], Awaitable[None]]:
    """The handler of what happens to papers."""

    async def tell(adapters: object, event: OutboxEvent) -> None:
        paper = (await papers([event.aggregate_id])).get(event.aggregate_id)
        if paper is None:
            return
        is_approved = event.payload.get("state") == "APPROVED"
        kind = KINDS.get(event.event, NoticeKind.PAPER_APPROVED if is_approved else NoticeKind.PAPER_REFUSED)
        people = {paper.account_id} if kind is not NoticeKind.PAPER_TO_CHECK else set()
        if kind in (NoticeKind.PAPER_TO_CHECK, NoticeKind.PAPER_EXPIRED):
            people |= set(await officers_of(paper.cooperative_id))
        driver = (await drivers([paper.driver_id])).get(paper.driver_id)
        values = {
            "name": driver.name if driver else "",
            "paper": str(paper.kind),
            "day": paper.expires_on.isoformat(),
            "reason": paper.reason or "",
        }
        await tell_all(sorted(people), kind, event, SubjectType.DRIVER, paper.driver_id, values)

    return tell
