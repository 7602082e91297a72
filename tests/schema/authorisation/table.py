"""Reads and prints `table.txt`: scenes, and under each what everyone is answered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).with_name("table.txt")
#: The table's columns: the kinds of actor, then two API keys of the first person whom the row lets.
PEOPLE = (
    "nobody",
    "stranger",
    "buyer",
    "owner",
    "staff",
    "driver",
    "other",
    "chair",
    "treasurer",
    "pengawas",
    "platform",
    "government",
    "operator",
)
KEYS = ("key", "-scope")
COLUMNS = PEOPLE + KEYS
#: How the most frequent answers are written.
SHORT = {"UNAUTHENTICATED": "U", "FORBIDDEN": "F", "NOT_FOUND": "N", "DUPLICATE": "D"}

SCENE = re.compile(r"== (?P<name>[\w-]+)(?: < (?P<after>[\w-]+))?: (?P<told>.+)")
OPERATION = 29
CELL = {name: max(len(name), 4) + 1 for name in COLUMNS}


@dataclass
class Row:
    """An operation, how it is asked, and the answer that each column gets."""

    operation: str
    answers: tuple[str, ...]
    given: str = ""

    def __str__(self) -> str:
        cells = "".join(f"{answer:<{CELL[name] - 1}} " for name, answer in zip(COLUMNS, self.answers, strict=True))
        line = f"{self.operation:<{OPERATION - 1}} {cells}"
        return f"{line}| {self.given}".rstrip() if self.given else line.rstrip()


@dataclass
class Scene:
    """What has happened, step by step, and the rows that are tried then."""

    name: str
    told: str
    after: str | None = None
    steps: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def read(text: str) -> dict[str, Scene]:
    """The table's scenes by name. A row that names its operation alone has no answers yet."""
    scenes: dict[str, Scene] = {}
    scene = Scene("", "")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith(("#", "operation ")):
            continue
        if found := SCENE.fullmatch(line):
            scene = scenes[found["name"]] = Scene(found["name"], found["told"], found["after"])
        elif line.startswith("> "):
            scene.steps.append(line[2:].strip())
        else:
            left, _, given = line.partition("|")
            operation, *answers = left.split()
            assert len(answers) in {0, len(COLUMNS)}, f"{FILE.name}:{number}: {len(COLUMNS)} answers, or none"
            scene.rows.append(Row(operation, tuple(answers), given.strip()))
    return scenes


def written(text: str, answers: Mapping[tuple[str, int], Sequence[str]]) -> str:
    """The same table with these answers; `(scene, number of its row)` → the answers."""
    out, scene, number, has_header = [], "", 0, False
    header = "operation".ljust(OPERATION) + "".join(name.ljust(CELL[name]) for name in COLUMNS)
    for line in text.splitlines():
        if found := SCENE.fullmatch(line):
            scene, number, has_header = found["name"], 0, False
        is_row = bool(scene and line.strip()) and not line.startswith(("#", "== ", "> ", "operation "))
        if line.startswith("operation "):
            continue
        if is_row and not has_header:
            out.append(header.rstrip())
            has_header = True
        if not is_row:
            out.append(line)
            continue
        left, _, given = line.partition("|")
        cells = answers.get((scene, number), left.split()[1:])
        out.append(str(Row(left.split()[0], tuple(cells), given.strip())) if cells else line)
        number += 1
    return "\n".join(out) + "\n"
