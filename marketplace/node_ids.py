"""Opaque ids of what the API shows: `base64url("Listing:<uuid>")`. Pure."""

import base64
from uuid import UUID


def opaque(type_name: str, id: UUID | str) -> str:
    """The global id of a thing of this GraphQL type."""
    return base64.urlsafe_b64encode(f"{type_name}:{id}".encode()).decode().rstrip("=")
