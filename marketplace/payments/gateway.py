"""The port to whoever takes money from buyers, gives it back and pays it out. Types only; rails stand in `rails/`.

Every call that moves money carries an id of ours, from which the rail makes its idempotency key: the same call
again does nothing twice. What is booked is what `find…` answers, for a callback as for a poll; a callback only
says that there is something to ask.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from marketplace.errors import Code, MarketplaceError


class GatewayUnreachable(MarketplaceError):
    """The payment provider does not answer: wait, the payment is looked after."""

    code = Code.UNAVAILABLE
    pesan = "Penyedia pembayaran tidak menjawab: tunggu, pembayaran Anda sedang diurus."
    retryable = True


class GatewayRefused(MarketplaceError):
    """The payment provider refuses ({failure}): nothing was moved."""

    code = Code.PAYMENT_FAILED
    pesan = "Penyedia pembayaran menolak ({failure}): tidak ada uang yang berpindah."

    def __init__(self, failure: str) -> None:
        self.failure = failure[:60]
        super().__init__(failure=self.failure)


class SignatureRefused(Exception):
    """The call is not signed by the provider, or not now."""


class ChargeOutcome(StrEnum):
    """What the gateway says of a charge, a refund or a payout."""

    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    PENDING = "PENDING"
    AUTHORISED = "AUTHORISED"  # held on the buyer's card, not yet taken


class PaymentChannel(StrEnum):
    """Over what a buyer pays."""

    SIMULATED = "SIMULATED"
    CARD = "CARD"
    QRIS = "QRIS"
    VIRTUAL_ACCOUNT = "VIRTUAL_ACCOUNT"
    EWALLET = "EWALLET"


class RefundWay(StrEnum):
    """How money goes back to a buyer."""

    ORIGINAL = "ORIGINAL"  # as it came, by the gateway
    TRANSFER = "TRANSFER"  # to a bank account or e-wallet that the buyer names
    CASH = "CASH"  # at the co-op's counter
    SAVINGS = "SAVINGS"  # to the buyer's own savings, where he is a member


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a rail can do over one channel."""

    captures_later: bool = False
    refunds: bool = True
    refunds_in_part: bool = True
    refund_window: timedelta | None = None  # after which the provider takes no refund; None: any time
    institutions: tuple[str, ...] = ()  # the banks or wallets to choose from, its own first choice first
    #: What a refund falls back to where the provider or the issuer can't.
    falls_back_to: tuple[RefundWay, ...] = (RefundWay.TRANSFER, RefundWay.CASH)


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be paid. `id` is our payment's: the idempotency key and the provider's order id follow from it."""

    id: UUID
    amount: int
    description: str
    channel: PaymentChannel | None = None  # None: the rail's own first
    institution: str = ""  # the bank of a virtual account, or the e-wallet
    expires_at: datetime | None = None
    made_at: datetime | None = None
    return_url: str = ""  # whereto the provider's own page or app leads back; empty: no such page is asked for


@dataclass(frozen=True, slots=True)
class Charge:
    """A gateway's answer about a charge: its own reference, and a code where it refused.

    `amount` is what it took (None: what was asked), `fee` what it keeps of it where it says so, `instructions`
    what the buyer needs to pay: `qr`, `va_number`, `bank`, `url`, `client_secret`.
    """

    outcome: ChargeOutcome
    reference: str = ""
    failure: str = ""
    amount: int | None = None
    fee: int | None = None
    channel: PaymentChannel | None = None
    issuer: str = ""
    instructions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Returned:
    """A gateway's answer about a refund. FAILED is final: the money must go back another way."""

    outcome: ChargeOutcome
    reference: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a payout goes: a bank (`bca`) or an e-wallet (`gopay`), the account's number and its holder."""

    institution: str
    number: str
    holder: str
    is_wallet: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A gateway's answer about a payout."""

    outcome: ChargeOutcome
    reference: str = ""
    failure: str = ""
    fee: int | None = None


class Subject(StrEnum):
    """What a callback speaks of."""

    PAYMENT = "PAYMENT"
    REFUND = "REFUND"
    PAYOUT = "PAYOUT"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider said: its own event id, and of what.

    `our_id` is None where it names nothing of ours. `charge` is set only where the whole of it is signed and
    there is nobody to ask; else it is asked for by `find`.
    """

    event_id: str
    kind: str
    subject: Subject
    our_id: UUID | None
    reference: str = ""
    amount: int | None = None
    charge: Charge | None = None


@dataclass(frozen=True, slots=True)
class Theirs:
    """A charge in the provider's own list."""

    reference: str
    our_id: UUID | None
    amount: int
    succeeded: bool
    made_at: datetime
    fee: int | None = None  # where it was asked for alone


class PaymentGateway(Protocol):
    """Takes money from a buyer, gives it back, pays it out. Every call is idempotent by the id we give it."""

    @property
    def name(self) -> str:
        """How the gateway is called in rows and to clients."""

    @property
    def is_simulated(self) -> bool:
        """Whether no real money moves."""

    @property
    def account_id(self) -> UUID | None:
        """The co-op's credentials that it acts with; None for the node's simulated one."""

    @property
    def channels(self) -> Mapping[PaymentChannel, Capabilities]:
        """Over what it takes payments, its own first choice first, and what it can do over each."""

    @property
    def pays_out(self) -> bool:
        """Whether it can send money to banks and e-wallets."""

    async def charge(self, intent: Intent) -> Charge:
        """Take or hold `intent.amount` rupiah.

        Raises GatewayUnreachable: then nothing is known of the outcome. A refusal is a FAILED charge.
        """

    async def find(self, intent: Intent, reference: str) -> Charge | None:
        """What became of a charge; None when the gateway never heard of it. Raises GatewayUnreachable."""

    async def capture(self, *, payment_id: UUID, reference: str, amount: int) -> Charge:
        """Take `amount` of what is held and let go of the rest. Raises GatewayUnreachable, GatewayRefused."""

    async def cancel(self, *, payment_id: UUID, reference: str) -> Charge:
        """Let go of what is held, or end an open intent, so that nothing can be paid to it any more.

        Answers the charge as it then stands: SUCCEEDED where the buyer was faster. Raises GatewayUnreachable.
        """

    async def refund(self, *, refund_id: UUID, payment_id: UUID, reference: str, amount: int) -> Returned:
        """Give `amount` back. Raises GatewayUnreachable: then ask again with the same `refund_id`."""

    async def pay_out(self, *, payout_id: UUID, amount: int, to: Destination, note: str) -> Sent:
        """Send `amount`. Raises GatewayUnreachable: then only `find_payout` may tell whether it went."""

    async def find_payout(self, *, payout_id: UUID, reference: str, made_at: datetime) -> Sent | None:
        """What became of a payout; None when the gateway never heard of it. Raises GatewayUnreachable."""

    async def take_back(self, *, payout_id: UUID, reference: str, amount: int) -> Sent:
        """Undo a payout that has arrived: FAILED once it is undone. Raises GatewayRefused where it can't be."""

    async def find_theirs(self, reference: str) -> Theirs | None:
        """A charge by the provider's own reference, ours or not; None when there is none."""

    def list_since(self, moment: datetime) -> AsyncIterator[Theirs]:
        """The provider's own charges made since `moment`, at most some thousands; nothing where it has no list."""

    def read(self, headers: Mapping[str, str], body: bytes) -> Said:
        """What a callback says; raises SignatureRefused, or ValueError when it is signed but not understood."""

    async def close(self) -> None:
        """Let go of connections."""


#: Whereto a provider's own page leads its buyer back, by the order's id.
LeadsBack = Callable[[UUID], str]


def texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Instructions as rows keep them: only what is there, as text."""
    return {name: str(value) for name, value in values.items() if value}
