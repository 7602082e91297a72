"""Rows of governance: by-laws, meetings, motions and votes, ballot boxes, terms of office."""

from cooperatives.governance.models.ballots import BallotBox, PaperBallots
from cooperatives.governance.models.by_laws import ByLawValue
from cooperatives.governance.models.duties import DutyReminder
from cooperatives.governance.models.meetings import Attendance, Meeting, Proxy
from cooperatives.governance.models.motions import Motion, OfficeTerm, Vote, VotingRight

__all__ = [
    "Attendance",
    "BallotBox",
    "ByLawValue",
    "DutyReminder",
    "Meeting",
    "Motion",
    "OfficeTerm",
    "PaperBallots",
    "Proxy",
    "Vote",
    "VotingRight",
]
