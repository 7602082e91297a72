"""A filled database of every release, for SQLite and PostgreSQL: what a later version must be able to take over.

`make release` makes those of this version, on the day of its release; afterwards they never change.
"""

import lzma
from pathlib import Path

HERE = Path(__file__).parent
SQLITE, POSTGRES = "sqlite3.xz", "postgres.sql.xz"


def releases() -> list[str]:
    """The versions whose databases are kept, oldest first."""
    kept = [path.name for path in HERE.iterdir() if (path / SQLITE).is_file() and (path / POSTGRES).is_file()]
    return sorted(kept, key=lambda version: tuple(map(int, version.split("."))))


def unpacked(version: str, kind: str) -> bytes:
    """A kept database: the bytes of an SQLite file, or PostgreSQL's statements."""
    return lzma.decompress((HERE / version / kind).read_bytes())
