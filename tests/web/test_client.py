"""The published client, packed as npm packs it: its README's program, and the page of the tutorial, in a browser."""

import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from marketplace.web import FOLDER, building
from tests.node import Node
from tests.web.conftest import PAGES, PAGES_PORT
from tests.web.test_stories import play

ROOT = Path(__file__).parents[2]
FILE = re.compile(r"<!-- file: (?P<name>[\w.-]+) -->\n```\w+\n(?P<text>.*?)```\n", re.S)
TOOLS = FOLDER / "node_modules"
#: What the page and the program have beside the client, as `npm install` would have fetched it.
INSTALLED = ("graphql", "graphql-ws", "@graphql-typed-document-node", "vite", "typescript", "@types")
STRICT = ("--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2023,dom", "--types", "node")


def lay_out(page: Path, folder: Path) -> None:
    """The files that a page of the documentation shows, each under its name."""
    for found in FILE.finditer(page.read_text()):
        (folder / found["name"]).write_text(found["text"])


def run(folder: Path, *command: str, **settings: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=building._environment() | settings, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds `node_modules`, the client among them as it was packed."""
    folder = tmp_path_factory.mktemp("packages")
    modules = folder / "node_modules"
    modules.mkdir()
    for name in INSTALLED:
        (modules / name).symlink_to(TOOLS / name)
    with tarfile.open(building.pack(folder)) as packed:
        packed.extractall(modules, filter="data")
    (modules / "package").rename(modules / "lumbung-client")
    return folder


def test_the_program_of_its_readme_type_checks_and_runs(town: Node, packages: Path) -> None:
    folder = packages / "program"
    folder.mkdir()
    (folder / "package.json").write_text('{"type": "module"}')
    lay_out(FOLDER / "client" / "README.md", folder)
    run(folder, str(TOOLS / ".bin" / "tsc"), *STRICT, "program.ts")
    said = run(folder, "node", "--experimental-websocket", "program.js", NODE=town.base).splitlines()
    assert said[0] == "Signed in as Ayu Permata"
    assert re.fullmatch(r"Beras .+: Rp[\d.]+", said[1])
    assert said[2:] == ["In the basket", "Refused: INVALID", "Refused: FORBIDDEN"]


@pytest.fixture
def page(town: Node, packages: Path) -> Iterator[str]:
    """The tutorial's page, built and served where the node lets it in."""
    folder = packages / "page"
    folder.mkdir()
    lay_out(ROOT / "docs" / "frontend" / "first-page.md", folder)
    run(folder, str(TOOLS / ".bin" / "tsc"))
    vite = str(TOOLS / ".bin" / "vite")
    run(folder, vite, "build", VITE_NODE=town.base)
    served = [vite, "preview", "--host", "127.0.0.1", "--port", str(PAGES_PORT), "--strictPort"]
    with subprocess.Popen(served, cwd=folder, env=building._environment(), stdout=subprocess.DEVNULL) as serving:
        try:
            httpx.Client(transport=httpx.HTTPTransport(retries=8)).get(PAGES)
            yield PAGES
        finally:
            serving.terminate()


def test_the_page_of_the_tutorial_shows_a_listing_and_places_an_order(town: Node, chromium: str, page: str) -> None:
    play("first-page", town, chromium, LUMBUNG_STORY_PAGE=page)
