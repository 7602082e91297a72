"""SQL statements an order: each one counted in this process, BEGIN and COMMIT aside, with and without the worker."""

import httpx
from asgi_lifespan import LifespanManager

from marketplace import settings, worker
from marketplace.app import create_app
from tests.benchmarks.orders import CLIENTS, an_order
from tests.counting import count_statements
from tests.demo import words
from tests.demo.client import Phone, key
from tests.demo.town import SELLER_NUMBERS
from tests.node import Node
from tests.system.people import signed_in


async def measure(node: Node) -> None:
    """Place, pay in cash and accept an order, on the node's database while its server does not run."""
    chosen = settings.read({**node.environment, "LUMBUNG_WORKER_IN_PROCESS": "false"})
    app = create_app(chosen)
    slug, number = next(iter(SELLER_NUMBERS.items()))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport) as http:
        seller, buyer = Phone(http, node.base, number, slug), Phone(http, node.base, f"+628126{CLIENTS:07}", "")
        await signed_in(node, [seller, buyer])
        async with LifespanManager(app):
            shop = await seller.say(words.SELLER, slug=slug)
            variants = [listing["variants"][0]["id"] for listing in shop["listings"]["nodes"][:2]]
            for _ in range(2):  # the first opens connections, and lets the two co-ops clear with each other
                await worker.drain(app.state.adapters)
                with count_statements() as asked:
                    placed = await buyer.say(words.PLACE, input=an_order(variants))
                    sub_order = placed["subOrders"][0]["id"]
                    await seller.say(words.ACCEPT, input={"idempotencyKey": key(), "subOrderId": sub_order})
                with count_statements() as drained:
                    await worker.drain(app.state.adapters)
    print(f"SQL statements an order            {asked.number:8.0f}      two requests")
    print(f"  with the worker's                {asked.number + drained.number:8.0f}      claims included")
