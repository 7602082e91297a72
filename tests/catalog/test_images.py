"""What an uploaded picture may be, and what is left of it."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from catalog import images


def encoded(format: str = "JPEG", size: tuple[int, int] = (900, 300), **facts: object) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "teal").save(kept, format, **facts)
    return kept.getvalue()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_pictures_become_webp_in_four_sizes(format: str, tmp_path: Path) -> None:
    picture = images.read(encoded(format))
    assert (picture.width, picture.height) == (900, 300)
    images.keep(tmp_path, picture)
    images.keep(tmp_path, picture)
    longest = [Image.open(images.file_of(tmp_path, name)).size[0] for name in picture.files]
    assert longest == [900, 900, 480, 160]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 4


def test_a_large_picture_is_made_smaller() -> None:
    picture = images.read(encoded(size=(4_000, 1_000)))
    assert (picture.width, picture.height) == (2_048, 512)


def test_where_it_was_taken_is_not_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera Bu Sri"
    exif[0x0112] = 6  # turned a quarter
    picture = images.read(encoded(exif=exif))
    assert (picture.width, picture.height) == (300, 900)
    assert all(b"Bu Sri" not in content for content in picture.files.values())


def _png_that_says(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (7_000, 7_000), (31, 500)])
def test_out_of_bounds(size: tuple[int, int]) -> None:
    with pytest.raises(images.PictureOutOfBounds):
        images.read(_png_that_says(*size))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        _png_that_says(500, 500),
        encoded("BMP"),
        encoded()[:400],
    ],
)
def test_what_is_no_picture(content: bytes) -> None:
    with pytest.raises(images.NotAPicture):
        images.read(content)
