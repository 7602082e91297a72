"""The engine that needs no server: tantivy in the node's folder."""

from search.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
