"""Who moved in without a phone is given one, and signs in as the member that he is."""

import pytest

from cooperatives.membership.joining import WrongMembershipState
from cooperatives.membership.models import MembershipState
from cooperatives.register import service
from cooperatives.register.phones import HasPhone, PhoneOfAnother
from marketplace.errors import Invalid, NotFound
from marketplace.identity import signing_in
from marketplace.identity.actor import NOBODY, Forbidden, Role, Unauthenticated
from marketplace.identity.models import Account, AuditEntry
from marketplace.identity.phones import unknown
from marketplace.identity.service import authenticate, grant_role
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import stage
from tests.cooperatives.membership.people import person
from tests.identity.test_at_once import Ear

pytestmark = pytest.mark.anyio
PHONE = "+6281399990009"


async def test_a_member_without_a_phone_gets_one_and_signs_in(db: Settings) -> None:
    at, ear = await stage(2), Ear(db.folder)
    (member, acting), (other, his) = at.members
    await Account.filter(pk=member.account_id).update(phone=unknown(member.account_id))
    given = {"membership_id": member.pk, "phone": "0813-9999-0009"}
    for who, refusal in ((NOBODY, Unauthenticated), (his, NotFound), (acting, Forbidden)):
        with pytest.raises(refusal):
            await service.give_phone(who, **given, code="123456")
    taken = await person("Orang lain")
    await signing_in.request_code(phone=taken.phone, sender=ear)
    for membership_id, phone, refusal in (
        (member.pk, taken.phone, PhoneOfAnother),
        (other.pk, PHONE, HasPhone),
        (member.pk, "telepon", Invalid),
        (member.pk, PHONE, signing_in.WrongCode),
    ):
        with pytest.raises(refusal):
            await service.give_phone(at.at.chair, membership_id=membership_id, phone=phone, code=ear.code)
    assert await AuditEntry.exists(action="member.phone_given") is False

    await signing_in.request_code(phone=PHONE, sender=ear)
    for code in (ear.code, "used up"):  # the same number again changes nothing
        await service.give_phone(at.at.chair, **given, code=code)
    (note,) = await AuditEntry.filter(action="member.phone_given")
    assert (note.account_id, note.actor_id) == (member.account_id, at.at.chair.account_id)
    assert note.detail == {"membership": str(member.pk), "phone": "+62813•••0009"}
    await signing_in.request_code(phone=PHONE, sender=ear)
    tokens = await signing_in.sign_in(phone=PHONE, code=ear.code)
    assert (await authenticate(tokens.access_token)).account_id == member.account_id


async def test_nobody_becomes_two_officers_by_another_number(db: Settings) -> None:
    at, ear = await stage(2), Ear(db.folder)
    member, _ = at.members[0]
    await Account.filter(pk=member.account_id).update(phone=unknown(member.account_id))
    await grant_role(member.account_id, Role.TREASURER, cooperative_id=at.id)
    await signing_in.request_code(phone=PHONE, sender=ear)
    with pytest.raises(Invalid):
        await service.give_phone(at.at.chair, membership_id=member.pk, phone=PHONE, code=ear.code)
    left, _ = at.members[1]
    left.state = MembershipState.ENDED
    await left.save()
    with pytest.raises(WrongMembershipState):
        await service.give_phone(at.at.chair, membership_id=left.pk, phone=PHONE, code=ear.code)
