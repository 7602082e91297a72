"""The lives of meetings and motions: each a table and a pure function."""

from collections.abc import Mapping
from enum import StrEnum

from marketplace.errors import Code, MarketplaceError


class MeetingKind(StrEnum):
    ANNUAL = "ANNUAL"  # RAT
    EXTRAORDINARY = "EXTRAORDINARY"  # rapat anggota luar biasa
    PLAN = "PLAN"  # rapat anggota rencana kerja dan RAPB
    GROUP = "GROUP"  # rapat kelompok


class MeetingState(StrEnum):
    CALLED = "CALLED"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


class MeetingEvent(StrEnum):
    OPEN = "OPEN"
    CLOSE = "CLOSE"  # also of a meeting that never had its quorum


class AttendanceWay(StrEnum):
    IN_PERSON = "IN_PERSON"
    ONLINE = "ONLINE"


class MotionKind(StrEnum):
    BY_LAWS = "BY_LAWS"
    ELECTION = "ELECTION"
    ACCOUNTS = "ACCOUNTS"  # the annual report and its accounts
    BUDGET = "BUDGET"  # RK/RAPB
    SURPLUS = "SURPLUS"
    LOAN_WRITE_OFF = "LOAN_WRITE_OFF"
    DISPATCH_POLICY = "DISPATCH_POLICY"
    CARRIER_SHARE = "CARRIER_SHARE"  # what the co-op keeps of a delivery's price
    EXPULSION = "EXPULSION"  # a ruling on the expulsion of a member
    OTHER = "OTHER"


class MotionState(StrEnum):
    DRAFT = "DRAFT"
    TABLED = "TABLED"
    VOTING = "VOTING"
    ADOPTED = "ADOPTED"
    REJECTED = "REJECTED"
    LAPSED = "LAPSED"


class MotionEvent(StrEnum):
    TABLE = "TABLE"
    VOTE = "VOTE"
    AGREE = "AGREE"  # musyawarah
    ADOPT = "ADOPT"
    REJECT = "REJECT"
    LAPSE = "LAPSE"


class VotingWay(StrEnum):
    CONSENSUS = "CONSENSUS"
    OPEN = "OPEN"
    SECRET = "SECRET"


class RightWay(StrEnum):
    """How a member uses his one vote."""

    NAMED = "NAMED"
    TOKEN = "TOKEN"
    PAPER = "PAPER"


class WrongMeetingState(MarketplaceError):
    """This meeting is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Rapat ini berstatus {state}: tidak bisa dilakukan."


class WrongMotionState(MarketplaceError):
    """This motion is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Usul ini berstatus {state}: tidak bisa dilakukan."


MEETING: Mapping[tuple[MeetingState, MeetingEvent], MeetingState] = {
    (MeetingState.CALLED, MeetingEvent.OPEN): MeetingState.OPEN,
    (MeetingState.CALLED, MeetingEvent.CLOSE): MeetingState.CLOSED,
    (MeetingState.OPEN, MeetingEvent.CLOSE): MeetingState.CLOSED,
}

MOTION: Mapping[tuple[MotionState, MotionEvent], MotionState] = {
    (MotionState.DRAFT, MotionEvent.TABLE): MotionState.TABLED,
    (MotionState.DRAFT, MotionEvent.LAPSE): MotionState.LAPSED,
    (MotionState.TABLED, MotionEvent.VOTE): MotionState.VOTING,
    (MotionState.TABLED, MotionEvent.AGREE): MotionState.ADOPTED,
    (MotionState.TABLED, MotionEvent.LAPSE): MotionState.LAPSED,
    (MotionState.VOTING, MotionEvent.ADOPT): MotionState.ADOPTED,
    (MotionState.VOTING, MotionEvent.REJECT): MotionState.REJECTED,
    (MotionState.VOTING, MotionEvent.LAPSE): MotionState.LAPSED,
}


def after_meeting(state: MeetingState, event: MeetingEvent) -> MeetingState:
    """Where the meeting stands after the event. Raises WrongMeetingState."""
    if (state, event) not in MEETING:
        raise WrongMeetingState(state=state.value)
    return MEETING[state, event]


def after_motion(state: MotionState, event: MotionEvent) -> MotionState:
    """Where the motion stands after the event. Raises WrongMotionState."""
    if (state, event) not in MOTION:
        raise WrongMotionState(state=state.value)
    return MOTION[state, event]
