"""What commands share: the settings of the environment, and a node opened for the length of one command."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tortoise.exceptions import OperationalError

from marketplace import database, migrating, settings, wiring
from marketplace.settings import Settings
from marketplace.wiring import Adapters

T = TypeVar("T")


class NotMigrated(Exception):
    """The database is behind this version of the program."""


def read_settings() -> Settings:
    """The settings of the environment; raises SettingsRefused, which `main` prints."""
    return settings.read()


def on_node(work: Callable[[Adapters], Awaitable[T]]) -> T:
    """Open the database and the adapters, do `work`, and close them. Raises NotMigrated, which `main` prints."""

    async def opened() -> T:
        chosen = read_settings()
        await database.connect(chosen)
        adapters = wiring.build(chosen)
        try:
            return await work(adapters)
        except OperationalError as fault:
            if behind := await migrating.pending(chosen):
                raise NotMigrated(f"the database lacks {', '.join(behind)}: run `lumbung migrate` first") from fault
            raise
        finally:
            await wiring.close(adapters)
            await database.disconnect()

    return asyncio.run(opened())
