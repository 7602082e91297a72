"""Papers that run out while their driver is on shift: he takes no more jobs, unless his co-op lets them count on.

What he holds he brings home. That they run out he hears 30, 7 and 1 days before (`roster/reminding.py`).
"""

from marketplace.deliveries.dispatch.adoption import policies_in_force
from marketplace.deliveries.models import Driver
from marketplace.deliveries.shifts import PapersExpired, check_papers


async def check_papers_on_shift(driver: Driver) -> None:
    """Raises PapersExpired when he may take no job now. Two statements, one while all his papers count."""
    try:
        await check_papers(driver)
    except PapersExpired:
        policy = (await policies_in_force([driver.cooperative_id])).get(driver.cooperative_id)
        if policy is None or not policy.paper_grace_h:
            raise
        await check_papers(driver, grace_h=policy.paper_grace_h)
