"""How many files, and how many bytes of script, a phone loads before it shows the first page of an area."""

import gzip
import json
import re
from typing import Any

import pytest

from marketplace.web import BUILT

MOST_BYTES = 100_000
#: The first script with the ground, the area's, and the bundler's own few lines.
MOST_SCRIPTS = 3
#: Each area's page, with the name of the area's script.
PAGES = {
    "index": "shop",
    "jual": "seller",
    "antar": "driver",
    "loket": "counter",
    "anggota": "member",
    "pengelola": "operator",
    "pengembang": "developer",
}


def chunks() -> dict[str, dict[str, Any]]:
    """What the build made, by the names of its files."""
    manifest: dict[str, dict[str, Any]] = json.loads((BUILT / ".vite" / "manifest.json").read_text())
    return {chunk["file"]: {**chunk, "imports": files(manifest, chunk)} for chunk in manifest.values()}


def files(manifest: dict[str, dict[str, Any]], chunk: dict[str, Any]) -> set[str]:
    return {manifest[name]["file"] for name in chunk.get("imports", ())}


def scripts_of(page: str) -> set[str]:
    """The scripts that a page asks for at once."""
    return set(re.findall(r'(?:src|href)="/(assets/[^"]+\.js)"', (BUILT / f"{page}.html").read_text()))


@pytest.mark.parametrize("page", PAGES)
def test_the_first_view_of_an_area_is_light(page: str) -> None:
    named = scripts_of(page)
    sizes = {name: len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in named}
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert len(named) <= MOST_SCRIPTS, named


@pytest.mark.parametrize(("page", "area"), PAGES.items())
def test_a_page_names_all_that_its_area_needs_and_nothing_of_anothers(page: str, area: str) -> None:
    built, named = chunks(), scripts_of(page)
    assert set().union(*(built[name]["imports"] for name in named)) <= named
    assert {built[name]["name"] for name in named} & set(PAGES.values()) == {area}


def test_there_is_one_file_of_styles() -> None:
    assert len(list((BUILT / "assets").glob("*.css"))) == 1
