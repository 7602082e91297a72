"""Those who ask to join or to sell hear what was decided; those who decide hear that they are asked."""

import pytest

from catalog.models import SellerState
from cooperatives.membership.models import Membership, MembershipState
from marketplace.identity.models import RoleGrant
from marketplace.notices import shops, standing
from marketplace.notices.models import Notice, NoticeKind
from marketplace.notices.templates import words_of
from marketplace.outbox import OutboxEvent
from tests.deliveries import stage

pytestmark = pytest.mark.anyio


def event(name: str, id: object, number: int) -> OutboxEvent:
    return OutboxEvent(id=number, event=name, handler="notices.standing", aggregate_id=id, payload={})


async def test_an_applicant_and_the_officers_hear_of_a_membership(db: object) -> None:
    coop = await stage.cooperative("DRV")
    chair, person = await stage.officer(coop), await stage.account("Andi")
    (grant,) = chair.grants
    await RoleGrant.create(account_id=chair.account_id, role=grant.role, cooperative_id=coop.id)
    row = await Membership.create(cooperative_id=coop.id, account_id=person.id)
    for _ in range(2):
        await standing.tell(None, event("membership.applied", row.id, 1))
    asked = await Notice.get()
    assert (asked.account_id, asked.kind) == (chair.account_id, NoticeKind.MEMBERSHIP_APPLIED)
    assert words_of(asked.kind, asked.values, "en").body == "Andi wants to join Koperasi DRV."

    await Membership.filter(id=row.id).update(state=MembershipState.ACTIVE, number=17)
    await standing.tell(None, event("membership.approved", row.id, 2))
    told = await Notice.get(account_id=person.id)
    assert words_of(told.kind, told.values, "id").body == "Nomor anggota Anda 17."


async def test_a_shop_hears_why_it_was_suspended(db: object) -> None:
    coop = await stage.cooperative("FOD")
    shop, _ = await stage.seller(coop)
    shop.state, shop.state_reason = SellerState.SUSPENDED, "Izin habis."
    await shop.save()
    await shops.tell(None, event("seller.suspended", shop.id, 1))
    notice = await Notice.get()
    assert notice.account_id == shop.owner_id
    assert words_of(notice.kind, notice.values, "id").body == "Izin habis."
