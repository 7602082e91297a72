"""The adapter: this product's questions in Meilisearch's API."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import meilisearch
from meilisearch.errors import MeilisearchApiError

from marketplace.database import new_id
from search import language
from search.engine import (
    MOST_HITS,
    MOST_WEIGHED,
    Changes,
    EngineUnavailable,
    Facets,
    Hit,
    Hits,
    Query,
    Sort,
    joined,
    size_of,
    without_own,
)
from search.gathering import Gatherer
from search.meilisearch import completing
from search.meilisearch.fields import (
    FACETS,
    INDEX,
    LIFTING,
    body_of,
    can_answer,
    filter_of,
    is_of_this_version,
    one_of,
    settings,
    sort_of,
    strategy_of,
)
from search.meilisearch.keys import TokenMaker
from search.meilisearch.server import Server
from search.places import Point, distance_m
from search.ranking.weights import Weights, lift, nearness, order

#: So long an index that was found to be ours is taken to be there still.
TRUST_S = 20.0
#: The server's score lies between 0 and 1, near to 1 for all that has every word: spread as the embedded engine's is.
SPREAD = 8


class MeilisearchEngine:
    """A Meilisearch server at `url`. Every process of every node that shares the index may write."""

    name = "meilisearch"
    writes_alone = False

    def __init__(self, url: str, key: str = "", index: str = INDEX, tokens: TokenMaker | None = None) -> None:
        self._server = Server(url, key)
        self._tokens = tokens
        self._uid = index
        self._trusted_until = 0.0
        self._gatherer = Gatherer(lambda batch: self._carry_out(self._uid, joined(batch)), size_of)

    def can_write(self) -> bool:
        return not self._server.is_away

    async def is_ready(self) -> bool:
        """Asks at most every TRUST_S: an index that the server lost, or made by itself, has other settings."""
        if time.monotonic() < self._trusted_until:
            return True
        found = await self._settings()
        if found is None or not can_answer(found):
            return False
        self._trusted_until = time.monotonic() + TRUST_S
        return True

    async def is_current(self) -> bool:
        found = await self._settings()
        return found is not None and is_of_this_version(found)

    async def _settings(self) -> dict[str, Any] | None:
        """The index's settings; None where there is no index."""

        def ask(client: meilisearch.Client) -> dict[str, Any]:
            return dict(client.index(self._uid).get_settings())

        try:
            return await self._server.ask(ask)
        except MeilisearchApiError as refused:
            if refused.code == "index_not_found":
                return None
            raise EngineUnavailable from refused

    async def find(self, query: Query) -> Hits:
        """The server can't weigh nearness and the like against relevance: what is most relevant is ranked here."""
        weighs = query.sort is Sort.RELEVANCE and (query.ranking is not None or not sort_of(query))
        weighs = weighs and (query.near is not None or query.ranking is not None)
        return await (self._weighed(query) if weighs else self._ordered(query))

    async def suggest(self, text: str, near: Point | None = None) -> list[str]:
        return await completing.suggest(self._search, text, near)

    async def sellers(self, text: str, near: Point | None = None) -> list[UUID]:
        return await completing.sellers(self._search, text, near)

    async def words_like(self, word: str) -> list[str]:
        return await completing.words_like(self._search, word)

    def token_for(self, cooperative_id: UUID, expires_at: datetime) -> tuple[str, str, str] | None:
        if self._tokens is None:
            return None
        return self._tokens.url, self._uid, self._tokens.make(self._uid, cooperative_id, expires_at)

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

    async def _counted(self, query: Query, offset: int, limit: int, **more: Any) -> dict[str, Any]:
        """An answer with its facets: one that the query narrows itself is asked for apart, at the same time."""
        wider = without_own(query)
        found, *counted = await asyncio.gather(
            self._ask(query, offset, limit, facets=[facet for facet in FACETS if facet not in wider], **more),
            *(self._ask(one, 0, 0, facets=[facet], sort=[]) for facet, one in wider.items()),
        )
        for one in counted:
            found["facetDistribution"] = found.get("facetDistribution", {}) | one["facetDistribution"]
        return found

    async def _ordered(self, query: Query) -> Hits:
        """A page in the server's own order: one row more on each side shows what stands around it."""
        start = 0 if query.after is None else query.after.offset
        found = await self._counted(query, max(start - 1, 0), query.first + 2)
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
        """A page of the most relevant hits, ranked by relevance, nearness and what lifts them together."""
        shown = ["id", "_geo", *LIFTING]
        found = await self._counted(query, 0, MOST_WEIGHED, showRankingScore=True, attributesToRetrieve=shown)
        opens = await self._open_among(query)
        places = {row["id"]: _order(query, row, is_open=opens is None or row["id"] in opens) for row in found["hits"]}
        rows = sorted(found["hits"], key=lambda row: (places[row["id"]], row["id"]))
        start = 0
        if query.after is not None:
            ids = [row["id"] for row in rows]
            last = str(query.after.last)
            start = ids.index(last) + 1 if last in ids else query.after.offset
        return _page(query, found, rows[start:], start)

    async def _open_among(self, query: Query) -> frozenset[str] | None:
        """Which of the most relevant hits are open when the query is asked; None: that isn't asked, or all are."""
        if query.ranking is None or query.filters.open_at is not None:
            return None
        opened = replace(query, filters=replace(query.filters, open_at=query.ranking.at))
        found = await self._ask(opened, 0, MOST_WEIGHED, attributesToRetrieve=["id"])
        return frozenset(row["id"] for row in found["hits"])


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


def _order(query: Query, row: dict[str, Any], *, is_open: bool) -> tuple[float, float]:
    weights = query.ranking.weights if query.ranking else Weights()
    worth = SPREAD * float(row["_rankingScore"]) ** 2 + 1
    if query.near is not None:
        worth *= nearness(distance_m(query.near, _point(row)), weights.half_worth_m)
    lifted = 1.0
    if query.ranking is not None:
        lifted = lift(
            query.ranking,
            is_open=is_open,
            reliability=row["reliability"],
            listed_s=row["listed_s"],
            is_member=row["is_member"],
        )
    return order(worth, lifted, is_near=query.near is not None)


def _point(row: dict[str, Any]) -> Point:
    return Point(row["_geo"]["lat"], row["_geo"]["lng"])


def _page(query: Query, found: dict[str, Any], rows: list[dict[str, Any]], start: int) -> Hits:
    hits = tuple(
        Hit(UUID(row["id"]), None if query.near is None else round(distance_m(query.near, _point(row))))
        for row in rows[: query.first]
    )
    return Hits(
        hits=hits,
        offset=start,
        total=found["estimatedTotalHits"],
        has_next=len(rows) > query.first,
        facets=Facets.of(found.get("facetDistribution", {})),
    )
