"""A shop's link: the card that a chat draws of it, and the code to print."""

import httpx
import pytest

from catalog.models import Seller
from marketplace import seed
from tests.conftest import GraphQL

pytestmark = pytest.mark.anyio
HTML = {"Accept": "text/html"}
SHOP = "/toko/kios-beras-bu-tutik-0"


async def test_a_chat_is_told_what_the_shop_is_called(client: httpx.AsyncClient, graphql: GraphQL) -> None:
    await seed.plant()
    seller = await Seller.get(slug="kios-beras-bu-tutik-0")
    plain = (await client.get("/cari", headers=HTML)).text
    assert "og:title" not in plain
    assert '<meta property="og:title" content="Kios Beras Bu Tutik" />' in (await client.get(SHOP, headers=HTML)).text
    await Seller.filter(pk=seller.pk).update(name='"><script>alert(1)</script>')
    hostile = await client.get(SHOP, headers=HTML)
    assert "<script>alert" not in hostile.text
    assert "script-src 'self'" in hostile.headers["content-security-policy"]
    assert (await client.get("/toko/nobody", headers=HTML)).text == plain


async def test_the_code_to_print_is_a_picture(client: httpx.AsyncClient) -> None:
    code = await client.get(f"{SHOP}/qr.svg")
    assert code.headers["content-type"] == "image/svg+xml"
    assert code.text.startswith("<svg")
    assert (await client.get("/toko/%22%3E/qr.svg")).status_code == 404
