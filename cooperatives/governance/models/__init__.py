"""Rows of governance: by-laws, meetings, motions and votes, ballot boxes, terms of office, groups."""

from cooperatives.governance.models.ballots import BallotBox, PaperBallots
from cooperatives.governance.models.by_laws import ByLawValue
from cooperatives.governance.models.duties import DutyReminder
from cooperatives.governance.models.groups import Delegate, GroupMeeting, GroupMember, MemberGroup
from cooperatives.governance.models.meetings import Attendance, Meeting, Proxy
from cooperatives.governance.models.motions import Motion, OfficeTerm, Vote, VotingRight

__all__ = [
    "Attendance",
    "BallotBox",
    "ByLawValue",
    "Delegate",
    "DutyReminder",
    "GroupMeeting",
    "GroupMember",
    "Meeting",
    "MemberGroup",
    "Motion",
    "OfficeTerm",
    "PaperBallots",
    "Proxy",
    "Vote",
    "VotingRight",
]
