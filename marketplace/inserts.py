"""New rows of several tables in one statement, whose text is made once: what a transaction writes with.

A round trip to the database costs a request more than what the database does in it. PostgreSQL takes the rows
of all tables as one statement (each table an `INSERT` of its own within `WITH`) and looks at foreign keys at
its end; SQLite, which lives in the process, takes a statement a table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

#: Place-holders in one statement: PostgreSQL counts them in 16 bits, SQLite allows 32,766.
MOST_VALUES = 30_000


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be written: its table, the columns that are given, and their values as the driver takes them."""

    table: str
    columns: tuple[str, ...]
    values: Sequence[Any]

    @classmethod
    def of(cls, row: Model) -> "NewRow":
        """The row of a model that was made in memory."""
        table, columns, fields = _shape(type(row))
        kept = row.__dict__
        return cls(table, columns, [field.to_db_value(kept[name], row) for name, field in fields])


async def insert(rows: Sequence[NewRow], connection: BaseDBAsyncClient) -> None:
    """Write them: one statement on PostgreSQL, one a table on SQLite; more only past `MOST_VALUES`.

    Tables are written in the order in which they first come, so name the referred-to first.
    """
    for some in _portions(rows):
        by_table: dict[tuple[str, tuple[str, ...]], list[Any]] = {}
        for row in some:
            by_table.setdefault((row.table, row.columns), []).extend(row.values)
        shapes = [(*key, len(values) // len(key[1])) for key, values in by_table.items()]
        if connection.capabilities.dialect == "postgres":
            together = [value for values in by_table.values() for value in values]
            await connection.execute_query(_postgres_text(tuple(shapes)), together)
        else:
            for shape, values in zip(shapes, by_table.values(), strict=True):
                await connection.execute_query(_sqlite_text(*shape), values)


async def insert_unless_there(rows: Sequence[Model], connection: BaseDBAsyncClient) -> set[UUID]:
    """Write these rows of one table at once, leaving out what a unique index already holds; answers the ids written.

    At most as many as one statement can hold.
    """
    if not rows:
        return set()
    table, columns, _ = _shape(type(rows[0]))
    values = [value for row in rows for value in NewRow.of(row).values]
    is_postgres = connection.capabilities.dialect == "postgres"
    text = _postgres_text(((table, columns, len(rows)),)) if is_postgres else _sqlite_text(table, columns, len(rows))
    found = await connection.execute_query_dict(f'{text} ON CONFLICT DO NOTHING RETURNING "id"', values)
    return {UUID(str(row["id"])) for row in found}


def _portions(rows: Sequence[NewRow]) -> Iterable[list[NewRow]]:
    some: list[NewRow] = []
    number = 0
    for row in rows:
        if number + len(row.values) > MOST_VALUES:
            yield some
            some, number = [], 0
        some.append(row)
        number += len(row.values)
    if some:
        yield some


@lru_cache(maxsize=256)
def _shape(model: type[Model]) -> tuple[str, tuple[str, ...], tuple[tuple[str, Any], ...]]:
    """The table, its columns, and the fields behind them, without those that the database gives itself."""
    meta = model._meta
    given: Mapping[str, str] = {
        name: column for name, column in meta.fields_db_projection.items() if not meta.fields_map[name].generated
    }
    return (
        meta.db_table,
        tuple(given.values()),
        tuple((name, meta.fields_map[name]) for name in given),
    )


@lru_cache(maxsize=512)
def _postgres_text(shapes: tuple[tuple[str, tuple[str, ...], int], ...]) -> str:
    parts = []
    first = 1
    for table, columns, number in shapes:
        width = len(columns)
        rows = ",".join(
            "(" + ",".join(f"${first + row * width + place}" for place in range(width)) + ")" for row in range(number)
        )
        first += width * number
        parts.append(f"{_into(table, columns)} VALUES {rows}")
    *others, last = parts
    if not others:
        return last
    return "WITH " + ", ".join(f"w{number} AS ({part})" for number, part in enumerate(others)) + " " + last


@lru_cache(maxsize=512)
def _sqlite_text(table: str, columns: tuple[str, ...], number: int) -> str:
    row = "(" + ",".join("?" * len(columns)) + ")"
    return f"{_into(table, columns)} VALUES {','.join([row] * number)}"


def _into(table: str, columns: Sequence[str]) -> str:
    return f'INSERT INTO "{table}" (' + ",".join(f'"{column}"' for column in columns) + ")"
