"""Files of pictures that no listing shows: swept after a day, never from under an upload."""

import os
import time
from pathlib import Path

import pytest

from catalog import images, orphans
from catalog.models import Image, Listing, ListingKind, ListingState
from tests.catalog.shops import a_cooperative, a_seller
from tests.catalog.test_images import encoded

pytestmark = pytest.mark.anyio


def kept(folder: Path, *, color: int, days_old: float = 0) -> images.Picture:
    picture = images.read(encoded("PNG", (100 + color, 100)))
    images.keep(folder, picture)
    for name in picture.files:
        old = time.time() - days_old * 24 * 3600
        os.utime(images.file_of(folder, name), (old, old))
    return picture


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and "images" in path.parts}


async def sweep_all(folder: Path) -> int:
    return sum([await orphans.sweep_part(folder, part) for part in range(orphans.PARTS)])


async def test_only_what_is_old_and_shown_nowhere_goes(db: object, tmp_path: Path) -> None:
    seller = await a_seller(await a_cooperative())
    listing = await Listing.create(
        seller_id=seller.pk, kind=ListingKind.GOODS, category_code="x", title="Beras", state=ListingState.PUBLISHED
    )
    shown, gone, young = (kept(tmp_path, color=n, days_old=days) for n, days in ((1, 9), (2, 9), (3, 0)))
    await Image.create(listing_id=listing.pk, hash=shown.hash, width=100, height=100)
    left_behind = images.file_of(tmp_path, next(iter(gone.files))).with_name(".half-written")
    left_behind.write_bytes(b"x")
    os.utime(left_behind, (0, 0))
    assert await sweep_all(tmp_path) == 5  # four sizes, and what a dead writer left
    assert files(tmp_path) == {*shown.files, *young.files}
    assert await sweep_all(tmp_path) == 0


async def test_an_upload_of_the_same_picture_saves_its_files(db: object, tmp_path: Path) -> None:
    picture = kept(tmp_path, color=1, days_old=9)
    images.keep(tmp_path, picture)  # its row is not written yet
    assert await sweep_all(tmp_path) == 0
    assert files(tmp_path) == set(picture.files)


async def test_one_that_comes_between_look_and_removal_is_put_back(
    db: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = kept(tmp_path, color=1, days_old=9)
    looked = orphans._old_files

    def look_then_upload(place: Path) -> list[Path]:
        found = looked(place)
        images.keep(tmp_path, picture)
        return found

    monkeypatch.setattr(orphans, "_old_files", look_then_upload)
    assert await orphans.sweep_part(tmp_path, int(picture.hash[:2], 16)) == 0
    assert files(tmp_path) == set(picture.files)
