"""Stories played on a phone's screen in Chromium, over a node whose sellers and drivers answer by themselves."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from marketplace.web import building
from tests.cooperatives.moving.old_books import two_members
from tests.deliveries.offering import RESULT
from tests.node import Node

#: Where the screenshots are kept; a continuous integration keeps them as its output.
SHOTS = Path(os.environ.get("LUMBUNG_TEST_SHOTS", "var/screenshots")).absolute()


#: In this order: the last ones leave drivers waiting at the shop. Several in one go on with the same co-op: a second
#: test process that takes over some of these has a town of its own.
STORIES = (
    "buying",
    "refusing",
    "arriving",
    "strangers",
    "driving",
    "tabbing",
    "belonging, counting, owning, keeping, pooling, lending",
    "clearing",
    "governing, deciding, sending, ruling",
    "treasury",
    "operating",
    "dispatching",
    "pushing",
    "developing",
    "selling",
)


def give_up_an_event(town: Node) -> None:
    """Leave one of the town's notices as a gateway leaves it that was away for hours."""
    with closing(sqlite3.connect(town.folder / "lumbung.sqlite3", timeout=20)) as database, database:
        database.execute(
            "UPDATE outbox_event SET done_at = NULL, dead_at = created_at, attempts = 12, "
            "error = 'ConnectError: the gateway is away' "
            "WHERE id = (SELECT max(id) FROM outbox_event WHERE handler = 'notices.send')"
        )


def let_weeks_pass(town: Node) -> None:
    """Let what the town's co-ops have called for a later day begin: their meetings, and who is to be heard."""
    with closing(sqlite3.connect(town.folder / "lumbung.sqlite3", timeout=20)) as database, database:
        database.execute("UPDATE meeting SET starts_at = created_at WHERE state = 'CALLED'")
        database.execute("UPDATE expulsion SET hearing_at = created_at WHERE state = 'CALLED'")


def play(story: str, town: Node, chromium: str, **more: str) -> None:
    """Play `stories/<story>.mjs` on this town."""
    building.node(
        f"stories/{story}.mjs",
        LUMBUNG_STORY_NODE=town.base,
        LUMBUNG_STORY_CODES=str(town.codes),
        LUMBUNG_STORY_CHROMIUM=chromium,
        LUMBUNG_STORY_SHOTS=str(SHOTS),
        **more,
    )


def test_the_whole_story_on_four_screens(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> None:
    """A town where nobody answers by himself; its books hold what happened."""
    node = Node(tmp_path_factory.mktemp("quiet"))
    node.lay_tables()
    node.run("seed")
    try:
        node.start()
        building.node(
            "stories/whole.mjs",
            LUMBUNG_STORY_NODE=node.base,
            LUMBUNG_STORY_CODES=str(node.codes),
            LUMBUNG_STORY_CHROMIUM=chromium,
            LUMBUNG_STORY_SHOTS=str(SHOTS / "whole"),
            LUMBUNG_STORY_REPLAY=RESULT,
        )
        node.run("check-books")
    finally:
        node.stop()


@pytest.mark.parametrize("story", STORIES)
def test_story(town: Node, chromium: str, story: str) -> None:
    if story == "operating":
        give_up_an_event(town)
    sheets = two_members().save(town.folder / "pindahan.xlsx")
    for name in story.split(", "):
        if name == "ruling":
            let_weeks_pass(town)
        play(name, town, chromium, LUMBUNG_STORY_SHEETS=str(sheets))
