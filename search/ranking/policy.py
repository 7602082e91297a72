"""The weights that this node ranks by: the usual ones, or those in `search-weights.json` in its folder.

`{"open_percent": 20, "reliability_percent": 15, "freshness_percent": 5, "members_percent": 0, "half_worth_m": 5000}`;
what is left out stays as usual.
"""

import json
from pathlib import Path

from marketplace import clock
from marketplace.errors import Invalid
from marketplace.settings import SettingsRefused
from search.ranking.weights import Ranking, Weights

FILE = "search-weights.json"

_weights = Weights()


class WeightsRefused(SettingsRefused):
    """The operator's search-weights.json can't be used: says what is wrong and why."""


def use(weights: Weights) -> None:
    """Rank by these from now on."""
    global _weights
    _weights = weights


def weights() -> Weights:
    return _weights


def ranking() -> Ranking:
    """How hits are ranked at this minute."""
    return Ranking.now(_weights, clock.now())


def read_file(path: Path) -> Weights:
    """The weights in this file; the usual ones when there is no such file. Raises WeightsRefused."""
    if not path.exists():
        return Weights()
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise WeightsRefused(f"{path}: {cause}") from cause
    if not isinstance(values, dict):
        raise WeightsRefused(f"{path}: it takes one object")
    try:
        return Weights.checked(values)
    except Invalid as refused:
        faults = "; ".join(f"{'.'.join(fault.path)} {fault.message}" for fault in refused.faults)
        raise WeightsRefused(f"{path}: {faults}") from refused
