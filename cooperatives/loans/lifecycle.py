"""A loan's life as a table: which state allows what, and where it leads. Pure."""

from enum import StrEnum

from marketplace.errors import Code, MarketplaceError


class LoanState(StrEnum):
    """Where a loan stands."""

    APPLIED = "APPLIED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    DISBURSED = "DISBURSED"
    RESTRUCTURED = "RESTRUCTURED"
    REPAID = "REPAID"
    WRITTEN_OFF = "WRITTEN_OFF"


class LoanEvent(StrEnum):
    """What happens to a loan."""

    APPROVE = "APPROVE"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"
    DISBURSE = "DISBURSE"
    REPAY = "REPAY"  # a part; it goes on
    REPAY_ALL = "REPAY_ALL"
    RESTRUCTURE = "RESTRUCTURE"
    WRITE_OFF = "WRITE_OFF"


#: States in which money is owed.
RUNNING = frozenset({LoanState.DISBURSED, LoanState.RESTRUCTURED})
#: States in which its money did not go out yet, and may not.
AWAITED = frozenset({LoanState.APPLIED, LoanState.APPROVED})
#: States in which a loan is asked for or owed: it counts against what a member may have.
OPEN = RUNNING | AWAITED

TABLE: dict[tuple[LoanState, LoanEvent], LoanState] = {
    (LoanState.APPLIED, LoanEvent.APPROVE): LoanState.APPROVED,
    (LoanState.APPLIED, LoanEvent.REJECT): LoanState.REJECTED,
    (LoanState.APPLIED, LoanEvent.WITHDRAW): LoanState.WITHDRAWN,
    (LoanState.APPROVED, LoanEvent.REJECT): LoanState.REJECTED,  # before the money went out, officers may think again
    (LoanState.APPROVED, LoanEvent.WITHDRAW): LoanState.WITHDRAWN,
    (LoanState.APPROVED, LoanEvent.DISBURSE): LoanState.DISBURSED,
    **{(state, LoanEvent.REPAY): state for state in RUNNING},
    **{(state, LoanEvent.REPAY_ALL): LoanState.REPAID for state in RUNNING},
    **{(state, LoanEvent.RESTRUCTURE): LoanState.RESTRUCTURED for state in RUNNING},
    **{(state, LoanEvent.WRITE_OFF): LoanState.WRITTEN_OFF for state in RUNNING},
}


class LoanWrongState(MarketplaceError):
    """This loan is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Pinjaman ini berstatus {state}: tidak bisa dilakukan."


def after_event(state: LoanState, event: LoanEvent) -> LoanState:
    """The state that the event leads to. Raises LoanWrongState."""
    coming = TABLE.get((state, event))
    if coming is None:
        raise LoanWrongState(state=state.value)
    return coming
