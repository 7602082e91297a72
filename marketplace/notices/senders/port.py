"""The port that every sender fills."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from marketplace.errors import Code, MarketplaceError


class NotSent(MarketplaceError):
    """The message could not be sent, try again in a while: {reason}."""

    code = Code.UNAVAILABLE
    pesan = "Pesan tidak dapat dikirim, coba lagi sebentar: {reason}."
    retryable = True


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for, and where they can be reached."""

    account_id: UUID
    phone: str
    mail: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """How to be told no more of this: what the tap is called, and the page that asks and does it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """What is said. `tag` groups messages of one subject: a newer one replaces an older on the screen."""

    title: str
    body: str
    url: str
    tag: str
    kind: str
    is_urgent: bool = False
    life_s: int = 24 * 3600
    stop: Stop | None = None


class Sender(Protocol):
    """Sends messages by one way. Called outside any transaction."""

    name: str
    costs_money: bool
    #: Reaches only those who gave a confirmed address, or subscribed a browser.
    uses_mail: bool
    uses_push: bool

    async def send(self, recipient: Recipient, message: Message) -> bool:
        """Send it; False when the recipient can't be reached this way at all. Raises NotSent."""
