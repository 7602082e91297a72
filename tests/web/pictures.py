"""`make pictures`: a newcomer's first order at a person's pace, and the pictures of it in README.

The node is one as `make run` serves it, in a folder of its own.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.web.test_newcomer import play_newcomer

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PACE_MS = 1500
QUALITY = 80
MOST_BYTES = 60_000


def main() -> None:
    """Plays, tells how long it took, and writes docs/pictures/*.webp."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("needs Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as work:
        shots = Path(work) / "shots"
        play_newcomer(Path(work) / "node", chromium, shots, pace_ms=PACE_MS)
        FOLDER.mkdir(exist_ok=True)
        for shot in sorted(shots.glob("readme-*.png")):
            picture = FOLDER / f"{shot.stem.removeprefix('readme-')}.webp"
            Image.open(shot).save(picture, quality=QUALITY, method=6)
            size = picture.stat().st_size
            assert size <= MOST_BYTES, f"{picture.name} has {size} bytes"
            print(f"{picture.name} {size} bytes")


if __name__ == "__main__":
    main()
