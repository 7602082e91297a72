"""The next steps of all searches of one pass, over the same drivers. Pure.

Jobs come one after the other, oldest first: an offer to a driver fills his hands for the next. Where at least as many
of a co-op's jobs wait as its policy's threshold says they are assigned together instead, each to the one driver who
makes all of them cheapest; a job that nobody is left for goes on by itself.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from marketplace.deliveries.dispatch import planning
from marketplace.deliveries.dispatch.around import Crowd, Stander
from marketplace.deliveries.dispatch.assigning import Edge, assign
from marketplace.deliveries.dispatch.explaining import Reason, Skip
from marketplace.deliveries.dispatch.planning import Crowds, Outcome, Plan, Proposal, Wanting
from marketplace.deliveries.dispatch.policy import Standing, rank
from marketplace.money import FULL_SHARE_BP

#: What leaving a job open costs beside a driver's lack of points, which is at most 10,000.
OPEN_COST = 10 * FULL_SHARE_BP
#: What a driver's every further job of a pass costs, and asking one again who did not answer.
LOAD_COST, ASKED_AGAIN_COST = 500, 5_000


@dataclass(slots=True)
class _Pass:
    """What the plans of a pass share."""

    crowds: Crowds
    references: Mapping[UUID, int]
    now: datetime
    calling: dict[tuple[UUID, ...], Crowd] = field(default_factory=dict)

    def called(self, plan: Plan) -> Crowd:
        """Who may be called in this round: the co-op's own drivers, and from some round on its allies' too."""
        key = plan.job.carriers if plan.is_allied else plan.job.carriers[:1]
        if key not in self.calling:
            self.calling[key] = Crowd([stander for id in key for stander in self.crowds.get(id, ())])
        return self.calling[key]

    def propose(self, plan: Plan) -> None:
        """Choose for this job alone; when all who could be asked said no, go further out at once."""
        reference = self.references.get(plan.job.cooperative_id, 0)
        planning.propose(plan, self.called(plan), reference, self.now)
        if not plan.proposals and not plan.still_open and not planning.is_new_round(plan):
            planning.next_round(plan, self.now)
            if plan.outcome is Outcome.SEARCHING:
                planning.propose(plan, self.called(plan), reference, self.now)


def plan_all(jobs: Sequence[Wanting], crowds: Crowds, references: Mapping[UUID, int], now: datetime) -> list[Plan]:
    """The next step of each of these searches, in the order of the jobs' ids: who has waited longest chooses first.

    `references` is each co-op's `equity.reference_hourly`.
    """
    shared = _Pass(crowds, references, now)
    plans = [planning.begin(job, now) for job in sorted(jobs, key=lambda job: job.id)]
    searching = [plan for plan in plans if plan.outcome is Outcome.SEARCHING]
    together = _many(searching)
    if together:
        _assign(together, shared)
    for plan in searching:
        if not plan.proposals:
            shared.propose(plan)
    for plan in plans:
        planning.set_next(plan, now)
    return plans


def _many(plans: Sequence[Plan]) -> list[Plan]:
    """The jobs that lie before nobody, of co-ops of which more of them wait than their threshold."""
    waiting: dict[UUID, list[Plan]] = defaultdict(list)
    for plan in plans:
        if not plan.still_open:
            waiting[plan.job.cooperative_id].append(plan)
    found = []
    for of_one in waiting.values():
        threshold = of_one[0].job.rules.batch_from
        if threshold is not None and len(of_one) >= threshold:
            found += of_one
    return found


def _assign(plans: Sequence[Plan], shared: _Pass) -> None:
    """Give each job to the one driver who makes all of them together cheapest by the members' own weights."""
    places: dict[UUID, int] = {}
    room: list[int] = []
    edges: list[Edge] = []
    ranked: list[tuple[dict[int, tuple[Stander, Standing]], Sequence[Standing]]] = []
    for number, plan in enumerate(plans):
        found = planning.considered(plan, shared.called(plan), ())
        known = {candidate.rider.driver_id: stander for stander, candidate in found}
        asks = plan.job.asks(plan.round)
        reference = shared.references.get(plan.job.cooperative_id, 0)
        order = rank(
            asks, [one for _, one in found], plan.job.rules.weights, reference_hourly=reference, most=len(found)
        )
        again = plan.job.unanswered | {offer.driver_id for offer in plan.expired}
        by_place: dict[int, tuple[Stander, Standing]] = {}
        for standing in order.offered:
            stander = known[standing.driver_id]
            place = places.setdefault(standing.driver_id, len(places))
            if place == len(room):
                room.append(stander.room)
            by_place[place] = (stander, standing)
            cost = FULL_SHARE_BP - standing.score_bp + (ASKED_AGAIN_COST if standing.driver_id in again else 0)
            edges.append(Edge(number, place, max(0, cost)))
        ranked.append((by_place, order.skipped))
    waited = len(plans)
    assigned = assign(
        [OPEN_COST + waited - number for number in range(waited)], room, edges, load_cost=LOAD_COST
    )  # the oldest job presses most
    for number, plan in enumerate(plans):
        if number in assigned.driver_of:
            _take(plan, assigned.driver_of[number], *ranked[number])


def _take(
    plan: Plan, chosen: int, by_place: Mapping[int, tuple[Stander, Standing]], barred: Sequence[Standing]
) -> None:
    stander, standing = by_place[chosen]
    stander.take_offer()
    plan.proposals.append(Proposal(stander, standing))
    others = [other for place, (_, other) in by_place.items() if place != chosen]
    plan.skipped = [
        *(replace(other, skip=Skip(Reason.BATCHED, (other.place or 0,))) for other in others),
        *barred,
    ]
