"""The engine of a larger node: a Meilisearch server, reached by its official client off the event loop."""

from search.meilisearch.engine import MeilisearchEngine

__all__ = ["MeilisearchEngine"]
