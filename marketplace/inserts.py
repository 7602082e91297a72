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

import orjson
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

#: Place-holders in one statement: PostgreSQL counts them in 16 bits, SQLite allows 32,766.
MOST_VALUES = 30_000
#: Rows in one statement that takes them as JSON: about two megabytes.
MOST_ROWS = 10_000


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


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """Fields of a row that is there: its table and id, the columns that change, and their values."""

    table: str
    id: Any
    columns: tuple[str, ...]
    values: Sequence[Any]

    @classmethod
    def of(cls, row: Model, names: Sequence[str]) -> "ChangedRow":
        """These fields of a model as it stands in memory."""
        meta, kept = type(row)._meta, row.__dict__
        values = [meta.fields_map[name].to_db_value(kept[name], row) for name in names]
        columns = tuple(meta.fields_db_projection[name] for name in names)
        return cls(meta.db_table, meta.pk.to_db_value(row.pk, row), columns, values)


async def save(rows: Sequence[NewRow | ChangedRow], connection: BaseDBAsyncClient) -> None:
    """Write new and changed rows, as `insert` does. No row may come twice: PostgreSQL would take one of the two."""
    new = [row for row in rows if isinstance(row, NewRow)]
    changed = [row for row in rows if isinstance(row, ChangedRow)]
    if connection.capabilities.dialect != "postgres" or len(changed) != 1 or not new:
        for row in changed:
            await connection.execute_query(_update_text(row, connection), [*row.values, row.id])
        await insert(new, connection)
        return
    first, *others = _portions(new)
    shapes, values = _shaped(first)
    start = 1 + len(values)
    text = _postgres_text(shapes).removeprefix("WITH ")
    change = _update_text(changed[0], connection, start)
    joint = ", " if len(shapes) > 1 else " "
    await connection.execute_query(f"WITH c AS ({change}){joint}{text}", [*values, *changed[0].values, changed[0].id])
    for some in others:
        await insert(some, connection)


def _update_text(row: ChangedRow, connection: BaseDBAsyncClient, first: int = 1) -> str:
    if connection.capabilities.dialect == "postgres":
        marks = [f"${first + place}" for place in range(len(row.columns) + 1)]
    else:
        marks = ["?"] * (len(row.columns) + 1)
    setting = ",".join(f'"{column}"={mark}' for column, mark in zip(row.columns, marks, strict=False))
    return f'UPDATE "{row.table}" SET {setting} WHERE "id"={marks[-1]}'


async def insert(rows: Sequence[NewRow], connection: BaseDBAsyncClient) -> None:
    """Write them: one statement on PostgreSQL, one a table on SQLite; more only past `MOST_VALUES`.

    Tables are written in the order in which they first come, so name the referred-to first.
    """
    for some in _portions(rows):
        shapes, together = _shaped(some)
        if connection.capabilities.dialect == "postgres":
            await connection.execute_query(_postgres_text(shapes), together)
            continue
        first = 0
        for table, columns, number in shapes:
            last = first + len(columns) * number
            await connection.execute_query(_sqlite_text(table, columns, number), together[first:last])
            first = last


def _shaped(rows: Sequence[NewRow]) -> tuple[tuple[tuple[str, tuple[str, ...], int], ...], list[Any]]:
    """Each table with its columns and number of rows, and all their values in that order."""
    by_table: dict[tuple[str, tuple[str, ...]], list[Any]] = {}
    for row in rows:
        by_table.setdefault((row.table, row.columns), []).extend(row.values)
    shapes = tuple((*key, len(values) // len(key[1])) for key, values in by_table.items())
    return shapes, [value for values in by_table.values() for value in values]


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


async def upsert(
    rows: Sequence[Model | NewRow],
    connection: BaseDBAsyncClient,
    *,
    by: Sequence[str],
    change: Sequence[str] = (),
    add: Sequence[str] = (),
) -> None:
    """Write these rows of one table; one that is there already by the unique columns `by` takes on only `change`, and
    has the numbers of `add` added to its own.

    Named are columns. No row may come twice. One statement, more only past `MOST_VALUES`.
    """
    new = [row if isinstance(row, NewRow) else NewRow.of(row) for row in rows]
    if not new:
        return
    its_own = f'"{new[0].table}"'
    added = [f'"{column}"={its_own}."{column}"+excluded."{column}"' for column in add]
    setting = ",".join([*(f'"{column}"=excluded."{column}"' for column in change), *added])
    unique = ",".join(f'"{column}"' for column in by)
    is_postgres = connection.capabilities.dialect == "postgres"
    for some in _portions(new):
        table, columns = some[0].table, some[0].columns
        number = len(some)
        text = _postgres_text(((table, columns, number),)) if is_postgres else _sqlite_text(table, columns, number)
        values = [value for row in some for value in row.values]
        await connection.execute_query(f"{text} ON CONFLICT ({unique}) DO UPDATE SET {setting}", values)


async def insert_many(
    model: type[Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    connection: BaseDBAsyncClient,
    *,
    by: Sequence[str] = (),
    change: Sequence[str] = (),
) -> None:
    """Write rows of one table by the hundred or thousand, each the values of `columns` in their order.

    New ones PostgreSQL takes as COPY, which asks for no statement's text and no parameter's place. One that may be
    there already by the unique columns `by`, where it takes on only `change`, goes as JSON, as all do on SQLite: the
    statement is the same for any number, and the database prepares it once. Values are what JSON holds, UUIDs (or
    their texts) and moments. At most `MOST_ROWS` a statement.
    """
    is_postgres = connection.capabilities.dialect == "postgres"
    for start in range(0, len(rows), MOST_ROWS):
        some = rows[start : start + MOST_ROWS]
        if is_postgres and not by:
            await _copy(model, tuple(columns), some, connection)
            continue
        text = _json_text(model, tuple(columns), tuple(by), tuple(change), is_postgres)
        # Moments as the ORM writes them: SQLite compares them as texts.
        values = orjson.dumps(some, default=str, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()
        await connection.execute_query(text, [values])


async def _copy(
    model: type[Model], columns: tuple[str, ...], rows: Sequence[Sequence[Any]], connection: BaseDBAsyncClient
) -> None:
    are_json = [kind.startswith("JSON") for kind in _kinds(model, columns)]
    if any(are_json):
        by_column = zip(zip(*rows, strict=True), are_json, strict=True)
        texts = [map(_json, values) if is_json else values for values, is_json in by_column]
        rows = list(zip(*texts, strict=True))
    client: Any = connection  # `marketplace.postgres` made it
    await client.copy_rows(model._meta.db_table, columns, rows)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _kinds(model: type[Model], columns: tuple[str, ...]) -> list[str]:
    """What PostgreSQL calls the types of these columns."""
    meta = model._meta
    fields = (meta.fields_map[meta.fields_db_projection_reverse[column]] for column in columns)
    return [field.get_for_dialect("postgres", "SQL_TYPE") for field in fields]


@lru_cache(maxsize=64)
def _json_text(
    model: type[Model], columns: tuple[str, ...], by: tuple[str, ...], change: tuple[str, ...], is_postgres: bool
) -> str:
    values = []
    for place, kind in enumerate(_kinds(model, columns)):
        if is_postgres:
            values.append(f"r->{place}" if kind.startswith("JSON") else f"(r->>{place})::{kind}")
        else:
            values.append(f"json_extract(value, '$[{place}]')")
    source = "jsonb_array_elements($1::jsonb) AS r" if is_postgres else "json_each(?)"
    text = f"{_into(model._meta.db_table, columns)} SELECT {', '.join(values)} FROM {source}"
    if not by:
        return text
    setting = ",".join(f'"{column}"=excluded."{column}"' for column in change)
    unique = ",".join(f'"{column}"' for column in by)
    # SQLite needs a condition to tell the conflict's ON from a join's.
    return f"{text} WHERE true ON CONFLICT ({unique}) DO UPDATE SET {setting}"


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
