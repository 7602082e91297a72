"""Counts the SQL statements that a piece of code costs, as the database's client logs them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Counted(logging.Handler):
    """The statements seen."""

    statements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
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
    try:
        yield counted
    finally:
        logger.removeHandler(counted)
        logger.setLevel(level)
