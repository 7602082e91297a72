"""What a check is: one statement that finds the rows which break a rule, and how one of them is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.database import connection

#: So many rows are named a check; the rest are counted.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule of the domain that does not hold, and where."""

    rule: str
    where: str


@dataclass(frozen=True, slots=True)
class Check:
    """A rule, the rows that break it, and how one of them is told."""

    rule: str
    sql: str
    says: str

    async def findings(self) -> list[Finding]:
        rows = await connection().execute_query_dict(self.sql)
        found = [Finding(self.rule, self.says.format(**_whole(row))) for row in rows[:SHOWN]]
        if len(rows) > SHOWN:
            found.append(Finding(self.rule, f"and {len(rows) - SHOWN} more"))
        return found


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    """PostgreSQL sums whole numbers into decimals: show them as they are."""
    return {name: int(value) if isinstance(value, Decimal) else value for name, value in row.items()}
