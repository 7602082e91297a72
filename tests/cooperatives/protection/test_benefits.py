"""What a provider pays the co-op for who died is held, and paid to his heirs: by two above the threshold."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.protection import benefits, service
from cooperatives.protection.benefit_models import BenefitState
from cooperatives.protection.claim_models import ProtectionClaim
from cooperatives.protection.claim_states import NEEDED, ClaimState, ClaimWrongState
from cooperatives.protection.claims import CHANGED
from cooperatives.protection.kinds import ClaimKind, RemittanceWay
from marketplace import checks, clock, outbox, wiring
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden
from marketplace.notices import protection, seconding
from marketplace.notices.models import Notice, NoticeKind
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from marketplace.vault import Vault
from tests.cooperatives.protection.stage import Insured, at, insured

pytestmark = pytest.mark.anyio
JUNE = date(2026, 6, 1)
JPEG = b"\xff\xd8\xff\xe0"
WIFE = benefits.Payee("Ani  Wijaya", "istri", "SKAW 12/2026", "3578014507850001")
SON = benefits.Payee("Bayu Wijaya", "anak", "SKAW 12/2026")


@pytest.fixture(autouse=True)
def handlers_and_the_real_clock_after() -> Iterator[None]:
    outbox.subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    yield
    clock.use(None)


async def submitted(db: Settings, folder: Path) -> tuple[Insured, ProtectionClaim]:
    """A member who was insured has died, and the claim is with the provider."""
    at(date(2026, 6, 2))
    of = await insured(db, 2)
    row = await of.enrol(0, JUNE)
    at(date(2026, 6, 20))
    claim = await service.report(
        of.treasurer,
        enrolment_id=row.pk,
        kind=ClaimKind.DEATH,
        happened_on=date(2026, 6, 18),
        story="Meninggal dunia karena sakit",
        key="claim",
    )
    for number, kind in enumerate(NEEDED[ClaimKind.DEATH]):
        content = JPEG + bytes([number])
        await service.add_file(
            of.treasurer, claim_id=claim.pk, kind=kind, name="kertas.jpg", content=content, folder=folder
        )
    return of, await service.submit(of.treasurer, claim_id=claim.pk, provider_number="JKM-1", key="submit")


async def pays(
    of: Insured, db: Settings, who: Actor, claim: ProtectionClaim, amount: int, payee: benefits.Payee, key: str
) -> benefits.ProtectionBenefitPayment:
    return await benefits.pay(
        who,
        claim_id=claim.pk,
        amount=amount,
        payee=payee,
        way=RemittanceWay.TRANSFER,
        reference=f"TRF {key}",
        vault=Vault(db),
        key=key,
    )


async def test_heirs_are_paid_what_the_provider_paid_for_them(db: Settings, tmp_path: Path) -> None:
    of, claim = await submitted(db, tmp_path)
    with pytest.raises(ClaimWrongState):
        await pays(of, db, of.treasurer, claim, 1, WIFE, "before it came")
    came = {"claim_id": claim.pk, "amount": 42_000_000, "way": RemittanceWay.TRANSFER, "reference": "BPJS/77"}
    with pytest.raises(NotFound):
        await benefits.receive(of.on.members[1][1], **came, key="no officer")
    with pytest.raises(Forbidden):
        await benefits.receive(of.on.at.secretary, **came, key="not hers")
    claim = await benefits.receive(of.treasurer, **came, key="came")
    again = await benefits.receive(of.treasurer, **came, key="came")
    assert (claim.state, claim.paid, again.pk) == (ClaimState.RECEIVED, 42_000_000, claim.pk)
    held = AccountRef(claim.cooperative_id, Purpose.PROTECTION_BENEFIT, claim.pk)
    assert (await ledger.balance(held)).amount == 42_000_000
    with pytest.raises(ClaimWrongState):  # what the co-op holds is paid on, not told to be paid
        await service.settle(of.treasurer, claim_id=claim.pk, paid=42_000_000, key="settled")
    large = await pays(of, db, of.treasurer, claim, 41_500_000, WIFE, "wife")
    assert (large.state, (await ledger.balance(held)).amount) == (BenefitState.ASKED, 42_000_000)
    assert "Ani" not in large.payee
    assert benefits.payee_of(large, Vault(db)).name == "Ani Wijaya"
    with pytest.raises(Invalid):  # what is asked for is not free any more
        await pays(of, db, of.treasurer, claim, 500_001, SON, "too much")
    with pytest.raises(benefits.OwnBenefitPayment, match="AD/ART"):
        await benefits.answer(of.treasurer, payment_id=large.pk, is_agreed=True)
    small = await pays(of, db, of.treasurer, claim, 500_000, SON, "son")
    same = await pays(of, db, of.treasurer, claim, 500_000, SON, "son")
    assert (small.state, same.pk) == (BenefitState.PAID, small.pk)
    await of.whole()
    for _ in range(2):
        agreed = await benefits.answer(of.chair, payment_id=large.pk, is_agreed=True)
    assert agreed.state is BenefitState.PAID
    assert (await ledger.balance(held)).amount == 0
    ended = await ProtectionClaim.get(pk=claim.pk)
    assert (ended.state, ended.ended_on) == (ClaimState.PAID, date(2026, 6, 20))
    for event in await OutboxEvent.filter(event__in=[seconding.EVENT, CHANGED]).order_by("id"):
        await (seconding.tell if event.event == seconding.EVENT else protection.tell)(None, event)
    (asked,) = await Notice.filter(kind=NoticeKind.BENEFIT_TO_APPROVE)
    assert (asked.account_id, asked.values["amount"]) == (of.chair.account_id, "Rp41.500.000")
    assert await Notice.filter(kind=NoticeKind.PROTECTION_CLAIM).count() == 3
    assert [found async for found in checks.findings()] == []


async def test_a_payment_that_waits_is_taken_back_and_frees_its_amount(db: Settings, tmp_path: Path) -> None:
    of, claim = await submitted(db, tmp_path)
    came = {"claim_id": claim.pk, "amount": 42_000_000, "way": RemittanceWay.CASH, "reference": "tunai"}
    await benefits.receive(of.treasurer, **came, key="came")
    wrong = (
        benefits.Payee("A", "istri", "SKAW 12"),
        benefits.Payee("Ani", "", "SKAW 12"),
        benefits.Payee("Ani", "istri", ""),
        benefits.Payee("Ani", "istri", "SKAW 12", "123"),
    )
    for number, payee in enumerate(wrong):
        with pytest.raises(Invalid):
            await pays(of, db, of.treasurer, claim, 1, payee, f"wrong {number}")
    asked = await pays(of, db, of.treasurer, claim, 42_000_000, WIFE, "all")
    back = await benefits.answer(of.treasurer, payment_id=asked.pk, is_agreed=False)
    assert back.state is BenefitState.WITHDRAWN
    with pytest.raises(benefits.PaymentEnded):
        await benefits.answer(of.chair, payment_id=asked.pk, is_agreed=True)
    assert (await pays(of, db, of.chair, claim, 42_000_000, WIFE, "again")).state is BenefitState.ASKED
    await of.whole()
