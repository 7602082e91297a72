"""Protection as members and officers live it: billed, warned, paid, carried, lapsed, remitted, refused, claimed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from cooperatives.dues.models import Due, DueState
from cooperatives.governance.models import ByLawValue
from cooperatives.ledger.accounts import Purpose
from cooperatives.protection import monthly, service
from cooperatives.protection.claim_states import ClaimState, ClaimWrongState
from cooperatives.protection.claims import DocumentsMissing
from cooperatives.protection.enrolling import AlreadyEnrolled
from cooperatives.protection.kinds import ClaimDocument, ClaimKind, ProgrammeKind, Relation, RemittanceWay
from cooperatives.protection.models import BatchState, BillState, ProtectionBatch, ProtectionBill
from cooperatives.protection.remitting import AnotherAmount, NothingToRemit, RemittanceWrongState, TwoToRemit
from marketplace import clock, outbox, wiring
from marketplace.errors import Invalid
from marketplace.identity.actor import Forbidden
from marketplace.notices import protection as notices
from marketplace.notices.models import Notice, NoticeKind
from marketplace.notices.templates import words_of
from marketplace.outbox import OutboxEvent
from marketplace.rules import AgainstTheLaw
from marketplace.settings import Settings
from tests.cooperatives.protection.stage import Insured, at, crowd, insured

pytestmark = pytest.mark.anyio
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
JPEG = b"\xff\xd8\xff"


@pytest.fixture(autouse=True)
def real_clock_after() -> Iterator[None]:
    outbox.subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    yield
    clock.use(None)


async def by_law(of: Insured, name: str, value: int) -> None:
    await ByLawValue.create(cooperative_id=of.id, name=name, value=value, since=date(2026, 1, 1), decision="-")


async def told() -> list[tuple[NoticeKind, str]]:
    """Carry out what waits of protection's events; answers what members were told: each kind, with its amount."""
    for event in await OutboxEvent.filter(event__startswith="protection.").order_by("id"):
        await notices.tell(None, event)
    of_members = Notice.filter(kind__startswith="PROTECTION").exclude(kind=NoticeKind.PROTECTION_TO_REMIT)
    rows = await of_members.order_by("created_at", "id")
    return [(row.kind, row.values.get("amount", "")) for row in rows]


async def test_the_monthly_bill_of_a_thousand_drivers_to_the_rupiah(db: Settings) -> None:
    """Line by line from the instruments' numbers: JKK 1 % of the income declared and Rp 10,000 at least, JKM Rp 6,800
    (PP 44/2015), half of both off for transport until March 2027 (PP 50/2025), JHT 2 % (PP 46/2015)."""
    at(date(2026, 6, 2))
    of = await insured(db, 0)
    await crowd(of, JUNE, [(600, 1_000_000, False), (300, 2_000_000, False), (100, 1_500_000, True)])
    june = 600 * (5_000 + 3_400) + 300 * (10_000 + 3_400) + 100 * (7_500 + 3_400 + 30_000)
    april = 600 * (10_000 + 6_800) + 300 * (20_000 + 6_800) + 100 * (15_000 + 6_800 + 30_000)
    assert (june, april) == (13_150_000, 23_300_000)
    for month, rupiah in ((JUNE, june), (date(2027, 4, 1), april)):
        at(month.replace(day=2))
        await monthly.bill_month(of.programme, month)
        await monthly.bill_month(of.programme, month)  # once
        bills = await ProtectionBill.filter(month=month)
        charged = await Due.filter(cause_kind="protection.bill", opens_on=month)
        assert len(bills) == len(charged) == 1_000
        assert sum(row.amount for row in bills) == sum(row.amount for row in charged) == rupiah
    plain = [row for row in await ProtectionBill.filter(month=JUNE) if row.amount == 8_400]
    assert len(plain) == 600
    assert {row.full for row in plain} == {16_800}


async def test_a_month_from_bill_to_the_providers_receipt(db: Settings) -> None:
    at(date(2026, 6, 2))
    of = await insured(db, 3, alone_monthly=2_500, alone_source="biaya kanal, Juni 2026")
    await by_law(of, "protection.solidarity_monthly", 10_000)
    await by_law(of, "protection.carried_months", 1)
    for number in range(3):
        await of.enrol(number, JUNE, income=1_000_000)
    with pytest.raises(AlreadyEnrolled):
        await service.enrol(
            of.on.members[0][1],
            membership_id=of.on.members[0][0].pk,
            programme_id=of.programme.pk,
            since=JUNE,
            choice=service.Choice(),
            vault=of.vault,
            key="again",
        )
    await of.bring_up()
    first = await of.bill(0, JUNE)
    assert (first.amount, first.full, first.alone) == (8_400, 16_800, 10_900)
    for number in range(2):  # two pay all of it; of the third the fund has 20,000 to give
        await of.pays(number, 18_400, f"pay-{number}")
    await of.pays(2, 1_000, "part")
    at(date(2026, 6, 10))
    await of.bring_up()
    await of.bring_up()
    assert await told() == [(NoticeKind.PROTECTION_DUE, "Rp7.400")]
    at(date(2026, 6, 16))
    await of.bring_up()
    assert [(await of.bill(n, JUNE)).state for n in range(3)] == [BillState.PAID, BillState.PAID, BillState.CARRIED]
    assert await of.holds(Purpose.PROTECTION_PAYABLE, of.programme.pk) == 3 * 8_400
    assert await of.holds(Purpose.SOLIDARITY_FUND) == 20_000 - 7_400
    await of.whole()
    assert (await service.fund(of.chair, of.id)).owed_back == 7_400

    batch = await ProtectionBatch.get(programme_id=of.programme.pk)
    assert (batch.number, batch.state, batch.bills, batch.amount) == ("PB/2026/06/1", BatchState.DRAFT, 3, 25_200)
    with pytest.raises(NothingToRemit):
        await service.prepare(of.treasurer, programme_id=of.programme.pk, month=JUNE, key="none")
    way, sent = RemittanceWay.TRANSFER, {"reference": "BPJS-77", "key": "send"}
    batch = await service.send(of.treasurer, batch_id=batch.pk, way=way, **sent)
    assert (await service.send(of.treasurer, batch_id=batch.pk, way=way, **sent)).state is BatchState.SENT
    assert await of.holds(Purpose.PROTECTION_SENT, batch.pk) == 25_200
    with pytest.raises(RemittanceWrongState):
        await service.send(of.treasurer, batch_id=batch.pk, way=way, reference="BPJS-78", key="other")
    await of.whole()

    # the provider takes two of the three: the carried one goes back, to the member and to the fund
    await of.pays(2, 3_000, "back")  # of which the fund has it back
    assert await of.holds(Purpose.SOLIDARITY_FUND) == 20_000 - 7_400 + 3_000
    refused = {(await of.bill(2, JUNE)).pk: "nomor peserta salah"}
    said = {"receipt_number": "KW-9001", "key": "confirm"}
    with pytest.raises(AnotherAmount):
        await service.confirm(of.treasurer, batch_id=batch.pk, amount=25_200, refused=refused, **said)
    batch = await service.confirm(of.treasurer, batch_id=batch.pk, amount=16_800, refused=refused, **said)
    assert (batch.state, batch.receipt_number, batch.difference) == (BatchState.CONFIRMED, "KW-9001", 8_400)
    assert await of.holds(Purpose.PROTECTION_PAYABLE, of.programme.pk) == 0
    assert await of.holds(Purpose.SOLIDARITY_FUND) == 20_000
    assert await of.holds(Purpose.MEMBER_CREDIT, of.on.members[2][0].pk) == 4_000
    assert (await of.bill(2, JUNE)).state is BillState.REFUSED
    assert [kind for kind, _ in await told()][-1] is NoticeKind.PROTECTION_REFUSED
    notice = await Notice.get(account_id=of.on.members[2][0].account_id, kind=NoticeKind.PROTECTION_REFUSED)
    assert words_of(notice.kind, notice.values, "id").body.startswith("nomor peserta salah. Bulan itu Anda tidak")
    officers = await Notice.filter(kind=NoticeKind.PROTECTION_TO_REMIT)
    assert {(row.account_id, row.values["amount"]) for row in officers} == {
        (who.account_id, "Rp25.200") for who in (of.chair, of.treasurer)
    }
    await of.whole()
    back = {"way": way, "reference": "RETUR-1"}
    with pytest.raises(Invalid):
        await service.receive_back(of.chair, batch_id=batch.pk, amount=8_401, key="much", **back)
    batch = await service.receive_back(of.chair, batch_id=batch.pk, amount=8_400, key="back", **back)
    assert (batch.difference, await of.holds(Purpose.PROTECTION_SENT, batch.pk)) == (0, 0)
    await of.whole()
    member = of.on.members[0][0]
    assert (await service.saved([member.pk]))[member.pk] == 2_500


async def test_who_is_short_too_long_lapses_and_gets_back_what_he_paid(db: Settings) -> None:
    at(date(2026, 6, 2))
    of = await insured(db, 2)
    await by_law(of, "protection.solidarity_monthly", 50_000)
    await by_law(of, "protection.carried_months", 1)
    for number in range(2):
        await of.enrol(number, JUNE)
    await of.bring_up()
    await of.pays(0, 58_400, "first")
    at(date(2026, 6, 16))
    await of.bring_up()
    assert (await of.bill(1, JUNE)).state is BillState.CARRIED
    at(date(2026, 7, 3))
    await of.bring_up()
    await of.pays(0, 58_400, "july")
    at(date(2026, 7, 16))
    await of.bring_up()
    july = await of.bill(1, JULY)
    assert july.state is BillState.LAPSED  # one month is carried, by the by-laws no more
    assert (await Due.get(cause_id=july.pk)).state is DueState.LET_GO
    assert NoticeKind.PROTECTION_LAPSED in {kind for kind, _ in await told()}
    await of.whole()
    # he pays back June, and is carried again
    june = await Due.get(cause_id=(await of.bill(1, JUNE)).pk)
    assert june.outstanding == 8_400
    owed = sum(due.outstanding for due in await Due.filter(membership_id=of.on.members[1][0].pk))
    await of.pays(1, owed, "all")
    assert (await service.fund(of.chair, of.id)).owed_back == 0
    at(date(2026, 8, 2))
    await of.bring_up()
    await of.pays(1, 2_000, "some")  # of August, before it is short again
    at(date(2026, 8, 16))
    await of.bring_up()
    assert (await of.bill(1, AUGUST)).state is BillState.CARRIED
    await of.whole()


async def test_health_keeps_arrears_and_remits_them_when_they_are_paid(db: Settings) -> None:
    at(date(2026, 6, 2))
    of = await insured(db, 1, ProgrammeKind.HEALTH, pay_by=7)
    row = await of.enrol(0, JUNE, health_class=2)
    who = of.on.members[0][1]
    await service.add_dependant(
        who,
        enrolment_id=row.pk,
        name="Ani",
        relation=Relation.CHILD,
        born_on=date(2019, 5, 5),
        participant_number="0001234567890",
        vault=of.vault,
        key="ani",
    )
    assert ((await of.bill(0, JUNE)).persons, (await of.bill(0, JUNE)).amount) == (1, 100_000)
    at(date(2026, 7, 2))  # the child is in it from the first month on that was not billed
    await of.bring_up()
    assert ((await of.bill(0, JULY)).persons, (await of.bill(0, JULY)).amount) == (2, 200_000)
    at(date(2026, 7, 8))
    await of.bring_up()
    assert {(await of.bill(0, month)).state for month in (JUNE, JULY)} == {BillState.LAPSED}
    assert await ProtectionBatch.all().count() == 0
    await of.pays(0, 100_000, "late")
    batch = await service.prepare(of.treasurer, programme_id=of.programme.pk, month=JULY, key="late")
    assert (batch.bills, batch.amount) == (1, 100_000)
    await of.whole()
    offer = service.Offer(ProgrammeKind.HEALTH, "Lain", "BPJS", pay_by=10)
    with pytest.raises(AgainstTheLaw, match="Perpres 64/2020"):
        await service.open_programme(of.treasurer, cooperative_id=of.id, offer=offer, key="late-day")


async def test_a_large_remittance_takes_two_and_members_move_none(db: Settings) -> None:
    at(date(2026, 6, 2))
    of = await insured(db, 1, ProgrammeKind.PENSION)
    await of.enrol(0, JUNE, contribution=6_000_000)
    await of.bring_up()
    await of.pays(0, 6_000_000, "pay")
    at(date(2026, 6, 16))
    await of.bring_up()
    batch = await ProtectionBatch.get()
    assert batch.needs_two
    out = {"batch_id": batch.pk, "way": RemittanceWay.TRANSFER, "reference": "DPLK-1"}
    with pytest.raises(TwoToRemit, match=r"AD/ART"):
        await service.send(of.treasurer, key="alone", **out)
    await service.approve(of.treasurer, batch_id=batch.pk, key="ok")
    with pytest.raises(TwoToRemit):
        await service.send(of.treasurer, key="same", **out)
    with pytest.raises(Forbidden):
        await service.send(of.on.at.secretary, key="secretary", **out)
    sent = await service.send(of.chair, key="two", **out)
    assert sent.state is BatchState.SENT
    await of.whole()


async def test_a_claim_with_its_papers(db: Settings, tmp_path: Path) -> None:
    at(date(2026, 6, 2))
    of = await insured(db, 2)
    row = await of.enrol(0, JUNE)
    await of.bring_up()
    await of.pays(0, 8_400, "pay")
    at(date(2026, 6, 20))
    await of.bring_up()
    who = of.on.members[0][1]
    happened = {"kind": ClaimKind.ACCIDENT, "happened_on": date(2026, 6, 18), "story": "Jatuh saat mengantar pesanan"}
    claim = await service.report(who, enrolment_id=row.pk, key="claim", **happened)
    assert (claim.state, claim.was_covered) == (ClaimState.REPORTED, True)
    early = happened | {"happened_on": date(2026, 5, 31)}
    with pytest.raises(Invalid):
        await service.report(who, enrolment_id=row.pk, key="early", **early)
    with pytest.raises(DocumentsMissing, match="medical report"):
        await service.submit(of.treasurer, claim_id=claim.pk, provider_number="K-1", key="soon")
    papers = (
        ClaimDocument.IDENTITY,
        ClaimDocument.PARTICIPANT_CARD,
        ClaimDocument.ACCOUNT_OF_EVENTS,
        ClaimDocument.MEDICAL_REPORT,
    )
    ids: list[UUID] = []
    for number, kind in enumerate(papers):
        content = JPEG + bytes([number])
        file = await service.add_file(
            who, claim_id=claim.pk, kind=kind, name=f"{kind}.jpg", content=content, folder=tmp_path
        )
        ids.append(file.pk)
    _, path = await service.read_file(of.treasurer, ids[0], tmp_path)
    assert path.read_bytes() == JPEG + b"\x00"
    with pytest.raises(Forbidden):
        await service.submit(who, claim_id=claim.pk, provider_number="K-1", key="self")
    claim = await service.submit(of.treasurer, claim_id=claim.pk, provider_number="K-1", key="submit")
    claim = await service.refuse(of.treasurer, claim_id=claim.pk, reason="berkas buram", key="no")
    claim = await service.submit(of.treasurer, claim_id=claim.pk, provider_number="K-2", key="again")
    claim = await service.settle(of.treasurer, claim_id=claim.pk, paid=12_500_000, key="paid")
    assert (claim.state, claim.paid, claim.reason) == (ClaimState.PAID, 12_500_000, "")
    with pytest.raises(ClaimWrongState):
        await service.withdraw(who, claim_id=claim.pk, key="late")
    assert [kind for kind, _ in await told()].count(NoticeKind.PROTECTION_CLAIM) == 4
