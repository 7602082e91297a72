"""A loan in the middle of its schedule: what was paid, is late and comes, exact to what is still owed. Pure."""

from dataclasses import dataclass
from datetime import date

from cooperatives.books.periods import add_months
from cooperatives.loans.schedules import Instalment, Method, Terms, due_days, schedule
from cooperatives.moving.cells import NotReadable

LARGEST_LOAN, LONGEST_MONTHS = 10_000_000_000, 240


@dataclass(frozen=True, slots=True)
class PlannedInstalment:
    """An instalment as it is written; `accrued` is interest already booked as earned."""

    began_on: date
    due_on: date
    principal: int
    interest: int
    is_paid: bool
    accrued: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A running loan: its terms, all its instalments, and what of it is owed."""

    terms: Terms
    given_on: date
    instalments: tuple[PlannedInstalment, ...]
    owed: int
    interest_owed: int
    by_terms: int  # what would be owed by the terms alone

    @property
    def moved(self) -> bool:
        """Whether the coming instalments differ from the terms', so that they sum to what is owed."""
        return self.owed != self.by_terms


def plan(
    lent: int,
    months: int,
    rate_bp: int,
    method: Method,
    given_on: date,
    *,
    paid: int,
    owed: int,
    interest: int,
    today: date,
) -> Plan:
    """Lay the loan out. `paid` instalments are whole; `owed` rupiah of principal and `interest` booked are not paid.

    What differs from the terms by less than an instalment is paid in advance of the next ones, or owed with the last.
    Raises NotReadable.
    """
    if not (0 < lent <= LARGEST_LOAN and 0 < months <= LONGEST_MONTHS):
        raise NotReadable(
            f"a loan is of Rp 1 to Rp 10,000,000,000 over 1 to {LONGEST_MONTHS} months",
            f"pinjaman Rp 1 sampai Rp 10.000.000.000, jangka 1 sampai {LONGEST_MONTHS} bulan",
        )
    if not 0 < owed <= lent or paid >= months:
        raise NotReadable(
            "a running loan owes more than zero and no more than was lent, with fewer than "
            f"{months} instalments paid: leave out what is wholly paid",
            f"sisa pinjaman berjalan di atas nol, paling banyak sebesar pinjaman, dengan angsuran lunas kurang dari "
            f"{months}: yang sudah lunas tidak perlu ditulis",
        )
    terms = Terms(lent, months, rate_bp, method)
    rows = schedule(terms)
    by_terms = sum(row.principal for row in rows[paid:])
    coming = _fitted(rows[paid:], owed, by_terms, paid)
    days = due_days(add_months(given_on, 1), months, given_on.day)
    spread = _booked(coming, days[paid:], interest, today)
    begun = [given_on, *days[:-1]]
    return Plan(
        terms,
        given_on,
        tuple(
            PlannedInstalment(began, due, row.principal, row.interest, place < paid, accrued)
            for place, (began, due, row, accrued) in enumerate(
                zip(
                    begun,
                    days,
                    [*rows[:paid], *coming],
                    [*(row.interest for row in rows[:paid]), *spread],
                    strict=True,
                )
            )
        ),
        owed,
        interest,
        by_terms,
    )


def _fitted(rows: list[Instalment], owed: int, by_terms: int, paid: int) -> list[Instalment]:
    """The coming instalments, so that their principal is what is owed."""
    more = owed - by_terms
    if abs(more) >= max(row.total for row in rows):
        raise NotReadable(
            f"after {paid} instalments {by_terms} would be owed, not {owed}: correct angsuran_lunas or sisa_pokok",
            f"setelah {paid} angsuran sisanya {by_terms}, bukan {owed}: perbaiki angsuran_lunas atau sisa_pokok",
        )
    fitted, less = [], max(-more, 0)
    for row in rows:
        taken = min(less, row.principal)
        less -= taken
        fitted.append(Instalment(row.principal - taken, row.interest))
    last = fitted[-1]
    return [*fitted[:-1], Instalment(last.principal + max(more, 0), last.interest)]


def _booked(coming: list[Instalment], days: list[date], interest: int, today: date) -> list[int]:
    """Interest booked and not paid, laid on the late instalments, oldest first."""
    left, spread = interest, []
    for row, due in zip(coming, days, strict=True):
        part = min(left, row.interest) if due <= today else 0
        left -= part
        spread.append(part)
    if left:
        raise NotReadable(
            f"the late instalments bear {interest - left} of interest, not {interest}: correct tunggakan_jasa",
            f"jasa pada angsuran yang menunggak {interest - left}, bukan {interest}: perbaiki tunggakan_jasa",
        )
    return spread
