"""Settlement by HTTP: what goes to banks and comes from them.

Payments: `GET /settlements/payments.csv` and `.xml` (pain.001) with `?window=<id>&cooperative=<id>`, and where one
wishes `&bank=<template>` or `&version=09`.
"""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cooperatives.settlements import files
from marketplace.identity.actor import signed_in
from marketplace.uploads import acting, refusing
from schema.ids import from_id

TYPES = {"csv": "text/csv; charset=utf-8", "xml": "application/xml"}


def _window(request: Request) -> UUID:
    return from_id("SettlementWindow", request.query_params.get("window", ""), "window")


def _cooperative(request: Request) -> UUID:
    return from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")


def _download(content: bytes, name: str, form: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return Response(content, media_type=TYPES[form], headers=headers)


@refusing
async def show_payments(request: Request) -> Response:
    """The payments of a window that the co-op makes, for its bank."""
    actor, wishes = await acting(request), request.query_params
    signed_in(actor)
    window_id, cooperative_id = _window(request), _cooperative(request)
    form = request.url.path.rpartition(".")[2]
    if form == "xml":
        content = await files.payment_xml(
            actor, window_id=window_id, cooperative_id=cooperative_id, version=wishes.get("version") or "03"
        )
    else:
        content = await files.payment_csv(
            actor,
            window_id=window_id,
            cooperative_id=cooperative_id,
            bank=wishes.get("bank") or None,
            folder=request.app.state.settings.folder,
        )
    return _download(content, "pembayaran-kliring", form)


ROUTES = [Route(f"/settlements/payments.{form}", show_payments) for form in ("csv", "xml")]
