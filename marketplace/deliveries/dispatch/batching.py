"""Many waiting jobs given out together: who by min-cost flow, in which order he stops by `routes`. Pure.

It goes in turns. In each a driver gets one job at most, by the members' own weights and by what those wait longer
whose goods he has already. It goes into his way, by which the next turn measures him: a second job from the same
shop, or along the road, falls to him who passes there anyway.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from marketplace.deliveries.dispatch import fitting, planning
from marketplace.deliveries.dispatch.around import Crowd, Stander, metres_per_lon
from marketplace.deliveries.dispatch.assigning import Edge, assign
from marketplace.deliveries.dispatch.explaining import Reason, Skip
from marketplace.deliveries.dispatch.fitting import Fit
from marketplace.deliveries.dispatch.planning import Plan, Proposal
from marketplace.deliveries.dispatch.policy import WAIT_HALF_S, Standing, falling, rank
from marketplace.money import FULL_SHARE_BP

#: What leaving a job open costs beside a driver's lack of points, which is at most 20,000.
OPEN_COST = 10 * FULL_SHARE_BP
#: What asking one again costs who did not answer.
ASKED_AGAIN_COST = 5_000
#: Jobs that one driver is given in a pass at most, and drivers into whose way one job is fitted.
MOST_TURNS, MOST_FITTED = 3, 8
#: Jobs given out together in one pass: with 500 drivers they take 0.4 s of a processor. Newer ones go by themselves.
MOST_TOGETHER = 600


def assign_together(plans: Sequence[Plan], called: Callable[[Plan], Crowd], references: Mapping[UUID, int]) -> None:
    """Propose each job to the one driver who makes all of them together cheapest; some may be left to nobody.

    At most `MOST_TOGETHER`, those that come first. `called` says who may be called for a job; `references` is each
    co-op's `equity.reference_hourly`.
    """
    left = plans[:MOST_TOGETHER]
    for _ in range(MOST_TURNS):
        gone = _turn(left, called, references)
        left = [plan for plan in left if not plan.proposals]
        if not gone or not left:
            return
        for crowd in {called(plan) for plan in left}:
            crowd.lay_out()


def _turn(plans: Sequence[Plan], called: Callable[[Plan], Crowd], references: Mapping[UUID, int]) -> bool:
    """One job more for each driver at most; whether any was given out."""
    choices = [_choose(plan, called(plan), references.get(plan.job.cooperative_id, 0)) for plan in plans]
    places: dict[UUID, int] = {}
    edges = [
        Edge(number, places.setdefault(id, len(places)), cost)
        for number, choice in enumerate(choices)
        for id, (_, _, cost) in choice.fitting.items()
    ]
    waited = len(plans)
    open_costs = [OPEN_COST + waited - number for number in range(waited)]  # the oldest job presses most
    assigned = assign(open_costs, [1] * len(places), edges)
    drivers = list(places)
    for number, place in assigned.driver_of.items():
        choices[number].give(plans[number], drivers[place])
    return bool(assigned.driver_of)


@dataclass(slots=True)
class _Choice:
    """Who may take one job, best first; into whose way it fits, at what cost; and whom something bars."""

    ranked: Mapping[UUID, Standing]
    fitting: Mapping[UUID, tuple[Stander, Fit, int]]
    barred: Sequence[Standing]

    def give(self, plan: Plan, id: UUID) -> None:
        stander, found, _ = self.fitting[id]
        fitting.take(stander, found)
        plan.proposals.append(Proposal(stander, self.ranked[id]))
        others = [standing for other, standing in self.ranked.items() if other != id]
        plan.skipped = [*(replace(other, skip=_why_not(other)) for other in others), *self.barred]


def _why_not(other: Standing) -> Skip:
    return other.skip or Skip(Reason.BATCHED, (other.place or 0,))


def _choose(plan: Plan, crowd: Crowd, reference: int) -> _Choice:
    weights = plan.job.rules.weights
    candidates = planning.considered(plan, crowd, ())
    order = rank(plan.job.asks(plan.round), candidates, weights, reference_hourly=reference, most=len(candidates))
    again = plan.job.unanswered | {offer.driver_id for offer in plan.expired}
    per_lon = metres_per_lon(plan.job.lat)
    fits: dict[UUID, tuple[Stander, Fit, int]] = {}
    for standing in order.offered:
        id, stander = standing.driver_id, crowd.stander(standing.driver_id)
        if len(fits) == MOST_FITTED or not stander.room:
            continue
        found = fitting.fit(stander, plan.job, per_lon)
        if found is None:
            standing.skip = Skip(Reason.NO_PLACE)
            continue
        cost = max(0, FULL_SHARE_BP - standing.score_bp) + (ASKED_AGAIN_COST if id in again else 0)
        fits[id] = (stander, found, cost + _delay_cost(found.delays_s, weights.nearness))
    return _Choice({standing.driver_id: standing for standing in order.offered}, fits, order.skipped)


def _delay_cost(delays_s: int, nearness: int) -> int:
    """What others wait longer counts as goods that wait for him: by the weight of nearness."""
    return nearness * (FULL_SHARE_BP - falling(max(0, delays_s), WAIT_HALF_S)) // FULL_SHARE_BP
