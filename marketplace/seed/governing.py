"""What the seeded co-ops set down with their founding, and a motion that waits for a meeting."""

from datetime import date

from cooperatives.governance import motions, service
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.details import NewByLaws
from cooperatives.governance.lifecycle import MotionKind
from cooperatives.membership.models import Cooperative
from marketplace.identity.actor import Actor

#: Whose deed of founding is written down; the drivers' co-op has yet to do it.
FOUNDED = {"MKT": date(2018, 3, 12), "FOD": date(2021, 8, 17), "LOG": date(2022, 1, 10)}
BY_LAWS = {ByLaw.MEETING_NOTICE: 14, ByLaw.OFFICERS_TERM: 4, ByLaw.ACTIVE_TRANSACTIONS: 12}


async def govern(cooperative: Cooperative, chair: Actor) -> None:
    """Write the by-laws of the founding, and of the traders' co-op a draft that members can read."""
    founded_on = FOUNDED.get(cooperative.code)
    if founded_on is None:
        return
    await service.set_founding_by_laws(
        chair,
        cooperative_id=cooperative.pk,
        values=BY_LAWS,
        since=founded_on,
        deed=f"Akta pendirian tanggal {founded_on.isoformat()}",
        key="seed-by-laws",
    )
    if cooperative.code == "MKT":
        await motions.draft_motion(
            chair,
            cooperative_id=cooperative.pk,
            kind=MotionKind.BY_LAWS,
            title="Undangan rapat sepuluh hari sebelumnya",
            text="Empat belas hari terlalu lama bila ada yang mendesak.",
            details=[NewByLaws({ByLaw.MEETING_NOTICE: 10}, founded_on)],
            key="seed-motion",
        )
