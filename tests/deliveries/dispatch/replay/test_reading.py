"""What an officer may keep as a replay: what `lumbung simulate --json` wrote, byte for byte, and nothing else."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from marketplace.deliveries.dispatch.replay import reading, trying
from marketplace.deliveries.dispatch.replay.days import Terms
from marketplace.deliveries.dispatch.replay.trying import POLICIES
from marketplace.errors import Invalid
from tests.deliveries.dispatch.towns import town
from tests.deliveries.offering import RESULT


def test_what_simulate_writes_is_taken_under_every_policy() -> None:
    found, policies = [town(3, orders=30, couriers=6)], list(POLICIES.values())
    tried = trying.attempt(found, policies, Terms())
    reading.check(trying.document(trying.gather(found, policies, Terms(), tried)).decode())
    reading.check(RESULT)


def written(change: Callable[[dict[str, Any]], Any]) -> str:
    told = json.loads(RESULT)
    change(told)
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


FAIR = ("trials", 0, "figures", "fair")


def put(*way: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(told: Any) -> None:
        for step in way[:-1]:
            told = told[step]
        told[way[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (put("format", value="lumbung-replay-2"), "result.format"),
        (put("source", value="x" * 64), "result.source"),
        (put("more", value=1), "result.more"),
        (put("terms", "pickup_s", value=-1), "result.terms.pickup_s"),
        (put("policies", value=[]), "result.policies"),
        (put("policies", 0, "kind", value="magic"), "result.policies.0"),
        (put("policies", 0, "at_once", value=0), "result.policies.0.at_once"),
        (put("policies", 1, "weights", "equity", value=4_999), "result.policies.1.weights"),
        (put("policies", 1, "name", value="nearest"), "result.policies"),
        (put("trials", value=[]), "result.trials"),
        (put("trials", 0, "load", value=float("nan")), "result.trials.0.load"),
        (put(*FAIR, "gini", value=1.01), "result.trials.0.figures.fair.gini"),
        (put(*FAIR, "orders", value="4"), "result.trials.0.figures.fair.orders"),
        (put(*FAIR, "orders", value=True), "result.trials.0.figures.fair.orders"),
        (put(*FAIR, "delivered", value=5), "result.trials.0.figures.fair"),
        (put(*FAIR, "without_job", value=3), "result.trials.0.figures.fair"),
        (lambda told: told["trials"][0]["figures"].pop("fair"), "result.trials.0.figures"),
        (lambda told: told["trials"].append(told["trials"][0]), "result.trials"),
    ],
)
def test_what_it_would_not_write_is_refused_by_place(change: Callable[[dict[str, Any]], Any], path: str) -> None:
    with pytest.raises(Invalid) as refused:
        reading.check(written(change))
    assert path in {".".join(fault.path) for fault in refused.value.faults}
    assert all(fault.message and fault.pesan for fault in refused.value.faults)
    assert len(refused.value.faults) <= reading.MOST_FAULTS


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "nonsense", "[" * 100_000, RESULT + "\n", json.dumps(json.loads(RESULT)), RESULT[:-1]],
)
def test_what_was_set_anew_or_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        reading.check(text)
    assert [fault.path for fault in refused.value.faults] == [("result",)]
