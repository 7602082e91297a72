"""An expulsion's life as a table: called to be heard, heard, decided, and where one appeals, decided by all. Pure."""

from enum import StrEnum

from marketplace.errors import Code, MarketplaceError


class ExpulsionState(StrEnum):
    """Where the expulsion of a member stands."""

    CALLED = "CALLED"  # told why, and when he is heard
    HEARD = "HEARD"
    PROPOSED = "PROPOSED"  # one officer decided; waits for a second
    DECIDED = "DECIDED"  # he may still appeal
    APPEALED = "APPEALED"  # waits for the members' meeting
    FINAL = "FINAL"  # his membership ended
    DROPPED = "DROPPED"  # he stays


class ExpulsionEvent(StrEnum):
    """What happens to it."""

    HEAR = "HEAR"
    PROPOSE = "PROPOSE"
    DECIDE = "DECIDE"
    DROP = "DROP"
    APPEAL = "APPEAL"
    UPHOLD = "UPHOLD"  # by the meeting
    PASS = "PASS"  # the time for an appeal is over


#: States in which it is under way.
OPEN = frozenset(set(ExpulsionState) - {ExpulsionState.FINAL, ExpulsionState.DROPPED})
_S, _E = ExpulsionState, ExpulsionEvent
TABLE: dict[tuple[ExpulsionState, ExpulsionEvent], ExpulsionState] = {
    (_S.CALLED, _E.HEAR): _S.HEARD,
    (_S.HEARD, _E.PROPOSE): _S.PROPOSED,
    (_S.HEARD, _E.DECIDE): _S.DECIDED,  # by the members' meeting, at once
    (_S.PROPOSED, _E.DECIDE): _S.DECIDED,
    (_S.DECIDED, _E.APPEAL): _S.APPEALED,
    (_S.DECIDED, _E.PASS): _S.FINAL,
    (_S.APPEALED, _E.UPHOLD): _S.FINAL,
    **{(state, _E.DROP): _S.DROPPED for state in OPEN},
}


class ExpulsionWrongState(MarketplaceError):
    """This expulsion is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Proses pemberhentian ini berstatus {state}: tidak bisa dilakukan."


def after_event(state: ExpulsionState, event: ExpulsionEvent) -> ExpulsionState:
    """The state that the event leads to. Raises ExpulsionWrongState."""
    coming = TABLE.get((state, event))
    if coming is None:
        raise ExpulsionWrongState(state=state.value)
    return coming
