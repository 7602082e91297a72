"""WhatsApp or SMS, by the operator's webhook; signed as one-time codes are."""

import httpx
import orjson

from marketplace import outgoing
from marketplace.identity.senders import GatewaySender as CodeGateway
from marketplace.notices.senders.port import Message, NotSent, Recipient

TIMEOUT_S = 10.0


class GatewaySender:
    """Posts `{to, text, kind}` with `Lumbung-Signature`."""

    name = "gateway"
    costs_money = True
    uses_mail = False
    uses_push = False

    def __init__(self, url: str, secret: str, client: httpx.AsyncClient | None = None) -> None:
        self._gateway = CodeGateway(url, secret)
        self._client = client or outgoing.http(timeout=TIMEOUT_S)

    async def send(self, recipient: Recipient, message: Message) -> bool:
        text = f"{message.title}. {message.body} {message.url}"
        body = orjson.dumps({"to": recipient.phone, "text": text, "kind": "notice"})
        headers = {"Content-Type": "application/json", "Lumbung-Signature": self._gateway.signature(body)}
        try:
            answer = await self._client.post(self._gateway.url, content=body, headers=headers)
            answer.raise_for_status()
        except httpx.HTTPError as cause:
            raise NotSent(reason=f"gateway: {cause}") from cause
        return True
