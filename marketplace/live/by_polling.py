"""Hints through a table that is looked at several times a second: SQLite with more than one process."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from marketplace import clock
from marketplace.live.carried import CarriedHub
from marketplace.live.models import LiveMessage

LOOK_EVERY_S = 0.1
KEEP_S = 60.0
READ_AT_ONCE = 500


class PollingHub(CarriedHub):
    """Writes hints as rows and looks for newer rows than the last it saw."""

    async def send(self, messages: Sequence[bytes]) -> None:
        await LiveMessage.bulk_create([LiveMessage(body=message.decode()) for message in messages])

    async def receive(self) -> None:
        newest = await LiveMessage.all().order_by("-id").first()
        seen = newest.id if newest else 0
        looks = 0
        self.began()
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            for message in await LiveMessage.filter(id__gt=seen).order_by("id").limit(READ_AT_ONCE):
                seen = message.id
                self.arrived(message.body)
            looks += 1
            if looks * LOOK_EVERY_S >= KEEP_S:
                looks = 0
                await self._prune()

    async def _prune(self) -> None:
        """Remove what every process has read by now."""
        before = clock.machine() - timedelta(seconds=KEEP_S)
        if await LiveMessage.filter(created_at__lt=before).exists():
            await LiveMessage.filter(created_at__lt=before).delete()
