"""Many people at once, without a thousand one-time codes: written straight into the node's database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from marketplace import database, settings, wiring
from marketplace.database import new_id, transaction
from marketplace.identity import service as identity
from tests.demo.client import Phone
from tests.node import Node


@asynccontextmanager
async def within(node: Node) -> AsyncIterator[None]:
    """The node's database and adapters, open in this process; the server need not run."""
    chosen = settings.read(node.environment)
    await database.connect(chosen)
    adapters = wiring.build(chosen)
    try:
        yield
    finally:
        await wiring.close(adapters)
        await database.disconnect()


async def signed_in(node: Node, phones: list[Phone]) -> None:
    """Begin a session for each phone."""
    async with within(node):
        for phone in phones:
            async with transaction():
                account = await identity.find_or_create_account(phone.number, phone.name)
                phone.token = (await identity.issue_tokens(account)).access_token


async def hired(node: Node, phones: list[Phone], slug: str) -> None:
    """Make each of them a driver of the co-op, on shift, who may hold one job."""
    from cooperatives.membership.models import Cooperative
    from marketplace.deliveries import drivers, shifts
    from marketplace.deliveries.custody import Place
    from marketplace.seed.town import actor_for, join, motorcycle, officer

    async with within(node):
        cooperative = await Cooperative.get(slug=slug)
        chair = await officer(cooperative)
        for number, phone in enumerate(phones):
            async with transaction():
                person = await identity.find_or_create_account(phone.number, phone.name)
            await join(cooperative, person.pk)
            actor = await actor_for(person.pk)
            driver = await drivers.apply_as_driver(
                actor, cooperative_id=cooperative.pk, name=phone.name, vehicle=motorcycle(number), key=str(new_id())
            )
            await drivers.approve_driver(chair, driver_id=driver.pk, job_limit=1, key=str(new_id()))
            await shifts.start_shift(await actor_for(person.pk), place=Place(-7.2905, 112.7378))
