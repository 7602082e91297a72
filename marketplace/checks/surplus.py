"""What must hold of a year's surplus: pools total it, shares total their pools, and the ledger moved just that."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_BOOKED = "a.state IN ('POSTED', 'PAID')"
_KEPT = "a.reserve + a.officers + a.education + a.social + a.development + a.non_member"

_POOLS = Check(
    "12 the pools of a year's surplus total it",
    f"""
    SELECT a.id, a.number, a.from_members + a.from_others AS surplus, {_KEPT} + a.capital + a.patronage AS pooled
    FROM surplus_allocation a WHERE {_KEPT} + a.capital + a.patronage <> a.from_members + a.from_others
    """,
    "{number} ({id}): a surplus of {surplus}, pools of {pooled}",
)

_SHARES = Check(
    "12 members' shares of a surplus total their pools, and nobody's is below zero",
    """
    SELECT a.id, a.number, a.capital, a.patronage, COALESCE(SUM(s.capital), 0) AS by_capital,
      COALESCE(SUM(s.patronage), 0) AS by_patronage
    FROM surplus_allocation a LEFT JOIN surplus_share s ON s.allocation_id = a.id
    GROUP BY a.id, a.number, a.capital, a.patronage
    HAVING a.capital <> COALESCE(SUM(s.capital), 0) OR a.patronage <> COALESCE(SUM(s.patronage), 0)
      OR MIN(s.capital) < 0 OR MIN(s.patronage) < 0
    """,
    "{number} ({id}): pools of {capital} and {patronage}, shares of {by_capital} and {by_patronage}",
)

_LEDGER = Check(
    "12 a surplus is booked as it was adopted, and each share once and paid once",
    f"""
    SELECT kind, cause, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT 'surplus.pooled' AS kind, a.id AS cause, {_KEPT} AS said, 0 AS held FROM surplus_allocation a
      WHERE {_BOOKED}
      UNION ALL
      SELECT 'surplus.shared', s.id, s.capital + s.patronage, 0 FROM surplus_share s
      JOIN surplus_allocation a ON a.id = s.allocation_id WHERE {_BOOKED}
      UNION ALL
      SELECT 'surplus.paid', s.id, s.capital + s.patronage, 0 FROM surplus_share s WHERE s.paid_at IS NOT NULL
      UNION ALL
      SELECT cause_kind, cause_id, 0, amount FROM ledger_transfer
      WHERE cause_kind IN ('surplus.pooled', 'surplus.shared', 'surplus.paid')
    ) d GROUP BY kind, cause HAVING SUM(said) <> SUM(held)
    """,
    "{kind} {cause}: says {said}, the ledger moved {held}",
)

_ONCE = Check(
    "12 a book year's surplus is allocated once, by a motion",
    f"""
    SELECT a.cooperative_id AS book, a.begins_on, COUNT(*) AS times FROM surplus_allocation a WHERE {_BOOKED}
    GROUP BY a.cooperative_id, a.begins_on HAVING COUNT(*) > 1 OR COUNT(a.motion_id) < COUNT(*)
    """,
    "book {book}, the year from {begins_on}: allocated {times} times, or without a motion",
)

CHECKS: Sequence[Check] = (_POOLS, _SHARES, _LEDGER, _ONCE)
