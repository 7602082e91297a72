"""A wiped database is as good as a new one: what a test did to its rows or its shape, the next one doesn't find."""

import asyncpg
import pytest

from tests.conftest import _postgres_template
from tests.postgres import wiped_postgres

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]


async def told(url: str, statement: str) -> object:
    opened = await asyncpg.connect(url)
    try:
        return await opened.fetchval(statement)
    finally:
        await opened.close()


async def test_rows_and_numbers_begin_anew() -> None:
    template = await _postgres_template()
    async with wiped_postgres(template) as first:
        await told(first, "INSERT INTO live_message (body, created_at) VALUES ('{}', now())")
    async with wiped_postgres(template) as second:
        assert await told(second, "SELECT count(*) FROM live_message") == 0
        assert await told(second, "SELECT last_value FROM live_message_id_seq") == 1


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER ledger_transfer_keep ON ledger_transfer",
        "ALTER TABLE ledger_transfer DISABLE TRIGGER ALL",
        "ALTER TABLE account ADD COLUMN more int",
        "CREATE TABLE another (id int)",
    ],
)
async def test_who_changed_its_shape_leaves_it_to_nobody(change: str) -> None:
    template = await _postgres_template()
    async with wiped_postgres(template) as first:
        await told(first, change)
    async with wiped_postgres(template) as second:
        assert second != first
