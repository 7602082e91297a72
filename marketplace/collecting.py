"""When memory is looked through for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Look for no garbage meanwhile: for bounded work that makes many small things, and no rings of them.

    They would be looked through again and again while they come, and are gone by themselves as it ends. What others
    leave behind meanwhile waits as long.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
