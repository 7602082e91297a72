"""A stand-in for a Meilisearch server: real HTTP, state, tasks that take time and may fail, scoped keys.

It answers as Meilisearch's reference says (1.41), for what the adapter uses and no more; an unknown route,
an unfilterable attribute or a key without the action is refused as there.
"""

from tests.search.fake_meilisearch.server import FakeMeilisearch

__all__ = ["FakeMeilisearch"]
