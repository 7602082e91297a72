"""What a bank's lines say of a plan's payments, as a table."""

from datetime import date
from uuid import UUID

import pytest

from cooperatives.books.bank_files import BankFile, Movement
from cooperatives.settlements.reading_off import Expected, Outcome, read_off
from cooperatives.settlements.references import reference_of

ID = UUID(int=7)
NAME = reference_of(ID)
DAY = date(2026, 11, 25)

TABLE = [
    # planned, its state, lines of the bank, outcomes, goes a step further
    (-500_000, "APPROVED", [-500_000], "PAID", [True]),
    (-500_000, "PAID", [-500_000], "ALREADY", [False]),
    (-500_000, "PLANNED", [-500_000], "TOO_EARLY", [False]),
    (-500_000, "APPROVED", [-506_500], "FEE", [True]),
    (-500_000, "PAID", [-506_500], "ALREADY", [False]),
    (-500_000, "APPROVED", [-499_999], "AMOUNT", [False]),
    (-500_000, "APPROVED", [-535_001], "AMOUNT", [False]),
    (-500_000, "APPROVED", [-500_000, -500_000], "PAID TWICE", [True, False]),
    (-500_000, "APPROVED", [-500_000, 500_000], "PAID RETURNED", [True, False]),
    (500_000, "PAID", [500_000], "CONFIRMED", [True]),
    (500_000, "CONFIRMED", [500_000], "ALREADY", [False]),
    (500_000, "APPROVED", [500_000], "TOO_EARLY", [False]),
    (500_000, "PAID", [497_500], "FEE", [False]),
    (500_000, "PAID", [465_000], "FEE", [False]),
    (500_000, "PAID", [464_999], "AMOUNT", [False]),
    (500_000, "PAID", [500_001], "AMOUNT", [False]),
    (500_000, "CONFIRMED", [497_500], "ALREADY", [False]),
    (500_000, "VOID", [500_000], "VOID", [False]),
    (500_000, "PAID", [], "MISSING", [False]),
    (500_000, "APPROVED", [], "", []),
]


@pytest.mark.parametrize(("planned", "state", "lines", "outcomes", "steps"), TABLE)
def test_outcomes(planned: int, state: str, lines: list[int], outcomes: str, steps: list[bool]) -> None:
    movements = [Movement(n, DAY, amount, f"TRF {NAME}") for n, amount in enumerate(lines)]
    movements.append(Movement(99, DAY, 500_000, "SETOR TUNAI"))
    file = BankFile("x", movements, starts_on=DAY, ends_on=date(2026, 11, 27))
    told = read_off(file, [Expected(ID, NAME, planned, state, DAY if state == "PAID" else None)])
    assert " ".join(one.outcome for one in told) == outcomes
    assert [one.is_step for one in told] == steps


def test_what_is_another_s_is_unknown_and_the_last_day_is_not_missing() -> None:
    other = reference_of(UUID(int=8))
    file = BankFile("x", [Movement(1, DAY, 5, "A", reference=other)], starts_on=DAY, ends_on=DAY)
    (told,) = read_off(file, [Expected(ID, NAME, 5, "PAID", DAY)])
    assert (told.outcome, told.payment_id, told.reference) == (Outcome.UNKNOWN, None, other)
