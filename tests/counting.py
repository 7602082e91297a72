"""Counts the SQL statements that a piece of code costs, as the database's client logs them.

What a node asks meanwhile in tasks of its own (live updates, what is counted of searches) is no cost of that code:
such a task began before, so that it does not see the variable that is set here.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

_counting: ContextVar[object] = ContextVar("_counting", default=None)


@dataclass
class Counted(logging.Handler):
    """The statements seen."""

    statements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        if _counting.get() is self:
            self.statements.append(record.getMessage())

    @property
    def number(self) -> int:
        return len(self.statements)

    __hash__ = object.__hash__


@contextmanager
def count_statements() -> Iterator[Counted]:
    """`with count_statements() as counted: …; assert counted.number == 3`."""
    logger = logging.getLogger("tortoise.db_client")
    counted, level = Counted(), logger.level
    logger.addHandler(counted)
    logger.setLevel(logging.DEBUG)
    token = _counting.set(counted)
    try:
        yield counted
    finally:
        _counting.reset(token)
        logger.removeHandler(counted)
        logger.setLevel(level)
