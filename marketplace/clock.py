"""The one place where time is read, so that tests and the sandbox can move it."""

from collections.abc import Callable
from datetime import UTC, datetime


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present moment, in UTC, with microseconds."""
    return _source()


def machine() -> datetime:
    """The machine's own time, which nothing moves: for leases and time-outs between processes."""
    return _system()


def use(source: Callable[[], datetime] | None) -> None:
    """Read time from `source` from now on; None puts the system's clock back."""
    global _source
    _source = source or _system
