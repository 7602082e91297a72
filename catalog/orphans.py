"""Files of pictures that no listing shows any more: swept by the timetable, one part of the folder at a time.

A file younger than `GRACE` is left alone: its upload may still be under way. Uploading the same picture again makes
its files young; a file is therefore put aside first, looked at once more, and put back when that has happened
meanwhile.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from catalog.images import FOLDER, NAME
from catalog.models import Image
from marketplace import clock
from marketplace.settings import Settings

GRACE_S = 24 * 3600
#: The folder's parts: the first two digits of a file's name.
PARTS = 256
#: Seconds between two sweeps: every part is seen about every six hours.
EVERY_S = 90
#: Files that one sweep looks at, and hashes that one statement asks for.
MOST, BATCH = 20_000, 500


class HasFolder(Protocol):
    """What the sweep needs of the adapters."""

    @property
    def settings(self) -> Settings: ...


async def sweep(adapters: HasFolder) -> int:
    """Remove the orphans of the part whose turn it is; answers how many files."""
    part = int(clock.now().timestamp()) // EVERY_S % PARTS
    return await sweep_part(adapters.settings.folder, part)


async def sweep_part(folder: Path, part: int) -> int:
    """Remove the orphans among the pictures whose name begins with this byte."""
    place = folder / FOLDER / f"{part:02x}"
    old = await asyncio.to_thread(lambda: _old_files(place))
    hashes = sorted({found[1] for path in old if (found := NAME.fullmatch(path.name))})
    shown: set[str] = set()
    for start in range(0, len(hashes), BATCH):
        rows = await Image.filter(hash__in=hashes[start : start + BATCH]).distinct().values_list("hash", flat=True)
        shown.update(str(hash) for hash in rows)
    orphans = [path for path in old if not _is_shown(path, shown)]
    return await asyncio.to_thread(lambda: sum(_remove(path) for path in orphans))


def _is_shown(path: Path, shown: set[str]) -> bool:
    found = NAME.fullmatch(path.name)
    return found is not None and found[1] in shown  # what is no picture was left behind by a writer that died


def _old_files(place: Path) -> list[Path]:
    return list(_some(_old(place)))


def _some(paths: Iterable[Path]) -> Iterator[Path]:
    for number, path in enumerate(paths):
        if number >= MOST:
            return
        yield path


def _old(place: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        for path in place.iterdir():
            if _is_old(path):
                yield path


def _is_old(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < time.time() - GRACE_S
    except FileNotFoundError:
        return False


def _remove(path: Path) -> bool:
    aside = path.with_name(f".{path.name}.orphan")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return False
    if not _is_old(aside):  # uploaded again since it was looked at
        aside.rename(path)
        return False
    aside.unlink(missing_ok=True)
    return True
