"""Two parties put through by Twilio's Programmable Voice: it rings the caller, and once he answers, the other.

Both see the node's own number. Source: twilio.com/docs/voice, the Call resource and the TwiML verb Dial. The API
knows no key of ours: asked again after an answer that got lost, it rings again, which whoever answered can hear.
"""

from xml.sax.saxutils import escape, quoteattr

import httpx
import orjson

from marketplace import outgoing
from marketplace.deliveries.courier.bridges import TIMEOUT_S, Bridged, Call, NotBridged
from marketplace.identity.phones import normalised

API = "https://api.twilio.com"
#: How long each of them is let ring, and how long they may speak.
RINGS_S, LONGEST_S = 25, 600
#: What Twilio says of a call that is being made.
UNDER_WAY = frozenset({"queued", "initiated", "ringing", "in-progress"})


def instructions(callee: str, number: str) -> str:
    """What is done once the caller has answered, in TwiML. Pure."""
    limits = f'timeout="{RINGS_S}" timeLimit="{LONGEST_S}"'
    return (
        f"<Response><Dial callerId={quoteattr(number)} {limits}><Number>{escape(callee)}</Number></Dial></Response>"
    )


class TwilioBridge:
    """Calls from one number of the operator's account, by which alone parties know each other."""

    def __init__(
        self, account: str, token: str, number: str, *, url: str = "", client: httpx.AsyncClient | None = None
    ) -> None:
        self._url = f"{(url or API).rstrip('/')}/2010-04-01/Accounts/{account}/Calls.json"
        self._login = httpx.BasicAuth(account, token)
        self._number = normalised(number)
        self._client = client or outgoing.http(timeout=TIMEOUT_S)

    async def connect(self, call: Call) -> Bridged:
        """Raises NotBridged where it is refused or nothing answers."""
        asked = {
            "To": call.caller,
            "From": self._number,
            "Twiml": instructions(call.callee, self._number),
            "Timeout": str(RINGS_S),
        }
        try:
            answer = await self._client.post(self._url, data=asked, auth=self._login)
            answer.raise_for_status()
            is_under_way = orjson.loads(answer.content)["status"] in UNDER_WAY
        except (httpx.HTTPError, orjson.JSONDecodeError, KeyError, TypeError) as cause:
            raise NotBridged from cause
        if not is_under_way:
            raise NotBridged
        return Bridged()
