"""What ends a driver's offers before his shift does: the end that he planned, and papers that lapse on the way."""

from datetime import timedelta
from typing import Any

import pytest

from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.database import new_id
from marketplace.deliveries import mending, passing, service, shifts
from marketplace.deliveries.dispatch import rounds
from marketplace.deliveries.dispatch.explaining import Reason
from marketplace.deliveries.dispatch.lapsing import TakersPapersExpired
from marketplace.deliveries.dispatch.models import DispatchPolicy
from marketplace.deliveries.models import DeliveryJob, Driver, DriverHandOver
from marketplace.deliveries.roster.models import DriverPaper, PaperKind, PaperState, ShiftSlot, SlotBooking
from marketplace.deliveries.roster.papers import has_lapsed
from marketplace.identity.models import Account
from tests.deliveries import offering, stage
from tests.deliveries.stage import BOARD

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def planned(coop: Cooperative, driver: Driver, minutes: int) -> None:
    """He booked a place that ends in so many minutes."""
    now = clock.now()
    ends = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(minutes=minutes)}
    slot = await ShiftSlot.create(cooperative_id=coop.pk, wanted=2, posted_by=new_id(), **ends)
    await SlotBooking.create(
        slot_id=slot.pk, driver_id=driver.pk, account_id=driver.account_id, name=driver.name, **ends
    )


@pytest.mark.parametrize(("policy", "is_offered"), [({}, False), ({"past_shift_end_s": 3_600}, True)])
async def test_who_plans_to_end_soon_is_offered_nothing_that_lasts_far_beyond(
    policy: dict[str, Any], is_offered: bool
) -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, **policy)
    shop, _ = await stage.seller(coop)
    soon, _ = await offering.at(coop, "Soni")
    later, _ = await offering.at(coop, "Lia")
    await planned(coop, soon, 1)  # the job takes about 18 minutes, 15 beyond a plan are bearable
    await planned(coop, later, 20)
    job = await offering.looking(shop)
    assert set(await offering.open_offers(job)) == ({"Soni", "Lia"} if is_offered else {"Lia"})
    if not is_offered:
        told = await offering.why(job, soon)
        assert told.skip is not None
        assert told.skip.reason is Reason.SHIFT_ENDS
        assert told.skip.numbers[1:] == (60, 900) or told.skip.numbers[1:] == (59, 900)
        assert "15 menit" in told.words("id")
        assert "may last 15 min beyond it" in told.words("en")


async def lapsed(driver: Driver, kind: PaperKind) -> None:
    """A paper of his counted until yesterday."""
    await DriverPaper.create(
        driver_id=driver.pk,
        account_id=driver.account_id,
        cooperative_id=driver.cooperative_id,
        kind=kind,
        masked_number="••••1234",
        expires_on=clock.now().date() - timedelta(days=1),
        state=PaperState.APPROVED,
    )


async def test_a_paper_that_lapses_on_shift_ends_offers_and_the_board_unless_the_policy_lets_it_count_on() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    driver, actor = await offering.at(coop, "Budi")
    first = await offering.looking(shop)
    offer = (await offering.open_offers(first))["Budi"]
    await lapsed(driver, PaperKind.HEALTH)
    with pytest.raises(shifts.PapersExpired):
        await offering.accept(actor, offer)
    second = await offering.looking(shop)
    assert await offering.open_offers(second) == {}
    assert (await offering.why(second, driver)).skip.reason is Reason.DOCUMENTS  # type: ignore[union-attr]
    with pytest.raises(shifts.PapersExpired):
        await service.claim_job(actor, job_id=second.pk, key="claim", dispatch=BOARD)
    await DispatchPolicy.filter(cooperative_id=coop.pk).update(paper_grace_h=24)
    taken = await offering.accept(actor, offer)
    assert taken.driver_id == driver.pk
    with pytest.raises(shifts.PapersExpired):  # another shift begins with papers in order
        await shifts.check_papers(driver)


async def test_without_a_licence_no_policy_lets_anybody_ride() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, paper_grace_h=24)
    shop, _ = await stage.seller(coop)
    driver, actor = await offering.at(coop, "Budi")
    job = await offering.looking(shop)
    offer = (await offering.open_offers(job))["Budi"]
    await Driver.filter(pk=driver.pk).update(licence_expires_on=clock.now().date() - timedelta(days=1))
    with pytest.raises(shifts.PapersExpired):
        await offering.accept(actor, offer)
    with offering.hours() as passing:
        await passing.later(25)
        await rounds.sweep(None)
    assert (await offering.why(job, driver)).skip.reason is Reason.DOCUMENTS  # type: ignore[union-attr]


async def test_whose_papers_have_run_out_is_given_no_job_by_others_either() -> None:
    coop = await stage.cooperative("DRV")
    shop, _ = await stage.seller(coop)
    chair = await stage.officer(coop)
    _, budi = await offering.at(coop, "Budi")
    siti, sitis = await offering.at(coop, "Siti")
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
    await service.claim_job(budi, job_id=job.pk, key="claim", dispatch=BOARD)
    await lapsed(siti, PaperKind.HEALTH)
    with pytest.raises(TakersPapersExpired) as refused:
        await mending.reassign_job(
            chair, job_id=job.pk, driver_id=siti.pk, reason="Budi sakit", key="1", dispatch=BOARD
        )
    assert "Siti belum boleh" in refused.value.message("id")
    assert "surat keterangan sehat" in refused.value.message("id")
    assert "health certificate" in refused.value.message("en")

    await service.arrive_at_pickup(budi, job_id=job.pk, key="here")
    await service.confirm_pickup(budi, job_id=job.pk, pin="1111", place=None, key="up", signer=stage.SIGNER)
    phone = (await Account.get(pk=siti.account_id)).phone

    async def offered(key: str) -> DeliveryJob:
        return await passing.offer_hand_over(
            budi, job_id=job.pk, phone=phone, giver_part=0, reason="Ban bocor", key=key, dispatch=BOARD
        )

    with pytest.raises(TakersPapersExpired):
        await offered("2")
    paper = await DriverPaper.get(driver_id=siti.pk)
    await DriverPaper.filter(pk=paper.pk).update(expires_on=clock.now().date())
    await offered("3")
    await Driver.filter(pk=siti.pk).update(licence_expires_on=clock.now().date() - timedelta(days=1))
    pin = (await DriverHandOver.get(job_id=job.pk)).pin
    with pytest.raises(shifts.PapersExpired) as late:  # they ran out while the goods waited for her
        await passing.take_over_job(sitis, job_id=job.pk, pin=pin, place=None, key="4", signer=stage.SIGNER)
    assert late.value.message("id").startswith("SIM Anda berakhir")
    assert late.value.message("en").startswith("Your licence (SIM) ended")
    assert (await DeliveryJob.get(pk=job.pk)).driver_account_id == budi.account_id


async def test_a_paper_counts_to_the_end_of_its_day_and_the_grace_after_it() -> None:
    now = clock.now().replace(hour=5, minute=0)
    today, yesterday = now.date(), now.date() - timedelta(days=1)
    assert [has_lapsed(day, now) for day in (today, yesterday)] == [False, True]
    assert [has_lapsed(yesterday, now, grace_h=hours) for hours in (4, 6)] == [True, False]
