"""Whom the solidarity fund carries when a month is short. Pure; amounts are whole rupiah."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Short:
    """A bill that is not paid: what is missing, and for how many months the fund carries its member already."""

    bill_id: UUID
    membership_id: UUID
    missing: int
    carried_months: int


def in_turn(shorts: Iterable[Short]) -> list[Short]:
    """The order in which the fund looks at them: who owes it least months first, then what is missing least, so that
    as many as can be stay covered."""
    return sorted(shorts, key=lambda one: (one.carried_months, one.missing, one.bill_id))


def carries(one: Short, held: int, most_months: int) -> bool:
    """Whether a fund that holds so much pays what is missing: the whole of it, since a part keeps no cover."""
    return one.carried_months < most_months and one.missing <= held
