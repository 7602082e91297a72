"""The adapter: this product's questions in Meilisearch's API."""

import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import meilisearch
from meilisearch.errors import MeilisearchApiError

from marketplace.database import new_id
from search import language
from search.engine import (
    MOST_HITS,
    MOST_SUGGESTIONS,
    Changes,
    EngineUnavailable,
    Facets,
    Filters,
    Hit,
    Hits,
    Query,
    Sort,
    joined,
    size_of,
)
from search.gathering import Gatherer
from search.meilisearch.fields import FACETS, INDEX, body_of, filter_of, fits, one_of, settings, sort_of, strategy_of
from search.meilisearch.server import Server
from search.places import Point, distance_m

#: The server can't weigh nearness against relevance: so many of the most relevant hits are ranked here.
WEIGHED_HITS = 1_000
#: As in the embedded engine: a hit this far away counts half as much as one at the point.
HALF_WORTH_M = 5_000
SUGGESTION_REACH_M = 25_000
#: So long an index that was found to be ours is taken to be there still.
TRUST_S = 20.0


class MeilisearchEngine:
    """A Meilisearch server at `url`. Every process of every node that shares the index may write."""

    name = "meilisearch"
    writes_alone = False

    def __init__(self, url: str, key: str = "", index: str = INDEX) -> None:
        self._server = Server(url, key)
        self._uid = index
        self._trusted_until = 0.0
        self._gatherer = Gatherer(lambda batch: self._carry_out(self._uid, joined(batch)), size_of)

    def can_write(self) -> bool:
        return True

    async def is_ready(self) -> bool:
        """Asks at most every TRUST_S: an index that the server lost, or made by itself, has other settings."""
        if time.monotonic() < self._trusted_until:
            return True

        def ask(client: meilisearch.Client) -> dict[str, Any]:
            return dict(client.index(self._uid).get_settings())

        try:
            if not fits(await self._server.ask(ask)):
                return False
        except MeilisearchApiError as refused:
            if refused.code == "index_not_found":
                return False
            raise EngineUnavailable from refused
        self._trusted_until = time.monotonic() + TRUST_S
        return True

    async def find(self, query: Query) -> Hits:
        weighs = query.near is not None and query.sort is Sort.RELEVANCE and not sort_of(query)
        return await (self._weighed(query) if weighs else self._ordered(query))

    async def suggest(self, text: str, near: Point | None = None) -> list[str]:
        if not language.words_of(text):
            return []
        filters = Filters(radius_m=SUGGESTION_REACH_M) if near is not None else Filters()
        asked = {
            "attributesToSearchOn": ["title"],
            "attributesToRetrieve": ["shown"],
            "matchingStrategy": "all",
            "limit": 20 * MOST_SUGGESTIONS,
            "filter": filter_of(Query(near=near, filters=filters)),
        }
        found = await self._search(" ".join(language.query_words(text)), asked)
        if not found["hits"] and near is not None:
            return await self.suggest(text)
        counts = Counter(hit["shown"] for hit in found["hits"])
        seen: dict[str, str] = {}
        for title, _ in counts.most_common():
            seen.setdefault(language.normalise(title), title)
        return list(seen.values())[:MOST_SUGGESTIONS]

    async def write(self, changes: Changes) -> None:
        await self._gatherer.add(changes)

    @asynccontextmanager
    async def rebuild(self) -> AsyncIterator["MeilisearchRebuild"]:
        uid = f"{self._uid}_{new_id().hex}"
        create, configure = _creation(uid)
        await self._server.carry_out(create, configure)
        try:
            yield MeilisearchRebuild(self, uid)
        finally:
            # After a swap this is the index that was searched before.
            await self._server.carry_out(lambda client: client.delete_index(uid), unless="index_not_found")

    async def count(self) -> int:
        def ask(client: meilisearch.Client) -> int:
            return int(client.index(self._uid).get_stats().number_of_documents)

        try:
            return await self._server.ask(ask)
        except MeilisearchApiError as refused:
            raise EngineUnavailable from refused

    async def close(self) -> None:
        await self._gatherer.close()

    async def put_in(self, uid: str, changes: Changes) -> None:
        await self._carry_out(uid, changes)

    async def swap_in(self, uid: str) -> None:
        """Make `uid` the index that is searched; the old one then stands under `uid`."""
        await self._server.carry_out(
            lambda client: client.create_index(self._uid, {"primaryKey": "id"}), unless="index_already_exists"
        )
        await self._server.carry_out(lambda client: client.swap_indexes([{"indexes": [self._uid, uid]}]))
        self._trusted_until = time.monotonic() + TRUST_S

    async def _carry_out(self, uid: str, changes: Changes) -> None:
        tasks = []
        if changes.remove:
            gone = one_of("id", [str(id) for id in changes.remove])
            tasks.append(lambda client: client.index(uid).delete_documents(filter=gone))
        if changes.put:
            bodies = [body_of(document) for document in changes.put]
            tasks.append(lambda client: client.index(uid).add_documents(bodies, primary_key="id"))
        try:
            await self._server.carry_out(*tasks)
        except MeilisearchApiError as refused:
            raise EngineUnavailable from refused

    async def _search(self, text: str, asked: dict[str, Any]) -> dict[str, Any]:
        def ask(client: meilisearch.Client) -> dict[str, Any]:
            found: dict[str, Any] = client.index(self._uid).search(text, asked)
            return found

        try:
            return await self._server.search(ask)
        except MeilisearchApiError as refused:
            self._trusted_until = 0.0
            raise EngineUnavailable from refused

    async def _ask(self, query: Query, offset: int, limit: int, **more: Any) -> dict[str, Any]:
        asked = {
            "attributesToRetrieve": ["id", "_geo"],
            "matchingStrategy": strategy_of(query),
            "filter": filter_of(query),
            "sort": sort_of(query),
            "offset": offset,
            "limit": limit,
            **more,
        }
        return await self._search(" ".join(language.query_words(query.text)), asked)

    async def _ordered(self, query: Query) -> Hits:
        """A page in the server's own order: one row more on each side shows what stands around it."""
        start = 0 if query.after is None else query.after.offset
        found = await self._ask(query, max(start - 1, 0), query.first + 2, facets=FACETS)
        rows = found["hits"]
        if query.after is not None:
            if rows and rows[0]["id"] == str(query.after.last):
                rows = rows[1:]
            else:
                start = await self._where(query, query.after.last, start)
                rows = (await self._ask(query, start, query.first + 1))["hits"]
        return _page(query, found, rows, start)

    async def _where(self, query: Query, last: UUID, otherwise: int) -> int:
        """The place behind `last`, which moved since; `otherwise` when it is gone."""
        everything = await self._ask(query, 0, MOST_HITS, attributesToRetrieve=["id"])
        ids = [row["id"] for row in everything["hits"]]
        return ids.index(str(last)) + 1 if str(last) in ids else otherwise

    async def _weighed(self, query: Query) -> Hits:
        """A page of the most relevant hits, ranked by relevance and nearness together."""
        near = query.near or Point(0, 0)
        found = await self._ask(query, 0, WEIGHED_HITS, facets=FACETS, showRankingScore=True)
        rows = sorted(
            found["hits"],
            key=lambda row: (
                -(row["_rankingScore"] + 1) / (1 + distance_m(near, _point(row)) / HALF_WORTH_M),
                row["id"],
            ),
        )
        start = 0
        if query.after is not None:
            ids = [row["id"] for row in rows]
            last = str(query.after.last)
            start = ids.index(last) + 1 if last in ids else query.after.offset
        return _page(query, found, rows[start:], start)


class MeilisearchRebuild:
    """A second index on the server, filled beside the one that is searched."""

    def __init__(self, engine: MeilisearchEngine, uid: str) -> None:
        self._engine, self._uid = engine, uid

    async def write(self, changes: Changes) -> None:
        await self._engine.put_in(self._uid, changes)

    async def swap(self) -> None:
        await self._engine.swap_in(self._uid)


def _creation(uid: str) -> tuple[Any, Any]:
    return (
        lambda client: client.create_index(uid, {"primaryKey": "id"}),
        lambda client: client.index(uid).update_settings(settings()),
    )


def _point(row: dict[str, Any]) -> Point:
    return Point(row["_geo"]["lat"], row["_geo"]["lng"])


def _page(query: Query, found: dict[str, Any], rows: list[dict[str, Any]], start: int) -> Hits:
    hits = tuple(
        Hit(UUID(row["id"]), None if query.near is None else round(distance_m(query.near, _point(row))))
        for row in rows[: query.first]
    )
    counts = found.get("facetDistribution", {})
    cooperatives = counts.get("cooperative", {})
    return Hits(
        hits=hits,
        offset=start,
        total=found["estimatedTotalHits"],
        has_next=len(rows) > query.first,
        facets=Facets(
            kinds=counts.get("kind", {}),
            categories={category: n for category, n in counts.get("category", {}).items() if category},
            cooperatives={UUID(id): n for id, n in cooperatives.items() if id},
        ),
    )
