"""Where the embedded engine keeps its indexes, and who may write there.

search/WRITER                     locked (flock) by the one process that writes; the system frees it on death
search/CURRENT                    the name of the index that is searched; replaced atomically
search/listings-<form>-<version>-<uuid>/    an index
"""

import fcntl
import os
import shutil
from pathlib import Path

import structlog

from marketplace.database import new_id
from search.embedded.fields import FORM, version

log = structlog.get_logger()
_PREFIX = "listings"


class Folder:
    """The engine's folder. Nothing is made in it before the first look for the writer's lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._version = version()
        self._lock: int | None = None
        self._committed: tuple[tuple[int, int], Path] | None = None

    def try_lock(self) -> bool:
        """Whether this holds the writer's lock, taken now if it was free and the folder can be written."""
        if self._lock is not None:
            return True
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path / "WRITER", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as cause:
            log.warning("search_folder_unusable", path=str(self.path), reason=cause.strerror)
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._lock = handle
        return True

    @property
    def is_locked(self) -> bool:
        """Whether this holds the writer's lock."""
        return self._lock is not None

    def unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def stamp(self) -> tuple[int, int] | None:
        """Changes when CURRENT is replaced; None while there is none."""
        try:
            found = os.stat(self.path / "CURRENT")
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_ino, found.st_mtime_ns

    def committed(self) -> tuple[int, ...] | None:
        """Changes with every commit to the current index, by whichever process; None while there is none."""
        stamp = self.stamp()
        if stamp is None:
            return None
        if self._committed is None or self._committed[0] != stamp:
            path = self.current()
            self._committed = None if path is None else (stamp, path / "meta.json")
        if self._committed is None:
            return None
        try:
            found = os.stat(self._committed[1])
        except FileNotFoundError:
            return None
        return (*stamp, found.st_ino, found.st_mtime_ns, found.st_size)

    def current(self) -> Path | None:
        """The index to search, or None when there is none of this release's form."""
        try:
            name = (self.path / "CURRENT").read_text().strip()
        except FileNotFoundError:
            return None
        fits = name.startswith(f"{_PREFIX}-{FORM}-") and (self.path / name / "meta.json").exists()
        return self.path / name if fits else None

    def is_of_this_version(self) -> bool:
        """Whether the index to search was made with this release's settings."""
        path = self.current()
        return path is not None and path.name.startswith(f"{_PREFIX}-{FORM}-{self._version}-")

    def new(self) -> Path:
        """An empty folder for a new index."""
        path = self.path / f"{_PREFIX}-{FORM}-{self._version}-{new_id()}"
        path.mkdir(parents=True)
        return path

    def switch(self, index: Path) -> None:
        """Make `index` the current one: a reader sees the old name or the new one, even after a crash."""
        draft = self.path / "CURRENT.new"
        with draft.open("w") as file:
            file.write(index.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self.path / "CURRENT")
        handle = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def sweep(self, keep: Path) -> None:
        """Remove every index but `keep`; who still reads one keeps its files open until he closes them."""
        for path in self.path.glob(f"{_PREFIX}-*"):
            if path != keep:
                shutil.rmtree(path, ignore_errors=True)
