"""What members adopt, what drivers appeal against, how evenly they earn, and what is forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest

from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.deliveries import service, shifts
from marketplace.deliveries.dispatch import adoption, appeals, keeping, searching, standings
from marketplace.deliveries.dispatch.adoption import Terms
from marketplace.deliveries.dispatch.models import (
    AppealState,
    DispatchMode,
    DispatchPolicy,
    DriverStanding,
    EquityFigure,
    JobOffer,
    JobReasons,
    JobSearch,
)
from marketplace.deliveries.dispatch.policy import FAIR, Weights, WrongWeights
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.models import DeliveryJob
from marketplace.errors import Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Forbidden, Role
from tests.deliveries import offering, stage
from tests.deliveries.offering import RESULT

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def adopt(
    actor: Actor,
    coop: Cooperative,
    key: str,
    *,
    terms: Terms | None = None,
    weights: Weights = FAIR,
    replay_id: UUID | None = None,
    acceptance: str | None = None,
) -> DispatchPolicy:
    return await adoption.adopt_policy(
        actor,
        cooperative_id=coop.pk,
        terms=terms or Terms(DispatchMode.BOARD),
        weights=weights,
        replay_id=replay_id,
        decision="Rapat anggota",
        acceptance_decision=acceptance,
        key=key,
    )


async def test_versions_follow_one_another_and_name_what_members_saw() -> None:
    coop = await stage.cooperative("DRV")
    chair = await stage.officer(coop)
    kept = [
        await adoption.record_replay(chair, cooperative_id=coop.pk, title="Senin", result=RESULT, key=f"r{n}")
        for n in range(2)
    ]
    assert kept[0].pk == kept[1].pk  # the same result is kept once
    offers = Terms(DispatchMode.OFFERS)
    with pytest.raises(Invalid):
        await adopt(chair, coop, "a", terms=offers)  # nobody saw anything
    first = await adopt(chair, coop, "b", terms=offers, replay_id=kept[0].pk)
    assert (await adopt(chair, coop, "b", terms=offers, replay_id=kept[0].pk)).pk == first.pk
    second = await adopt(chair, coop, "c")
    assert (first.version, second.version) == (1, 2)
    assert (await DispatchPolicy.get(pk=first.pk)).ended_at is not None
    assert (await adoption.policies_in_force([coop.pk]))[coop.pk].pk == second.pk
    other = await stage.cooperative("FOD")
    with pytest.raises(NotFound):
        await adopt(await stage.officer(other), other, "d", terms=offers, replay_id=kept[0].pk)


async def test_a_policy_keeps_within_bounds() -> None:
    for field, terms in {
        "offersAtOnce": Terms(DispatchMode.BOARD, offers_at_once=21),
        "offersADriver": Terms(DispatchMode.BOARD, offers_a_driver=0),
        "expiresSeconds": Terms(DispatchMode.BOARD, expires_s=4),
        "radius": Terms(DispatchMode.BOARD, radius_m=30_001),
        "radiusGrowth": Terms(DispatchMode.BOARD, radius_growth_m=-1),
        "mostRounds": Terms(DispatchMode.BOARD, most_rounds=61),
        "alliesFromRound": Terms(DispatchMode.BOARD, allies_from_round=0),
        "batchFrom": Terms(DispatchMode.BOARD, batch_from=1),
    }.items():
        with pytest.raises(Invalid) as refused:
            terms.check()
        assert refused.value.faults[0].path == (field,)


async def test_only_officers_adopt_and_declining_costs_nothing_unless_members_said_so() -> None:
    coop = await stage.cooperative("DRV")
    for role in (Role.DRIVER, Role.DISPATCHER, Role.SUPERVISOR, Role.MEMBER):
        with pytest.raises(Forbidden):
            await adopt(await stage.officer(coop, role), coop, "a")
    with pytest.raises(Forbidden):
        await adopt(await stage.officer(await stage.cooperative("FOD")), coop, "a")
    chair = await stage.officer(coop)
    strict = Weights(nearness=9_000, since_last_job=0, equity=0, acceptance=1_000)
    with pytest.raises(Invalid):
        await adopt(chair, coop, "a", weights=strict)
    assert (await adopt(chair, coop, "b", weights=strict, acceptance="Keputusan 4")).acceptance_bp == 1_000
    with pytest.raises(WrongWeights):
        Weights(nearness=1, since_last_job=0, equity=0)


async def test_jobs_that_stand_open_go_by_a_new_policy_both_ways() -> None:
    coop = await stage.cooperative("DRV")
    shop, _ = await stage.seller(coop)
    driver, actor = await offering.at(coop, "Agus")
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
    page = await stage.BOARD.jobs_for(driver, near=stage.SURABAYA, radius_m=9_000, first=9, after=None)
    assert [row.pk for row in page.rows] == [job.pk]
    await offering.adopted(coop)
    with pytest.raises(NotFound):
        await service.claim_job(actor, job_id=job.pk, key="k", dispatch=stage.BOARD)
    await searching.on_adopted(None, offering.event("dispatch_policy.adopted", coop))
    with offering.hours() as hours:
        await hours.later(1)
        assert list(await offering.open_offers(job)) == ["Agus"]
        await adopt(await stage.officer(coop), coop, "board")
        await hours.later(23)
        assert (await DeliveryJob.get(pk=job.pk)).state is JobState.OPEN
        assert await offering.open_offers(job) == {}
        assert (await JobSearch.get(pk=job.pk)).next_at is None
        claimed = await service.claim_job(actor, job_id=job.pk, key="k", dispatch=stage.BOARD)
        assert claimed.state is JobState.ASSIGNED
    assert await stage.what_is_broken() == []


async def test_an_appeal_is_answered_once_by_another_than_the_driver() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    _, actor = await offering.at(coop, "Agus")
    _, stranger = await stage.driver(coop, "Baru")
    job = await offering.looking(shop)
    with pytest.raises(NotFound):
        await appeals.appeal(stranger, job_id=job.pk, text="Mengapa?", key="k")
    made = await appeals.appeal(actor, job_id=job.pk, text="Mengapa?", key="k")
    assert (await appeals.appeal(actor, job_id=job.pk, text="Mengapa?", key="k")).pk == made.pk
    with pytest.raises(appeals.AlreadyAppealed):
        await appeals.appeal(actor, job_id=job.pk, text="Mengapa lagi?", key="k2")
    himself = Actor(actor.account_id, grants=(await stage.officer(coop)).grants)
    with pytest.raises(Forbidden):
        await appeals.answer(himself, appeal_id=made.pk, is_upheld=True, text="Benar.", key="a")
    elsewhere = await stage.officer(await stage.cooperative("FOD"))
    with pytest.raises(NotFound):
        await appeals.answer(elsewhere, appeal_id=made.pk, is_upheld=True, text="Benar.", key="a")
    chair = await stage.officer(coop)
    answered = await appeals.answer(chair, appeal_id=made.pk, is_upheld=False, text="Urutannya benar.", key="a")
    assert answered.state is AppealState.DISMISSED
    with pytest.raises(appeals.AppealAnswered):
        await appeals.answer(chair, appeal_id=made.pk, is_upheld=True, text="Ternyata benar.", key="b")
    await JobReasons.all().delete()  # forgotten by age: the appeal keeps what it is about
    assert (await appeals.visible_appeal(actor, made.pk)) is not None
    assert await appeals.visible_appeal(stranger, made.pk) is None


async def test_earnings_an_available_hour_are_reckoned_and_published() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    with offering.hours() as hours:
        hours.now = (hours.now + timedelta(days=1)).replace(hour=2)  # all of it on one day where the co-op is
        rich, riches = await offering.at(coop, "Laris", job_limit=9, cash_limit=9_000_000)
        poor, poors = await offering.at(coop, "Sepi")
        await standings.sweep()
        assert (await EquityFigure.get()).gini_bp == 0
        job = await offering.looking(shop)
        await offering.accept(riches, (await offering.open_offers(job))["Laris"])
        hours.now += timedelta(hours=1)
        await shifts.pause_shift(poors)
        hours.now += timedelta(hours=1)  # an hour for another app counts for nothing
        await standings.sweep()
        standing = await DriverStanding.get(pk=rich.pk)
        assert (standing.earned, standing.available_s, standing.offers_accepted) == (11_040, 7_200, 1)
        assert (await DriverStanding.get(pk=poor.pk)).available_s == 3_600
        figure = await EquityFigure.get()
        assert (figure.drivers, figure.gini_bp) == (2, 5_000)  # one of two has all
        member = await stage.officer(coop, Role.MEMBER)
        assert len((await standings.figures_of(member, coop.pk, first=9, after=None)).rows) == 1
        stranger = await stage.officer(await stage.cooperative("FOD"))
        assert (await standings.figures_of(stranger, coop.pk, first=9, after=None)).rows == []


async def test_equity_puts_him_first_who_earned_less() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, weights=Weights(nearness=2_000, since_last_job=0, equity=8_000), offers_at_once=1)
    shop, _ = await stage.seller(coop)
    with offering.hours() as hours:
        _, near = await offering.at(coop, "Dekat", metres=0, job_limit=9, cash_limit=9_000_000)
        await offering.at(coop, "Jauh", metres=500)
        job = await offering.looking(shop)
        await offering.accept(near, (await offering.open_offers(job))["Dekat"])
        hours.now += timedelta(hours=1)
        await standings.sweep()
        assert list(await offering.open_offers(await offering.looking(shop))) == ["Jauh"]


async def test_what_is_old_is_forgotten_and_what_was_taken_kept() -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    _, agus = await offering.at(coop, "Agus")
    await offering.at(coop, "Budi", metres=100)
    job = await offering.looking(shop)
    await offering.accept(agus, (await offering.open_offers(job))["Agus"])
    assert await keeping.sweep(None) == 0
    with offering.hours() as hours:
        hours.now = clock.now() + keeping.KEEP_FOR + timedelta(minutes=1)
        assert await keeping.sweep(None) == 4  # the job's reasons, each driver's way there, an offer
    assert [offer.state.value for offer in await JobOffer.all()] == ["ACCEPTED"]
    assert await stage.what_is_broken() == []


async def test_nonsense_is_refused() -> None:
    coop = await stage.cooperative("DRV")
    chair = await stage.officer(coop)
    for title, result in (("", offering.RESULT), ("A", "[]"), ("A", "nonsense"), ("A", " " * 200_001)):
        with pytest.raises(MarketplaceError):
            await adoption.record_replay(chair, cooperative_id=coop.pk, title=title, result=result, key="k")
