"""Quorum, majority, and elections by ranking. Pure.

Elections are counted by Scottish STV (one seat: instant run-off with the same transfers), by the library `stvpoll`.
A tie that the rounds' own history does not resolve is left open: the meeting draws lots, and the lot is minuted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stvpoll.scottish_stv import calculate_scottish_stv
from stvpoll.tiebreak_strategies import TiebreakHistory, TiebreakRandom, TiebreakStrategy

FULL_BP = 10_000
FOR, AGAINST, ABSTAIN = "FOR", "AGAINST", "ABSTAIN"
OPTIONS = (FOR, AGAINST, ABSTAIN)


def quorum(entitled: int, share_bp: int, *, is_second: bool) -> int:
    """How many votes must be there: more than the share, or in a meeting called again at least the share."""
    if is_second:
        return max(1, -(-entitled * share_bp // FULL_BP))
    return min(max(entitled, 1), entitled * share_bp // FULL_BP + 1)


def is_carried(in_favour: int, against: int, majority_bp: int) -> bool:
    """Whether more than the share of the votes cast for or against are in favour; abstentions don't count."""
    return in_favour * FULL_BP > majority_bp * (in_favour + against)


def summed(votes: Iterable[tuple[Sequence[str], int]]) -> dict[str, int]:
    """How many votes each option has, of votes for one option each, with their weights."""
    counts = dict.fromkeys(OPTIONS, 0)
    for choice, weight in votes:
        counts[choice[0]] += weight
    return counts


@dataclass(frozen=True, slots=True)
class Elected:
    """Who was elected, in order; `rounds` are the count, step by step. Incomplete: a tie that lots must resolve."""

    winners: tuple[str, ...]
    is_complete: bool
    rounds: tuple[Mapping[str, object], ...]
    quota: int


def elect(
    candidates: Sequence[str], seats: int, rankings: Mapping[tuple[str, ...], int], lots: Sequence[str] = ()
) -> Elected:
    """Count rankings (with how many votes each has) for so many seats. The same votes give the same result.

    As many candidates as seats, or fewer: all are elected. `lots` are all candidates in the order in which the
    meeting drew them; of those who are tied, who was drawn first stands before the others.
    """
    standing = tuple(sorted(candidates))
    if len(standing) <= seats:
        return Elected(standing, True, (), 0)
    ballots = {ranking: number for ranking, number in sorted(rankings.items()) if ranking and number}
    if not ballots:
        return Elected((), False, (), 0)
    ties: tuple[TiebreakStrategy, ...] = (TiebreakHistory(),)
    if lots:
        ties += (TiebreakRandom(tuple(lots), shuffle=False),)
    found = calculate_scottish_stv(standing, ballots, seats, tiebreak_strategies=ties)
    counted = found.as_dict()
    rounds = tuple(
        {
            "selected": sorted(one["selected"]),
            "status": one["status"],
            "method": one["method"],
            "votes": dict(sorted(one["vote_count"].items())),
        }
        for one in counted["rounds"]
    )
    return Elected(tuple(found), bool(found.complete), rounds, int(found.quota or 0))


def is_choice(choice: Sequence[str], options: Sequence[str], *, is_ranking: bool) -> bool:
    """Whether a ballot may say this: one option, or candidates each once in the order of preference."""
    if not is_ranking:
        return len(choice) == 1 and choice[0] in options
    return 1 <= len(choice) <= len(options) and len(set(choice)) == len(choice) and set(choice) <= set(options)
