"""Opaque global ids: `base64url("Listing:<uuid>")`. A client passes them on and never reads them."""

import base64
import binascii
from uuid import UUID

import strawberry

from marketplace.errors import Code, Invalid
from marketplace.node_ids import opaque


def to_id(type_name: str, id: UUID) -> strawberry.ID:
    """The global id of a thing."""
    return strawberry.ID(opaque(type_name, id))


def parse_id(text: str) -> tuple[str, UUID] | None:
    """The type's name and the uuid of a global id, or None when it isn't one."""
    try:
        name, _, id = (
            base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode().partition(":")
        )
        return name, UUID(id)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None


def from_id(type_name: str, text: str, field: str = "id") -> UUID:
    """The uuid of a global id of this type; raises Invalid naming `field`."""
    parsed = parse_id(text) if len(text) <= 200 else None
    if parsed is None or parsed[0] != type_name:
        raise Invalid.field(field, Code.INVALID, f"not the id of a {type_name}", f"bukan id untuk {type_name}")
    return parsed[1]
