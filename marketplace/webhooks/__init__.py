"""Provider callbacks: a verified call becomes an inbox row, and the row one service call by the outbox.

A provider calls again until it hears 200, out of order and more than once, so the answer waits for nothing but
the row, which is unique by the provider's own event id. A call is a hint that there is something to ask: what is
booked is what the provider then answers, by the same way as when it is asked unbidden.
"""

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from marketplace import clock, outbox
from marketplace.database import transaction
from marketplace.errors import MarketplaceError
from marketplace.outbox import OutboxEvent
from marketplace.payments import handlers as payments
from marketplace.payments.gateway import ChargeOutcome, PaymentGateway, Said, SignatureRefused
from marketplace.payments.rails import Rails
from marketplace.webhooks.models import CallState, ProviderCall

__all__ = ["carry_out", "forget_old", "receive", "routes"]

LARGEST_BODY = 262_144
#: Providers repeat a call for days at most; a repetition after this would only be asked about once more.
KEPT_FOR = timedelta(days=90)
FORGOTTEN_AT_ONCE = 500


async def answer(request: Request) -> Response:
    """`POST /webhooks/{provider}[/{account}]`: 200 once written, 401 when not signed, 404 for no such account."""
    gateway = await _gateway(request.app.state.adapters.rails, request.path_params)
    if gateway is None:
        return JSONResponse({"error": "no such provider"}, status_code=404)
    body = await request.body()
    if len(body) > LARGEST_BODY:
        return JSONResponse({"error": "too large"}, status_code=413)
    try:
        said = gateway.read(request.headers, body)
    except SignatureRefused as refused:
        return JSONResponse({"error": str(refused)}, status_code=401)
    except ValueError as refused:
        return JSONResponse({"error": str(refused)}, status_code=400)
    is_new = await receive(gateway, said)
    return JSONResponse({"received": is_new})


async def _gateway(rails: Rails, asked: dict[str, Any]) -> PaymentGateway | None:
    """Whose call this claims to be: the account named in the path, else the simulated provider."""
    name = str(asked["provider"]).upper()
    if "account" not in asked:
        return rails.simulated if name == rails.simulated.name else None
    try:
        gateway = await rails.by_account(UUID(str(asked["account"])))
    except (ValueError, MarketplaceError):
        return None
    return gateway if gateway.name == name else None


async def receive(gateway: PaymentGateway, said: Said) -> bool:
    """Write the call into the inbox; False when it was there already."""
    provider = gateway.name.casefold() + (f":{gateway.account_id.hex[-12:]}" if gateway.account_id else "")
    about = said.our_id or uuid5(NAMESPACE_URL, f"{provider}/{said.reference}")
    async with transaction():
        if await ProviderCall.filter(provider=provider, event_id=said.event_id).exists():
            return False
        charge = said.charge
        call = ProviderCall(
            provider=provider,
            event_id=said.event_id,
            kind=said.kind,
            payment_id=about,
            outcome=charge.outcome if charge else ChargeOutcome.PENDING,
            reference=said.reference,
            failure=charge.failure if charge else "",
            amount=said.amount or 0,
            account_id=gateway.account_id,
            subject=said.subject.value,
            is_whole=charge is not None,
        )
        await ProviderCall.bulk_create([call], ignore_conflicts=True)
        await outbox.record("provider.called", about, {"call_id": str(call.id)})
    return True


async def carry_out(adapters: Any, event: OutboxEvent) -> None:
    """The outbox's handler: let payments look at what the provider spoke of, once.

    Raises GatewayUnreachable when the provider that called doesn't answer: the outbox tries again.
    """
    call = await ProviderCall.get_or_none(id=event.payload["call_id"])
    if call is None or call.state is not CallState.RECEIVED:
        return
    outcome = await payments.hear(
        adapters.rails,
        account_id=call.account_id,
        about=call.about,
        our_id=call.payment_id,
        reference=call.reference,
        amount=call.amount,
        charge=call.charge if call.is_whole is not False else None,
    )
    call.state = CallState(outcome)
    await call.save(update_fields=["state"])


async def forget_old(adapters: object = None) -> int:
    """Remove calls carried out so long ago that no provider tells of them again; answers how many."""
    old = ProviderCall.filter(created_at__lt=clock.now() - KEPT_FOR).exclude(state=CallState.RECEIVED)
    ids = await old.order_by("id").limit(FORGOTTEN_AT_ONCE).values_list("id", flat=True)
    return await ProviderCall.filter(id__in=list(ids)).delete() if ids else 0


def routes() -> list[Route]:
    """Where providers call: the simulated one, and each co-op's account with a real one."""
    return [
        Route("/webhooks/{provider}", answer, methods=["POST"]),
        Route("/webhooks/{provider}/{account}", answer, methods=["POST"]),
    ]
