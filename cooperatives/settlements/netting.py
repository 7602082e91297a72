"""Multilateral netting. Pure: no framework.

Every co-op's debts and claims of a window become one position; the positions are cleared by at most N - 1
payments, the largest debtor paying the largest creditor first. Ties go by the key, so anybody who computes
the plan again gets the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Debt(Generic[K]):
    """`debtor` owes `creditor` `amount` rupiah."""

    debtor: K
    creditor: K
    amount: int


def positions(debts: Iterable[Debt[K]]) -> dict[K, int]:
    """What each is owed, net: claims less debts. Sums to zero."""
    net: dict[K, int] = defaultdict(int)
    for debt in debts:
        net[debt.debtor] -= debt.amount
        net[debt.creditor] += debt.amount
    return dict(net)


def gross_total(debts: Iterable[Debt[K]]) -> int:
    """What would be paid were nothing netted."""
    return sum(debt.amount for debt in debts)


def bilateral_total(debts: Iterable[Debt[K]]) -> int:
    """What would be paid were each pair netted by itself."""
    pairs: dict[tuple[K, K], int] = defaultdict(int)
    for debt in debts:
        if (debt.creditor, debt.debtor) in pairs:
            pairs[debt.creditor, debt.debtor] -= debt.amount
        else:
            pairs[debt.debtor, debt.creditor] += debt.amount
    return sum(abs(amount) for amount in pairs.values())


def net_total(net: Mapping[K, int]) -> int:
    """What is paid after multilateral netting."""
    return sum(amount for amount in net.values() if amount > 0)


def plan(net: Mapping[K, int], codes: Mapping[K, str] | None = None) -> list[Debt[K]]:
    """The payments that clear the positions: at most one less than there are parties.

    `codes` names the parties for ties; without it the keys do. Raises ValueError unless positions sum to zero.
    """
    if sum(net.values()) != 0:
        raise ValueError("net positions sum to zero")

    def name(party: K) -> str:
        return codes[party] if codes else str(party)

    owing = {party: -amount for party, amount in net.items() if amount < 0}
    owed = {party: amount for party, amount in net.items() if amount > 0}
    payments = []
    while owing:
        debtor = min(owing, key=lambda party: (-owing[party], name(party)))
        creditor = min(owed, key=lambda party: (-owed[party], name(party)))
        amount = min(owing[debtor], owed[creditor])
        payments.append(Debt(debtor, creditor, amount))
        for side, party in ((owing, debtor), (owed, creditor)):
            side[party] -= amount
            if not side[party]:
                del side[party]
    return payments


def unwind(debts: Iterable[Debt[K]], defaulters: Collection[K]) -> tuple[list[Debt[K]], list[Debt[K]]]:
    """What stays and what is taken out when `defaulters` can't pay: every debt to or from them."""
    kept: list[Debt[K]] = []
    unwound: list[Debt[K]] = []
    for debt in debts:
        (unwound if debt.debtor in defaulters or debt.creditor in defaulters else kept).append(debt)
    return kept, unwound
