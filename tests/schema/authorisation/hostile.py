"""What strangers may write, in each text that a mutation takes: refused by a code, or kept without its sting."""

import copy
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLList, get_nullable_type

from marketplace.database import connection, is_postgres, transaction
from tests.schema.authorisation.asking import ROOTS, Asked, asked
from tests.schema.authorisation.table import PEOPLE, Row
from tests.schema.authorisation.trying import DONE, Town, Undone, verdict

Way = tuple[str | int, ...]
_looked: list[str] = []
#: It stays text wherever it is shown; what turns the text after it must not come to rest.
STING = "\u202e"
HARMFUL = f"{STING}<img src=x onerror=alert(1)> javascript:alert(1)// \u2066توصيل"
NO_TEXT = "Warung\x00\ud800"
LONG = "N" * 10_000
#: What comes to rest as long as it was sent, by design: what a meeting decides on, hears and records.
MAY_BE_LONG = frozenset(
    {
        ("draftMotion", "text"),
        ("draftRuling", "text"),
        ("closeMeeting", "minutes"),
        ("fileSupervisorReport", "findings"),
        ("fileSupervisorReport", "advice"),
        ("proposeBudget", "plan"),
    }
)


async def try_texts(town: Town, row: Row) -> list[str]:
    """What is wrong with how an operation takes hostile texts, sent by the first person who may do it."""
    roots = [root for kind, root in ROOTS.items() if root is not None and kind != "subscription"]
    declared = next((root.fields[row.operation] for root in roots if row.operation in root.fields), None)
    answers = dict(zip(PEOPLE, row.answers, strict=False))
    who = next((name for name, answer in answers.items() if answer == DONE), None)
    if declared is None or who is None:
        return []
    ways = list(_ways(declared.args, asked(row.operation, row.given, town.things).variables))
    token = town.tokens.get(who, "")
    wrong = await _no_text(town, row, token, ways)
    for way in ways:
        name = f"{row.operation} {'.'.join(map(str, way))}"
        for text, sting in ((HARMFUL, STING), (LONG, LONG)):
            step = _with(asked(row.operation, row.given, town.things), [way], text)
            answer, stung = await _attempt(town, step, token, sting)
            if sting is LONG and (row.operation, way[-1]) in MAY_BE_LONG:
                stung = []
            if answer in {"INTERNAL", "ERROR"} or stung:
                wrong.append(f"{name}: {text[:20]!r} was answered {answer}, and came to rest in {stung}")
    return wrong


async def _no_text(town: Town, row: Row, token: str, ways: list[Way]) -> list[str]:
    """All texts at once: each is named in the refusal."""
    if not ways:
        return []
    body = await town.post(_with(asked(row.operation, row.given, town.things), ways, NO_TEXT), token)
    error = (body.get("errors") or [{}])[0].get("extensions", {})
    faults = {".".join(fault["path"]) for fault in error.get("fields", ())}
    missing = {".".join(map(str, way)).removeprefix("input.") for way in ways} - faults
    return [f"{row.operation}: {missing} may hold what is no text: {body}"] if missing else []


async def _attempt(town: Town, step: Asked, token: str, sting: str) -> tuple[str, list[str]]:
    """The answer, and the tables in which the text came to rest as it was sent."""
    answer, stung = "", []
    with suppress(Undone):
        async with transaction():
            answer = verdict(step, await town.post(step, token))
            if answer == DONE and not is_postgres():
                stung = await _stung(sting)
            raise Undone
    return answer, stung


async def _stung(sting: str) -> list[str]:
    rows = await connection().execute_query_dict(await _looking(), [sting])
    return [row["name"] for row in rows]


async def _looking() -> str:
    """The SELECT that names the tables in which a text stands."""
    if not _looked:
        columns = await connection().execute_query_dict(
            """SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"""
        )
        held: dict[str, list[str]] = {}
        for row in columns:
            held.setdefault(row["table"], []).append(f'instr("{row["column"]}", ?1)')
        parts = (
            f"SELECT '{name}' AS name WHERE EXISTS (SELECT 1 FROM \"{name}\" WHERE {' OR '.join(said)})"
            for name, said in held.items()
        )
        _looked.append(" UNION ALL ".join(parts))
    return _looked[0]


def _ways(declared: Any, variables: dict[str, Any]) -> Iterator[Way]:
    """The ways to all texts of the variables, also those that may be left out."""
    for name, argument in declared.items():
        yield from _within(argument.type, variables.get(name), (name,))


def _within(kind: Any, value: Any, way: Way) -> Iterator[Way]:
    kind = get_nullable_type(kind)
    if isinstance(kind, GraphQLList):
        given = value if isinstance(value, list) and value else [None]
        for at, one in enumerate(given):
            yield from _within(kind.of_type, one, (*way, at))
    elif isinstance(kind, GraphQLInputObjectType):
        for name, field in kind.fields.items() if isinstance(value, dict) else ():
            yield from _within(field.type, value.get(name), (*way, name))
    elif kind.name == "String":
        yield way


def _with(step: Asked, ways: list[Way], text: str) -> Asked:
    """The same asked with this text at the end of each way."""
    variables = copy.deepcopy(step.variables)
    for way in ways:
        inside: Any = variables
        for name, after in pairwise(way):
            if isinstance(after, int) and not (isinstance(inside, list) or inside.get(name)):
                inside[name] = [None]  # a list that was left out, or empty
            inside = inside[name]
        inside[way[-1]] = text
    return Asked(step.kind, step.document, variables, step.way)
