"""Papers that run out while their driver is on shift: he takes no more jobs, unless his co-op lets them count on.

What he holds he brings home. That they run out he hears 30, 7 and 1 days before (`roster/reminding.py`).
"""

from marketplace.deliveries.dispatch.adoption import policies_in_force
from marketplace.deliveries.models import Driver
from marketplace.deliveries.shifts import PapersExpired, check_papers
from marketplace.errors import Code, MarketplaceError


class TakersPapersExpired(MarketplaceError):
    """{driver} may take no job now, as the {paper} has run out: choose another driver."""

    code = Code.EXPIRED
    pesan = "{driver} belum boleh mengambil tugas karena {surat} sudah berakhir: pilih pengemudi lain."


async def check_papers_on_shift(driver: Driver) -> None:
    """Raises PapersExpired when he may take no job now. Two statements, one while all his papers count."""
    try:
        await check_papers(driver)
    except PapersExpired:
        policy = (await policies_in_force([driver.cooperative_id])).get(driver.cooperative_id)
        if policy is None or not policy.paper_grace_h:
            raise
        await check_papers(driver, grace_h=policy.paper_grace_h)


async def check_papers_of(driver: Driver) -> None:
    """`check_papers_on_shift` where another puts the job into his hands. Raises TakersPapersExpired."""
    try:
        await check_papers_on_shift(driver)
    except PapersExpired as expired:
        told = expired.values
        raise TakersPapersExpired(driver=driver.name, paper=told["paper"], surat=told["surat"]) from expired
