"""Reads the runnable examples of docs/api/: GraphQL fences, what stands in the comment before, variables after."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "docs" / "api"
PAGES = sorted(path.name for path in FOLDER.glob("*.md"))

FENCE = re.compile(
    r"(?:<!--(?P<comment>[^\n]*?)-->\n+)?```graphql\n(?P<document>.*?)```\n(?:\n*```json\n(?P<json>.*?)```)?", re.S
)
PERSON = re.compile(r"^\| `(?P<word>\w+)` \|.*\| `(?P<phone>\+\d+)` \|", re.M)
PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
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
        assert word.strip() in WORDS, f"{place}: {word.strip()!r} means nothing"
        said[word.strip()] = rest.strip()
    return said


def _pair(part: str) -> tuple[str, str]:
    name, _, way = part.partition("=")
    return name.strip(), way.strip()


def filled(variables: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The variables with each `{{name}}` replaced; a string that is nothing else takes the value as it is."""
    filled: dict[str, Any] = _fill(json.loads(variables), known)
    return filled


def _fill(value: Any, known: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: _fill(inner, known) for name, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, known) for inner in value]
    if not isinstance(value, str):
        return value
    whole = PLACEHOLDER.fullmatch(value)
    return known[whole[1]] if whole else PLACEHOLDER.sub(lambda found: str(known[found[1]]), value)


def follow(way: str, answer: Any) -> Any:
    """What stands at `placeOrder.subOrders.0.id` in an answer."""
    for step in way.split("."):
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return answer
