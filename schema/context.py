"""What a request carries: who acts, in which language, and the adapters that services take."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from marketplace.identity.actor import NOBODY, Actor
from marketplace.settings import Settings

V = TypeVar("V")
Batch: TypeAlias = Callable[[Sequence[UUID]], Awaitable[Mapping[UUID, V]]]


@dataclass(slots=True)
class Context:
    """One request (or one subscription). `adapters` is `marketplace.wiring.Adapters`."""

    settings: Settings
    adapters: Any
    actor: Actor = NOBODY
    token: str | None = None  # what proved the actor; a subscription looks at it again
    language: str = "id"
    request_id: str = ""
    address: str = ""
    user_agent: str = ""
    spent: int = 0
    connection_params: Any = None  # what a WebSocket's connection_init carried
    _loaders: dict[Any, DataLoader[UUID, Any]] = field(default_factory=dict)

    async def load(self, batch: Batch[V], key: UUID) -> V | None:
        """One of `batch`'s rows, gathered with all others that this request asks of it: one statement."""
        return await self._loader(batch).load(key)

    async def load_many(self, batch: Batch[V], keys: Sequence[UUID]) -> list[V]:
        """Those of `keys` that exist, in the order asked."""
        found = await self._loader(batch).load_many(list(keys))
        return [row for row in found if row is not None]

    def known(self, batch: Batch[V], key: UUID, value: V) -> None:
        """What `batch` would read for `key`, as a service has just committed it: it isn't read again."""
        self._loader(batch).prime(key, value)

    def _loader(self, batch: Batch[V]) -> DataLoader[UUID, V | None]:
        if batch not in self._loaders:

            async def fetch(keys: list[UUID]) -> list[V | None]:
                found = await batch(keys)
                return [found.get(key) for key in keys]

            self._loaders[batch] = DataLoader(load_fn=fetch)
        return self._loaders[batch]

    def beside(self) -> "Context":
        """The same for another operation on the same connection: its own loaders, actor and cost."""
        return replace(self, spent=0, _loaders={})

    def forget(self) -> None:
        """Drop what was loaded: a mutation has changed it, or a subscription sends the next state."""
        self._loaders.clear()


Info: TypeAlias = strawberry.Info[Context, None]
