"""`python -m tests.schema.authorisation`: fills the table in with what the node answers now. Read it then."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.schema.authorisation import table
from tests.schema.authorisation.standing import Standings


async def main(wanted: set[str]) -> None:
    text = table.FILE.read_text()
    scenes = table.read(text)
    answers = {}
    with tempfile.TemporaryDirectory() as folder:
        standings = Standings("sqlite", Path(folder), scenes)
        for scene in scenes.values():
            if wanted and scene.name not in wanted:
                continue
            async with standings.playing(scene.name) as played:
                for number, row in enumerate(scene.rows):
                    answers[scene.name, number] = await played.try_row(row)
                sys.stdout.write("".join(f"{told}\n" for told in [*played.strange.values(), *played.changed]))
    table.FILE.write_text(table.written(text, answers))


asyncio.run(main(set(sys.argv[1:])))
