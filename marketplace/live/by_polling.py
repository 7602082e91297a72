"""Hints through a table that is looked at several times a second: SQLite with more than one process."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from marketplace import clock
from marketplace.live import topics
from marketplace.live.carried import CarriedHub
from marketplace.live.hub import Hint
from marketplace.live.models import LiveMessage

LOOK_EVERY_S = 0.1
KEEP_S = 60.0
READ_AT_ONCE = 500


class PollingHub(CarriedHub):
    """Writes hints as rows and looks for newer rows than the last it saw, while anyone watches.

    Workers are not told of each event, which would cost a write more: they look more often instead.
    """

    worker_poll_s = 0.2

    def publish(self, hint: Hint) -> None:
        if hint.topic == topics.OUTBOX:
            self.deliver(hint)
        else:
            super().publish(hint)

    async def send(self, messages: Sequence[bytes]) -> None:
        await LiveMessage.bulk_create([LiveMessage(body=message.decode()) for message in messages])

    async def receive(self) -> None:
        newest = await LiveMessage.all().order_by("-id").first()
        seen = newest.id if newest else 0
        looks = 0
        self.began()
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if not self.is_watched():
                continue
            for message in await LiveMessage.filter(id__gt=seen).order_by("id").limit(READ_AT_ONCE):
                seen = message.id
                self.arrived(message.body)
            looks += 1
            if looks * LOOK_EVERY_S >= KEEP_S:
                looks = 0
                await self._prune()

    def is_watched(self) -> bool:
        return any(topic != topics.OUTBOX for topic in self._watches)

    async def _prune(self) -> None:
        """Remove what every process has read by now."""
        before = clock.machine() - timedelta(seconds=KEEP_S)
        if await LiveMessage.filter(created_at__lt=before).exists():
            await LiveMessage.filter(created_at__lt=before).delete()
