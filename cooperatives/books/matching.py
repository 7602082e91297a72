"""Which line of the bank is which entry of the book. Pure.

What is sure is matched: the same amount with the book's reference in the bank's words, or the same amount within
a few days when nothing else could be meant. All else is a suggestion for a person.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

#: A reference shorter than this could stand in any text.
LEAST_REFERENCE = 5
#: Within so many days a named reference is believed, and within so many a lone amount.
REFERENCE_DAYS, AMOUNT_DAYS = 10, 5
MOST_SUGGESTIONS = 3

L = TypeVar("L")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Side(Generic[L]):
    """A bank's line or a book's entry: its key, day, amount (in is more than zero), and its words."""

    key: L
    day: date
    amount: int
    words: str
    references: tuple[str, ...] = ()


def sure(lines: Sequence[Side[L]], entries: Sequence[Side[E]]) -> list[tuple[L, E]]:
    """The pairs that are beyond doubt, each line and each entry at most once."""
    by_amount: dict[int, list[Side[E]]] = defaultdict(list)
    for entry in entries:
        by_amount[entry.amount].append(entry)
    found: list[tuple[L, E]] = []
    used_lines: set[L] = set()
    used_entries: set[E] = set()
    for is_by_reference in (True, False):
        days = REFERENCE_DAYS if is_by_reference else AMOUNT_DAYS
        wanted: dict[L, list[E]] = {}
        askers: dict[E, list[L]] = defaultdict(list)
        for line in lines:
            if line.key in used_lines:
                continue
            wanted[line.key] = [
                entry.key
                for entry in by_amount[line.amount]
                if entry.key not in used_entries
                and _days_apart(line, entry) <= days
                and (not is_by_reference or names(line, entry))
            ]
            for key in wanted[line.key]:
                askers[key].append(line.key)
        for line_key, entry_keys in wanted.items():
            if len(entry_keys) == 1 and len(askers[entry_keys[0]]) == 1:
                found.append((line_key, entry_keys[0]))
                used_lines.add(line_key)
                used_entries.add(entry_keys[0])
    return found


def suggestions(line: Side[L], entries: Sequence[Side[E]]) -> list[E]:
    """Entries of the same amount that the line may be, the likeliest first."""
    alike = [entry for entry in entries if entry.amount == line.amount]
    words = _words(line.words)
    ranked = sorted(
        alike,
        key=lambda entry: (
            not names(line, entry),
            _days_apart(line, entry) - 2 * len(words & _words(entry.words)),
            entry.day,
        ),
    )
    return [entry.key for entry in ranked[:MOST_SUGGESTIONS]]


def names(line: Side[L], entry: Side[E]) -> bool:
    """Whether the bank's words or reference name one of the entry's references."""
    told = _bare(" ".join((line.words, *line.references)))
    return any(len(bare := _bare(one)) >= LEAST_REFERENCE and bare in told for one in entry.references)


def _days_apart(line: Side[L], entry: Side[E]) -> int:
    return abs((line.day - entry.day).days)


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower()))
