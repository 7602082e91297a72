"""Offices of a co-op: who holds them, and how they are given and ended between meetings.

The chair gives and ends offices. An office with power over money is given or ended only when a second
officer confirms; the node's operator alone may do either, and that stands in the record too.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cooperatives.membership.entries import voters
from cooperatives.membership.joining import lock_cooperative
from cooperatives.membership.models import OfficeChange, OfficeChangeState
from marketplace import clock, outbox
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity import service as identity
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, Role, require

#: What can be given as an office; members, drivers and sellers come in by other ways.
OFFICES = OFFICERS | {Role.DISPATCHER, Role.UNIT_MANAGER, Role.LOAN_OFFICER, Role.SUPERVISOR}
#: These move the co-op's money: two officers give and end them.
OVER_MONEY = frozenset({Role.CHAIR, Role.TREASURER, Role.LOAN_OFFICER})
#: The pengawas watch over the officers: nobody is both.
WATCHERS = frozenset({Role.SUPERVISOR})


class WrongOfficeState(MarketplaceError):
    """This change of office is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Perubahan jabatan ini berstatus {state}: tidak bisa dilakukan."


async def grant_office(actor: Actor, *, cooperative_id: UUID, account_id: UUID, role: Role) -> OfficeChange:
    """Give a member an office: at once, or once a second officer confirms. Raises Forbidden, Invalid."""
    return await _change(actor, cooperative_id, account_id, role, is_grant=True)


async def end_office(actor: Actor, *, cooperative_id: UUID, account_id: UUID, role: Role) -> OfficeChange:
    """End an office; laying down one's own needs nobody. Raises Forbidden, Invalid."""
    return await _change(actor, cooperative_id, account_id, role, is_grant=False)


async def _change(
    actor: Actor, cooperative_id: UUID, account_id: UUID, role: Role, *, is_grant: bool
) -> OfficeChange:
    if role not in OFFICES:
        raise Invalid.field("role", Code.INVALID, "not an office of a co-op", "bukan jabatan koperasi")
    lays_down = not is_grant and actor.account_id == account_id
    is_operator = actor.holds(Role.NODE_OPERATOR)
    if not (lays_down or is_operator):
        require(actor, Role.CHAIR, cooperative_id=cooperative_id)
    async with transaction():
        await lock_cooperative(cooperative_id)
        await _check(cooperative_id, account_id, role, is_grant=is_grant)
        same: dict[str, Any] = {
            "cooperative_id": cooperative_id,
            "account_id": account_id,
            "role": role,
            "is_grant": is_grant,
        }
        waiting = await OfficeChange.get_or_none(**same, state=OfficeChangeState.PROPOSED)
        row = waiting or await OfficeChange.create(**same, proposed_by=actor.account_id)
        if is_operator or lays_down or role not in OVER_MONEY:
            await _carry_out(row, actor)
        elif waiting is None:
            await outbox.record("office.proposed", row.pk, {"cooperative_id": str(cooperative_id)})
    return row


async def confirm_office(actor: Actor, *, change_id: UUID) -> OfficeChange:
    """The second officer's word: another than who proposed, and not the one whom it concerns.

    Raises NotFound, Forbidden, WrongOfficeState.
    """
    async with transaction():
        row = await _for_officer(actor, change_id)
        if row.state is OfficeChangeState.DONE:
            return row
        if row.state is not OfficeChangeState.PROPOSED:
            raise WrongOfficeState(state=row.state.value)
        if actor.account_id in {row.proposed_by, row.account_id}:
            raise Forbidden(needs="a second officer")
        await _check(row.cooperative_id, row.account_id, row.role, is_grant=row.is_grant)
        await _carry_out(row, actor)
    return row


async def withdraw_office(actor: Actor, *, change_id: UUID) -> OfficeChange:
    """Take a proposal back, or turn it down: any officer of the co-op. Raises NotFound, WrongOfficeState."""
    async with transaction():
        row = await _for_officer(actor, change_id)
        if row.state is not OfficeChangeState.PROPOSED:
            raise WrongOfficeState(state=row.state.value)
        row.state, row.confirmed_by = OfficeChangeState.WITHDRAWN, actor.account_id
        row.decided_at = clock.now()
        await row.save()
        await outbox.record("office.withdrawn", row.pk, {"cooperative_id": str(row.cooperative_id)})
    return row


async def office_changes(actor: Actor, cooperative_id: UUID) -> list[OfficeChange]:
    """The changes that wait for a second officer, oldest first; for officers and pengawas."""
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id)
    return await OfficeChange.filter(cooperative_id=cooperative_id, state=OfficeChangeState.PROPOSED).order_by("id")


async def seat(cooperative_id: UUID, role: Role, account_ids: Sequence[UUID], *, by: Actor) -> None:
    """Give an office to whom the members elected, and end it for all others who hold it.

    The meeting decided: no second officer is asked. Caller's transaction and the co-op's lock. Raises Invalid.
    """
    held = set(await identity.holders(role, cooperative_id=cooperative_id))
    wanted = set(account_ids)
    for account_id, is_grant in [(id, False) for id in sorted(held - wanted)] + [
        (id, True) for id in sorted(wanted - held)
    ]:
        await _check(cooperative_id, account_id, role, is_grant=is_grant)
        row = await OfficeChange.create(
            cooperative_id=cooperative_id,
            account_id=account_id,
            role=role,
            is_grant=is_grant,
            proposed_by=by.account_id,
        )
        await _carry_out(row, by)


async def _check(cooperative_id: UUID, account_id: UUID, role: Role, *, is_grant: bool) -> None:
    """What must hold of the person: raises Invalid."""
    if not is_grant:
        if not await identity.holds_any(account_id, [role], cooperative_id=cooperative_id):
            raise Invalid.field("role", Code.NOT_FOUND, "does not hold this office", "tidak memegang jabatan ini")
        return
    if not await voters(cooperative_id).filter(account_id=account_id).exists():
        raise Invalid.field("accountId", Code.INVALID, "no full member of the co-op", "bukan anggota biasa koperasi")
    if await in_rival_office([account_id], role, cooperative_id=cooperative_id):
        raise Invalid.field(
            "role",
            Code.CONFLICT,
            "who watches over officers can't be one",
            "pengawas tidak boleh merangkap pengurus",
        )


async def in_rival_office(account_ids: Sequence[UUID], role: Role, *, cooperative_id: UUID) -> list[UUID]:
    """Those of them who hold an office of the co-op that nobody may hold together with this one."""
    rivals = OFFICES - WATCHERS if role in WATCHERS else WATCHERS
    return [id for id in account_ids if await identity.holds_any(id, rivals, cooperative_id=cooperative_id)]


async def _carry_out(row: OfficeChange, actor: Actor) -> None:
    if row.is_grant:
        await identity.grant_role(
            row.account_id, row.role, cooperative_id=row.cooperative_id, granted_by=actor.account_id
        )
    else:
        await identity.revoke_role(
            row.account_id, row.role, cooperative_id=row.cooperative_id, revoked_by=actor.account_id
        )
    row.state, row.decided_at = OfficeChangeState.DONE, clock.now()
    row.confirmed_by = actor.account_id
    await row.save()
    await outbox.record("office.changed", row.pk, {"cooperative_id": str(row.cooperative_id)})


async def _for_officer(actor: Actor, change_id: UUID) -> OfficeChange:
    """The change after its co-op's lock, for an officer of it."""
    seen = await OfficeChange.get_or_none(pk=change_id)
    if seen is None:
        raise NotFound("change of office")
    require(actor, *OFFICERS, cooperative_id=seen.cooperative_id, hide="change of office")
    await lock_cooperative(seen.cooperative_id)
    row = await locked_one(OfficeChange, change_id)
    assert row is not None  # seen above, and never deleted
    return row
