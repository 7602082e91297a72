"""Provider callbacks: a verified call becomes an inbox row, and the row one service call by the outbox.

A provider calls again until it hears 200, out of order and more than once, so the answer waits for nothing but
the row, which is unique by the provider's own event id.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from marketplace import outbox
from marketplace.database import transaction
from marketplace.outbox import OutboxEvent
from marketplace.payments import service as payments
from marketplace.payments.models import Payment
from marketplace.webhooks.models import CallState, ProviderCall
from marketplace.webhooks.providers import Provider, Said, SignatureRefused, providers

__all__ = ["carry_out", "receive", "routes"]

LARGEST_BODY = 262_144


async def answer(request: Request) -> Response:
    """`POST /webhooks/{provider}`: 200 once it is written, 401 when not signed, 404 for no such provider."""
    provider = providers(request.app.state.settings).get(request.path_params["provider"])
    if provider is None:
        return JSONResponse({"error": "no such provider"}, status_code=404)
    body = await request.body()
    if len(body) > LARGEST_BODY:
        return JSONResponse({"error": "too large"}, status_code=413)
    try:
        said = provider.read(request.headers, body)
    except SignatureRefused as refused:
        return JSONResponse({"error": str(refused)}, status_code=401)
    except ValueError as refused:
        return JSONResponse({"error": str(refused)}, status_code=400)
    is_new = await receive(provider, said)
    return JSONResponse({"received": is_new})


async def receive(provider: Provider, said: Said) -> bool:
    """Write the call into the inbox; False when it was there already."""
    async with transaction():
        if await ProviderCall.filter(provider=provider.name, event_id=said.event_id).exists():
            return False
        call = ProviderCall(
            provider=provider.name,
            event_id=said.event_id,
            kind=said.kind,
            payment_id=said.payment_id,
            outcome=said.charge.outcome,
            reference=said.charge.reference,
            failure=said.charge.failure,
            amount=said.amount,
        )
        await ProviderCall.bulk_create([call], ignore_conflicts=True)
        await outbox.record("provider.called", said.payment_id, {"call_id": str(call.id)})
    return True


async def carry_out(adapters: Any, event: OutboxEvent) -> None:
    """The outbox's handler: tell payments what the provider said, once."""
    call = await ProviderCall.get_or_none(id=event.payload["call_id"])
    if call is None or call.state is not CallState.RECEIVED:
        return
    payment = await Payment.get_or_none(id=call.payment_id)
    if payment is None or payment.gateway.casefold() != call.provider.casefold():
        call.state = CallState.UNMATCHED
    elif payment.amount != call.amount:
        call.state = CallState.WRONG_AMOUNT
    else:
        await payments.finish_payment(payment.id, call.charge)
        call.state = CallState.DONE
    await call.save(update_fields=["state"])


def routes() -> list[Route]:
    """Where providers call."""
    return [Route("/webhooks/{provider}", answer, methods=["POST"])]
