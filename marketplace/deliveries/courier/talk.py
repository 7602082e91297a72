"""What the parties to a live job say to each other: the driver with the shop, and with each receiver apart."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from marketplace import outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.courier.models import JobMessage, MessageSide
from marketplace.deliveries.courier.parties import Party, TalkIsOver, is_live, party_of, party_to
from marketplace.deliveries.courier.phrases import PHRASES, hidden
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.paging import Page, page_by_id

TEXT_LENGTH = 300
#: What one person may say about one job.
MOST_SAID = 100


class TooMuchSaid(MarketplaceError):
    """You have said all that fits into one delivery: call instead."""

    code = Code.TOO_MANY
    pesan = "Pesan Anda untuk antaran ini sudah terlalu banyak: telepon saja."


async def say(
    actor: Actor,
    *,
    job_id: UUID,
    drop_id: UUID | None,
    phrase: str | None,
    text: str,
    key: str,
    said_at: datetime | None = None,
) -> JobMessage:
    """Say a canned phrase or a short text; phone numbers in it are hidden.

    `drop_id`: to the receiver there; None: to the shop. Raises TalkIsOver, TooMuchSaid, Invalid, NotFound.
    """
    by = signed_in(actor)
    _check(phrase, text)
    async with transaction():
        id = new_id()
        earlier = await once(by, "sendJobMessage", key, [job_id, drop_id, phrase, text], id)
        if earlier is not None:
            return await JobMessage.get(pk=earlier)
        job = await locked_one(DeliveryJob, job_id)
        if job is None:
            raise NotFound("delivery job")
        drops = await Drop.filter(job_id=job_id).order_by("position")
        party = party_of(actor, job, drops)
        talk = party.talk(drop_id)
        if not is_live(job):
            raise TalkIsOver
        if phrase is not None and party.side.value not in PHRASES[phrase].sides:
            raise Invalid.field("phrase", Code.INVALID, "not a phrase of yours", "bukan kalimat untuk Anda")
        if await JobMessage.filter(job_id=job_id, by_id=by).count() >= MOST_SAID:
            raise TooMuchSaid
        said = await JobMessage.create(
            id=id,
            job_id=job_id,
            drop_id=talk,
            by_id=by,
            side=party.side,
            phrase=phrase,
            text=hidden(text.strip()),
            said_at=said_at,
        )
        await _tell(job, drops, said)
        return said


def _check(phrase: str | None, text: str) -> None:
    if (phrase is None) == (not text.strip()):
        raise Invalid.field("text", Code.REQUIRED, "a phrase or a text", "pilih kalimat atau tulis pesan")
    if len(text) > TEXT_LENGTH:
        raise Invalid.field("text", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    if phrase is not None and phrase not in PHRASES:
        raise Invalid.field("phrase", Code.INVALID, "there is no such phrase", "kalimat ini tidak ada")


async def _tell(job: DeliveryJob, drops: Sequence[Drop], said: JobMessage) -> None:
    """The other side hears of it: the receivers of that talk, the driver, or the shop."""
    receivers = [drop.receiver_id for drop in drops if drop.pk == said.drop_id and drop.receiver_id is not None]
    to_shop = said.drop_id is None or not receivers
    hears = {str(id) for id in [*receivers, job.driver_account_id] if id is not None and id != said.by_id}
    payload = {
        "seller_id": str(job.seller_id),
        "accounts": sorted(hears),
        "to_shop": to_shop and said.side is not MessageSide.SHOP,
        "driver_account_id": None if job.driver_account_id is None else str(job.driver_account_id),
    }
    await outbox.record("job.message", job.pk, payload)


async def messages_of(actor: Actor, job_id: UUID, *, first: int, after: str | None) -> Page[JobMessage]:
    """What was said about a job in the talks that the actor follows, newest first. Raises NotFound."""
    _, _, party = await party_to(actor, job_id)
    return await page_by_id(_followed(job_id, party), first=first, after=after)


async def latest(actor: Actor, job_id: UUID, *, most: int) -> list[JobMessage]:
    """The last messages that the actor may read, oldest first. Raises NotFound."""
    _, _, party = await party_to(actor, job_id)
    return (await _followed(job_id, party).order_by("-id").limit(most))[::-1]


def _followed(job_id: UUID, party: Party) -> QuerySet[JobMessage]:
    mine = Q(drop_id__in=[id for id in party.talks if id is not None])
    return JobMessage.filter(Q(job_id=job_id) & (mine | Q(drop_id=None) if None in party.talks else mine))
