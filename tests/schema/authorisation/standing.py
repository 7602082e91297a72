"""Each scene is played once, on a node of its own that begins where the scene before it has left off."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from marketplace import database
from marketplace.settings import Settings
from tests import copies
from tests.schema.authorisation.table import Scene
from tests.schema.authorisation.trying import Town, town
from tests.schema.authorisation.world import World

#: So many are kept, those asked for last: a scene whose beginning is gone is preceded by that once more.
KEPT = 8


@dataclass(frozen=True)
class Standing:
    """A node at rest: its settings, its things by name, and the minutes by which its clock is ahead."""

    settings: Settings
    world: World
    things: dict[str, str]
    minutes: int = 0


@dataclass
class Standings:
    """Where the scenes have brought their nodes, on databases of one kind, within a folder."""

    dialect: str
    folder: Path
    scenes: Mapping[str, Scene]
    _kept: OrderedDict[str | None, Standing] = field(default_factory=OrderedDict)

    async def after(self, name: str | None) -> Standing:
        """The node after this scene; after None, the town before any."""
        if name is None and name not in self._kept:
            await self._keep(None, await self._build())
        elif name is not None and name not in self._kept:
            async with self.playing(name):
                pass
        self._kept.move_to_end(name)
        return self._kept[name]

    @asynccontextmanager
    async def playing(self, name: str) -> AsyncIterator[Town]:
        """The scene's town, with its steps taken. What is tried in it leaves nothing to the scenes after it."""
        begun = await self.after(self.scenes[name].after)
        settings = await copies.copied(begun.settings)
        try:
            async with town(settings, begun.world, things=begun.things, minutes=begun.minutes) as played:
                await played.play(self.scenes[name].steps)
                things = dict(played.things)
                yield played
        except BaseException:
            await copies.remove(settings)
            raise
        await self._keep(name, Standing(settings, begun.world, things, played.minutes))

    async def close(self) -> None:
        """Remove every node."""
        while self._kept:
            await copies.remove(self._kept.popitem()[1].settings)

    async def _keep(self, name: str | None, standing: Standing) -> None:
        self._kept[name] = standing
        while len(self._kept) > KEPT:
            oldest = next(name for name in self._kept if name is not None)
            await copies.remove(self._kept.pop(oldest).settings)

    async def _build(self) -> Standing:
        settings = await copies.empty(self.dialect, self.folder, tax_designated_since="2025-07-14")
        await database.connect(settings)
        try:
            world = await World().build()
        finally:
            await database.disconnect()
        return Standing(settings, world, dict(world.things))
