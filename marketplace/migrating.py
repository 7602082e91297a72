"""Brings a database to this version, one caller at a time.

Tables come from `marketplace/migrations`, numbered and never changed once released. What the ledger keeps
in the database itself (functions, guards) is laid anew after every migration: it is the same text for a
new and an old database, and SQLite drops triggers when it remakes a table.
"""

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import asyncpg
from tortoise import Model, Tortoise
from tortoise.migrations import writer as writing
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, BaseSchemaEditor, SqliteSchemaEditor
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.migrations.writer import MigrationWriter

from cooperatives import ledger
from marketplace import database
from marketplace.settings import Settings

#: PostgreSQL's advisory lock of this product's migrations: "lumbung" as a number.
LOCK = 0x6C756D62756E67


def statements(script: str) -> list[str]:
    """The statements of an SQLite script; a `;` in a comment, a text or a trigger's body ends none."""
    found, begun = [], ""
    for piece in script.split(";"):
        begun += piece + ";"
        if sqlite3.complete_statement(begun):
            if begun.strip(" \n;"):
                found.append(begun.strip())
            begun = ""
    return found + ([begun.strip()] if begun.strip(" \n;") else [])


class _SqliteEditor(SqliteSchemaEditor):
    """Tortoise's splits a script at every `;`, also within the comments that it makes of docstrings."""

    async def _run_sql(self, sql: str) -> None:
        if self.collect_sql or not self.atomic_migration:
            await super()._run_sql(sql)
            return
        for statement in statements(sql):
            await self.client.execute_query(statement)


class _Apps(StateApps):
    """Tortoise readies every model for queries after each operation; here only those that are new or have grown."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ready: WeakKeyDictionary[type[Model], int] = WeakKeyDictionary()

    def _build_initial_querysets(self) -> None:
        everything = self.apps
        fields = {model: len(model._meta.fields_map) for models in everything.values() for model in models.values()}
        self.apps = {
            label: {name: model for name, model in models.items() if self._ready.get(model) != fields[model]}
            for label, models in everything.items()
        }
        try:
            super()._build_initial_querysets()
        finally:
            self.apps = everything
        self._ready.update({model: count for model, count in fields.items() if model._meta._inited})


class _State(State):
    """Tortoise copies every model before each operation; most operations never look at the copy."""

    def clone(self) -> State:
        return _Before({key: model.clone() for key, model in self.models.items()}, self.apps)


class _Before(State):
    """The state before an operation; its models are made into classes only when one is asked for."""

    def __init__(self, models: dict[tuple[str, str], ModelState], source: StateApps) -> None:
        self.models, self._source = models, source

    @cached_property
    def apps(self) -> StateApps:  # type: ignore[override]  # Tortoise keeps it as an attribute
        return self._source.clone(model_states=self.models)


class _Executor(MigrationExecutor):
    async def _project_state(self, applied: set[MigrationKey], *, upto: MigrationKey | None = None) -> State:
        """What the applied migrations, before `upto` if one is given, make of the models."""
        connections = {
            label: app.get("default_connection", "default") for label, app in self.loader.apps_config.items()
        }
        state = _State(models={}, apps=_Apps(default_connections=connections))
        for key in self._full_plan():
            if key == upto:
                break
            migration = self.loader.graph.nodes[key]
            if key in applied and migration is not None:
                await migration.apply(state, dry_run=True)
        return state

    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        if self.connection.capabilities.dialect == "sqlite":
            return _SqliteEditor(self.connection, atomic=atomic, collect_sql=collect_sql)
        return AsyncpgSchemaEditor(self.connection, atomic=atomic, collect_sql=collect_sql)


class _Detector(MigrationAutodetector):
    """Descriptions are no difference: an enum's new value changes that of its column and nothing else.

    The column holds text either way; altering it would make SQLite lay the whole table anew.
    """

    async def _project_state(self) -> State:
        state = await super()._project_state()
        for key, described in self._current_state().models.items():
            before = state.models.get(key)
            for name, field in described.fields.items():
                if before is not None and name in before.fields:
                    before.fields[name].description = field.description
        return state


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[None]:
    """Wait until no other process migrates this database, and keep others waiting meanwhile."""
    if settings.database.startswith("sqlite://"):
        settings.folder.mkdir(parents=True, exist_ok=True)
        with (settings.folder / "migrate.lock").open("w") as held:
            await asyncio.to_thread(fcntl.flock, held, fcntl.LOCK_EX)
            yield
        return
    connection = await asyncpg.connect(settings.database)
    try:
        await connection.execute(f"SELECT pg_advisory_lock({LOCK})")
        yield
    finally:
        await connection.close()


async def migrate_open(settings: Settings) -> list[str]:
    """Bring the open database up to date; answers the names of what was applied."""
    apps = database.config(settings)["apps"]
    executor = _Executor(database.connection(), apps)
    applied: list[str] = []

    def note(event: str, _: str, name: str) -> None:
        if event == "apply_done":
            applied.append(name)

    await executor.migrate(direction="forward", progress=note)
    await ledger.install()
    return applied


async def migrate(settings: Settings) -> list[str]:
    """Open the database, bring it up to date under a lock, close it; answers what was applied."""
    async with _alone(settings):
        await database.connect(settings)
        try:
            return await migrate_open(settings)
        finally:
            await database.disconnect()


async def pending(settings: Settings) -> list[str]:
    """The names of migrations that the open database still lacks."""
    executor = _Executor(database.connection(), database.config(settings)["apps"])
    return [step.migration.name for step in await executor.plan()]


async def changes(settings: Settings) -> list[MigrationWriter]:
    """What the rows' classes say that the migrations don't yet: empty when they agree."""
    return await _Detector(Tortoise.apps, database.config(settings)["apps"]).changes()


def write(writer: MigrationWriter) -> str:
    """Write a migration's file; answers its path. It names classes in full: two enums may share a name."""
    short = writing._resolve_import

    def in_full(thing: Any) -> tuple[str, str, bool]:
        module = thing.__module__
        return short(thing) if module.startswith("tortoise.") else (module, f"{module}.{thing.__qualname__}", True)

    try:
        writing._resolve_import = in_full  # type: ignore[assignment]  # it names its argument otherwise
        return str(writer.write())
    finally:
        writing._resolve_import = short
