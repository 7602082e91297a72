"""Clearing groups: who nets with whom, and up to what debt."""

import re
from collections.abc import Sequence
from uuid import UUID

from cooperatives.membership.models import Cooperative
from cooperatives.settlements.models import ClearingGroup, ClearingMembership
from cooperatives.settlements.windows import require_operator
from marketplace.database import for_update, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.money import LARGEST_RUPIAH

FEWEST, MOST = 2, 200


class GroupCodeTaken(MarketplaceError):
    """Another clearing group is called {group_code}: choose another code."""

    code = Code.DUPLICATE
    pesan = "Kode {group_code} sudah dipakai kelompok kliring lain: pilih kode lain."


async def create_clearing_group(
    actor: Actor, *, code: str, name: str, operator_id: UUID | None, member_ids: Sequence[UUID], key: str
) -> ClearingGroup:
    """A group of co-ops that net together; by the node's operator. Raises Invalid, NotFound, GroupCodeTaken."""
    require(actor, Role.NODE_OPERATOR)
    if not re.fullmatch(r"[A-Z0-9-]{2,20}", code):
        raise Invalid.field("code", Code.INVALID, "2 to 20 of A-Z, 0-9 and -", "2 sampai 20 dari A-Z, 0-9 dan -")
    if not 1 <= len(name.strip()) <= 120:
        raise Invalid.field("name", Code.OUT_OF_RANGE, "1 to 120 characters", "1 sampai 120 karakter")
    members = sorted(set(member_ids))
    if not FEWEST <= len(members) <= MOST:
        raise Invalid.field("memberIds", Code.OUT_OF_RANGE, "2 to 200 co-ops", "2 sampai 200 koperasi")
    async with transaction():
        id = new_id()
        asked = {"code": code, "name": name, "operator": operator_id, "members": members}
        earlier = await once(signed_in(actor), "createClearingGroup", key, asked, id)
        if earlier is not None:
            return await ClearingGroup.get(id=earlier)
        wanted = {*members, *([operator_id] if operator_id else [])}
        if await Cooperative.filter(id__in=list(wanted)).count() != len(wanted):
            raise NotFound("co-operative")
        if await ClearingGroup.exists(code=code):
            raise GroupCodeTaken(group_code=code)
        group = await ClearingGroup.create(id=id, code=code, name=name.strip(), operator_id=operator_id)
        await ClearingMembership.bulk_create(
            [ClearingMembership(group_id=group.id, cooperative_id=member) for member in members]
        )
        return group


async def set_net_debit_cap(
    actor: Actor, *, group_id: UUID, cooperative_id: UUID, cap: int | None, cover: int | None, key: str
) -> ClearingGroup:
    """What a member may owe the others, net; by the group's operator. Raises NotFound, Forbidden, Invalid."""
    for name, amount in (("cap", cap), ("cover", cover)):
        if amount is not None and not 0 <= amount <= LARGEST_RUPIAH:
            raise Invalid.field(name, Code.OUT_OF_RANGE, "zero rupiah or more", "nol rupiah atau lebih")
    async with transaction():
        asked = {"group": group_id, "cooperative": cooperative_id, "cap": cap, "cover": cover}
        repeat = await once(signed_in(actor), "setNetDebitCap", key, asked, group_id)
        group = await ClearingGroup.get_or_none(id=group_id)
        if group is None:
            raise NotFound("clearing group")
        await require_operator(actor, group_id)
        if repeat is not None:
            return group
        found = ClearingMembership.filter(group_id=group_id, cooperative_id=cooperative_id)
        membership = await for_update(found).first()
        if membership is None:
            raise NotFound("co-operative in this group")
        membership.cap, membership.cover = cap, cover
        await membership.save(update_fields=["cap", "cover"])
        return group
