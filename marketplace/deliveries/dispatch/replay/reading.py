"""A document of `lumbung simulate`, read back before it is kept: its shape, its bounds, that it agrees with itself.

Nothing can prove that its figures were reckoned; whoever has the days runs it again and finds the same digest. What
is kept is at least what members can read, and what `trying.document` would write, byte for byte.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from marketplace.errors import Code, FieldFault, Invalid
from marketplace.money import FULL_SHARE_BP

#: Faults told at once; who has more mends these first.
MOST_FAULTS = 20
MOST_POLICIES, MOST_DAYS = 12, 366
_DAY_S = 86_400

Name = Annotated[str, Field(min_length=1, max_length=80)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Seconds = Annotated[int, Field(ge=0, le=7 * _DAY_S)]
Minutes = Annotated[float, Field(ge=-10_080, le=10_080, allow_inf_nan=False)]
Part = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Rupiah = Annotated[int, Field(ge=0, le=1_000_000_000)]
BasisPoints = Annotated[int, Field(ge=0, le=FULL_SHARE_BP)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Terms(_Shape):
    metres_a_minute: Annotated[int, Field(ge=1, le=10_000)]
    pickup_s: Seconds
    dropoff_s: Seconds
    opens_before_s: Seconds
    gives_up_s: Seconds


class _Weights(_Shape):
    nearness: BasisPoints
    since_last_job: BasisPoints
    equity: BasisPoints
    home: BasisPoints
    acceptance: BasisPoints


class _Rounds(_Shape):
    kind: Literal["rounds"]
    name: Name
    weights: _Weights
    at_once: Annotated[int, Field(ge=1, le=1_000)]
    offer_limit: Annotated[int, Field(ge=1, le=1_000)]
    radius_m: Annotated[int, Field(ge=1, le=10_000_000)]


class _Costs(_Shape):
    patience_s: Seconds
    late_times: Count
    courier_percent: Annotated[int, Field(ge=0, le=10_000)]


class _Batches(_Shape):
    kind: Literal["batches"]
    name: Name
    every_s: Seconds
    horizon_s: Seconds
    most_jobs: Annotated[int, Field(ge=1, le=1_000)]
    candidates: Annotated[int, Field(ge=1, le=1_000)]
    equity_s: Seconds
    early_s: Seconds
    age_percent: Annotated[int, Field(ge=0, le=10_000)]
    costs: _Costs


class _Figures(_Shape):
    orders: Count
    delivered: Count
    couriers: Count
    click_to_door: Minutes
    click_to_door_p90: Minutes
    ready_to_pickup: Minutes
    ready_to_pickup_p90: Minutes
    ready_to_door: Minutes
    ready_to_door_p90: Minutes
    courier_use: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
    bundled: Part
    metres_an_order: Count
    gini: Part
    hourly: Rupiah
    hourly_median: Rupiah
    without_job: Count
    share_delivered: Part


class _Trial(_Shape):
    day: Name
    load: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
    figures: Annotated[dict[Name, _Figures], Field(max_length=MOST_POLICIES)]


class _Document(_Shape):
    format: Literal["lumbung-replay-1"]
    source: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    terms: _Terms
    policies: Annotated[
        list[Annotated[_Rounds | _Batches, Field(discriminator="kind")]],
        Field(min_length=1, max_length=MOST_POLICIES),
    ]
    trials: Annotated[list[_Trial], Field(min_length=1, max_length=MOST_DAYS)]


def check(text: str) -> None:
    """Raises Invalid with each fault's place below `result`, at most `MOST_FAULTS`."""
    try:
        found = json.loads(text)
        if not isinstance(found, dict):
            raise _not_one("result")
        told = _Document.model_validate(found)
    except ValidationError as wrong:
        found_wrong = wrong.errors(include_url=False, include_input=False)[:MOST_FAULTS]
        raise Invalid(faults=[_fault(each["loc"], each["msg"]) for each in found_wrong]) from None
    except (ValueError, RecursionError):
        raise _not_one("result") from None
    faults = list(_disagreements(told))[:MOST_FAULTS]
    if faults:
        raise Invalid(faults=faults)
    # Its name is the digest of its bytes: set anew by an editor it would go by another.
    if text != json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False):
        raise _not_one("result")


def _disagreements(told: _Document) -> Iterator[FieldFault]:
    names = [policy.name for policy in told.policies]
    if len(set(names)) < len(names):
        yield _fault(("policies",), "each policy by a name of its own")
    for number, policy in enumerate(told.policies):
        if isinstance(policy, _Rounds) and sum(policy.weights.model_dump().values()) != FULL_SHARE_BP:
            yield _fault(("policies", number, "weights"), f"weights that sum to {FULL_SHARE_BP}")
    if len({trial.day for trial in told.trials}) < len(told.trials):
        yield _fault(("trials",), "each day once")
    for number, trial in enumerate(told.trials):
        if set(trial.figures) != set(names):
            yield _fault(("trials", number, "figures"), "figures of each policy and of no other")
        for name, each in trial.figures.items():
            share = round(each.delivered / each.orders, 4) if each.orders else 0.0
            if each.delivered > each.orders or each.without_job > each.couriers or each.share_delivered != share:
                yield _fault(("trials", number, "figures", name), "figures that agree with one another")


def _fault(place: tuple[Any, ...], what: str) -> FieldFault:
    path = ("result", *(str(part) for part in place if part not in ("rounds", "batches")))
    return FieldFault(path, Code.INVALID, f"not as `lumbung simulate` writes it: {what}", _PESAN)


def _not_one(field: str) -> Invalid:
    message = "the file that `lumbung simulate --json` wrote, byte for byte"
    return Invalid.field(field, Code.INVALID, message, "berkas dari `lumbung simulate --json`, tanpa diubah")


_PESAN = "isi di tempat ini tidak seperti yang ditulis `lumbung simulate --json`"
