"""Crashes between any two statements: a fuse that burns down by one at each statement of a transaction.

A crash before the commit leaves nothing, one after it leaves all, though its caller hears of neither.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from tortoise.backends.sqlite import client as sqlite_client

from marketplace import postgres

_STATEMENTS = ("execute_query", "execute_query_dict", "execute_insert", "execute_many", "execute_script")


class Crash(Exception):
    """The process is gone. Not one of the database's errors, so nothing tries again."""


@dataclass
class Fuse:
    """How many statements are left; none: nothing crashes. `committed` says on which side of the commit it was."""

    left: int | None = None
    committed: bool = False
    crashes: int = 0

    def burn(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            self.crashes += 1
            raise Crash


@contextmanager
def fused() -> Iterator[Fuse]:
    """Every transaction of either database burns this fuse from now on."""
    fuse = Fuse()
    with pytest.MonkeyPatch.context() as patch:
        for wrapper in (sqlite_client.SqliteTransactionWrapper, postgres.Wrapper):
            for name in _STATEMENTS:
                patch.setattr(wrapper, name, _burning(getattr(wrapper, name), fuse))
            patch.setattr(wrapper, "commit", _committing(wrapper.commit, wrapper.rollback, fuse))
        yield fuse


def _burning(execute: Callable[..., Any], fuse: Fuse) -> Callable[..., Any]:
    async def burning(self: Any, *args: Any, **named: Any) -> Any:
        fuse.burn()
        return await execute(self, *args, **named)

    return burning


def _committing(commit: Callable[..., Any], rollback: Callable[..., Any], fuse: Fuse) -> Callable[..., Any]:
    async def committing(self: Any) -> None:
        try:
            fuse.burn()
        except Crash:  # a process that is gone leaves its transaction to be rolled back
            await rollback(self)
            raise
        await commit(self)
        fuse.committed = True
        fuse.burn()

    return committing
