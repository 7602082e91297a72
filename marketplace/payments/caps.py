"""What the law lets co-ops keep of a delivery, and the proof of what they kept. Pure."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from marketplace import rules
from marketplace.money import FULL_SHARE_BP
from marketplace.rules import Confidence, RuleValue, Unit

#: Rules of the law that bound what may be kept of a ride, each a share of its price. They are written for carrying
#: passengers; whether they reach goods and food is not settled, so that each is cited as unsure.
PASSENGER_CAPS = ("platform.commission_cap", "platform.support_cap")
#: The same for goods and food: no source at hand has one; an operator adds it to rules.json once it is law.
GOODS_CAP = "delivery.commission_cap"


def caps_on(day: date) -> tuple[RuleValue, ...]:
    """The caps on a delivery's shares on that day, to be added up: of goods where one is known, else of rides."""
    with suppress(rules.NoSuchRule):
        return (rules.value_on(GOODS_CAP, day),)
    found = []
    for name in PASSENGER_CAPS:
        with suppress(rules.NoSuchRule):
            found.append(replace(rules.value_on(name, day), confidence=Confidence.LOW))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Proof:
    """Of a delivery's fare in rupiah: what co-ops kept, what the driver got, and the caps as they stood.

    `hosting`: kept by the seller's co-op of an allied carrier's work; `carrier`: kept by the carrier's.
    """

    fare: int
    hosting: int
    carrier: int
    driver: int
    caps: tuple[RuleValue, ...]

    @property
    def kept(self) -> int:
        return self.hosting + self.carrier

    @property
    def cap_bp(self) -> int | None:
        """What may be kept, as a share of the fare; None where no rule says anything."""
        return sum(rule.value for rule in self.caps) if self.caps else None

    @property
    def held(self) -> bool | None:
        """Whether the cap held; a share is rounded to whole rupiah, so up to one more is within it."""
        return None if self.cap_bp is None else (self.kept - 1) * FULL_SHARE_BP <= self.fare * self.cap_bp

    @property
    def is_binding(self) -> bool:
        """Whether we are sure of every cap: only then is passing it a fault."""
        return bool(self.caps) and all(rule.confidence is Confidence.HIGH for rule in self.caps)


def rule_json(rule: RuleValue) -> dict[str, Any]:
    """A rule as it stood, to be kept."""
    return {
        "name": rule.name,
        "value": rule.value,
        "unit": rule.unit.value,
        "instrument": rule.instrument,
        "article": rule.article,
        "confidence": rule.confidence.value,
        "since": rule.since.isoformat(),
    }


def rule_from(kept: dict[str, Any]) -> RuleValue:
    """A rule that was kept."""
    return RuleValue(
        kept["name"],
        kept["value"],
        Unit(kept["unit"]),
        kept["instrument"],
        kept["article"],
        Confidence(kept["confidence"]),
        date.fromisoformat(kept["since"]),
    )
