"""A seeded node of its own for each test, on SQLite and on PostgreSQL."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import databases, scratch_postgres
from tests.node import Node


@pytest.fixture(params=databases())
async def node(request: pytest.FixtureRequest) -> AsyncIterator[Node]:
    """A node with the seeded town, not yet started."""
    with tempfile.TemporaryDirectory(prefix="lumbung-node-") as folder:
        if request.param == "sqlite":
            yield _seeded(Node(Path(folder)))
            return
        async with scratch_postgres() as url:
            yield _seeded(Node(Path(folder), database_url=url))


def _seeded(node: Node) -> Node:
    node.run("migrate")
    node.run("seed")
    return node
