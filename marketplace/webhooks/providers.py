"""Who may call, and what their calls mean. Pure but for the clock."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from marketplace import clock
from marketplace.money import LARGEST_RUPIAH
from marketplace.payments.gateway import Charge, ChargeOutcome
from marketplace.settings import Settings

#: A signature older or newer than this is refused, so that a call overheard can't be played again later.
TOLERANCE_S = 300


class SignatureRefused(Exception):
    """The call is not signed by the provider, or not now."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider said: its own event id, and what became of which payment."""

    event_id: str
    kind: str
    payment_id: UUID
    amount: int
    charge: Charge


class Provider(Protocol):
    """Reads the calls of one payment provider."""

    name: str

    def read(self, headers: Mapping[str, str], body: bytes) -> Said:
        """What the call says; raises SignatureRefused, or ValueError when it is signed but not understood."""


class _Call(BaseModel):
    """The body of the simulated provider's call."""

    model_config = ConfigDict(extra="ignore")

    id: Annotated[str, Field(min_length=1, max_length=120)]
    type: Literal["charge.succeeded", "charge.failed", "charge.pending"]
    payment_id: UUID
    amount: Annotated[int, Field(ge=0, le=LARGEST_RUPIAH, strict=True)]
    reference: Annotated[str, Field(max_length=120)] = ""
    failure: Annotated[str, Field(max_length=60)] = ""


class SimulatedProvider:
    """The simulated gateway's callbacks, signed as our own webhooks are: `Lumbung-Signature: t=…,v1=…`."""

    name = "simulated"

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"lumbung simulated gateway v1", sha256)

    def read(self, headers: Mapping[str, str], body: bytes) -> Said:
        self._verify(headers.get("lumbung-signature", ""), body)
        try:
            call = _Call.model_validate_json(body)
        except ValidationError as cause:
            raise ValueError(f"{cause.error_count()} fields are not understood") from cause
        outcome = ChargeOutcome(call.type.removeprefix("charge.").upper())
        charge = Charge(outcome, call.reference, call.failure)
        return Said(call.id, call.type, call.payment_id, call.amount, charge)

    def sign(self, body: bytes) -> str:
        """The header that goes with this body, now."""
        moment = str(int(clock.machine().timestamp()))
        return f"t={moment},v1={self._digest(moment, body)}"

    def _verify(self, header: str, body: bytes) -> None:
        parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
        moment, given = parts.get("t", ""), parts.get("v1", "")
        if not moment.isascii() or not moment.isdigit() or len(moment) > 12:
            raise SignatureRefused("no signature")
        if not hmac.compare_digest(given.encode(), self._digest(moment, body).encode()):
            raise SignatureRefused("wrong signature")
        if abs(clock.machine().timestamp() - int(moment)) > TOLERANCE_S:
            raise SignatureRefused("signed too long ago")

    def _digest(self, moment: str, body: bytes) -> str:
        return hmac.digest(self._key, f"{moment}.".encode() + body, sha256).hex()


def providers(settings: Settings) -> dict[str, Provider]:
    """The providers that may call this node, by the name in their URL."""
    simulated = SimulatedProvider(settings.secret_key.get_secret_value())
    return {simulated.name: simulated}
