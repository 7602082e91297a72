"""Signed links that people tap in a message: accept an order, confirm an address, be told no more of a search.

Following a link only shows what it would do: mail scanners and chat previews follow links too. The button does it.
"""

from html import escape
from string import Template
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from marketplace.errors import MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.service import accounts_by_id
from marketplace.money import format_rupiah
from marketplace.notices import links, service
from marketplace.notices.links import Link, LinkRefused, Purpose
from marketplace.notices.writing import people_of_shop
from marketplace.orders import service as orders
from marketplace.orders.lifecycle import AWAITING_SELLER
from marketplace.orders.models import SubOrder
from marketplace.orders.reading import lines_by_sub_order
from marketplace.settings import Settings
from search import saving

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}
PAGE = Template("""<!doctype html><html lang="$language"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>$title</title>
<style>body{font:18px/1.5 system-ui,sans-serif;max-width:30em;margin:2em auto;padding:0 1em}
button{font:inherit;font-weight:700;width:100%;padding:.8em;border:0;border-radius:.5em;background:#166534;color:#fff}
h1{font-size:1.4em;line-height:1.25}ul{padding-left:1.2em}
a{display:block;padding:.6em 0;color:#166534}</style><main><h1>$title</h1>$body</main></html>""")

TEXT = {
    "id": {
        "order": "Pesanan {number}",
        "accept": "Terima pesanan",
        "accepted": "Pesanan diterima. Pembeli sudah diberi tahu.",
        "open": "Buka pesanan di aplikasi",
        "goods": "Harga barang {amount}",
        "DELIVERY": "Diantar",
        "PICKUP": "Diambil pembeli",
        "answered": "Pesanan ini sudah dijawab.",
        "mail": "Terima kabar di {address}?",
        "confirm": "Ya, kirim kabar ke sini",
        "confirmed": "Alamat surel dipastikan.",
        "search": "Kabar untuk pencarian “{search}”",
        "stop": "Berhenti dikabari",
        "stopped": "Anda tidak dikabari lagi. Pencariannya tetap tersimpan.",
        "deleted": "Pencarian ini sudah dihapus, jadi tidak ada lagi kabarnya.",
        "refused": "Tidak bisa",
    },
    "en": {
        "order": "Order {number}",
        "accept": "Accept the order",
        "accepted": "The order is accepted. The buyer has been told.",
        "open": "Open the order in the app",
        "goods": "Goods {amount}",
        "DELIVERY": "Delivered",
        "PICKUP": "Fetched by the buyer",
        "answered": "This order has been answered already.",
        "mail": "Take notices at {address}?",
        "confirm": "Yes, send notices here",
        "confirmed": "The address is confirmed.",
        "search": "Alerts for your search “{search}”",
        "stop": "No more of this",
        "stopped": "You are told no more. The search stays saved.",
        "deleted": "This search was deleted, so nothing is told of it any more.",
        "refused": "Not possible",
    },
}


async def accept(request: Request) -> Response:
    """`GET /a/{token}` shows the order; `POST` accepts it in the name of the person it was sent to."""
    settings: Settings = request.app.state.settings
    try:
        link = links.read(request.path_params["token"], Purpose.ACCEPT_SUB_ORDER, _secret(settings))
        sub_order, actor, language = await _order_of(link)
    except MarketplaceError as refused:
        return _refusal(refused, _language(request))
    words = TEXT[language]
    title = words["order"].format(number=sub_order.number)
    if sub_order.state not in AWAITING_SELLER:
        return _page(language, title, f"<p>{escape(words['answered'])}</p>")
    if request.method != "POST":
        return _page(language, title, await _lines(sub_order, words) + _button(words["accept"]))
    try:
        await orders.accept_sub_order(actor, sub_order_id=sub_order.id, key=f"one-tap:{link.account_id}")
    except MarketplaceError as refused:
        return _refusal(refused, language)
    body = f"<p>{escape(words['accepted'])}</p>" + f'<a href="/jual">{escape(words["open"])}</a>'
    return _page(language, title, body)


async def _order_of(link: Link) -> tuple[SubOrder, Actor, str]:
    """The order, who acts with this one right only, and their language; raises LinkRefused."""
    sub_order = await SubOrder.get_or_none(id=link.subject_id)
    account = (await accounts_by_id([link.account_id])).get(link.account_id)
    if sub_order is None or account is None or account.suspended_at is not None:
        raise LinkRefused
    if account.id not in await people_of_shop(sub_order.seller_id):
        raise LinkRefused
    grant = Grant(Role.SELLER_STAFF, seller_id=sub_order.seller_id)
    return sub_order, Actor(account_id=account.id, grants=frozenset({grant})), _known(account.language)


async def _lines(sub_order: SubOrder, words: dict[str, str]) -> str:
    id: UUID = sub_order.id
    lines = (await lines_by_sub_order([id]))[id]
    items = "".join(f"<li>{line.quantity} × {escape(line.title)} {escape(line.note)}</li>" for line in lines)
    goods = words["goods"].format(amount=format_rupiah(sub_order.goods + sub_order.packing))
    way = words.get(sub_order.fulfilment.value)  # a service says enough by its lines
    told = f"<p><strong>{escape(goods)}</strong></p>" + (f"<p>{escape(way)}</p>" if way else "")
    return f"<ul>{items}</ul>{told}"


async def confirm_mail(request: Request) -> Response:
    """`GET /m/{token}` asks; `POST` confirms the address that the link was sent to."""
    settings: Settings = request.app.state.settings
    language = _language(request)
    words, token = TEXT[language], request.path_params["token"]
    try:
        if request.method == "POST":
            row = await service.confirm_mail(token, settings)
            return _page(language, "Lumbung", f"<p>{escape(words['confirmed'])} {escape(row.address)}</p>")
        address = await service.mail_of_link(token, settings)
    except MarketplaceError as refused:
        return _refusal(refused, language)
    return _page(
        language, "Lumbung", f"<p>{escape(words['mail'].format(address=address))}</p>" + _button(words["confirm"])
    )


async def stop_alerts(request: Request) -> Response:
    """`GET /u/{token}` names the saved search; `POST` ends its alerts: mail programs do so too (RFC 8058)."""
    settings: Settings = request.app.state.settings
    language = _language(request)
    words = TEXT[language]
    try:
        link = links.read(request.path_params["token"], Purpose.STOP_SEARCH_ALERTS, _secret(settings))
        actor = Actor(account_id=link.account_id)
        search = await saving.saved_search(actor, link.subject_id)
        if request.method == "POST":
            search = await saving.set_alerts(actor, search.pk, alerts=False)
    except NotFound:
        return _page(language, "Lumbung", f"<p>{escape(words['deleted'])}</p>")
    except MarketplaceError as refused:
        return _refusal(refused, language)
    title = words["search"].format(search=saving.name_of(search, language))
    return _page(language, title, _button(words["stop"]) if search.alerts else f"<p>{escape(words['stopped'])}</p>")


def _button(text: str) -> str:
    return f'<form method="post"><button>{escape(text)}</button></form>'


def _page(language: str, title: str, body: str, status: int = 200) -> Response:
    content = PAGE.substitute(language=language, title=escape(title), body=body)
    return HTMLResponse(content, status_code=status, headers=HEADERS)


def _refusal(refused: MarketplaceError, language: str) -> Response:
    status = 410 if isinstance(refused, LinkRefused) else 409
    return _page(language, TEXT[language]["refused"], f"<p>{escape(refused.message(language))}</p>", status)


def _secret(settings: Settings) -> str:
    return settings.secret_key.get_secret_value()


def _known(language: str) -> str:
    return "en" if language == "en" else "id"


def _language(request: Request) -> str:
    return _known(request.headers.get("accept-language", "")[:2].lower())


def routes() -> list[Route]:
    """Where the links lead."""
    return [
        Route("/a/{token}", accept, methods=["GET", "POST"]),
        Route("/m/{token}", confirm_mail, methods=["GET", "POST"]),
        Route("/u/{token}", stop_alerts, methods=["GET", "POST"]),
    ]
