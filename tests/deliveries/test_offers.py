"""Rounds of offers: who is offered a job, in which order, and what follows an answer, or none."""

import asyncio
from datetime import timedelta

import pytest

from marketplace import clock
from marketplace.deliveries import blocks, mending, service, shifts
from marketplace.deliveries.dispatch import rounds, searching
from marketplace.deliveries.dispatch.explaining import Reason
from marketplace.deliveries.dispatch.models import DispatchMode, JobOffer, JobSearch, OfferState, SearchReach
from marketplace.deliveries.dispatch.offering import OfferEnded, offers_before
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.limits import AtJobLimit
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.deliveries.roster.models import BlockSide
from marketplace.deliveries.service import JobTaken
from marketplace.deliveries.shifts import NotOnShift
from marketplace.errors import MarketplaceError, NotFound
from marketplace.identity.actor import Actor
from marketplace.orders.models import PaymentMethod, SubOrder
from tests.counting import count_statements
from tests.deliveries import offering, stage

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def states(job: DeliveryJob) -> dict[str, str]:
    rows = await JobOffer.filter(job_id=job.pk).select_related("driver").order_by("id")
    return {row.driver.name: row.state.value for row in rows}


async def test_the_first_acceptance_wins() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    people = {
        name: await offering.at(coop, name, metres=far) for name, far in (("Agus", 0), ("Budi", 99), ("Citra", 199))
    }
    job = await offering.looking(shop)
    offers = await offering.open_offers(job)
    assert job.state is JobState.OFFERED
    assert set(offers) == set(people)
    offer = offers["Budi"]
    assert (offer.price, offer.own_share, offer.cash, offer.rank) == (12_000, 11_040, 62_000, 2)
    taken = await offering.accept(people["Budi"][1], offer)
    again = await offering.accept(people["Budi"][1], offer)
    assert (taken.state, taken.driver_id, again.pk) == (JobState.ASSIGNED, people["Budi"][0].pk, taken.pk)
    with pytest.raises(JobTaken):
        await offering.accept(people["Agus"][1], offers["Agus"])
    assert await states(job) == {"Agus": "WITHDRAWN", "Budi": "ACCEPTED", "Citra": "WITHDRAWN"}
    assert (await JobSearch.get(pk=job.pk)).next_at is None
    assert await stage.what_is_broken() == []


async def test_of_all_who_accept_at_once_one_holds_the_job() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_at_once=10)
    shop, _ = await stage.seller(coop)
    people = {(found := await offering.at(coop, f"Sopir {n}"))[0].name: found[1] for n in range(10)}
    job = await offering.looking(shop)
    offers = await offering.open_offers(job)
    assert len(offers) == 10

    async def accept(name: str) -> str:
        try:
            await offering.accept(people[name], offers[name])
        except MarketplaceError as refused:
            return type(refused).__name__
        return "HOLDS"

    outcomes = await asyncio.gather(*map(accept, offers))
    assert sorted(outcomes) == ["HOLDS"] + ["JobTaken"] * 9
    assert await stage.what_is_broken() == []


async def test_who_declines_makes_way_for_the_next() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_at_once=1)
    shop, _ = await stage.seller(coop)
    near, near_actor = await offering.at(coop, "Dekat", metres=100)
    await offering.at(coop, "Jauh", metres=600)
    with offering.hours() as hours:
        job = await offering.looking(shop)
        first = (await offering.open_offers(job))["Dekat"]
        declined = await offering.decline(near_actor, first)
        assert (declined.state, declined.reason) == (OfferState.DECLINED, "Ban bocor")
        assert (await offering.decline(near_actor, first)).state is OfferState.DECLINED
        with pytest.raises(OfferEnded):
            await offering.accept(near_actor, first)
        await hours.later(1)
        assert list(await offering.open_offers(job)) == ["Jauh"]
        assert (await JobSearch.get(pk=job.pk)).round == 1
        await hours.later(23)
        assert (await JobSearch.get(pk=job.pk)).round == 2
        skip = (await offering.why(job, near)).skip
        assert skip is not None
        assert skip.reason is Reason.DECLINED
        assert list(await offering.open_offers(job)) == ["Jauh"]  # nobody else is there: he is asked again


async def test_who_does_not_answer_is_asked_again_only_after_all_others() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_at_once=1)
    shop, _ = await stage.seller(coop)
    people = [await offering.at(coop, name, metres=far) for name, far in (("A", 0), ("B", 200), ("C", 400))]
    with offering.hours() as hours:
        job = await offering.looking(shop)
        asked = list(await offering.open_offers(job))
        for _ in range(3):
            await hours.later(23)
            asked += await offering.open_offers(job)
        assert asked == ["A", "B", "C", "A"]
        skip = (await offering.why(job, people[1][0])).skip
        assert skip is not None
        assert skip.reason is Reason.UNANSWERED


async def test_an_answer_on_its_way_when_the_offer_ends_still_counts() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    _, actor = await offering.at(coop, "Agus")
    with offering.hours() as hours:
        job = await offering.looking(shop)
        offer = (await offering.open_offers(job))["Agus"]
        hours.now = offer.expires_at + timedelta(seconds=2)
        with pytest.raises(OfferEnded) as late:
            await offering.accept(actor, offer)
        assert "habis waktunya" in late.value.message("id")
        hours.now = offer.expires_at + timedelta(seconds=1)
        assert await offers_before(offer.driver_id) == []  # though it is shown no more
        assert (await offering.accept(actor, offer)).state is JobState.ASSIGNED


async def test_a_paused_driver_is_offered_nothing_and_loses_what_lay_before_him() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_at_once=1)
    shop, _ = await stage.seller(coop)
    _, budis = await offering.at(coop, "Budi")
    resting, rests = await offering.at(coop, "Istirahat")
    await shifts.pause_shift(rests)
    with offering.hours() as hours:
        job = await offering.looking(shop)
        (offer,) = (await offering.open_offers(job)).values()
        skip = (await offering.why(job, resting)).skip
        assert skip is not None
        assert skip.reason is Reason.PAUSED
        await shifts.resume_shift(rests)
        shift = await shifts.pause_shift(budis)
        with pytest.raises(NotOnShift):
            await offering.accept(budis, offer)
        await searching.on_shift_changed(None, offering.event("shift.changed", shift))
        assert (await JobOffer.get(pk=offer.pk)).state is OfferState.WITHDRAWN
        await hours.later(0)
        assert list(await offering.open_offers(job)) == ["Istirahat"]
        await shifts.resume_shift(budis)
        await hours.later(23)  # the offer that was taken back is no refusal: he comes first again, next round
        assert list(await offering.open_offers(job)) == ["Budi"]


async def test_the_radius_grows_by_round() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, radius_m=1_000, radius_growth_m=1_000)
    shop, _ = await stage.seller(coop)
    far, _ = await offering.at(coop, "Jauh", metres=2_000)  # 2.6 km by road
    with offering.hours() as hours:
        job = await offering.looking(shop)
        assert await offering.open_offers(job) == {}
        assert job.state is JobState.OPEN
        skip = (await offering.why(job, far)).skip
        assert skip is not None
        assert (skip.reason, skip.numbers[1]) == (Reason.TOO_FAR, 1_000)
        assert "di luar jangkauan" in skip.words("id")
        assert "outside this round's reach (1.0 km)" in skip.words("en")
        await hours.later(20)
        assert await offering.open_offers(job) == {}
        await hours.later(20)
        (offer,) = (await offering.open_offers(job)).values()
        assert (offer.round, 2_500 < offer.distance_m < 2_700) == (3, True)
        assert (await DeliveryJob.get(pk=job.pk)).state is JobState.OFFERED


async def test_allies_are_called_when_no_own_driver_comes_in_time() -> None:
    coop, ally, stranger = [await stage.cooperative(code) for code in ("FOD", "DRV", "LOG")]
    await stage.ally(coop, ally, share_bp=9_000)
    await offering.adopted(coop, allies_from_round=2, most_rounds=3)
    shop, _ = await stage.seller(coop)
    _, allied = await offering.at(ally, "Sekutu")
    await offering.at(stranger, "Lain")
    with offering.hours() as hours:
        job = await offering.looking(shop)
        assert await offering.open_offers(job) == {}
        await hours.later(20)
        (offer,) = (await offering.open_offers(job)).values()
        assert (offer.carrier_id, offer.own_share) == (ally.pk, 9_936)  # 92 % of 90 % of 12,000
        assert (await JobSearch.get(pk=job.pk)).reach is SearchReach.ALLIES
        taken = await offering.accept(allied, offer)
        assert (taken.carrier_id, taken.state) == (ally.pk, JobState.ASSIGNED)
    assert await stage.what_is_broken() == []


@pytest.mark.parametrize("mode", [DispatchMode.OFFERS, DispatchMode.OFFERS_THEN_BOARD])
async def test_after_the_last_round_a_job_goes_on_the_board_or_back_to_its_buyer(mode: DispatchMode) -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, mode=mode, most_rounds=1, offers_at_once=1)
    shop, _ = await stage.seller(coop)
    _, first = await offering.at(coop, "Agus")
    late, lates = await offering.at(coop, "Budi", metres=300)
    with offering.hours() as hours:
        job = await offering.looking(shop)
        with pytest.raises(NotFound):  # it is before Agus alone
            await service.claim_job(lates, job_id=job.pk, key="early", dispatch=stage.BOARD)
        await offering.decline(first, (await offering.open_offers(job))["Agus"])
        await hours.later(1)
        assert list(await offering.open_offers(job)) == ["Budi"]
        await hours.later(23)
        job = await DeliveryJob.get(pk=job.pk)
        if mode is DispatchMode.OFFERS:
            assert job.state is JobState.UNSERVED
            assert (await SubOrder.get(pk=job.sub_order_id)).unserved_at is not None
        else:
            assert job.state is JobState.OPEN
            page = await stage.BOARD.jobs_for(late, near=stage.SURABAYA, radius_m=9_000, first=9, after=None)
            assert [row.pk for row in page.rows] == [job.pk]
            taken = await service.claim_job(lates, job_id=job.pk, key="late", dispatch=stage.BOARD)
            assert taken.state is JobState.ASSIGNED
    assert await stage.what_is_broken() == []


async def test_no_offer_outlives_what_it_was_made_for() -> None:
    """Reassigned, cancelled, claimed by who has an offer, or out of time."""
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_a_driver=20)
    shop, _ = await stage.seller(coop)
    budi, budis = await offering.at(coop, "Budi", job_limit=9, cash_limit=9_000_000)
    await offering.at(coop, "Agus")
    chair = await stage.officer(coop)
    given, called_off, claimed, late = [await offering.looking(shop) for _ in range(4)]
    await mending.reassign_job(
        chair, job_id=given.pk, driver_id=budi.pk, reason="Langganan", key="k", dispatch=stage.BOARD
    )
    assert await states(given) == {"Budi": "WITHDRAWN", "Agus": "WITHDRAWN"}  # he was given it, he did not accept
    order = await SubOrder.get(pk=called_off.sub_order_id)
    await mending.cancel_for_order(None, offering.event("sub_order.cancelled", order))
    assert set((await states(called_off)).values()) == {"WITHDRAWN"}
    await service.claim_job(budis, job_id=claimed.pk, key="k2", dispatch=stage.BOARD)
    assert await states(claimed) == {"Budi": "ACCEPTED", "Agus": "WITHDRAWN"}
    with offering.hours() as hours:
        hours.now = late.open_until
        await mending.sweep_unserved(None)
    assert set((await states(late)).values()) == {"WITHDRAWN"}
    assert await JobSearch.filter(next_at__isnull=False).count() == 0
    assert await stage.what_is_broken() == []


async def test_a_job_given_back_looks_on_without_him_who_gave_it_back() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    agus, agus_actor = await offering.at(coop, "Agus")
    await offering.at(coop, "Budi")
    job = await offering.looking(shop)
    await offering.accept(agus_actor, (await offering.open_offers(job))["Agus"])
    await service.give_up_job(agus_actor, job_id=job.pk, reason="Mogok", key="k")
    await searching.on_opened(None, offering.event("job.opened", job))
    await searching.on_opened(None, offering.event("job.opened", job))  # the event may come twice
    assert list(await offering.open_offers(job)) == ["Budi"]
    skip = (await offering.why(job, agus)).skip
    assert skip is not None
    assert skip.reason is Reason.DECLINED
    assert await stage.what_is_broken() == []


async def test_who_takes_his_last_job_loses_his_other_offers() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    budi, budis = await offering.at(coop, "Budi")
    one, other = await offering.looking(shop), await offering.looking(shop)
    offer, second = (await offering.open_offers(one))["Budi"], (await offering.open_offers(other))["Budi"]
    await offering.accept(budis, offer)
    with pytest.raises(AtJobLimit):
        await offering.accept(budis, second, key="second")
    assigned = offering.event("job.assigned", one, driver_account_id=str(budi.account_id))
    await searching.on_assigned(None, assigned)
    await searching.on_assigned(None, assigned)
    assert (await JobOffer.get(pk=second.pk)).state is OfferState.WITHDRAWN
    await rounds.sweep(None)
    assert (await DeliveryJob.get(pk=other.pk)).state is JobState.OPEN
    skip = (await offering.why(other, budi)).skip
    assert skip is not None
    assert (skip.reason, skip.numbers) == (Reason.AT_JOB_LIMIT, (1, 1))


async def test_who_takes_cash_loses_the_offers_that_would_pass_his_limit() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    budi, budis = await offering.at(coop, "Budi", job_limit=3, cash_limit=100_000)
    in_cash, more_cash = await offering.looking(shop), await offering.looking(shop)
    paid = await offering.looking(shop, PaymentMethod.ONLINE)
    await offering.accept(budis, (await offering.open_offers(in_cash))["Budi"])
    assigned = offering.event("job.assigned", in_cash, driver_account_id=str(budi.account_id))
    await searching.on_assigned(None, assigned)
    assert await states(more_cash) == {"Budi": "WITHDRAWN"}
    assert await states(paid) == {"Budi": "OPEN"}


async def test_everyone_passed_over_has_a_reason_in_both_languages() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_at_once=1, offers_a_driver=1)
    shop, owner = await stage.seller(coop)
    reasons: dict[str, Reason] = {}

    async def with_reason(reason: Reason, **limits: int) -> tuple[Driver, Actor]:
        row, actor = await offering.at(coop, reason.value, metres=50, **limits)
        reasons[row.name] = reason
        return row, actor

    await offering.at(coop, "Pertama")
    await with_reason(Reason.OUTRANKED)
    await with_reason(Reason.CASH_LIMIT, cash_limit=1_000)
    heavy, _ = await with_reason(Reason.TOO_HEAVY)
    await Driver.filter(pk=heavy.pk).update(capacity_g=1)
    papers, _ = await with_reason(Reason.DOCUMENTS)
    yesterday = clock.now().date() - timedelta(days=2)
    await Driver.filter(pk=papers.pk).update(licence_expires_on=yesterday)
    _, resting = await with_reason(Reason.PAUSED)
    await shifts.pause_shift(resting)
    _, farther = await with_reason(Reason.TOO_FAR)
    await shifts.end_shift(farther)
    await shifts.start_shift(farther, place=stage.Place(-7.4, 112.75))
    full, _ = await with_reason(Reason.AT_JOB_LIMIT)
    earlier = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
    chair = await stage.officer(coop)
    await mending.reassign_job(
        chair, job_id=earlier.pk, driver_id=full.pk, reason="Dekat", key="k", dispatch=stage.BOARD
    )
    apart, _ = await with_reason(Reason.BLOCKED)
    past = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
    await DeliveryJob.filter(pk=past.pk).update(driver_id=apart.pk, driver_account_id=apart.account_id)
    await blocks.block_driver(owner, job_id=past.pk, side=BlockSide.SELLER, reason=None, key="b")
    await DeliveryJob.filter(pk=past.pk).update(driver_id=None, driver_account_id=None, state=JobState.CANCELLED)
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
    await DeliveryJob.filter(pk=job.pk).update(weight_g=5_000)
    await searching.on_opened(None, offering.event("job.opened", job))
    assert list(await offering.open_offers(job)) == ["Pertama"]
    for row in await Driver.filter(name__in=list(reasons)):
        skip = (await offering.why(job, row)).skip
        assert skip is not None, row.name
        assert skip.reason is reasons[row.name]
        indonesian, english = skip.words("id"), skip.words("en")
        assert indonesian
        assert english
        assert indonesian != english


async def test_a_pass_over_many_jobs_costs_no_more_statements_than_over_one() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_a_driver=20)
    shop, _ = await stage.seller(coop)
    for n in range(5):
        await offering.at(coop, f"Sopir {n}", metres=n * 100, cash_limit=50_000_000)

    async def cost(number: int) -> int:
        jobs = [await stage.job_of(await stage.sub_order(shop, await stage.account("Ani"))) for _ in range(number)]
        events = [offering.event("job.opened", job) for job in jobs]
        await searching._begin([event.aggregate_id for event in events])
        with count_statements() as counted:
            due = await JobSearch.filter(next_at__lte=clock.now())
            assert await rounds.step(due, clock.now()) == number
        assert await JobOffer.filter(job_id__in=[job.pk for job in jobs]).count() == number * 5
        return counted.number

    assert await cost(1) == await cost(3)


async def test_check_books_names_an_offer_that_does_not_fit_its_job() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    _, agus = await offering.at(coop, "Agus")
    budi, _ = await offering.at(coop, "Budi")
    job, other = await offering.looking(shop), await offering.looking(shop)
    offers = await offering.open_offers(job)
    await offering.accept(agus, offers["Agus"])
    await JobOffer.filter(pk=offers["Agus"].pk).update(driver_id=budi.pk, round=9)
    await JobOffer.filter(pk=offers["Budi"].pk).update(state=OfferState.OPEN)
    await JobSearch.filter(pk=other.pk).update(next_at=None)
    rules = [found.rule for found in await stage.what_is_broken()]
    assert [rule.split(" ", 1)[1][:20] for rule in rules] == [
        "an accepted offer is",
        "no offer is open of ",
        "a job that is put be",
    ]


async def test_many_waiting_jobs_are_assigned_together_and_each_driver_is_told_why() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_at_once=2, batch_from=2)
    shop, _ = await stage.seller(coop)
    near, _ = await offering.at(coop, "Dekat", metres=100)
    far, fars = await offering.at(coop, "Jauh", metres=600)
    jobs = [await stage.job_of(await stage.sub_order(shop, await stage.account("Ani"))) for _ in range(2)]
    await searching.on_opened_together(None, [offering.event("job.opened", job) for job in jobs])
    asked = [await offering.open_offers(job) for job in jobs]
    assert [len(offers) for offers in asked] == [1, 1]  # each driver one of the two, although two may be asked
    assert {name for offers in asked for name in offers} == {"Dekat", "Jauh"}
    other = next(job for job, offers in zip(jobs, asked, strict=True) if "Dekat" in offers)
    skip = (await offering.why(other, far)).skip
    assert skip is not None
    assert (skip.reason, skip.numbers) == (Reason.BATCHED, (2,))
    assert (await offering.why(other, near)).skip is None
    with offering.hours() as hours:
        mine = next(offers["Jauh"] for offers in asked if "Jauh" in offers)
        await offering.decline(fars, mine)
        await hours.later(1)  # one waits, below the threshold: it goes on as ever
        assert list(await offering.open_offers(await DeliveryJob.get(pk=mine.job_id))) == ["Dekat"]
