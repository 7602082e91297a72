"""From a node as `make run` serves it to a delivered order, by hand in the browser, knowing what README tells."""

import re
from pathlib import Path

from marketplace.web import FOLDER, building
from tests.node import Node
from tests.web.test_stories import SHOTS

ROOT = Path(__file__).parents[2]
PHONE = re.compile(r"\+62\d{9,}")


def play_newcomer(folder: Path, chromium: str, shots: Path, pace_ms: int = 0) -> None:
    """Do as `make run` does in this folder, and play the story."""
    node = Node(folder)
    node.run("migrate")
    node.run("seed")
    node.start()
    try:
        building.node(
            "stories/newcomer.mjs",
            LUMBUNG_STORY_NODE=node.base,
            LUMBUNG_STORY_CHROMIUM=chromium,
            LUMBUNG_STORY_SHOTS=str(shots),
            LUMBUNG_STORY_PACE_MS=str(pace_ms),
        )
    finally:
        node.stop()


def test_a_newcomer_sees_an_order_delivered(tmp_path: Path, chromium: str) -> None:
    play_newcomer(tmp_path / "node", chromium, SHOTS)


def test_readme_tells_the_numbers_and_shows_the_pictures() -> None:
    readme = (ROOT / "README.md").read_text()
    used = set(PHONE.findall((FOLDER / "stories" / "newcomer.mjs").read_text()))
    assert len(used) == 3
    assert used <= set(PHONE.findall(readme))
    shown = re.findall(r'src="(docs/pictures/\w+\.webp)"', readme)
    assert len(shown) == 4
    assert all((ROOT / name).stat().st_size <= 60_000 for name in shown)
