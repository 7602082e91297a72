"""Pictures: uploaded to `POST /uploads/images`, shown by link."""

import strawberry

from catalog import models as rows
from catalog.images import SIZES, path_of
from schema.ids import to_id
from schema.nodes import Node


@strawberry.type(description="A picture of a listing. Its links never change what they show: keep them for ever.")
class Image(Node):
    hash: strawberry.Private[str]
    description: str = strawberry.field(description="For those who can't see it; may be empty.")
    width: int | None = strawberry.field(description="In pixels; null for a cover.")
    height: int | None = strawberry.field(description="In pixels; null for a cover.")

    @classmethod
    def of(cls, row: rows.Image) -> "Image":
        return cls(
            id=to_id("Image", row.pk),
            hash=row.hash,
            description=row.description,
            width=row.width,
            height=row.height,
        )

    @classmethod
    def cover(cls, listing: rows.Listing) -> "Image":
        """A listing's first picture, by what the listing itself knows of it."""
        assert listing.cover_hash is not None
        return cls(
            id=to_id("Cover", listing.pk),
            hash=listing.cover_hash,
            description=listing.title,
            width=None,
            height=None,
        )

    @strawberry.field(description="The whole picture, at most 2,048 pixels a side. Relative to the node's address.")
    def url(self) -> str:
        return path_of(self.hash)

    @strawberry.field(description=f"At most {SIZES['small']} pixels a side.")
    def small(self) -> str:
        return path_of(self.hash, "small")

    @strawberry.field(description=f"At most {SIZES['medium']} pixels a side.")
    def medium(self) -> str:
        return path_of(self.hash, "medium")

    @strawberry.field(description=f"At most {SIZES['large']} pixels a side.")
    def large(self) -> str:
        return path_of(self.hash, "large")
