"""Rows of a table by many keys in one statement, whose text is made once: what a page's loaders read with.

A query set writes its SQL anew for each call and sets a row's fields one by one; a page of twenty listings
spends more on that than the database spends on finding them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson
from tortoise.context import require_context
from tortoise.fields.base import Field
from tortoise.fields.data import DatetimeField, UUIDField
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

M = TypeVar("M", bound=Model)
T = TypeVar("T")
Convert = Callable[[Any], Any]


async def rows_by(
    model: type[M],
    column: str,
    keys: Iterable[UUID | str],
    *,
    order: str = "",
    related: str = "",
    lock: bool = False,
    **equal: Any,
) -> list[M]:
    """The rows whose `column` is among `keys`, as a query set gives them; one statement.

    `order`: fields by comma, `-` before one that descends. `related`: a way over foreign keys, whose rows come
    along (`listing__seller`). `lock`: until the transaction ends (SQLite's one writer holds all already). `equal`:
    fields that must have these values. Rows of one read share a related row.
    """
    wanted = list(keys)
    if not wanted:
        return []
    connection = require_context().connections.get("default")
    is_postgres = connection.capabilities.dialect == "postgres"
    statement = _statement(model, column, order, related, tuple(equal), lock, is_postgres)
    asked: Any = wanted if is_postgres else orjson.dumps([str(key) for key in wanted]).decode()
    _, found = await connection.execute_query(statement.text, [asked, *equal.values()])
    return statement.rows(found)


async def execute_among(text: str, keys: Iterable[UUID | str], **others: datetime | str) -> list[dict[str, Any]]:
    """Carry out a statement whose `{among}` bounds a column to these keys; answers the rows that it gives.

    The `{name}` of another value stands for that. Its text is the same for any number of keys, so that PostgreSQL
    prepares it once.
    """
    wanted = list(keys)
    if not wanted:
        return []
    connection = require_context().connections.get("default")
    if connection.capabilities.dialect == "postgres":
        among, mark, values = "= ANY($1)", "$", [wanted, *others.values()]
    else:
        listed = orjson.dumps([str(key) for key in wanted]).decode()
        among, mark, values = "IN (SELECT value FROM json_each(?1))", "?", [listed, *map(str, others.values())]
    marks = {name: f"{mark}{place}" for place, name in enumerate(others, 2)}
    return list(await connection.execute_query_dict(text.format(among=among, **marks), values))


async def lists_by(
    model: type[M], column: str, keys: Iterable[UUID], *, order: str = "id", related: str = "", **equal: Any
) -> dict[UUID, list[M]]:
    """Each key's rows, and an empty list for a key without: `rows_by`, laid out by key. One statement."""
    found: dict[UUID, list[M]] = {key: [] for key in keys}
    for row in await rows_by(model, column, found, order=order, related=related, **equal):
        found[getattr(row, column)].append(row)
    return found


@dataclass(slots=True)
class Asked(Generic[T]):
    """Rows that can be asked for together with others (`read_together`), and what they mean once they are there.

    `model`, `column`, `keys`, `order`, `equal`: as `rows_by` takes them.
    """

    model: type[Model]
    column: str
    keys: Iterable[UUID | str]
    meaning: Callable[[list[Any]], T]
    order: str = ""
    equal: dict[str, Any] = field(default_factory=dict)
    rows: list[Any] | None = None

    async def answer(self) -> T:
        """What was asked; read now, in a statement of its own, where it was not read with others."""
        if self.rows is None:
            self.rows = await rows_by(self.model, self.column, self.keys, order=self.order, **self.equal)
        return self.meaning(self.rows)


async def read_together(*asked: Asked[Any]) -> None:
    """Read what each asks for, in one statement, which sees one moment.

    SQLite, which has no way to go, leaves each to be read when its answer is asked for.
    """
    connection = require_context().connections.get("default")
    if connection.capabilities.dialect != "postgres":
        return
    text, statements = _together(tuple((one.model, one.column, one.order, tuple(one.equal)) for one in asked))
    values: list[Any] = []
    for one in asked:
        values += [list(one.keys), *one.equal.values()]
    _, (found,) = await connection.execute_query(text, values)
    for one, statement, rows in zip(asked, statements, found.values(), strict=True):
        one.rows = statement.rows(rows)


@dataclass(frozen=True, slots=True)
class _Part:
    """A table's share of a statement's columns."""

    model: type[Model]
    first: int
    last: int
    names: tuple[str, ...]
    converted: tuple[tuple[str, Convert], ...]
    #: Where the part's id stands, and the attribute under which the row before keeps this one.
    id_at: int
    kept_as: str

    def row(self, values: Sequence[Any]) -> Model:
        row = self.model.__new__(self.model)
        state = row.__dict__
        state.update(zip(self.names, values[self.first : self.last], strict=True))
        for name, convert in self.converted:
            state[name] = convert(state[name])
        state.update(_partial=False, _saved_in_db=True, _custom_generated_pk=True, _await_when_save={})
        return row


@dataclass(frozen=True, slots=True)
class _Statement:
    text: str
    parts: tuple[_Part, ...]

    def rows(self, found: Iterable[Any]) -> list[Any]:
        own, *others = self.parts
        shared: list[dict[Any, Model]] = [{} for _ in others]
        rows = []
        for record in found:
            values = tuple(record)
            row = last = own.row(values)
            rows.append(row)
            for part, known in zip(others, shared, strict=True):
                id = values[part.id_at]
                if id is None:
                    last.__dict__[part.kept_as] = None
                    break
                other = known.get(id)
                if other is None:
                    other = known[id] = part.row(values)
                last.__dict__[part.kept_as] = other
                last = other
        return rows


@lru_cache(maxsize=256)
def _statement(
    model: type[Model], column: str, order: str, related: str, equal: tuple[str, ...], lock: bool, postgres: bool
) -> _Statement:
    parts, columns, joins = [_part(model, 0, "", postgres)], _columns(model, "t0"), ""
    for number, step in enumerate(filter(None, related.split("__")), 1):
        relation = parts[-1].model._meta.fields_map[step]
        assert isinstance(relation, ForeignKeyFieldInstance)
        other, key = relation.related_model, relation.source_field
        joins += f' LEFT JOIN "{other._meta.db_table}" t{number} ON t{number}."id" = t{number - 1}."{key}"'
        parts.append(_part(other, parts[-1].last, f"_{step}", postgres))
        columns += _columns(other, f"t{number}")
    among = "= ANY($1)" if postgres else "IN (SELECT value FROM json_each(?))"
    marks = [f"${place}" if postgres else "?" for place in range(2, 2 + len(equal))]
    where = "".join(f' AND t0."{name}" = {mark}' for name, mark in zip(equal, marks, strict=True))
    by = ", ".join(_ordering(name) for name in order.split(",") if name)
    text = (
        f'SELECT {", ".join(columns)} FROM "{model._meta.db_table}" t0{joins} WHERE t0."{column}" {among}{where}'
        + (f" ORDER BY {by}" if by else "")
        + (" FOR NO KEY UPDATE OF t0" if lock and postgres else "")
    )
    return _Statement(text, tuple(parts))


@lru_cache(maxsize=64)
def _together(asked: tuple[tuple[type[Model], str, str, tuple[str, ...]], ...]) -> tuple[str, tuple[_Statement, ...]]:
    """One statement that answers an array of rows for each; its place-holders count on from one to the next."""
    statements, texts, first = [], [], 1
    for model, column, order, equal in asked:
        statement = _statement(model, column, order, "", equal, False, True)
        columns, rest = statement.text.removeprefix("SELECT ").split(" FROM ", 1)
        for place in range(1 + len(equal), 0, -1):
            rest = rest.replace(f"${place}", f"$@{first + place - 1}")
        texts.append(f"ARRAY(SELECT ROW({columns}) FROM {rest})".replace("$@", "$"))
        statements.append(statement)
        first += 1 + len(equal)
    return "SELECT " + ", ".join(f"{text} AS a{place}" for place, text in enumerate(texts)), tuple(statements)


def _columns(model: type[Model], table: str) -> list[str]:
    return [f'{table}."{column}"' for column in model._meta.fields_db_projection.values()]


def _ordering(name: str) -> str:
    return f't0."{name[1:]}" DESC' if name.startswith("-") else f't0."{name}"'


def _part(model: type[Model], first: int, kept_as: str, postgres: bool) -> _Part:
    meta = model._meta
    names = tuple(meta.fields_db_projection)
    as_it_is = {name for _, name, _ in meta.db_native_fields}  # the driver gives what the field holds
    if postgres:  # moments in UTC and UUIDs as well, half of all columns
        as_it_is |= {name for name in names if isinstance(meta.fields_map[name], DatetimeField | UUIDField)}
    converted = tuple((name, _convert(meta.fields_map[name])) for name in names if name not in as_it_is)
    return _Part(model, first, first + len(names), names, converted, first + names.index("id"), kept_as)


def _convert(field: Field[Any]) -> Convert:
    if isinstance(field, DatetimeField):
        return partial(_moment, field.to_python_value)
    if type(field).to_python_value is Field.to_python_value:
        return partial(_as, field.field_type)
    return field.to_python_value


def _moment(convert: Convert, value: Any) -> Any:
    """SQLite gives text, which Python itself reads several times as fast as the field does."""
    return convert(datetime.fromisoformat(value) if isinstance(value, str) else value)


def _as(kind: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else kind(value)
