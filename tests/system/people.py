"""Many signed-in people at once, without a thousand one-time codes."""

from tests.demo.client import Phone
from tests.node import Node


async def signed_in(node: Node, phones: list[Phone]) -> None:
    """Begin a session for each phone straight in the node's database; the server need not run."""
    from marketplace import database, settings, wiring
    from marketplace.database import transaction
    from marketplace.identity import service as identity

    chosen = settings.read(node.environment)
    await database.connect(chosen)
    adapters = wiring.build(chosen)
    try:
        for phone in phones:
            async with transaction():
                account = await identity.find_or_create_account(phone.number, phone.name)
                phone.token = (await identity.issue_tokens(account)).access_token
    finally:
        await wiring.close(adapters)
        await database.disconnect()
