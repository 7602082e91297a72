"""Claims: what happened to who is insured, the papers that prove it, and what the provider answered.

A member reports and brings his papers, or one at the counter does it for him. The provider pays him or his heirs;
what it pays the co-op for them is paid on (`benefits`).
"""

import asyncio
import hashlib
from datetime import date
from pathlib import Path
from uuid import UUID

from cooperatives.books.attachments import FOLDER, TooManyAttachments, keep, media_type_of, name_of, path_of
from cooperatives.books.periods import month_of
from cooperatives.books.texts import fits
from cooperatives.dues.access import CASHIERS, READERS, may_read
from cooperatives.dues.models import Due, DueState
from cooperatives.dues.paying import today_of
from cooperatives.protection.billing import BILL
from cooperatives.protection.claim_models import ClaimFile, ProtectionClaim
from cooperatives.protection.claim_states import NAMES, ClaimState, ClaimStep, ClaimWrongState, after_step, missing
from cooperatives.protection.enrolling import hold_enrolment
from cooperatives.protection.kinds import BillState, ClaimDocument, ClaimKind
from cooperatives.protection.models import ProtectionBill, ProtectionDependant
from cooperatives.savings.accounts import own_or_at_counter
from marketplace import outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.money import LARGEST_RUPIAH

CHANGED = "protection.claim_changed"
MOST_FILES = 30
STORY_LENGTH, REASON_LENGTH, NUMBER_LENGTH = 1_000, 300, 60


class DocumentsMissing(MarketplaceError):
    """The provider asks for papers that are not here yet: {documents}."""

    code = Code.REQUIRED
    pesan = "Berkas yang diminta penyelenggara belum lengkap: {berkas}."


async def report(
    actor: Actor,
    *,
    enrolment_id: UUID,
    kind: ClaimKind,
    happened_on: date,
    story: str,
    dependant_id: UUID | None = None,
    key: str,
) -> ProtectionClaim:
    """Tell that something happened to a member or to one of his family who is covered.

    It is taken down whether that month was paid or not; `was_covered` says which.
    Raises NotFound, Forbidden, Invalid.
    """
    by, id, story = signed_in(actor), new_id(), story.strip()
    if not fits(story, 10, STORY_LENGTH):
        most = STORY_LENGTH
        raise Invalid.field("story", Code.OUT_OF_RANGE, f"10 to {most} characters", f"10 sampai {most} karakter")
    async with transaction():
        row = await hold_enrolment(actor, enrolment_id)
        asked = [enrolment_id, kind, happened_on, story, dependant_id]
        if (earlier := await once(by, "reportProtectionClaim", key, asked, id)) is not None:
            return await ProtectionClaim.get(pk=earlier)
        if not row.since <= happened_on <= await today_of(row.cooperative_id):
            raise Invalid.field(
                "happenedOn", Code.OUT_OF_RANGE, "a day since the enrolment", "tanggal sejak menjadi peserta"
            )
        if dependant_id and not await ProtectionDependant.exists(pk=dependant_id, enrolment_id=enrolment_id):
            raise NotFound("dependant")
        return await ProtectionClaim.create(
            id=id,
            cooperative_id=row.cooperative_id,
            programme_id=row.programme_id,
            enrolment_id=enrolment_id,
            membership_id=row.membership_id,
            account_id=row.account_id,
            dependant_id=dependant_id,
            kind=kind,
            happened_on=happened_on,
            story=story,
            was_covered=await was_covered(enrolment_id, happened_on),
            reported_by=by,
        )


async def was_covered(enrolment_id: UUID, day: date) -> bool:
    """Whether the month of that day is paid: by the member, by the fund, or late where the provider takes it."""
    row = await ProtectionBill.get_or_none(enrolment_id=enrolment_id, month=month_of(day))
    if row is None or row.state is BillState.REFUSED:
        return False
    if row.state in (BillState.PAID, BillState.CARRIED):
        return True
    due = await Due.get_or_none(cause_kind=BILL, cause_id=row.pk)
    return due is not None and due.state is DueState.PAID


async def add_file(
    actor: Actor, *, claim_id: UUID, kind: ClaimDocument, name: str, content: bytes, folder: Path
) -> ClaimFile:
    """Keep a paper behind a claim, while it is not paid; the same one again is kept once. The member, or the counter.

    Raises NotFound, Forbidden, Invalid, NotAnAttachment, TooManyAttachments.
    """
    by, name, media_type = signed_in(actor), name_of(name), media_type_of(content)
    hash = hashlib.sha256(content).hexdigest()
    async with transaction():
        claim = await _hold(actor, claim_id)
        after_step(claim.state, ClaimStep.WITHDRAW if claim.state is not ClaimState.REFUSED else ClaimStep.SUBMIT)
        known = await ClaimFile.filter(claim_id=claim_id)
        same = next((row for row in known if row.hash == hash and row.kind is kind), None)
        if same is not None:
            return same
        if len(known) >= MOST_FILES:
            raise TooManyAttachments(most=MOST_FILES)
        # The file first: a row without its file would be a promise not kept.
        await asyncio.to_thread(keep, folder / FOLDER, hash, content)
        return await ClaimFile.create(
            claim_id=claim_id,
            kind=kind,
            name=name,
            media_type=media_type,
            size=len(content),
            hash=hash,
            added_by=by,
        )


async def read_file(actor: Actor, file_id: UUID, folder: Path) -> tuple[ClaimFile, Path]:
    """A paper and its file, for the member and those who read his co-op's dues. Raises NotFound."""
    row = await ClaimFile.get_or_none(pk=file_id)
    claim = None if row is None else await ProtectionClaim.get(pk=row.claim_id)
    if row is None or claim is None or not await may_read(actor, claim.membership_id):
        raise NotFound("document")
    path = path_of(folder / FOLDER, row.hash)
    if not path.is_file():
        raise NotFound("document")
    return row, path


async def submit(actor: Actor, *, claim_id: UUID, provider_number: str, key: str) -> ProtectionClaim:
    """It went to the provider, who gave it a number; after a refusal once more. One at the counter.

    Raises NotFound, Forbidden, Invalid, DocumentsMissing, ClaimWrongState.
    """
    by, number = signed_in(actor), " ".join(provider_number.split())
    if not fits(number, 0, NUMBER_LENGTH):
        most = NUMBER_LENGTH
        raise Invalid.field("providerNumber", Code.TOO_LONG, f"at most {most} characters", f"paling banyak {most}")
    async with transaction():
        claim = await _hold_at_counter(actor, claim_id)
        if await once(by, "submitProtectionClaim", key, [claim_id, number], claim_id) is not None:
            return claim
        after_step(claim.state, ClaimStep.SUBMIT)
        lacking = missing(claim.kind, [row.kind for row in await ClaimFile.filter(claim_id=claim_id)])
        if lacking:
            english, indonesian = zip(*(NAMES[document] for document in lacking), strict=True)
            raise DocumentsMissing(documents=", ".join(english), berkas=", ".join(indonesian))
        claim.provider_number, claim.submitted_on = number, await today_of(claim.cooperative_id)
        claim.ended_on, claim.reason = None, ""
        return await step_claim(claim, ClaimStep.SUBMIT)


async def settle(actor: Actor, *, claim_id: UUID, paid: int, key: str) -> ProtectionClaim:
    """The provider paid so much, to the member or his heirs. One at the counter.

    Raises NotFound, Forbidden, Invalid, ClaimWrongState.
    """
    by = signed_in(actor)
    if not 0 < paid <= LARGEST_RUPIAH:
        raise Invalid.field("paid", Code.OUT_OF_RANGE, "more than zero rupiah", "lebih dari nol rupiah")
    async with transaction():
        claim = await _hold_at_counter(actor, claim_id)
        if await once(by, "settleProtectionClaim", key, [claim_id, paid], claim_id) is not None:
            return claim
        if claim.state is ClaimState.RECEIVED:  # the co-op holds it: it is paid to them one by one
            raise ClaimWrongState(state=claim.state.value)
        claim.paid = paid
        return await end_claim(claim, ClaimStep.PAY, by)


async def refuse(actor: Actor, *, claim_id: UUID, reason: str, key: str) -> ProtectionClaim:
    """The provider refused it, for this reason. One at the counter. Raises NotFound, Forbidden, Invalid,
    ClaimWrongState."""
    by, reason = signed_in(actor), " ".join(reason.split())
    if not fits(reason, 3, REASON_LENGTH):
        most = REASON_LENGTH
        raise Invalid.field("reason", Code.OUT_OF_RANGE, f"3 to {most} characters", f"3 sampai {most} karakter")
    async with transaction():
        claim = await _hold_at_counter(actor, claim_id)
        if await once(by, "refuseProtectionClaim", key, [claim_id, reason], claim_id) is not None:
            return claim
        claim.reason = reason
        return await end_claim(claim, ClaimStep.REFUSE, by)


async def withdraw(actor: Actor, *, claim_id: UUID, key: str) -> ProtectionClaim:
    """The member, or one at the counter for him, takes it back. Raises NotFound, Forbidden, ClaimWrongState."""
    by = signed_in(actor)
    async with transaction():
        claim = await _hold(actor, claim_id)
        if await once(by, "withdrawProtectionClaim", key, [claim_id], claim_id) is not None:
            return claim
        return await end_claim(claim, ClaimStep.WITHDRAW, by)


async def end_claim(claim: ProtectionClaim, step: ClaimStep, by: UUID) -> ProtectionClaim:
    """Take a locked claim to its end. Raises ClaimWrongState."""
    claim.ended_on, claim.ended_by = await today_of(claim.cooperative_id), by
    return await step_claim(claim, step)


async def step_claim(claim: ProtectionClaim, step: ClaimStep) -> ProtectionClaim:
    """Move a locked claim one step on, and tell of it. Raises ClaimWrongState."""
    claim.state = after_step(claim.state, step)
    await claim.save()
    await outbox.record(CHANGED, claim.pk, {"state": claim.state.value})
    return claim


async def _hold(actor: Actor, claim_id: UUID) -> ProtectionClaim:
    claim = await locked_one(ProtectionClaim, claim_id)
    if claim is None:
        raise NotFound("claim")
    await own_or_at_counter(actor, claim.membership_id)
    return claim


async def _hold_at_counter(actor: Actor, claim_id: UUID) -> ProtectionClaim:
    claim = await locked_one(ProtectionClaim, claim_id)
    if claim is None:
        raise NotFound("claim")
    if claim.account_id != actor.account_id:
        require(actor, *READERS, cooperative_id=claim.cooperative_id, hide="claim")
    require(actor, *CASHIERS, cooperative_id=claim.cooperative_id)
    return claim
