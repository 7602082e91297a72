"""Every page of the web app is shown by a story: looked at, photographed, and held against what must always be so."""

import json
import re

from marketplace.web import FOLDER
from tests.web.test_stories import STORIES

SOURCE = FOLDER / "src"
#: An area of the app: where its addresses begin, and its folder.
AREA = re.compile(r'^  "(?P<path>[^"]*)": "(?P<folder>\w+)",$', re.M)
#: A page of no area.
APART = re.compile(r'<Route component=\{\w+\} path="(?P<path>[^"]+)" />')
ROUTE = re.compile(r'<Route component=\{\w+\} (?:path="(?P<path>[^"]+)"|default) />')


def pages_of_the_app() -> set[str]:
    found = set(APART.findall((SOURCE / "ground" / "app.tsx").read_text()))
    areas = AREA.findall((SOURCE / "ground" / "areas.ts").read_text())
    assert {folder for _, folder in areas} == {area.parent.name for area in SOURCE.glob("*/area.tsx")}
    for prefix, folder in areas:
        source = (SOURCE / folder / "area.tsx").read_text()
        routes = ROUTE.findall(source)
        assert len(routes) == source.count("<Route "), f"{folder}: a page that this test can't read"
        found |= {(prefix + path).removesuffix("/") or "/" for path in routes if path}
    return found


def test_every_page_of_the_app_is_shown_by_a_story() -> None:
    shown: dict[str, list[str]] = json.loads((FOLDER / "stories" / "pages.json").read_text())
    assert set(shown) <= {name for each in STORIES for name in each.split(", ")}
    pages = [page for of_story in shown.values() for page in of_story]
    assert sorted(pages) == sorted(pages_of_the_app())
