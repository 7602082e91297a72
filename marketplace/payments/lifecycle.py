"""The life of a payment and of a refund: what a gateway's word does to each. Pure.

PROCESSING → SUCCEEDED | FAILED | AUTHORISED → SUCCEEDED | FAILED. What FAILED may still succeed: a provider may take
the money after we gave up on it. What SUCCEEDED stays so: money that goes back is a refund.
"""

from enum import StrEnum

from marketplace.payments.gateway import ChargeOutcome

#: Why a payment failed that its payer gave up, whatever its provider calls that.
GIVEN_UP = "CANCELLED"


class PaymentState(StrEnum):
    """Where a payment stands."""

    AGREED = "AGREED"  # cash: will be paid on delivery
    PROCESSING = "PROCESSING"  # the gateway was or will be asked
    AUTHORISED = "AUTHORISED"  # held on the buyer's card, about to be taken or let go
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    SURPLUS = "SURPLUS"  # paid though it was paid already, or too late: goes back whole


class RefundState(StrEnum):
    """Where a refund stands."""

    PROCESSING = "PROCESSING"
    AWAITING = "AWAITING"  # the gateway can't: the buyer chooses another way
    SUCCEEDED = "SUCCEEDED"


#: (state, what the gateway says) -> the state then. What isn't here changes nothing.
PAYMENTS: dict[tuple[PaymentState, ChargeOutcome], PaymentState] = {
    (PaymentState.PROCESSING, ChargeOutcome.SUCCEEDED): PaymentState.SUCCEEDED,
    (PaymentState.PROCESSING, ChargeOutcome.FAILED): PaymentState.FAILED,
    (PaymentState.PROCESSING, ChargeOutcome.AUTHORISED): PaymentState.AUTHORISED,
    (PaymentState.AUTHORISED, ChargeOutcome.SUCCEEDED): PaymentState.SUCCEEDED,
    (PaymentState.AUTHORISED, ChargeOutcome.FAILED): PaymentState.FAILED,
    (PaymentState.FAILED, ChargeOutcome.SUCCEEDED): PaymentState.SUCCEEDED,
    (PaymentState.FAILED, ChargeOutcome.AUTHORISED): PaymentState.AUTHORISED,
}

REFUNDS: dict[tuple[RefundState, ChargeOutcome], RefundState] = {
    (RefundState.PROCESSING, ChargeOutcome.SUCCEEDED): RefundState.SUCCEEDED,
    (RefundState.PROCESSING, ChargeOutcome.FAILED): RefundState.AWAITING,
}


def advance_payment(state: PaymentState, outcome: ChargeOutcome) -> PaymentState:
    """The payment's state after the gateway has said this."""
    return PAYMENTS.get((state, outcome), state)


def advance_refund(state: RefundState, outcome: ChargeOutcome) -> RefundState:
    """The refund's state after the gateway has said this; AWAITING goes on by the buyer's choice alone."""
    return REFUNDS.get((state, outcome), state)
