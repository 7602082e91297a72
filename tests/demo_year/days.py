"""What a day brings: rides that are booked in bulk, and at night the node's timetable and its events."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cooperatives.ledger.accounts import Cause, Entry, Purpose
from cooperatives.ledger.bulk import BulkQueue
from cooperatives.ledger.compounds import Compound, Outcome
from marketplace import clock, worker
from marketplace.database import new_id
from tests.demo_year.people import Coop

ZONE = ZoneInfo("Asia/Jakarta")
#: Of what a buyer pays for a ride, what stays with the co-op: basis points.
KEPT_BP = 800


def at(day: date, hour: int) -> None:
    """It is this hour of that day where the co-op is."""
    moment = datetime.combine(day, time(hour), ZONE).astimezone(UTC)
    clock.use(lambda: moment)


async def ride(coop: Coop, day: date) -> int:
    """Each member who rides today earns; answers how many transfers that made."""
    at(day, 20)
    compounds = []
    for member in coop.staying:
        if coop.chance.randrange(10) >= member.days_of_ten:
            continue
        earned = member.a_day * coop.chance.randint(60, 140) // 100
        source, payable = coop.ref(Purpose.GATEWAY_CLEARING), coop.ref(Purpose.DRIVER_PAYABLE, member.row.account_id)
        rides = (
            Entry(source, payable, earned, "order.driver"),
            Entry(source, coop.ref(Purpose.DELIVERY_INCOME), earned * KEPT_BP // 10_000, "order.delivery"),
        )
        compounds.append(Compound(Cause("sub_order.released", new_id()), rides))
    verdicts = await BulkQueue().post_many(compounds)
    refused = [verdict for verdict in verdicts if verdict.outcome is not Outcome.POSTED]
    if refused:
        raise RuntimeError(f"{day}: {len(refused)} days of work were not booked: {refused[0]}")
    return sum(len(compound.entries) for compound in compounds)


async def night(adapters: Any, day: date) -> None:
    """The night after this day: all that the node does by itself."""
    at(day + timedelta(days=1), 2)
    await worker.run_timetable_once(adapters)
    await worker.drain(adapters)
