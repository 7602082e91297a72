"""What people wait for: searches through the whole application, GraphQL and database included.

The application runs here, over ASGI, on SQLite with as many rows as the index has documents. Beside each kind stands
what the engine alone takes for the same questions, on the same machine, in the same minute. The processor's time is
that of the whole process, for the engine works in a thread.
"""

import gc
import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from asgi_lifespan import LifespanManager
from starlette.types import ASGIApp, Message

from cooperatives.membership.models import Cooperative, CooperativeKind
from marketplace import database, logs
from marketplace.app import create_app
from marketplace.settings import Settings
from search.documents import ListingDocument
from tests.benchmarks.menus import COOPERATIVES, many
from tests.benchmarks.questions import Question, Times, Typed, percentile, questions
from tests.catalog.shops import a_seller, a_variant
from tests.conftest import _lay_tables

KINDS = ("type-ahead, near", "words, facets", "words, filters, facets", "words, near", "words, filters, 5 km")
SEARCH = """query Search($search: ListingSearch!) { listings(search: $search, first: 20) {
  total degraded isWidened pageInfo { hasNextPage endCursor }
  facets { kinds { kind count } categories { category { code name } count }
    cooperatives { cooperative { name } count } }
  edges { distance title { text isMatch }
    node { id price { least most } cover { url } seller { id name slug isOpen } } } } }"""
TYPE_AHEAD = """query TypeAhead($text: String!, $near: GeoPointInput) { typeAhead(text: $text, near: $near) {
  listings sellers { slug name } categories { code name } recent } }"""


async def measure(folder: Path, size: int) -> dict[str, float]:
    """Milliseconds of the processor at p99, by kind. `folder` holds the index of `size` listings."""
    settings = Settings(folder=folder, worker_in_process=False, rate_per_minute=1_000_000, log_level="error")
    await _lay_tables(settings)
    await _lay_rows(settings, size)
    logs.configure(settings)
    app = create_app(settings)
    gc.collect()
    gc.freeze()  # as a server process does (`app.from_environment`)
    p99s = {}
    async with LifespanManager(app) as running:
        searcher = app.state.adapters.engine.searcher()
        for kind in KINDS:
            wanted = questions()[kind]
            await _ask(running.app, wanted[0])  # the document is parsed once for all who send it
            whole, alone = Times(), Times()
            for question in wanted:
                await _timed(running.app, question, whole)
                alone.of(question, searcher)
            added = [all_ms - engine_ms for all_ms, engine_ms in zip(whole.cpu_ms, alone.cpu_ms, strict=True)]
            name = f"GraphQL: {kind}"
            print(f"{whole.told(name)}   beside the engine p50 {percentile(added, 50):.1f} ms")
            p99s[name] = percentile(whole.cpu_ms, 99)
    return p99s


async def _timed(app: ASGIApp, question: Question, times: Times) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    body = await _ask(app, question)
    times.cpu_ms.append((time.process_time() - cpu) * 1000)
    times.wall_ms.append((time.perf_counter() - wall) * 1000)
    answer = json.loads(body)
    assert "errors" not in answer, answer["errors"]
    assert isinstance(question, Typed) or not answer["data"]["listings"]["degraded"]


async def _ask(app: ASGIApp, question: Question) -> bytes:
    """The answer's body, from the application itself: no connection, no HTTP parser, no client."""
    document, variables = _document_of(question)
    body = json.dumps({"query": document, "variables": variables}).encode()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }
    sent: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    await app(scope, receive, send)
    return b"".join(sent)


def _document_of(question: Question) -> tuple[str, dict[str, Any]]:
    near = None if question.near is None else {"lat": question.near.lat, "lon": question.near.lon}
    if isinstance(question, Typed):
        return TYPE_AHEAD, {"text": question.text, "near": near}
    filters = question.filters
    return SEARCH, {
        "search": {
            "text": question.text,
            "near": near,
            "sort": question.sort.value,
            "kind": filters.kind,
            "category": filters.category,
            "radius": filters.radius_m,
            "priceMax": filters.price_max,
            "openAt": None if filters.open_at is None else filters.open_at.isoformat(),
        }
    }


async def _lay_rows(settings: Settings, size: int) -> None:
    """Shops and listings as the index has them. Each is like one that the services' own classes wrote."""
    await database.connect(settings)
    for number, id in enumerate(COOPERATIVES):
        await Cooperative.create(
            id=id,
            slug=f"k-{number}",
            code=f"K{number}",
            name=f"Koperasi {number}",
            kind=CooperativeKind.FOOD,
            region_code="35",
        )
    shop = await a_seller(await Cooperative.get(id=COOPERATIVES[0]))
    listing_id = (await a_variant(shop)).listing_id
    await database.disconnect()
    with sqlite3.connect(settings.folder / "lumbung.sqlite3") as rows:
        rows.row_factory = sqlite3.Row
        shops: dict[str, ListingDocument] = {}
        written = (shops.setdefault(str(one.seller_id), one) and one for one in many(size))
        _copy(rows, "listing", str(listing_id), (_listing(one) for one in written))
        _copy(rows, "seller", str(shop.pk), map(_shop, shops.values()))
    rows.close()


def _copy(rows: sqlite3.Connection, table: str, like: str, changed: Iterator[dict[str, Any]]) -> None:
    """Write rows like the one with that id, each with its changes."""
    found = dict(rows.execute(f"SELECT * FROM {table} WHERE id = ?", [like]).fetchone())
    asked = f"INSERT INTO {table} ({', '.join(found)}) VALUES ({', '.join('?' * len(found))})"
    rows.executemany(asked, (list((found | change).values()) for change in changed))


def _listing(one: ListingDocument) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "seller_id": str(one.seller_id),
        "kind": one.kind,
        "category_code": one.categories[0],
        "title": one.title,
        "description": one.description,
        "price_from": one.price_min,
        "price_to": one.price_max,
    }


def _shop(one: ListingDocument) -> dict[str, Any]:
    return {
        "id": str(one.seller_id),
        "cooperative_id": str(one.cooperative_id),
        "slug": f"s-{one.seller_id.hex}",
        "name": one.seller_name,
        "region_code": one.region_code,
        "lat": one.place.lat,
        "lon": one.place.lon,
    }
