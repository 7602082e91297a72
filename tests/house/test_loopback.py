"""To a PostgreSQL on the same machine a node speaks without TLS, unless its URL asks for it."""

from urllib.parse import urlsplit

import pytest

from marketplace import database
from marketplace.database import config
from marketplace.settings import Settings
from tests.postgres import scratch_postgres

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("url", "ssl"),
    [
        ("postgres://a:b@127.0.0.1/c", "allow"),
        ("postgres://a:b@localhost:5433/c", "allow"),
        ("postgres://a:b@localhost/c?ssl=true", True),
        ("postgres://a:b@db.example/c", None),
    ],
)
def test_what_is_asked_of_the_driver(url: str, ssl: object) -> None:
    assert config(Settings(database_url=url))["connections"]["default"]["credentials"].get("ssl") == ssl


@pytest.mark.postgres
async def test_a_connection_on_loopback_is_plain() -> None:
    async with scratch_postgres() as url:
        await database.connect(Settings(database_url=url))
        try:
            (row,) = await database.connection().execute_query_dict(
                "SELECT ssl, current_setting('ssl') AS can FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            )
        finally:
            await database.disconnect()
    if row["can"] != "on" or urlsplit(url).hostname not in database.LOOPBACK:
        pytest.skip("this PostgreSQL has ssl = off or stands elsewhere: what a node chose can't be seen of it")
    assert not row["ssl"]
