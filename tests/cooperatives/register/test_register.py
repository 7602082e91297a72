"""The register: sealed, complete on paper, a person's own to take home and to have erased as far as the law lets."""

import io
from collections.abc import Iterator
from datetime import date

import httpx
import openpyxl
import pytest

from cooperatives.departures import service as departures
from cooperatives.dues import service as dues
from cooperatives.governance.models import ByLawValue
from cooperatives.membership.categories import MemberCategory
from cooperatives.membership.entries import Heir, NationalIdTaken, PersonalDetails, voters
from cooperatives.membership.models import MemberEntry, Membership
from cooperatives.membership.offices import grant_office
from cooperatives.register import service
from cooperatives.savings import service as savings
from cooperatives.surplus.sharing import WhyNot
from marketplace import clock
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden, Role
from marketplace.identity.models import Account, AuditEntry
from marketplace.resealing import reseal
from marketplace.rules import AgainstTheLaw
from marketplace.settings import Settings
from marketplace.vault import Vault
from schema.ids import to_id
from tests.cooperatives.dues.stage import NOON, TODAY, Stage, stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio
SITI = PersonalDetails(
    name="Siti  Aminah", national_id="3578014507850001", born_on="1985-07-05", sex="P", address="Jl. Melati 3"
)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


async def written(db: Settings) -> tuple[Stage, Membership, Actor, Vault]:
    """A co-op of whose first member all is written down."""
    at, vault = await stage(2), Vault(db)
    (member, acting), _ = at.members
    await service.record_details(acting, membership_id=member.pk, details=SITI, vault=vault)
    await service.name_heirs(acting, membership_id=member.pk, heirs=[Heir("Budi", "suami")], vault=vault)
    return at, member, acting, vault


async def test_details_are_sealed_and_a_nik_is_one_members(db: Settings) -> None:
    at, member, _, vault = await written(db)
    entry = await MemberEntry.get(pk=member.pk)
    for text in (entry.details, entry.heirs, entry.national_id_mark):
        assert text is not None
        assert not any(word in text for word in ("Siti", "3578014507850001", "Budi"))
    (other, his) = at.members[1]
    with pytest.raises(NationalIdTaken):
        await service.record_details(his, membership_id=other.pk, details=SITI, vault=vault)
    for who, refusal in ((his, NotFound), (at.at.treasurer, Forbidden)):
        with pytest.raises(refusal):
            await service.name_heirs(who, membership_id=member.pk, heirs=[], vault=vault)
    wrong = PersonalDetails(name="", national_id="12", born_on="2099-01-01", sex="X")
    with pytest.raises(Invalid) as refused:
        await service.record_details(at.at.chair, membership_id=member.pk, details=wrong, vault=vault)
    assert [fault.path for fault in refused.value.faults] == [("name",), ("nationalId",), ("bornOn",), ("sex",)]
    newer = db.model_copy(update={"credentials_keys": type(db.secret_key)("new," + db.secret_key.get_secret_value())})
    assert (await reseal(Vault(newer)), await reseal(Vault(newer))) == (1, 0)


async def test_who_is_no_full_member_has_no_vote_no_office_and_no_surplus(db: Settings) -> None:
    at, member, acting, _ = await written(db)
    change = {"membership_id": member.pk}
    with pytest.raises(AgainstTheLaw, match=r"UU 25/1992 art. 18\(2\)"):
        await service.set_category(at.at.chair, **change, category=MemberCategory.ASSOCIATE)
    await ByLawValue.create(
        cooperative_id=at.id, name="member.associates_allowed", value=1, since=date(2020, 1, 1), decision="Akta"
    )
    with pytest.raises(Forbidden):
        await service.set_category(acting, **change, category=MemberCategory.ASSOCIATE)
    before = await voters(at.id).count()
    await service.set_category(at.at.chair, **change, category=MemberCategory.ASSOCIATE)
    assert await voters(at.id).count() == before - 1
    with pytest.raises(Invalid):
        await grant_office(at.at.chair, cooperative_id=at.id, account_id=member.account_id, role=Role.DISPATCHER)
    assert (await service.standings_by_membership([member.pk]))[member.pk].why_not is WhyNot.NOT_FULL
    await service.set_category(at.at.chair, **change, category=MemberCategory.FULL)
    standing = (await service.standings_by_membership([member.pk]))[member.pk]
    assert standing.why_not is WhyNot.FEW_TRANSACTIONS
    assert [rule.name for rule in standing.rules] == [
        "member.active_transactions_yearly",
        "member.active_arrears_months",
    ]


async def test_one_takes_his_data_home_and_has_it_erased_once_he_is_through(db: Settings) -> None:
    at, member, acting, vault = await written(db)
    await savings.start_savings(at.at.chair, cooperative_id=at.id, first_month=TODAY, key="s")
    await savings.charge_month(at.id, date(2026, 11, 1))
    await dues.take_cash(at.at.treasurer, membership_id=member.pk, amount=120_000, key="c")
    mine = await service.my_data(acting, vault)
    (kept,) = mine["memberships"]
    assert (kept["details"]["name"], kept["heirs"][0]["name"]) == ("Siti Aminah", "Budi")
    assert {row["kind"]: row["balance"] for row in kept["savings"]} == {"PRINCIPAL": 100_000, "MANDATORY": 20_000}
    erase = {"membership_id": member.pk, "vault": vault}
    with pytest.raises(AgainstTheLaw, match=r"UU 25/1992 art. 17\(2\)"):
        await service.erase_details(acting, **erase)
    await departures.end_membership(acting, membership_id=member.pk, reason="Pindah")
    with pytest.raises(AgainstTheLaw, match="UU 8/1997"):
        await service.erase_details(acting, **erase)
    held = (await savings.savings_of(acting, member.pk))[0]
    out = await savings.request_withdrawal(
        acting, savings_id=held.pk, amount=120_000, way=savings.WithdrawalWay.CASH, key="w"
    )
    await savings.pay_withdrawal(at.at.treasurer, withdrawal_id=out.pk, key="p")
    for _ in range(2):
        stays = await service.erase_details(acting, **erase)
        assert [one.rule.name for one in stays] == ["membership.register", "documents.kept"]
    gone = (await service.my_data(acting, vault))["memberships"][0]
    assert (gone["details"]["name"], gone["details"]["national_id"], gone["heirs"]) == ("Siti Aminah", "", [])
    assert gone["endedOn"] == TODAY


async def test_the_register_is_a_workbook_and_a_paper(client: httpx.AsyncClient, settings: Settings) -> None:
    at, _, acting, _ = await written(settings)
    address = f"/register/members.xlsx?cooperative={to_id('Cooperative', at.id)}"
    treasurer = await token_of(await Account.get(pk=at.at.treasurer.account_id))
    answer = await client.get(address, headers={"Authorization": f"Bearer {treasurer}"})
    assert answer.status_code == 200
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    heads = next(row for row in rows if row and "NIK" in row)
    mine = next(row for row in rows if row and "Siti Aminah" in row)
    told = dict(zip(heads, mine, strict=True))
    assert (told["NIK"], told["Umur"], told["L/P"], told["Alamat"]) == ("3578014507850001", "41", "P", "Jl. Melati 3")
    assert {"Masuk", "Simp. pokok", "Simp. wajib", "Berhenti", "Sebab", "Tanda tangan"} <= set(heads)
    paper = await client.get(address.replace(".xlsx", ".pdf"), headers={"Authorization": f"Bearer {treasurer}"})
    assert paper.content[:4] == b"%PDF"
    assert await AuditEntry.filter(action="register.exported").count() == 2
    his = await token_of(await Account.get(pk=acting.account_id))
    for token, status in ((his, 404), ("", 401)):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        assert (await client.get(address, headers=headers)).status_code == status
    mine_only = await client.get("/register/my-data.json", headers={"Authorization": f"Bearer {his}"})
    assert mine_only.json()["memberships"][0]["details"]["name"] == "Siti Aminah"
    assert (await client.get("/register/my-data.json")).status_code == 401
