"""Chooses the adapters and joins events to their handlers. The only place that knows both sides."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from marketplace import outbox
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings


@dataclass(frozen=True, slots=True)
class Adapters:
    """What reaches outside the process, chosen by the settings."""

    settings: Settings


Handler: TypeAlias = Callable[[Adapters, OutboxEvent], Awaitable[None]]

#: event -> {handler's name: function}. Names are stored in the outbox: never rename one that is in use.
HANDLERS: dict[str, dict[str, Handler]] = {}


def build(settings: Settings) -> Adapters:
    """The adapters for these settings; also tells the outbox which handlers each event has."""
    outbox.subscribe({event: tuple(handlers) for event, handlers in HANDLERS.items()})
    return Adapters(settings=settings)


async def close(adapters: Any) -> None:
    """Let go of what the adapters hold."""
