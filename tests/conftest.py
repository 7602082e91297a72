"""Fixtures: a fresh database for each test, on SQLite always and on PostgreSQL where one is at hand.

The tables are made once a run and copied for each test. Ask for `db` to call services, or for `client` (and
`graphql`) to speak HTTP; both open the database, so a test takes one of them.
"""

import asyncio
import gc
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
from asgi_lifespan import LifespanManager
from hypothesis import HealthCheck
from tortoise import Tortoise
from tortoise.apps import Apps

from cooperatives import ledger
from marketplace import database
from marketplace.settings import Settings
from tests.postgres import database_url, drop_database, drop_waiting, make_database, wiped_postgres
from tests.servers import SERVERS

REDIS_URL = SERVERS["redis"].url
GraphQL = Callable[..., Awaitable[dict[str, Any]]]

_templates: dict[str, str] = {}
#: No test is timed, for a machine may be busy; and each run draws anew, in CI too, where one draw would be repeated.
UNTIMED = hypothesis.settings(
    hypothesis.settings.get_profile("default"), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.settings.register_profile("untimed", UNTIMED)
hypothesis.settings.load_profile("untimed")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what carries the mark of a server that isn't given, and say how to give it."""
    for mark, server in SERVERS.items():
        if not server.url:
            absent = pytest.mark.skip(reason=f"needs {server.what}: {server.how}")
            for item in items:
                if item.get_closest_marker(mark):
                    item.add_marker(absent)


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it for garbage, test after test, would cost a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)


_ready_models = Apps._build_initial_querysets
_readied_for: str | None = None


def _ready_models_once(apps: Apps) -> None:
    """Tortoise readies every model anew for each database that is opened: a second of one dialect changes nothing."""
    global _readied_for
    dialect = apps._connections.get("default").capabilities.dialect
    if dialect != _readied_for:
        _ready_models(apps)
        _readied_for = dialect


Apps._build_initial_querysets = _ready_models_once  # type: ignore[method-assign]


def databases() -> list[object]:
    """Both databases; PostgreSQL is shown as skipped with its reason when absent."""
    return ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=databases())
async def settings(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Settings]:
    """Settings of a node in a temporary folder whose database has its tables and no rows."""
    chosen = {"folder": tmp_path, "worker_in_process": False, "rate_per_minute": 1_000_000}
    if request.param == "sqlite":
        shutil.copy(await _sqlite_template(), tmp_path / "lumbung.sqlite3")
        yield Settings(**chosen)
        await database.disconnect()  # also after a failure in the middle: an open connection's thread never ends
        return
    async with wiped_postgres(await _postgres_template()) as url:
        yield Settings(**chosen, database_url=url)
        await database.disconnect()


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Settings]:
    """An open, empty database."""
    await database.connect(settings)
    yield settings
    await database.disconnect()


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application, started and later stopped as a server does."""
    from marketplace.app import create_app

    app = create_app(settings)
    async with LifespanManager(app) as running:
        transport = httpx.ASGITransport(app=running.app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://lumbung.test") as opened:
            yield opened


@pytest.fixture
async def graphql(client: httpx.AsyncClient) -> GraphQL:
    """`await graphql(query, variables, token=…)` answers the body: `data`, `errors`, `extensions`."""

    async def ask(query: str, variables: dict[str, Any] | None = None, token: str = "") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": variables or {}}
        answer: dict[str, Any] = (await client.post("/graphql", json=body, headers=headers)).json()
        return answer

    return ask


async def _lay_tables(settings: Settings) -> None:
    await database.connect(settings)
    await Tortoise.generate_schemas()
    await ledger.install()
    await database.disconnect()


async def _sqlite_template() -> str:
    if "sqlite" not in _templates:
        folder = Path(tempfile.mkdtemp(prefix="lumbung-template-"))
        await _lay_tables(Settings(folder=folder))
        _templates["sqlite"] = str(folder / "lumbung.sqlite3")
    return _templates["sqlite"]


async def _postgres_template() -> str:
    if "postgres" not in _templates:
        name = f"lumbung_template_{uuid.uuid4().hex[:12]}"
        await make_database(name)
        _templates["postgres"] = name
        await _lay_tables(Settings(database_url=database_url(name)))
    return _templates["postgres"]


def pytest_sessionfinish() -> None:
    """Remove the databases that wait, and the templates."""
    asyncio.run(drop_waiting())
    if "sqlite" in _templates:
        shutil.rmtree(Path(_templates.pop("sqlite")).parent, ignore_errors=True)
    if "postgres" in _templates:
        asyncio.run(drop_database(_templates.pop("postgres")))
