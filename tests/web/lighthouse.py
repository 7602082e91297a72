"""Lighthouse over a town, and the time until the shop answers on a slow phone: `python -m tests.web.lighthouse`.

By hand, on a quiet machine: a score of performance is a measurement. What is stable of it is in the stories.
"""

import shutil
import tempfile
from pathlib import Path

from marketplace.web import building
from tests.node import Node


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("needs Chromium: apt-get install chromium")
    building.build()
    with tempfile.TemporaryDirectory() as folder:
        town = Node(Path(folder))
        town.run("migrate")
        town.run("seed")
        try:
            town.start("sandbox")
            building.node(
                "lighthouse/measure.mjs",
                LUMBUNG_STORY_NODE=town.base,
                LUMBUNG_STORY_CODES=str(town.codes),
                LUMBUNG_STORY_CHROMIUM=chromium,
                LUMBUNG_STORY_SHOTS=folder,
            )
        finally:
            town.stop()


if __name__ == "__main__":
    main()
