"""Who the parties to a live job are, and with whom each may speak."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from marketplace import clock
from marketplace.deliveries.courier.models import MessageSide
from marketplace.deliveries.lifecycle import ENDED_BY_DRIVER, HELD
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.deliveries.reading import sight_of
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, signed_in

#: So long after a job has ended its parties may still speak: of a forgotten bag, of a thank-you.
LIVES_ON = timedelta(minutes=30)


class TalkIsOver(MarketplaceError):
    """There is nobody to speak with: this delivery has no driver, or ended a while ago."""

    code = Code.WRONG_STATE
    pesan = "Tidak ada yang dapat dihubungi: antaran ini belum ada pengemudinya, atau sudah lama selesai."


@dataclass(frozen=True, slots=True)
class Party:
    """What one who speaks is to a job; `drop_ids`: the receivers' talks that he follows (the shop's is None)."""

    side: MessageSide
    talks: frozenset[UUID | None]

    def talk(self, drop_id: UUID | None) -> UUID | None:
        """The talk that he means: his own where there is one only. Raises NotFound for one that is not his."""
        if drop_id is None and len(self.talks) == 1:
            return next(iter(self.talks))
        if drop_id not in self.talks:
            raise NotFound("drop")
        return drop_id


def party_of(actor: Actor, job: DeliveryJob, drops: Sequence[Drop]) -> Party:
    """What the actor is to the job. Raises NotFound when he is none of its parties."""
    account_id = signed_in(actor)
    sight = sight_of(actor, job, drops)
    every = frozenset([None, *(drop.pk for drop in drops)])
    if sight.holds:
        return Party(MessageSide.DRIVER, every)
    if sight.receives:
        return Party(MessageSide.RECEIVER, frozenset(drop.pk for drop in drops if drop.receiver_id == account_id))
    if sight.sells:  # who booked for someone without an account speaks for him too
        return Party(MessageSide.SHOP, frozenset([None, *(drop.pk for drop in drops if drop.receiver_id is None)]))
    if sight.watches:
        return Party(MessageSide.DISPATCHER, every)
    raise NotFound("delivery job")


def is_live(job: DeliveryJob) -> bool:
    """Whether a driver holds the job, or ended it a short while ago."""
    if job.state in HELD:
        return True
    ended_at = job.ended_at
    return job.state in ENDED_BY_DRIVER and ended_at is not None and clock.now() - ended_at <= LIVES_ON


async def party_to(actor: Actor, job_id: UUID) -> tuple[DeliveryJob, list[Drop], Party]:
    """The job, its drops, and what the actor is to it. Raises NotFound. Two statements."""
    signed_in(actor)
    job = await DeliveryJob.get_or_none(pk=job_id)
    if job is None:
        raise NotFound("delivery job")
    drops = await Drop.filter(job_id=job_id).order_by("position")
    return job, drops, party_of(actor, job, drops)
