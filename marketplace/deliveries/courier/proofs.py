"""What proves a hand-over beside a PIN, or in its stead: photos, signatures, codes read from parcels.

A photo is looked into and encoded anew as the catalogue's pictures are, but kept apart: only the parties see it, and
after `PHOTOS_KEPT` its file is erased.
"""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from catalog import images
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.deliveries.courier.models import Proof, ProofKind, ProofMoment, SufficientProof
from marketplace.deliveries.courier.rules import Rules, rules_of
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.holding import LockedJob, lock_job
from marketplace.deliveries.models import DeliveryJob, Driver, Drop
from marketplace.deliveries.reading import sight_of
from marketplace.deliveries.service import by_holder, hand_to_receiver
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, signed_in
from marketplace.settings import Settings

FOLDER = "proofs"
MOST_PROOFS = 30
NAME = re.compile(r"[A-Za-z0-9._:-]{1,64}")
PARCEL_CODE = re.compile(r"[\x20-\x7e]{1,80}")
#: A signature as an SVG path of moves and lines on a field of 1000 by 1000.
SIGNATURE = re.compile(r"(?:M\d{1,4} \d{1,4}(?:L\d{1,4} \d{1,4})+)+")
SIGNATURE_LENGTH = 8_000
PHOTOS_KEPT = timedelta(days=90)
BATCH = 200

#: The proofs of a drop that each rule asks for.
_NEEDS: dict[SufficientProof, frozenset[ProofKind]] = {
    SufficientProof.PHOTO: frozenset({ProofKind.PHOTO}),
    SufficientProof.SIGNATURE: frozenset({ProofKind.SIGNATURE}),
    SufficientProof.PHOTO_AND_SIGNATURE: frozenset({ProofKind.PHOTO, ProofKind.SIGNATURE}),
    SufficientProof.PARCEL_CODE_AND_PHOTO: frozenset({ProofKind.PARCEL_CODE, ProofKind.PHOTO}),
}


class PinNeeded(MarketplaceError):
    """Here the receiver's PIN is needed: his co-op lets no other proof stand in for it."""

    code = Code.FORBIDDEN
    pesan = "Di sini PIN penerima wajib: koperasi tidak menerima bukti lain sebagai gantinya."


class ProofMissing(MarketplaceError):
    """Without a PIN these proofs are needed first: {proofs}."""

    code = Code.REQUIRED
    pesan = "Tanpa PIN diperlukan dahulu bukti ini: {proofs}."


class OtherParcel(MarketplaceError):
    """This parcel's code is none of those read at the pickup: look for the right one."""

    code = Code.CONFLICT
    pesan = "Kode paket ini bukan yang dipindai saat pengambilan: cari paket yang benar."


class TooManyProofs(MarketplaceError):
    """This delivery has {most} proofs already."""

    code = Code.TOO_MANY
    pesan = "Antaran ini sudah mempunyai {most} bukti."


@dataclass(frozen=True, slots=True)
class Taken:
    """What a device says of a proof: its own id for it, which moment of which drop it shows, when and where."""

    name: str
    moment: ProofMoment
    drop_id: UUID | None = None
    at: datetime | None = None
    place: Place | None = None

    def check(self) -> None:
        """Raises Invalid unless the device's id can be kept."""
        if not NAME.fullmatch(self.name):
            raise Invalid.field(
                "name", Code.INVALID, "1 to 64 of A-Z a-z 0-9 . _ : -", "1 sampai 64 huruf atau angka"
            )


class HasFolder(Protocol):
    """What the sweep needs of the adapters."""

    @property
    def settings(self) -> Settings: ...


async def keep_photo(actor: Actor, *, job_id: UUID, taken: Taken, content: bytes, folder: Path) -> Proof:
    """Keep a photo that the holder took. Sent again under the same name it is kept once.

    Raises NotAPicture, PictureOutOfBounds, TooManyProofs, Invalid, NotFound.
    """
    taken.check()
    by = signed_in(actor)
    job = await DeliveryJob.get_or_none(pk=job_id)
    if job is None or job.driver_account_id != by:
        raise NotFound("delivery job")
    picture = await asyncio.to_thread(images.read, content)
    await asyncio.to_thread(images.keep, folder / FOLDER, picture)
    async with transaction():
        locked = await lock_job(job_id)
        if locked.row.driver_account_id != by:
            raise NotFound("delivery job")
        facts: dict[str, Any] = {"hash": picture.hash, "width": picture.width, "height": picture.height}
        return await _add(locked, ProofKind.PHOTO, taken, by, **facts)


async def add_proof(actor: Actor, *, job_id: UUID, kind: ProofKind, text: str, taken: Taken, key: str) -> DeliveryJob:
    """Add a signature (an SVG path of M and L on 1000 × 1000) or a code read from a parcel. For the holder.

    A code read at a drop must be one that was read at the pickup. Raises OtherParcel, TooManyProofs, Invalid.
    """
    taken.check()
    _check_text(kind, text)

    async def act(job: LockedJob, driver: Driver) -> None:
        await _add(job, kind, taken, driver.account_id, text=text)

    asked = [job_id, kind, text, taken.name, taken.moment, taken.drop_id]
    return await by_holder(actor, job_id, "addProof", key, asked, act)


async def drop_off_by_proof(
    actor: Actor, *, job_id: UUID, drop_id: UUID | None, place: Place | None, key: str, signer: Signer
) -> DeliveryJob:
    """Hand over without a PIN, by the proofs of this drop, where the rules of the seller's co-op let them suffice.

    Everything else is as with a PIN. Raises PinNeeded, ProofMissing, WrongJobState, NotFound.
    """

    async def act(job: LockedJob, driver: Driver) -> None:
        index = job.index(drop_id)
        await _require_proof(job, job.drops[index])
        await hand_to_receiver(job, index, driver, signer=signer, place=place)

    return await by_holder(actor, job_id, "confirmDropOffByProof", key, [job_id, drop_id], act)


def missing_proofs(rules: Rules, drop: Drop, kinds: Iterable[ProofKind]) -> frozenset[ProofKind] | None:
    """What this drop still needs to be handed over without its PIN; None where only the PIN will do. Pure."""
    needs = _NEEDS.get(rules.proof)
    if needs is None or (drop.receiver_id is not None and not rules.is_for_all):
        return None
    return needs - frozenset(kinds)


async def proofs_by_job(ids: Iterable[UUID]) -> dict[UUID, list[Proof]]:
    """The proofs of each of these jobs, oldest first. One statement."""
    found: dict[UUID, list[Proof]] = {id: [] for id in ids}
    for proof in await Proof.filter(job_id__in=list(found)).order_by("id"):
        found[proof.job_id].append(proof)
    return found


def may_see(actor: Actor, job: DeliveryJob, drops: Sequence[Drop], proof: Proof) -> bool:
    """Whether a party: who carries or answers for it, its shop, and the receiver at that drop. Pure."""
    sight = sight_of(actor, job, drops)
    is_receivers = any(drop.pk == proof.drop_id and drop.receiver_id == actor.account_id for drop in drops)
    return sight.is_full or (is_receivers and actor.account_id is not None)


async def photo_of(actor: Actor, proof_id: UUID, folder: Path) -> Path:
    """Where the photo's file stands, for a party to the job. Raises NotFound, also once it was erased."""
    signed_in(actor)
    proof = await Proof.get_or_none(pk=proof_id, kind=ProofKind.PHOTO, erased_at=None)
    job = None if proof is None else await DeliveryJob.get_or_none(pk=proof.job_id)
    if proof is None or job is None:
        raise NotFound("photo")
    if not may_see(actor, job, await Drop.filter(job_id=job.pk), proof):
        raise NotFound("photo")
    path = _file(folder, proof.hash)
    if not path.is_file():
        raise NotFound("photo")
    return path


async def erase_old(adapters: HasFolder) -> int:
    """The timetable's sweep: photos older than `PHOTOS_KEPT` go; that there was one stays. At most a batch."""
    before = clock.now() - PHOTOS_KEPT
    old = Proof.filter(kind=ProofKind.PHOTO, erased_at=None, created_at__lt=before)
    rows = await old.order_by("id").limit(BATCH)
    for row in rows:
        await Proof.filter(pk=row.pk).update(erased_at=clock.now())
        if not await Proof.filter(hash=row.hash, erased_at=None).exists():
            await asyncio.to_thread(_remove, adapters.settings.folder, row.hash)
    return len(rows)


async def _require_proof(job: LockedJob, drop: Drop) -> None:
    found = await Proof.filter(job_id=job.row.pk, drop_id=drop.pk, moment=ProofMoment.DROP_OFF)
    rules = await rules_of(job.row.cooperative_id)
    missing = missing_proofs(rules, drop, {proof.kind for proof in found})
    if missing is None:
        raise PinNeeded
    if missing:
        raise ProofMissing(proofs=" / ".join(sorted(missing)))


async def _add(job: LockedJob, kind: ProofKind, taken: Taken, by: UUID, **facts: Any) -> Proof:
    """In the caller's transaction, under the job's lock."""
    standing = await Proof.filter(job_id=job.row.pk)
    for proof in standing:
        if proof.name == taken.name:
            return proof
    if len(standing) >= MOST_PROOFS:
        raise TooManyProofs(most=MOST_PROOFS)
    drop_id = taken.drop_id
    if drop_id is not None or (taken.moment in (ProofMoment.DROP_OFF, ProofMoment.FAILURE)):
        drop_id = job.drops[job.index(drop_id)].pk
    read_before = {proof.text for proof in standing if proof.kind is ProofKind.PARCEL_CODE}
    if kind is ProofKind.PARCEL_CODE and taken.moment is not ProofMoment.PICKUP and facts["text"] not in read_before:
        raise OtherParcel
    return await Proof.create(
        id=new_id(),
        job_id=job.row.pk,
        drop_id=drop_id,
        kind=kind,
        moment=taken.moment,
        by_id=by,
        name=taken.name,
        taken_at=taken.at,
        lat=None if taken.place is None else taken.place.lat,
        lon=None if taken.place is None else taken.place.lon,
        **facts,
    )


def _check_text(kind: ProofKind, text: str) -> None:
    if kind is ProofKind.SIGNATURE:
        if len(text) > SIGNATURE_LENGTH or not SIGNATURE.fullmatch(text):
            raise Invalid.field("text", Code.INVALID, "a path of M and L, at most 8,000", "jejak dari M dan L")
    elif kind is ProofKind.PHOTO:
        raise Invalid.field("kind", Code.INVALID, "photos go to /uploads/proofs", "foto dikirim ke /uploads/proofs")
    elif not PARCEL_CODE.fullmatch(text):
        raise Invalid.field("text", Code.INVALID, "1 to 80 printable characters", "1 sampai 80 huruf")


def _file(folder: Path, hash: str) -> Path:
    return images.file_of(folder / FOLDER, f"{hash}.webp")


def _remove(folder: Path, hash: str) -> None:
    for size in (None, *images.SIZES):
        images.file_of(folder / FOLDER, images.path_of(hash, size).rpartition("/")[2]).unlink(missing_ok=True)
