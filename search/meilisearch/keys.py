"""A key for the node that can do what the node does and nothing else, and tokens for others that can do far less."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import meilisearch
from meilisearch.errors import MeilisearchError

from search.engine import EngineUnavailable
from search.meilisearch.fields import KEY_ACTIONS, KEY_INDEXES
from search.meilisearch.server import WRITE_TIMEOUT_S


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key, and the uid by which tokens that it signs name it."""

    key: str
    uid: str


def make_key(url: str, master_key: str) -> MadeKey:
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
    return MadeKey(str(made.key), str(made.uid))


@dataclass(frozen=True, slots=True)
class TokenMaker:
    """Signs tenant tokens: whoever has one may search one index through the filter in it, until it ends.

    `url` is where the server is reached from outside. A token can do no more than search, whatever its key may do.
    """

    url: str
    key: str
    key_uid: str

    def make(self, index: str, cooperative_id: UUID, expires_at: datetime) -> str:
        rules = {index: {"filter": f"cooperative = '{cooperative_id}'"}}
        token: str = meilisearch.Client(self.url, self.key).generate_tenant_token(
            self.key_uid, rules, expires_at=expires_at
        )
        return token
