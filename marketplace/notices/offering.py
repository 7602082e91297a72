"""A job lies before a driver: his phone says so while the offer runs. A handler of the outbox.

Nothing of it is kept: the offer stands in the app, and is over in seconds. So it goes by web push alone, lives with
the push service no longer than the offer, and is not tried again. What must be read of offers comes by `Offers`,
which `wiring` passes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias
from uuid import UUID

import structlog

from marketplace import clock
from marketplace.notices.calling import Reach, reached_by, recipients
from marketplace.notices.pages import OFFERS
from marketplace.notices.senders import Message, NotSent, Recipient, Sender
from marketplace.notices.wordings.deliveries import OFFERED
from marketplace.outbox import OutboxEvent

log = structlog.get_logger()

#: Of an offer that ends sooner nobody needs to hear.
LEAST_S = 2
#: Drivers told of one job at once; its policy offers it to no more.
MOST_AT_ONCE = 20


class OfferFacts(Protocol):
    """What is told of an offer that is still open."""

    @property
    def driver_account_id(self) -> UUID: ...

    @property
    def expires_at(self) -> datetime: ...

    def values(self, language: str) -> Mapping[str, str]:
        """What its words need: `share`, `price`, `far`, `shop`."""
        ...


Offers: TypeAlias = Callable[[Sequence[UUID]], Awaitable[Sequence[OfferFacts]]]


async def ring_all(adapters: Reach, events: Sequence[OutboxEvent]) -> list[OutboxEvent]:
    """Be done with offers whose drivers subscribed no browser, most of all; answers the others, for the handler."""
    pushing = _pushing(adapters)
    if not pushing:
        return []
    reached = await reached_by({id for event in events for id in _people(event)}, pushing) or set()
    return [event for event in events if not reached.isdisjoint(_people(event))]


def ringing_of(offers: Offers) -> Callable[[Reach, OutboxEvent], Awaitable[None]]:
    """The handler: those of the job's offers that are still open are pushed to their drivers, each on his own."""

    async def ring(adapters: Reach, event: OutboxEvent) -> None:
        pushing = _pushing(adapters)
        if not pushing:
            return
        now = clock.now()
        found = {
            offer.driver_account_id: offer for offer in await offers([UUID(id) for id in event.payload["offers"]])
        }
        left_s = {id: int((offer.expires_at - now).total_seconds()) for id, offer in found.items()}
        alive = [id for id, seconds in left_s.items() if seconds >= LEAST_S][:MOST_AT_ONCE]
        told = await recipients(sorted(await reached_by(alive, pushing) or ()), pushing)
        await asyncio.gather(
            *(
                _push(
                    pushing,
                    recipient,
                    _message(event, found[recipient.account_id], language, left_s[recipient.account_id], adapters),
                )
                for recipient, language in told
            )
        )

    return ring


async def _push(senders: Sequence[Sender], recipient: Recipient, message: Message) -> None:
    """Within the offer's life, or not at all."""
    for sender in senders:
        try:
            await asyncio.wait_for(sender.send(recipient, message), message.life_s)
        except (NotSent, TimeoutError) as failed:
            log.info("offer not pushed", sender=sender.name, reason=str(failed) or "too late")


def _message(event: OutboxEvent, offer: OfferFacts, language: str, left_s: int, adapters: Reach) -> Message:
    words = OFFERED["en" if language == "en" else "id"]
    values = {**offer.values(language), "seconds": left_s}
    return Message(
        title=words.title.format_map(values),
        body=words.body.format_map(values),
        url=adapters.settings.public_url + OFFERS,
        tag=str(event.aggregate_id),
        kind="JOB_OFFERED",
        is_urgent=True,
        life_s=left_s,
    )


def _pushing(adapters: Reach) -> list[Sender]:
    return [sender for sender in adapters.senders if sender.uses_push]


def _people(event: OutboxEvent) -> set[UUID]:
    return {UUID(id) for id in event.payload["driver_account_ids"]}
