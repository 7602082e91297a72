"""`lumbung reindex`, with and without a server that holds the index's lock."""

from pathlib import Path

import httpx
import pytest

from tests.node import Node

COUNT = "{ listings { total degraded } }"


def total(node: Node) -> dict[str, object]:
    answer = httpx.post(f"{node.base}/graphql", json={"query": COUNT}, timeout=30).json()
    found: dict[str, object] = answer["data"]["listings"]
    return found


@pytest.mark.parametrize("is_served", [False, True])
def test_the_index_is_built_anew_by_whoever_writes_it(tmp_path: Path, is_served: bool) -> None:
    node = Node(tmp_path)
    if is_served:
        with node:
            done = node.run("reindex", "--wait-s", "60")
            assert total(node) == {"total": 0, "degraded": False}
    else:
        node.lay_tables()
        done = node.run("reindex")
    assert done.stdout.startswith("reindex: documents=0 seconds=")
    assert (tmp_path / "search" / "CURRENT").exists()
