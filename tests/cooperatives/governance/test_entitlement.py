"""Who may stand for office, and for how long a candidate member is served."""

from datetime import date, timedelta

import pytest

from cooperatives.governance import service
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.details import Election
from cooperatives.governance.entitlement import require_right, rights_on
from cooperatives.governance.lifecycle import MotionKind
from cooperatives.governance.models import ByLawValue
from cooperatives.membership.categories import MemberCategory, MemberRight
from cooperatives.membership.models import MemberEntry, Membership
from marketplace.identity.actor import Role
from marketplace.rules import AgainstTheLaw
from tests.cooperatives.governance.hall import hall

TODAY = date(2026, 1, 1)
pytestmark = pytest.mark.anyio


async def test_who_stands_for_office_is_a_full_member_for_long_enough(db: object) -> None:
    made = await hall(5)
    laws, (fresh, old) = ByLaw.CANDIDATE_MEMBERSHIP, made.memberships[:2]
    today = service.today_of(made.cooperative)
    election = Election(Role.SUPERVISOR, 1, 3, (fresh, old))
    await MemberEntry.create(id=old, cooperative_id=made.cooperative.pk, joined_on=date(2020, 1, 5))
    await MemberEntry.create(id=fresh, cooperative_id=made.cooperative.pk, joined_on=today - timedelta(40))
    await made.draft(MotionKind.ELECTION, election)
    await ByLawValue.create(cooperative_id=made.cooperative.pk, name=laws, value=3, since=TODAY, decision="Akta")
    number = (await Membership.get(pk=fresh)).number
    with pytest.raises(AgainstTheLaw, match=rf"3 months; not yet so: no\. {number} \(AD/ART: How long who stands"):
        await made.draft(MotionKind.ELECTION, election)
    await made.draft(MotionKind.ELECTION, Election(Role.MEMBER, 1, 1, (fresh,)))  # delegates are asked nothing
    for role, article in ((Role.SUPERVISOR, "38"), (Role.CHAIR, "29"), (Role.MEMBER, "20")):
        await MemberEntry.filter(pk=fresh).update(category=MemberCategory.ASSOCIATE)
        with pytest.raises(AgainstTheLaw, match=rf"[Oo]nly full members.*UU 25/1992 art\. {article}"):
            await made.draft(MotionKind.ELECTION, Election(role, 1, 1, (fresh,)))


async def test_a_candidate_member_is_served_for_three_months(db: object) -> None:
    made = await hall(4)
    member = await Membership.get(pk=made.memberships[0])
    entry = MemberEntry(id=member.pk, category=MemberCategory.CANDIDATE, joined_on=date(2026, 1, 31))
    assert MemberRight.BORROW in rights_on(member, entry, date(2026, 4, 30))
    assert rights_on(member, entry, date(2026, 5, 1)) == frozenset()
    entry.cooperative_id = made.cooperative.pk
    await entry.save(force_create=True)
    await require_right(member, MemberRight.SAVE, date(2026, 4, 30))
    for right, article in ((MemberRight.SAVE, r"PP 9/1995 art\. 18\(2\)"), (MemberRight.VOTE, r"25/1992 art\. 20")):
        with pytest.raises(AgainstTheLaw, match=article):
            await require_right(member, right, date(2026, 5, 1))
