"""The sandbox's members' meeting: one that can be opened at once, because it was called long ago."""

from datetime import timedelta

from cooperatives.governance import meetings
from cooperatives.governance.lifecycle import MeetingKind, MeetingState
from cooperatives.governance.models import Meeting
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.seed.town import officer

CODE = "MKT"
CALLED_BEFORE, REPORTED_BEFORE = timedelta(days=45), timedelta(days=40)


async def call_together() -> Meeting | None:
    """Let the traders of a seeded town have an annual meeting that begins now; None: they have one that is called.

    It goes through the service, by a clock that stood weeks ago meanwhile: no rule is passed over. Only the sandbox
    asks for it, before it serves anybody.
    """
    cooperative = await Cooperative.get_or_none(code=CODE)
    annual = Meeting.filter(kind=MeetingKind.ANNUAL, state=MeetingState.CALLED)
    if cooperative is None or await annual.filter(cooperative_id=cooperative.pk).exists():
        return None
    begins_at = clock.now()
    year = begins_at.year - 1
    clock.use(lambda: begins_at - CALLED_BEFORE)
    try:
        return await meetings.call_meeting(
            await officer(cooperative),
            cooperative_id=cooperative.pk,
            kind=MeetingKind.ANNUAL,
            title=f"Rapat anggota tahunan {year}",
            place="Aula Pasar Wonokromo",
            starts_at=begins_at,
            agenda=["Laporan pengurus dan pengawas", "Pembagian SHU", "Pemilihan pengawas", "Usul anggota"],
            report_ready_on=(begins_at - REPORTED_BEFORE).date(),
            key=f"sandbox-meeting-{begins_at:%Y-%m-%d-%H}",
        )
    finally:
        clock.use(None)
