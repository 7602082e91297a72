"""A shop's link as others see it: the card that a chat draws of it, and the code to print beside the till.

A chat's preview runs no script, so the node itself writes into the page's head what the shop is called.
"""

import re
from html import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from catalog.sellers import seller_by_slug
from marketplace.identity.actor import NOBODY
from marketplace.payments.picturing import qr_svg

SHOP = re.compile(r"/toko/([A-Za-z0-9-]{1,100})/?")
#: As much as previews show.
MOST_LETTERS = 160


async def head_of(path: str, base: str) -> str:
    """What a shop's page says in its head, as HTML; `base` is the node's public address. Empty for other paths."""
    found = SHOP.fullmatch(path)
    seller = await seller_by_slug(NOBODY, found[1]) if found else None
    if seller is None:
        return ""
    told = {
        "og:type": "website",
        "og:site_name": "Lumbung",
        "og:title": seller.name[:MOST_LETTERS],
        "og:description": (seller.description or seller.address)[:MOST_LETTERS],
        "og:url": f"{base}/toko/{seller.slug}",
        "og:image": f"{base}/icon-512.png",
    }
    return "".join(f'<meta property="{name}" content="{escape(text)}" />' for name, text in told.items())


async def show_code(request: Request) -> Response:
    """`GET /toko/{slug}/qr.svg`: a QR code of the shop's link."""
    slug = request.path_params["slug"]
    if not SHOP.fullmatch(f"/toko/{slug}"):
        return PlainTextResponse("Not Found", status_code=404)
    base = request.app.state.settings.public_url.rstrip("/")
    headers = {"Cache-Control": "public, max-age=86400", "Content-Security-Policy": "default-src 'none'"}
    return Response(qr_svg(f"{base}/toko/{slug}"), media_type="image/svg+xml", headers=headers)


def routes() -> list[BaseRoute]:
    return [Route("/toko/{slug}/qr.svg", show_code)]
