"""A stateful Twilio of our own for tests, as twilio.com/docs/voice describes it, for what the bridge uses of it.

A call is queued, rings, and once it is answered its TwiML is carried out: `Dial` rings the other as a call of its
own, whose parent the first one is. The account's own numbers alone may be shown. Errors bear Twilio's codes.
"""

import base64
import re
from dataclasses import dataclass
from itertools import count
from urllib.parse import parse_qs
from xml.etree import ElementTree

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ACCOUNT, TOKEN, NUMBER = "AC" + "0" * 32, "a token of theirs", "+622150001234"
E164 = re.compile(r"\+[1-9]\d{7,14}")


@dataclass
class Ringing:
    """One leg of a call."""

    sid: str
    to: str
    shown: str
    twiml: str
    parent: str | None = None
    status: str = "queued"


class FakeTwilio:
    """One account's state. `mishaps` is a queue of what happens to the coming requests: a status, or "lost"."""

    def __init__(self) -> None:
        self.calls: list[Ringing] = []
        self.mishaps: list[str] = []
        self._ids = count(1)
        path = "/2010-04-01/Accounts/{account}/Calls"
        self.app = Starlette(routes=[Route(f"{path}.json", self._create, methods=["POST"])])

    # what a test does in others' places

    def answer(self, phone: str) -> None:
        """Whoever has this phone takes the call that rings there; what was asked for follows."""
        (leg,) = [one for one in self.calls if one.to == phone and one.status in ("queued", "ringing")]
        leg.status = "in-progress"
        if not leg.twiml:
            return
        dial = ElementTree.fromstring(leg.twiml).find("Dial")
        number = None if dial is None else dial.findtext("Number")
        assert dial is not None
        assert number is not None
        shown = dial.get("callerId") or leg.to
        assert shown == NUMBER, f"13214: {shown} is no number of this account"
        self.calls.append(Ringing(self._sid(), number, shown, "", leg.sid, "ringing"))

    def ringing(self) -> list[tuple[str, str]]:
        """Whose phone rings now, and which number it shows."""
        return [(leg.to, leg.shown) for leg in self.calls if leg.status in ("queued", "ringing")]

    # the API

    async def _create(self, request: Request) -> Response:
        mishap = self.mishaps.pop(0) if self.mishaps else ""
        if mishap.isdigit():
            codes = {"429": 20429, "503": 20503}
            return _error(int(mishap), codes.get(mishap, 20500), "Service unavailable")
        login = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {login}":
            return _error(401, 20003, "Authenticate")
        if request.path_params["account"] != ACCOUNT:
            return _error(404, 20404, "The requested resource was not found")
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if "To" not in form:
            return _error(400, 21201, "No 'To' number is specified")
        if not E164.fullmatch(form["To"]):
            return _error(400, 21211, f"Invalid 'To' Phone Number: {form['To']}")
        if form.get("From") != NUMBER:
            return _error(400, 21210, "Source phone number not yet verified for this account")
        if "Url" not in form and "Twiml" not in form:
            return _error(400, 21205, "Url parameter is required")
        leg = Ringing(self._sid(), form["To"], form["From"], form.get("Twiml", ""))
        self.calls.append(leg)
        if mishap == "lost":
            return Response("<html>gateway timeout</html>", 504)
        body = {
            "sid": leg.sid,
            "account_sid": ACCOUNT,
            "to": leg.to,
            "from": leg.shown,
            "status": leg.status,
            "direction": "outbound-api",
            "api_version": "2010-04-01",
            "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Calls/{leg.sid}.json",
        }
        return JSONResponse(body, 201)

    def _sid(self) -> str:
        return f"CA{next(self._ids):032x}"


def _error(status: int, code: int, message: str) -> Response:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return JSONResponse({"code": code, "message": message, "more_info": more, "status": status}, status)
