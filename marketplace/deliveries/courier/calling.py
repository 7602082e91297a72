"""Calls between the parties to a live job, and the tries that a driver made: evidence when nobody answers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from catalog.reads import sellers_by_id
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.courier.bridges import Call, CallBridge, NotBridged
from marketplace.deliveries.courier.models import AttemptWay, ContactAttempt, MessageSide
from marketplace.deliveries.courier.parties import Party, TalkIsOver, is_live, party_of
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.identity.service import accounts_by_id

#: Tries that one person may make about one job.
MOST_TRIES = 30


class TooManyCalls(MarketplaceError):
    """You have called often enough about this delivery: ask a dispatcher of the co-op."""

    code = Code.TOO_MANY
    pesan = "Anda sudah terlalu sering menelepon untuk antaran ini: hubungi petugas koperasi."


async def call_party(
    actor: Actor, *, job_id: UUID, drop_id: UUID | None, key: str, bridge: CallBridge
) -> ContactAttempt:
    """Be put through: a driver to the shop, or to the receiver at a drop; everyone else to the driver.

    Neither sees the other's number. Three steps: the try is committed, the bridge asked, its answer committed.
    Raises TalkIsOver, TooManyCalls, NotBridged, NotFound.
    """
    by = signed_in(actor)
    async with transaction():
        id = new_id()
        earlier = await once(by, "callParty", key, [job_id, drop_id], id)
        job, drops, party = await _locked(actor, job_id)
        talk = party.talk(drop_id) if party.side is not MessageSide.DISPATCHER else drop_id
        callee = await _phone_of(job, drops, party, talk)
        caller = (await accounts_by_id([by]))[by].phone
        if earlier is not None:
            attempt = await ContactAttempt.get(pk=earlier)
        else:
            attempt = await _try(job, id, talk, by, party, AttemptWay.BRIDGED)
    if attempt.bridged_at is not None:
        return attempt
    try:
        bridged = await bridge.connect(Call(str(attempt.pk), caller, callee))
    except NotBridged:
        await ContactAttempt.filter(pk=attempt.pk).update(failure=NotBridged.code.value)
        raise
    attempt.number, attempt.is_simulated = bridged.number, bridged.is_simulated
    attempt.bridged_at, attempt.failure = clock.now(), None
    await attempt.save(update_fields=["number", "is_simulated", "bridged_at", "failure"])
    return attempt


async def note_call(
    actor: Actor, *, job_id: UUID, drop_id: UUID | None, tried_at: datetime | None, key: str
) -> ContactAttempt:
    """Write down that the driver tried by his own phone, as he says. Raises TalkIsOver, TooManyCalls, NotFound."""
    by = signed_in(actor)
    async with transaction():
        id = new_id()
        earlier = await once(by, "noteCall", key, [job_id, drop_id], id)
        if earlier is not None:
            return await ContactAttempt.get(pk=earlier)
        job, _, party = await _locked(actor, job_id)
        if party.side is not MessageSide.DRIVER:
            raise NotFound("delivery job")
        return await _try(job, id, party.talk(drop_id), by, party, AttemptWay.OWN_PHONE, tried_at)


async def attempts_by_job(ids: Iterable[UUID]) -> dict[UUID, list[ContactAttempt]]:
    """The tries to reach someone about each of these jobs, oldest first. One statement."""
    found: dict[UUID, list[ContactAttempt]] = {id: [] for id in ids}
    for attempt in await ContactAttempt.filter(job_id__in=list(found)).order_by("id"):
        found[attempt.job_id].append(attempt)
    return found


async def tries_at(job: DeliveryJob, drop_id: UUID) -> int:
    """How often the job's driver tried to reach this receiver."""
    found = ContactAttempt.filter(
        job_id=job.pk, drop_id=drop_id, side=MessageSide.DRIVER, by_id=job.driver_account_id, failure=None
    )
    return await found.count()


async def _locked(actor: Actor, job_id: UUID) -> tuple[DeliveryJob, Sequence[Drop], Party]:
    job = await locked_one(DeliveryJob, job_id)
    if job is None:
        raise NotFound("delivery job")
    drops = await Drop.filter(job_id=job_id).order_by("position")
    party = party_of(actor, job, drops)
    if not is_live(job):
        raise TalkIsOver
    return job, drops, party


async def _try(
    job: DeliveryJob,
    id: UUID,
    drop_id: UUID | None,
    by: UUID,
    party: Party,
    way: AttemptWay,
    tried_at: datetime | None = None,
) -> ContactAttempt:
    if await ContactAttempt.filter(job_id=job.pk, by_id=by).count() >= MOST_TRIES:
        raise TooManyCalls
    return await ContactAttempt.create(
        id=id, job_id=job.pk, drop_id=drop_id, by_id=by, side=party.side, way=way, tried_at=tried_at
    )


async def _phone_of(job: DeliveryJob, drops: Sequence[Drop], party: Party, drop_id: UUID | None) -> str:
    """Whom the bridge rings. Raises NotFound where there is no number."""
    if party.side is not MessageSide.DRIVER:
        driver_id: UUID | None = job.driver_account_id
        return _no_number() if driver_id is None else (await accounts_by_id([driver_id]))[driver_id].phone
    for drop in drops:
        if drop.pk == drop_id:
            return drop.receiver_phone or _no_number()
    seller = (await sellers_by_id([job.seller_id])).get(job.seller_id)
    if seller is None:
        return _no_number()
    return seller.phone or await _phone_of_owner(seller.owner_id)


async def _phone_of_owner(owner_id: UUID | None) -> str:
    return _no_number() if owner_id is None else (await accounts_by_id([owner_id]))[owner_id].phone


def _no_number() -> str:
    raise NotFound("phone number")
