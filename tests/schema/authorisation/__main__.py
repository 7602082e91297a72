"""`python -m tests.schema.authorisation`: fills the table in with what the node answers now. Read it then."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from marketplace import database
from marketplace.settings import Settings
from tests import conftest
from tests.schema.authorisation import table
from tests.schema.authorisation.trying import town
from tests.schema.authorisation.world import World


async def main(wanted: set[str]) -> None:
    text = table.FILE.read_text()
    scenes = table.read(text)
    answers = {}
    with tempfile.TemporaryDirectory() as folder:
        origin = Path(folder) / "origin"
        origin.mkdir()
        shutil.copy(await conftest._sqlite_template(), origin / "lumbung.sqlite3")
        await database.connect(Settings(folder=origin))
        world = await World().build()
        await database.disconnect()
        for scene in scenes.values():
            if wanted and scene.name not in wanted:
                continue
            copy = Path(folder) / scene.name
            shutil.copytree(origin, copy)
            settings = Settings(
                folder=copy, worker_in_process=False, rate_per_minute=1_000_000, tax_designated_since="2025-07-14"
            )
            async with town(settings, world) as played:
                await played.play(list(table.steps_to(scenes, scene.name)))
                for number, row in enumerate(scene.rows):
                    answers[scene.name, number] = await played.try_row(row)
                sys.stdout.write("".join(f"{told}\n" for told in [*played.strange.values(), *played.changed]))
    table.FILE.write_text(table.written(text, answers))


asyncio.run(main(set(sys.argv[1:])))
