import json
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database

#: Jobs whose reasons are moved together.
AT_ONCE = 100


async def _move(apps: Any, editor: Any) -> None:
    """What was a row for each driver and job becomes one for the job, and one that leads the driver to it."""
    client = editor.client
    is_postgres = client.capabilities.dialect == "postgres"
    if is_postgres:  # 4 kB of numbers hardly shrink, and trying took longer than writing them
        await client.execute_query("ALTER TABLE job_reasons ALTER COLUMN told SET STORAGE EXTERNAL")
    as_list = "jsonb_build_array(job_id::text)" if is_postgres else "json_array(job_id)"
    await client.execute_query(
        "INSERT INTO driver_considered (id, created_at, driver_id, jobs)"
        f" SELECT id, at, driver_id, {as_list} FROM consideration"
    )
    mark, after = ("$1", UUID(int=0)) if is_postgres else ("?", str(UUID(int=0)))
    while jobs := await client.execute_query_dict(
        f"SELECT DISTINCT job_id FROM consideration WHERE job_id > {mark} ORDER BY job_id LIMIT {AT_ONCE}", [after]
    ):
        for job_id in (row["job_id"] for row in jobs):
            rows = await client.execute_query_dict(
                f"SELECT * FROM consideration WHERE job_id = {mark} ORDER BY id", [job_id]
            )
            values = [job_id, rows[0]["created_at"], rows[0]["cooperative_id"], _told(rows)]
            values.append(max(row["at"] for row in rows))
            marks = ", ".join(f"${place}" if is_postgres else "?" for place in range(1, 6))
            await client.execute_query(
                f"INSERT INTO job_reasons (id, created_at, cooperative_id, told, at) VALUES ({marks})", values
            )
        after = jobs[-1]["job_id"]


def _told(rows: list[dict[str, Any]]) -> str:
    """One job's reasons as a text: what the members let count once for all rows of a round that share it."""
    steps: list[list[Any]] = []
    drivers: dict[str, list[Any]] = {}
    for row in rows:
        why = row["explanation"]
        why = json.loads(why) if isinstance(why, str) else why
        weights = [weight for _, _, weight, _ in why["factors"]]
        at = datetime.fromisoformat(row["at"]) if isinstance(row["at"], str) else row["at"]
        step = [row["round"], at.isoformat(), weights]
        if step not in steps:
            steps.append(step)
        values, numbers = [each[1] for each in why["factors"]], [each[3] for each in why["factors"]]
        entry = [steps.index(step), why["place"], why["score"], values, numbers, why["skip"]]
        drivers[str(row["driver_id"])] = entry
    return orjson.dumps({"steps": steps, "drivers": drivers}).decode()


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0056_ratings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DriverConsidered",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("driver_id", fields.UUIDField()),
                ("jobs", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
            ],
            options={
                "table": "driver_considered",
                "app": "lumbung",
                "indexes": [Index(fields=["driver_id", "id"]), Index(fields=["created_at"])],
                "pk_attr": "id",
                "table_description": "The jobs for which a driver was first considered in one pass: where he finds why.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="JobReasons",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("cooperative_id", fields.UUIDField()),
                ("told", fields.TextField(unique=False)),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "job_reasons",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Why each driver was offered a job or passed over, of all who were considered; its id is the job's.",
            },
            bases=["Row"],
        ),
        ops.RunPython(_move),
        ops.DeleteModel(name="Consideration"),
    ]
