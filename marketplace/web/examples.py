"""The runnable examples of docs/api/: GraphQL fences, what stands in the comment before, variables after.

The tests run each of them; the web app's build lays them out as JSON, for the page that runs them in a browser.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: In a checkout; an installed wheel holds what the build made of them.
FOLDER = Path(__file__).parents[2] / "docs" / "api"
PAGES = sorted(path.name for path in FOLDER.glob("*.md"))

FENCE = re.compile(
    r"(?:<!--(?P<comment>[^\n]*?)-->\n+)?```graphql\n(?P<document>.*?)```\n(?:\n*```json\n(?P<json>.*?)```)?", re.S
)
PERSON = re.compile(r"^\| `(?P<word>\w+)` \| (?P<who>.*?) \| `(?P<phone>\+\d+)` \|", re.M)
ABOUT = re.compile(r"^\| \[(?P<page>[\w-]+\.md)\]\([\w.-]+\) \| (?P<about>.*?) \|$", re.M)
HEADING = re.compile(r"^(#+) (?P<text>.+)$", re.M)
OPERATION = re.compile(r"\s*(?:(?P<kind>query|mutation|subscription)\b\s*(?P<name>\w*)[^{]*)?\{\s*(?P<field>\w+)")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
WORDS = {"as", "save", "refused", "later", "picture", "paper", "statement", "sheets", "stray", "blinds", "votes"}


@dataclass(frozen=True)
class Example:
    """A document that someone sends. `save`: names for what later examples need, with the way into the answer.

    Before it is sent, `later` minutes pass, a picture is uploaded for the listing that `picture` names, or as the
    photo of the driver's paper that `paper` names, a bank statement is taken in for the account that `statement`
    names, the sheets of one who moves into the co-op that `sheets` names are brought, and a provider reports `stray`
    rupiah that no payment explains. A voter's device makes a token for the key that `blinds` names, and fills in a
    ballot that `votes` so.
    """

    page: str
    line: int
    document: str
    variables: str
    who: str = "nobody"
    save: Mapping[str, str] = field(default_factory=dict)
    refused: str | None = None
    later: int = 0
    picture: str | None = None
    paper: str | None = None
    statement: str | None = None
    sheets: str | None = None
    stray: int = 0
    blinds: str | None = None
    votes: str | None = None

    @property
    def place(self) -> str:
        return f"docs/api/{self.page}:{self.line}"


def people() -> dict[str, str]:
    """The words by which the pages name people, with their phones; from the table in README.md."""
    return {row["word"]: row["phone"] for row in PERSON.finditer((FOLDER / "README.md").read_text())}


def examples(page: str) -> Iterator[Example]:
    """The page's examples in their order."""
    text = (FOLDER / page).read_text()
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start("document"))
        said = _directives(found["comment"] or "", f"docs/api/{page}:{line}")
        saved = dict(_pair(part) for part in said.get("save", "").split(",") if part.strip())
        yield Example(
            page,
            line,
            found["document"],
            found["json"] or "{}",
            said.get("as", "nobody"),
            saved,
            said.get("refused"),
            int(said.get("later", 0)),
            said.get("picture"),
            said.get("paper"),
            said.get("statement"),
            said.get("sheets"),
            int(said.get("stray", 0)),
            said.get("blinds"),
            said.get("votes"),
        )


def _directives(comment: str, place: str) -> dict[str, str]:
    said = {}
    for part in filter(str.strip, comment.split(";")):
        word, _, rest = part.partition(":")
        if word.strip() not in WORDS:
            raise ValueError(f"{place}: {word.strip()!r} means nothing")
        said[word.strip()] = rest.strip()
    return said


def _pair(part: str) -> tuple[str, str]:
    name, _, way = part.partition("=")
    return name.strip(), way.strip()


def as_json() -> dict[str, Any]:
    """What the web app shows: the people, and each page's examples."""
    return {
        "people": [found.groupdict() for found in PERSON.finditer((FOLDER / "README.md").read_text())],
        "pages": [_page_as_json(page) for page in sorted(PAGES, key=_place)],
    }


def _abouts() -> dict[str, str]:
    """For whom each page is, in the order in which the first page names them."""
    first = {"README.md": "who begins: signing in, refusals, keys, pages, limits"}
    return first | {row["page"]: row["about"] for row in ABOUT.finditer((FOLDER / "README.md").read_text())}


def _place(page: str) -> int:
    return list(_abouts()).index(page)


def _page_as_json(page: str) -> dict[str, Any]:
    text = (FOLDER / page).read_text()
    headings = [(text.count("\n", 0, found.start()) + 1, found["text"]) for found in HEADING.finditer(text)]
    return {
        "name": page.removesuffix(".md"),
        "title": headings[0][1],
        "about": LINK.sub(r"\1", _abouts()[page]),
        "examples": [
            _example_as_json(example, [heading for line, heading in headings if line < example.line][-1])
            for example in examples(page)
        ],
    }


def _example_as_json(example: Example, heading: str) -> dict[str, Any]:
    found = OPERATION.match(example.document)
    if found is None:
        raise ValueError(f"{example.place} is no operation")
    before = {name: getattr(example, name) for name in WORDS - {"as", "save", "refused"}}
    return {
        "name": found["name"] or found["field"],
        "heading": heading,
        "kind": found["kind"] or "query",
        "document": example.document,
        "variables": example.variables,
        "who": example.who,
        "save": dict(example.save),
        "refused": example.refused,
        "needs": sorted(name for name, value in before.items() if value),
    }
