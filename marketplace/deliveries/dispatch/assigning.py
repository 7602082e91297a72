"""Who carries which job when many are open at once: the cheapest assignment of all together. Pure.

A min-cost flow: from each job over its few candidates to drivers, and from each driver out by one arc a job, each
dearer than the one before (`load_cost`), so that work spreads. What equity is worth stands in the candidates' costs.
A job may stay open, at a cost of its own. Edges are the caller's and bounded (`MOST_CANDIDATES` a job), so that the
problem grows with the jobs and not with jobs times drivers. Solved by OR-Tools' cost-scaling solver, loaded at first
use.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: More candidates of one job are refused: choose the nearest first (`nearest.Places`).
MOST_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Edge:
    """A driver who could carry a job, by their places in the caller's lists, and what it costs (whole, >= 0)."""

    job: int
    driver: int
    cost: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """Each assigned job's driver, the jobs that stay open, and what all of it costs."""

    driver_of: Mapping[int, int]
    open: tuple[int, ...]
    cost: int


def assign(open_costs: Sequence[int], room: Sequence[int], edges: Sequence[Edge], *, load_cost: int = 0) -> Assigned:
    """The cheapest way to give each job to at most one driver, who takes at most his `room`.

    `open_costs` says of each job what it costs to leave it open: above any edge, and higher where it presses.
    A driver's n-th job costs (n - 1) * `load_cost` beside its edge. The same input gives the same answer.
    Raises ValueError for an edge that names nothing, costs less than nothing, or is one of too many of its job.
    """
    jobs = len(open_costs)
    _check(jobs, room, edges)
    if not jobs:
        return Assigned({}, (), 0)
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # 60 ms: not at the node's start

    flow = SimpleMinCostFlow()
    sink = jobs + len(room)
    for job, open_cost in enumerate(open_costs):
        flow.add_arc_with_capacity_and_unit_cost(job, sink, 1, open_cost)
        flow.set_node_supply(job, 1)
    arcs = [
        (flow.add_arc_with_capacity_and_unit_cost(edge.job, jobs + edge.driver, 1, edge.cost), edge) for edge in edges
    ]
    reached = {edge.driver for edge in edges}
    for driver in sorted(reached):
        for nth in range(min(room[driver], jobs)):
            flow.add_arc_with_capacity_and_unit_cost(jobs + driver, sink, 1, nth * load_cost)
    flow.set_node_supply(sink, -jobs)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the assignment could not be solved: {status}")  # every job has its way to stay open
    driver_of = {edge.job: edge.driver for arc, edge in arcs if flow.flow(arc)}
    left = tuple(job for job in range(jobs) if job not in driver_of)
    return Assigned(driver_of, left, flow.optimal_cost())


def _check(jobs: int, room: Sequence[int], edges: Sequence[Edge]) -> None:
    candidates = [0] * jobs
    for edge in edges:
        if not (0 <= edge.job < jobs and 0 <= edge.driver < len(room)) or edge.cost < 0:
            raise ValueError(f"an edge of no job, no driver, or less than nothing: {edge}")
        candidates[edge.job] += 1
    if max(candidates, default=0) > MOST_CANDIDATES:
        raise ValueError(f"a job has at most {MOST_CANDIDATES} candidates")
