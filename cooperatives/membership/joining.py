"""How a person comes into a co-op and leaves it."""

from datetime import date
from uuid import UUID

from cooperatives.membership.categories import EndCause
from cooperatives.membership.entries import hold_entry
from cooperatives.membership.models import Cooperative, MemberEntry, Membership, MembershipState
from marketplace import clock, outbox
from marketplace.database import connection, is_postgres, locked_one, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity import service as identity
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, Role, require, signed_in

REASON_LENGTH = 300


class AlreadyMember(MarketplaceError):
    """You are a member of this co-op already."""

    code = Code.DUPLICATE
    pesan = "Anda sudah menjadi anggota koperasi ini."


class WrongMembershipState(MarketplaceError):
    """This membership is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Keanggotaan ini berstatus {state}: tidak bisa dilakukan."


class CooperativeSuspended(MarketplaceError):
    """This co-op is suspended: ask the node's operator."""

    code = Code.SUSPENDED
    pesan = "Koperasi ini dibekukan: hubungi pengelola."


async def apply_for_membership(actor: Actor, *, cooperative_id: UUID) -> Membership:
    """Ask to become a member; asked twice, it is one application. Raises NotFound, AlreadyMember."""
    account_id = signed_in(actor)
    async with transaction():
        await lock_cooperative(cooperative_id)
        row = await Membership.get_or_none(cooperative_id=cooperative_id, account_id=account_id)
        if row is None:
            row = await Membership.create(cooperative_id=cooperative_id, account_id=account_id)
        elif row.state is MembershipState.ACTIVE:
            raise AlreadyMember
        elif row.state is MembershipState.APPLIED:
            return row
        else:
            row.state = MembershipState.APPLIED
            row.decided_by, row.decided_at, row.reason = None, None, None
            await row.save()
        await outbox.record("membership.applied", row.pk, {"cooperative_id": str(cooperative_id)})
    return row


async def approve_membership(actor: Actor, *, membership_id: UUID) -> Membership:
    """Let an applicant in, with the next number of the register. An officer, and not for himself.

    Approved twice, it stands as it was. Raises NotFound, Forbidden, WrongMembershipState.
    """
    async with transaction():
        row = await _for_officer(actor, membership_id)
        if row.state is MembershipState.ACTIVE:
            return row
        if row.state is not MembershipState.APPLIED:
            raise WrongMembershipState(state=row.state.value)
        if row.account_id == actor.account_id:
            raise Forbidden(needs="another officer")
        if row.number is None:
            row.number = await _next_number(row.cooperative_id)
        _decide(row, MembershipState.ACTIVE, actor, None)
        await row.save()
        # Who comes back joined anew; what is known of him stays.
        await MemberEntry.filter(pk=row.pk).update(joined_on=None, ended_on=None, end_cause=None)
        await identity.grant_role(
            row.account_id, Role.MEMBER, cooperative_id=row.cooperative_id, granted_by=actor.account_id
        )
        await outbox.record("membership.approved", row.pk, {"cooperative_id": str(row.cooperative_id)})
    return row


async def refuse_membership(actor: Actor, *, membership_id: UUID, reason: str) -> Membership:
    """Turn an applicant down, with a reason that he can read. An officer."""
    reason = checked_reason(reason)
    async with transaction():
        row = await _for_officer(actor, membership_id)
        if row.state is not MembershipState.APPLIED:
            raise WrongMembershipState(state=row.state.value)
        _decide(row, MembershipState.REFUSED, actor, reason)
        await row.save()
        await outbox.record("membership.refused", row.pk, {"cooperative_id": str(row.cooperative_id)})
    return row


async def hold_member(actor: Actor, membership_id: UUID) -> Membership:
    """An active membership after its co-op's lock, for the member himself or an officer. Caller's transaction.

    Raises NotFound, WrongMembershipState.
    """
    row = await _locked_membership(membership_id)
    if row.account_id != actor.account_id:
        require(actor, *OFFICERS, cooperative_id=row.cooperative_id, hide="membership")
    if row.state is not MembershipState.ACTIVE:
        raise WrongMembershipState(state=row.state.value)
    return row


async def require_no_office(member: Membership) -> None:
    """Go on when the member holds no office: it must be laid down first. Raises Invalid."""
    if await identity.holds_any(member.account_id, OFFICERS, cooperative_id=member.cooperative_id):
        raise Invalid.field("id", Code.CONFLICT, "an officer: end the office first", "masih pengurus: akhiri dahulu")


async def end(member: Membership, by: UUID | None, cause: EndCause, reason: str, on: date) -> None:
    """End a held membership, and with it the roles that hang on it. Caller's transaction, who settles the rest."""
    member.state, member.reason = MembershipState.ENDED, reason
    member.decided_by, member.decided_at = by, clock.now()
    await member.save()
    entry = await hold_entry(member)
    entry.ended_on, entry.end_cause = on, cause
    await entry.save(update_fields=["ended_on", "end_cause"])
    await identity.revoke_all(member.account_id, cooperative_id=member.cooperative_id, by=by)
    await outbox.record("membership.ended", member.pk, {"cooperative_id": str(member.cooperative_id)})


async def lock_cooperative(cooperative_id: UUID) -> Cooperative:
    """The co-op, locked in the caller's transaction. Raises NotFound, CooperativeSuspended."""
    cooperative = await locked_one(Cooperative, cooperative_id)
    if cooperative is None:
        raise NotFound("cooperative")
    if cooperative.suspended_at is not None:
        raise CooperativeSuspended
    return cooperative


def checked_reason(reason: str) -> str:
    """The reason, trimmed; raises Invalid when it is empty or too long."""
    reason = reason.strip()
    if not 1 <= len(reason) <= REASON_LENGTH:
        raise Invalid.field("reason", Code.REQUIRED, "1 to 300 characters", "1 sampai 300 karakter")
    return reason


async def _for_officer(actor: Actor, membership_id: UUID) -> Membership:
    row = await _locked_membership(membership_id)
    require(actor, *OFFICERS, cooperative_id=row.cooperative_id, hide="membership")
    return row


async def _locked_membership(membership_id: UUID) -> Membership:
    """The membership after its co-op's lock: one decision at a time in each co-op."""
    seen = await Membership.get_or_none(pk=membership_id)
    if seen is None:
        raise NotFound("membership")
    await lock_cooperative(seen.cooperative_id)
    return await Membership.get(pk=membership_id)


async def _next_number(cooperative_id: UUID) -> int:
    mark = "$1" if is_postgres() else "?"
    rows = await connection().execute_query_dict(
        f'SELECT COALESCE(MAX("number"), 0) + 1 AS "next" FROM "membership" WHERE "cooperative_id" = {mark}',
        [str(cooperative_id)],
    )
    return int(rows[0]["next"])


def _decide(row: Membership, state: MembershipState, actor: Actor, reason: str | None) -> None:
    row.state, row.reason = state, reason
    row.decided_by, row.decided_at = actor.account_id, clock.now()
