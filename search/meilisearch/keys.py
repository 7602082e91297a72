"""A key for the node that can do what the node does and nothing else."""

import meilisearch
from meilisearch.errors import MeilisearchError

from search.engine import EngineUnavailable
from search.meilisearch.fields import KEY_ACTIONS, KEY_INDEXES
from search.meilisearch.server import WRITE_TIMEOUT_S


def make_key(url: str, master_key: str) -> str:
    """Make such a key with the server's master key; raises EngineUnavailable. Blocks: for the command line."""
    client = meilisearch.Client(url.rstrip("/"), master_key, timeout=WRITE_TIMEOUT_S)
    try:
        made = client.create_key(
            {
                "name": "lumbung",
                "description": "A Lumbung node: search and index listings.",
                "actions": KEY_ACTIONS,
                "indexes": KEY_INDEXES,
                "expiresAt": None,
            }
        )
    except MeilisearchError as cause:
        raise EngineUnavailable from cause
    return str(made.key)
