"""Policies tried on days, and what came of it as one document that a co-op's adopted policy can name. Pure.

The document is JSON in one line with sorted keys: the same days, terms and policies give the same bytes, and its
SHA-256 is its name. It holds figures only, nothing of a person.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from marketplace.deliveries.dispatch.replay import batches, days, measures, rounds
from marketplace.deliveries.dispatch.replay.batches import Batching
from marketplace.deliveries.dispatch.replay.days import Day, Terms
from marketplace.deliveries.dispatch.replay.measures import Figures
from marketplace.deliveries.dispatch.replay.rounds import Rules

FORMAT = "lumbung-replay-1"
Policy = Rules | Batching

#: By the names under which they are asked for; the first is what the others are held against.
POLICIES: Mapping[str, Policy] = {
    each.name: each for each in (rounds.NEAREST, rounds.NEAREST_CHOOSING, rounds.FAIREST, Batching())
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One day under each policy."""

    day: str
    load: float
    """Orders for each hour that a courier stood ready."""
    figures: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Replay:
    """All that was tried, the least loaded day first."""

    source: str
    """SHA-256 of the days."""
    terms: Terms
    policies: tuple[Policy, ...]
    trials: tuple[Trial, ...]


def attempt(found: Sequence[Day], policies: Sequence[Policy], terms: Terms) -> Iterator[Trial]:
    """Each day under each policy, one after the other: least loaded first, then by name."""
    for day in sorted(found, key=lambda each: (each.load, each.name)):
        yield Trial(
            day.name,
            round(day.load, 3),
            {policy.name: measures.measure(day, run(day, policy, terms)) for policy in policies},
        )


def run(day: Day, policy: Policy, terms: Terms) -> days.Outcome:
    """One day under one policy."""
    return rounds.run(day, policy, terms) if isinstance(policy, Rules) else batches.run(day, policy, terms)


def gather(found: Iterable[Day], policies: Sequence[Policy], terms: Terms, trials: Iterable[Trial]) -> Replay:
    """The trials with what they were made of."""
    return Replay(days.digest(found), terms, tuple(policies), tuple(trials))


def document(replay: Replay) -> bytes:
    """The replay as JSON: one line, sorted keys."""
    told = {
        "format": FORMAT,
        "source": replay.source,
        "terms": asdict(replay.terms),
        "policies": [_policy(policy) for policy in replay.policies],
        "trials": [
            {
                "day": trial.day,
                "load": trial.load,
                "figures": {
                    name: {**asdict(figures), "share_delivered": figures.share_delivered}
                    for name, figures in trial.figures.items()
                },
            }
            for trial in replay.trials
        ],
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def name_of(result: bytes) -> str:
    """By which a policy names this result: its SHA-256, as `sha256sum` says it of the file."""
    return hashlib.sha256(result).hexdigest()


def _policy(policy: Policy) -> dict[str, Any]:
    return {"kind": "rounds" if isinstance(policy, Rules) else "batches", **asdict(policy)}
