"""What the year came to, without ids and clocks: the same seed has the same, on every machine and database."""

import hashlib
from datetime import date

import orjson

from cooperatives.books import reports
from cooperatives.dues.reading import outstanding
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Purpose
from cooperatives.savings.reading import saved_by
from cooperatives.surplus.models import SurplusAllocation, SurplusShare
from tests.demo_year.people import Coop


async def fingerprint(coop: Coop, allocation: SurplusAllocation, year: int, today: date) -> str:
    """SHA-256 of the statements of the year, the balance sheet of today, and what each member has and owes."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    whole = {
        "trial": [
            [line.account.number, line.opening, line.debits, line.credits]
            for line in (await reports.trial_balance(coop.treasurer, coop.id, first, today)).lines
        ],
        "result": await _statement(coop, first, last),
        "sheet": [
            [row.label_id, row.amount]
            for row in (await reports.balance_sheet(coop.treasurer, coop.id, today, compared=False)).rows
        ],
        "members": await _members(coop, allocation),
    }
    return hashlib.sha256(orjson.dumps(whole)).hexdigest()


async def _statement(coop: Coop, first: date, last: date) -> list[list[object]]:
    said = await reports.surplus_statement(coop.treasurer, coop.id, first, last, compared=False)
    return [[row.label_id, row.amount] for row in said.rows]


async def _members(coop: Coop, allocation: SurplusAllocation) -> list[list[object]]:
    ids = [member.id for member in coop.members]
    shares = {row.membership_id: row for row in await SurplusShare.filter(allocation_id=allocation.pk)}
    saved = {
        id: held
        for first in range(0, len(ids), 100)
        for id, held in (await saved_by(ids[first : first + 100])).items()
    }
    owed = await outstanding(ids)
    payables = [coop.ref(Purpose.DRIVER_PAYABLE, member.row.account_id) for member in coop.members]
    held = await ledger.balances(payables)
    return [
        [
            member.row.number,
            held[payable].amount,
            sorted(saved[member.id].values()),
            owed.get(member.id, 0),
            shares[member.id].amount if member.id in shares else None,
        ]
        for member, payable in zip(coop.members, payables, strict=True)
    ]
