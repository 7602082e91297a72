"""The floor: the same page of listings by hand, Starlette + asyncpg + orjson. Run as a process of its own."""

import base64
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

QUERY = """
    SELECT l.id, l.title, l.price_from, l.price_to, l.cover_hash, s.id AS seller_id, s.name, s.slug
    FROM unnest($1::uuid[]) WITH ORDINALITY AS asked(id, place)
    JOIN listing l ON l.id = asked.id JOIN seller s ON s.id = l.seller_id
    ORDER BY asked.place
"""


def _id(kind: str, id: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(f"{kind}:{id}".encode()).decode().rstrip("=")


async def page(request: Request) -> Response:
    rows = await request.app.state.pool.fetch(QUERY, request.query_params["ids"].split(","))
    nodes = [
        {
            "id": _id("Listing", row["id"]),
            "title": row["title"],
            "price": {"least": row["price_from"], "most": row["price_to"]},
            "cover": {"url": f"/images/{row['cover_hash']}"} if row["cover_hash"] else None,
            "seller": {"id": _id("Seller", row["seller_id"]), "name": row["name"], "slug": row["slug"]},
        }
        for row in rows
    ]
    return Response(orjson.dumps({"data": {"listings": {"nodes": nodes}}}), media_type="application/json")


def main() -> None:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pool = await asyncpg.create_pool(
            os.environ["BASELINE_DATABASE_URL"],
            min_size=4,
            max_size=8,
            ssl="allow",  # as the node does on loopback
        )
        yield
        await app.state.pool.close()

    app = Starlette(routes=[Route("/page", page)], lifespan=lifespan)
    uvicorn.run(app, port=int(os.environ["BASELINE_PORT"]), log_level="error", loop="uvloop", http="httptools")


if __name__ == "__main__":
    main()
