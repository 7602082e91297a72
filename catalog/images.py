"""Pictures: looked into, bounded, re-encoded, and kept in the node's folder under the hash of what was kept.

What is served is never what was uploaded: re-encoding drops metadata (where a photo was taken) and whatever
else a file may carry.
"""

import asyncio
import hashlib
import io
import os
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import PIL.Image
from PIL import ImageOps, UnidentifiedImageError

from catalog import listings, sellers
from catalog.facts import checked, text
from catalog.models import Image, Listing
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, signed_in

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_PIXELS = 40_000_000
LEAST_SIDE = 32
WHOLE_SIDE = 2_048
#: Thumbnails: the longest side in pixels.
SIZES = {"small": 160, "medium": 480, "large": 1_024}
QUALITY = 80
IMAGES_A_LISTING = 10
FOLDER = "images"
NAME = re.compile(r"([0-9a-f]{64})(?:-(small|medium|large))?\.webp")


class NotAPicture(MarketplaceError):
    """This file is not a JPEG, PNG or WebP picture that can be read."""

    code = Code.UNSUPPORTED_MEDIA
    pesan = "Berkas ini bukan gambar JPEG, PNG, atau WebP yang dapat dibaca."


class PictureOutOfBounds(MarketplaceError):
    """A picture has at least {least} pixels a side and at most {most} pixels in all."""

    code = Code.OUT_OF_RANGE
    pesan = "Gambar paling kecil {least} piksel tiap sisi dan paling besar {most} piksel seluruhnya."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: `files` by name, of which the first is the whole."""

    hash: str
    width: int
    height: int
    files: dict[str, bytes]


def path_of(hash: str, size: str | None = None) -> str:
    """The link of a picture, or of one of its thumbnails, relative to the node's address."""
    return f"/{FOLDER}/{_name(hash, size)}"


def _name(hash: str, size: str | None) -> str:
    return f"{hash}-{size}.webp" if size else f"{hash}.webp"


def read(content: bytes) -> Picture:
    """Look into an uploaded file and encode it anew. Raises NotAPicture or PictureOutOfBounds. Takes time."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                width, height = opened.size
                if width * height > LARGEST_PIXELS or min(width, height) < LEAST_SIDE:
                    raise PictureOutOfBounds(least=LEAST_SIDE, most=LARGEST_PIXELS)
                opened.draft("RGB", (WHOLE_SIDE, WHOLE_SIDE))
                turned = ImageOps.exif_transpose(opened)
                whole = turned.convert("RGBA" if "A" in turned.getbands() or "transparency" in turned.info else "RGB")
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as cause:
        raise PictureOutOfBounds(least=LEAST_SIDE, most=LARGEST_PIXELS) from cause
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as cause:
        raise NotAPicture from cause
    whole.thumbnail((WHOLE_SIDE, WHOLE_SIDE))
    encoded = _encoded(whole)
    hash = hashlib.sha256(encoded).hexdigest()
    files = {_name(hash, None): encoded}
    smaller = whole
    for size, side in sorted(SIZES.items(), key=lambda item: -item[1]):
        smaller = smaller.copy()
        smaller.thumbnail((side, side))
        files[_name(hash, size)] = _encoded(smaller)
    return Picture(hash, whole.width, whole.height, files)


def _encoded(picture: PIL.Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "WEBP", quality=QUALITY, method=4)
    return kept.getvalue()


def keep(folder: Path, picture: Picture) -> None:
    """Write the files, each whole or not at all; what is there already is the same and stays."""
    for name, content in picture.files.items():
        path = file_of(folder, name)
        if _is_kept(path):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{name}.{new_id().hex}")
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)


def _is_kept(path: Path) -> bool:
    """Whether the file is there; it then counts as new, so that no sweep takes it before its picture has a row."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def file_of(folder: Path, name: str) -> Path:
    """Where a file with this name is kept."""
    return folder / FOLDER / name[:2] / name


async def add_image(actor: Actor, *, listing_id: UUID, content: bytes, folder: Path, description: str = "") -> Image:
    """Add a picture to a listing. The same picture twice is one. Raises NotFound, Forbidden, NotAPicture …"""
    signed_in(actor)
    description = checked({"description": text(0, 200)}, {"description": description})["description"]
    listing = await Listing.get_or_none(pk=listing_id).select_related("seller")
    if listing is None or not listings.is_visible(actor, listing):
        raise NotFound("listing")
    sellers.require_keeper(actor, listing.seller)
    picture = await asyncio.to_thread(read, content)
    await asyncio.to_thread(keep, folder, picture)
    async with transaction():
        listing = await listings.locked_listing(actor, listing_id)
        standing = await Image.filter(listing_id=listing_id).order_by("position")
        for image in standing:
            if image.hash == picture.hash:
                return image
        if len(standing) >= IMAGES_A_LISTING:
            raise Invalid.field(
                "listingId",
                Code.TOO_MANY,
                f"at most {IMAGES_A_LISTING} pictures",
                f"paling banyak {IMAGES_A_LISTING} gambar",
            )
        image = await Image.create(
            listing_id=listing_id,
            hash=picture.hash,
            width=picture.width,
            height=picture.height,
            description=description,
            position=standing[-1].position + 1 if standing else 0,
        )
        await listings.save(listing, {"cover_hash": standing[0].hash if standing else picture.hash})
        return image


async def remove_image(actor: Actor, *, image_id: UUID) -> Listing:
    """Take a picture off its listing. Its files go with a later sweep, unless another listing shows it."""
    async with transaction():
        image = await Image.get_or_none(pk=image_id)
        if image is None:
            raise NotFound("image")
        listing = await listings.locked_listing(actor, image.listing_id)
        await Image.filter(pk=image_id).delete()
        first = await Image.filter(listing_id=listing.pk).order_by("position").first()
        return await listings.save(listing, {"cover_hash": first.hash if first else None})
