"""What a member lets his co-op keep of his earnings: a share, for some kinds of dues or for all."""

from collections.abc import Sequence
from uuid import UUID

from cooperatives.dues.access import own_membership, readable_membership
from cooperatives.dues.models import DeductionConsent, DueKind
from cooperatives.dues.paying import today_of
from cooperatives.dues.terms import terms_of
from cooperatives.membership.models import Membership, MembershipState
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import percent


async def agree_to_deduction(
    actor: Actor, *, membership_id: UUID, share_bp: int, kinds: Sequence[DueKind] = (), key: str
) -> DeductionConsent:
    """The member himself agrees that this share of each day's earnings may pay his dues of these kinds (none: all).

    It takes the place of what he agreed to before. Nobody agrees for him. Raises NotFound, Invalid.
    """
    by, id = signed_in(actor), new_id()
    named = sorted({kind.value for kind in kinds})
    async with transaction():
        member = await own_membership(actor, membership_id)
        await locked_one(Membership, membership_id)
        if member.state is not MembershipState.ACTIVE:
            raise NotFound("membership")
        if (earlier := await once(by, "agreeToDeduction", key, [membership_id, share_bp, named], id)) is not None:
            return await DeductionConsent.get(pk=earlier)
        most = (await terms_of(member.cooperative_id, await today_of(member.cooperative_id))).largest_share_bp
        if not 1 <= share_bp <= most:
            raise Invalid.field(
                "share",
                Code.OUT_OF_RANGE,
                f"{percent(1, 'en')} to {percent(most, 'en')}",
                f"{percent(1)} sampai {percent(most)}",
            )
        await _end(membership_id)
        consent = await DeductionConsent.create(
            id=id,
            cooperative_id=member.cooperative_id,
            membership_id=membership_id,
            account_id=by,
            share_bp=share_bp,
            kinds=named,
            given_at=clock.now(),
        )
        about = {"share_bp": share_bp, "kinds": named}
        await audit.note("dues.consent_given", account_id=by, by=by, cooperative_id=member.cooperative_id, **about)
        return consent


async def withdraw_consent(actor: Actor, *, membership_id: UUID) -> Membership:
    """From now on nothing is deducted from the member's earnings; what he owes he owes as before. Raises NotFound."""
    by = signed_in(actor)
    async with transaction():
        member = await own_membership(actor, membership_id)
        await locked_one(Membership, membership_id)
        if await _end(membership_id):
            await audit.note("dues.consent_ended", account_id=by, by=by, cooperative_id=member.cooperative_id)
        return member


async def _end(membership_id: UUID) -> int:
    return await DeductionConsent.filter(membership_id=membership_id, ended_at__isnull=True).update(
        ended_at=clock.now()
    )


async def consent_of(actor: Actor, membership_id: UUID) -> DeductionConsent | None:
    """What the member has agreed to, if anything holds now. Raises NotFound."""
    member = await readable_membership(actor, membership_id)
    return await DeductionConsent.filter(membership_id=member.pk, ended_at__isnull=True).order_by("-id").first()
