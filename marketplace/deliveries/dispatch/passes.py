"""The next steps of all searches of one pass, over the same drivers. Pure.

Jobs come one after the other, oldest first: an offer to a driver fills his hands for the next. Where at least as many
of a co-op's jobs wait as its policy's threshold says they are assigned together instead (`batching`); a job for which
nobody is left goes on by itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from marketplace.deliveries.dispatch import planning
from marketplace.deliveries.dispatch.around import Crowd
from marketplace.deliveries.dispatch.batching import assign_together
from marketplace.deliveries.dispatch.planning import Crowds, Outcome, Plan, Wanting


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


def plan_each(
    jobs: Sequence[Wanting], crowds: Crowds, references: Mapping[UUID, int], now: datetime
) -> Iterator[Plan]:
    """The next step of each of these searches, in the order of the jobs' ids: who has waited longest chooses first.

    Each is planned as it is asked for. `references` is each co-op's `equity.reference_hourly`.
    """
    shared = _Pass(crowds, references, now)
    plans = [planning.begin(job, now) for job in sorted(jobs, key=lambda job: job.id)]
    searching = [plan for plan in plans if plan.outcome is Outcome.SEARCHING]
    together = _many(searching)
    if together:
        assign_together(together, shared.called, references)
    for plan in plans:
        if plan.outcome is Outcome.SEARCHING and not plan.proposals:
            shared.propose(plan)
        planning.set_next(plan, now)
        yield plan


def _many(plans: Sequence[Plan]) -> list[Plan]:
    """The jobs that lie before nobody, oldest first, of co-ops of which as many wait as their threshold says."""
    waiting: dict[UUID, list[Plan]] = defaultdict(list)
    for plan in plans:
        if not plan.still_open:
            waiting[plan.job.cooperative_id].append(plan)
    found = []
    for of_one in waiting.values():
        threshold = of_one[0].job.rules.batch_from
        if threshold is not None and len(of_one) >= threshold:
            found += of_one
    return sorted(found, key=lambda plan: plan.job.id)
