"""Secret ballots: the register signs one blinded token a member, and a ballot comes back that nobody can tie to him.

What casts a ballot keeps no trace of who, when or in which order: no actor, no event, no idempotency row, no time,
no request in the log; the token itself makes a ballot that is sent twice count once.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.governance import blind
from cooperatives.governance.details import options_of
from cooperatives.governance.lifecycle import MotionKind, MotionState, RightWay, VotingWay, WrongMotionState
from cooperatives.governance.models import BallotBox, Motion, VotingRight
from cooperatives.governance.motions import seen_motion
from cooperatives.governance.results import Ballot, encoded, fault_of
from cooperatives.governance.sealing import unsealed
from cooperatives.governance.voting import check_choice, right_of, second_vote, use_right
from marketplace.database import for_update, transaction
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, signed_in


class SignedIn(MarketplaceError):
    """Send a secret ballot without signing in: leave the token of your session out, or it is known whose it is."""

    code = Code.INVALID
    pesan = (
        "Surat suara rahasia dikirim tanpa masuk: jangan sertakan token sesi, agar tak seorang pun tahu pengirimnya."
    )


class NoSuchToken(MarketplaceError):
    """This ballot's {what} is not valid: make it with the token that was signed for this vote."""

    code = Code.INVALID
    pesan = "{what} pada surat suara ini tidak sah: pakai token yang ditandatangani untuk pemungutan suara ini."


async def sign_token(
    actor: Actor, *, motion_id: UUID, blinded: bytes, for_membership_id: UUID | None = None
) -> bytes:
    """Sign a member's blinded token, one a member and motion; asked again for the same, the same signature.

    Raises NotFound, NotThere, WrongMotionState, Invalid, and AgainstTheLaw for another token.
    """
    by = signed_in(actor)
    mark = hashlib.sha256(blinded).hexdigest()
    motion = await seen_motion(actor, motion_id)
    _check_secret(motion)
    await right_of(motion, by, for_membership_id)
    box = await BallotBox.get(motion_id=motion_id).only("motion_id", "private_key")
    if box.private_key is None:
        raise WrongMotionState(state=motion.state.value)  # closed meanwhile
    # Before the lock, which all voters wait for; what was signed is answered only once the right is used.
    signature = blind.sign(unsealed(box.private_key), blinded)
    async with transaction():
        motion = await seen_motion(actor, motion_id, lock=True)
        _check_secret(motion)
        membership_id, _ = await right_of(motion, by, for_membership_id)
        used = await VotingRight.get_or_none(motion_id=motion_id, membership_id=membership_id)
        if used is None:
            await use_right(motion, RightWay.TOKEN, by, for_membership_id, mark)
        elif used.blinded_hash != mark:
            raise second_vote()
    return signature


def _check_secret(motion: Motion) -> None:
    if motion.state is not MotionState.VOTING or motion.way is not VotingWay.SECRET:
        raise WrongMotionState(state=motion.state.value)


async def cast_ballot(actor: Actor, *, motion_id: UUID, ballot: Ballot) -> str:
    """Put a secret ballot into the box; answers its receipt. Nobody signed in; sent again, it is there once.

    Raises SignedIn, NotFound, WrongMotionState, Invalid, NoSuchToken, and AgainstTheLaw for another choice with
    the same token.
    """
    if actor.account_id is not None:
        raise SignedIn
    async with transaction():
        box = await for_update(BallotBox.filter(motion_id=motion_id)).get_or_none()
        motion = await Motion.get_or_none(pk=motion_id)
        if box is None or motion is None:
            raise NotFound("secret vote")
        known = box.ballots.get(ballot.receipt)
        if known is not None and known["choice"] == list(ballot.choice):
            return ballot.receipt
        if motion.state is not MotionState.VOTING:
            raise WrongMotionState(state=motion.state.value)
        if known is not None:
            raise second_vote()
        check_choice(motion, ballot.choice)
        options, is_ranking = options_of(motion.kind, motion.details), motion.kind is MotionKind.ELECTION
        key = base64.b64decode(box.public_key)
        if wrong := fault_of(ballot, key, str(motion_id), options, is_ranking=is_ranking):
            raise NoSuchToken(what=wrong)
        kept = {**box.ballots, ballot.receipt: ballot.as_json()}
        box.ballots = {receipt: kept[receipt] for receipt in sorted(kept)}
        await box.save(update_fields=["ballots"])
    return ballot.receipt


async def public_keys(motion_ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """The keys under which tokens are signed, as base64url of SubjectPublicKeyInfo (DER)."""
    boxes = await BallotBox.filter(motion_id__in=list(motion_ids)).only("motion_id", "public_key")
    return {box.motion_id: encoded(base64.b64decode(box.public_key)) for box in boxes}
