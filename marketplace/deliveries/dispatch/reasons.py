"""Why each driver was offered a job or passed over, as it is kept: a text of JSON a job. Pure.

    {"steps": [[round, at, weights], ...],
     "drivers": {driver's id: [step, place, score, values, numbers, skip], ...}}

What the members let count is said once a step of the search, not once a driver. Drivers stand in the order in which
they were first considered, each with what came of him last. Codes and whole numbers only: words are made when read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from marketplace.deliveries.dispatch.explaining import FactorKind
from marketplace.deliveries.dispatch.policy import Standing, Weights


@dataclass(frozen=True, slots=True)
class Told:
    """What is kept of one driver: `record` as `Explanation.as_record` has it."""

    driver_id: UUID
    round: int
    at: datetime
    record: dict[str, Any]

    @property
    def is_offered(self) -> bool:
        return self.record["skip"] is None


class Reasons:
    """All that is kept of one job's candidates."""

    def __init__(self, text: str | None = None) -> None:
        kept = {"steps": [], "drivers": {}} if text is None else orjson.loads(text)
        self.steps: list[Sequence[Any]] = kept["steps"]
        self.drivers: dict[str, Sequence[Any]] = kept["drivers"]

    def add(self, round: int, at: datetime, weights: Weights, considered: Iterable[Standing]) -> list[str]:
        """Take on what a step of the search made of these drivers; answers who was not considered before."""
        step, drivers = len(self.steps), self.drivers
        self.steps.append((round, at.isoformat(), weights.as_tuple()))
        new = []
        for one in considered:
            id = str(one.candidate.rider.driver_id)
            if id not in drivers:
                new.append(id)
            skip = None if one.skip is None else (one.skip.reason, one.skip.numbers)
            if one.place is None:
                drivers[id] = (step, None, 0, (), (), skip)
            else:
                drivers[id] = (step, one.place, one.score_bp, one.values, one.numbers, skip)
        return new

    def text(self) -> str:
        return orjson.dumps({"steps": self.steps, "drivers": self.drivers}).decode()

    def of(self, driver_id: UUID | str) -> Told | None:
        """What is kept of this driver; None: he was not considered."""
        entry = self.drivers.get(str(driver_id))
        if entry is None:
            return None
        step, place, score, values, numbers, skip = entry
        round, at, weights = self.steps[step]
        factors = [[*factor] for factor in zip(FactorKind, values, weights, numbers, strict=False)]
        record = {"place": place, "score": score, "factors": factors, "skip": skip}
        return Told(UUID(str(driver_id)), round, datetime.fromisoformat(at), record)
