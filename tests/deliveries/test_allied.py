"""An alliance's terms at work: what the board shows, what may be claimed, which share a job keeps, and notice."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from cooperatives.ledger.service import Purpose as P
from cooperatives.membership import service as membership
from cooperatives.membership.carrying import OutsideAlliance
from cooperatives.membership.models import Alliance, AllianceTerms, AllianceUse, Cooperative, TermsState
from cooperatives.membership.terms import Bar, Circle, Regions, Terms
from marketplace import clock
from marketplace.database import new_id
from marketplace.deliveries import reading, service
from marketplace.deliveries.models import DeliveryJob
from marketplace.errors import Conflict, Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden
from marketplace.orders.models import PaymentMethod
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER
from tests.deliveries.test_board import put_out

pytestmark = pytest.mark.anyio


async def allied(terms: Terms, share_bp: int = 9_000) -> tuple[Cooperative, Cooperative, Alliance, Actor, Actor]:
    """Two co-ops that agreed on these terms, and an officer of each: seller's, carrier's."""
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    mine, theirs = await stage.officer(a), await stage.officer(b)
    proposed = await membership.propose_alliance(
        mine,
        as_cooperative_id=a.pk,
        seller_cooperative_id=a.pk,
        carrier_cooperative_id=b.pk,
        carrier_share_bp=share_bp,
        terms=terms,
    )
    with pytest.raises(Conflict):  # nobody agrees to terms unread
        await membership.agree_alliance(theirs, alliance_id=proposed.pk, carrier_share_bp=share_bp)
    agreed = await membership.agree_alliance(theirs, alliance_id=proposed.pk, carrier_share_bp=share_bp, version=1)
    return a, b, agreed, mine, theirs


async def seen(actor: Actor, first: int = 20) -> list[UUID]:
    page = await reading.job_board(
        actor, near=stage.SURABAYA, radius_m=5_000, first=first, after=None, dispatch=BOARD
    )
    return [job.pk for job in page.rows]


async def claim(actor: Actor, job: DeliveryJob) -> DeliveryJob:
    return await service.claim_job(actor, job_id=job.pk, key=str(new_id()), dispatch=BOARD)


async def test_the_board_shows_what_lies_within_the_area(db: object) -> None:
    a, b, *_ = await allied(Terms(area=Circle(-7.26, 112.75, 1_500)))
    _, actor = await stage.on_shift(b, "Budi")
    away = await put_out(a, 30, pickup_lat=-7.28)
    near = await put_out(a, 3)
    assert await seen(actor, first=3) == [job.pk for job in near]  # looked further, past those left out
    with pytest.raises(NotFound):
        await claim(actor, away[0])
    at = clock.now()
    barred = await membership.why_not(a.pk, b.pk, at=at, where=None)
    assert barred is None
    assert list(await membership.carriers_for(a.pk, at=at)) == [a.pk, b.pk]


async def test_regions_bound_too(db: object) -> None:
    a, b, alliance, mine, theirs = await allied(Terms(area=Regions(("35.78",))))
    _, actor = await stage.on_shift(b, "Budi")
    await put_out(a)
    assert len(await seen(actor)) == 1
    await membership.propose_terms(
        mine, alliance_id=alliance.pk, as_cooperative_id=a.pk, terms=Terms(9_000, area=Regions(("35.15",)))
    )
    assert len(await seen(actor)) == 1  # until the other side has agreed
    await membership.agree_terms(theirs, alliance_id=alliance.pk, version=2)
    assert await seen(actor) == []


async def test_limits_count_jobs_of_the_day_and_cash_under_way(db: object) -> None:
    a, b, *_ = await allied(Terms(jobs_a_day=2, open_rupiah=100_000))
    _, actor = await stage.on_shift(b, "Budi", job_limit=5)
    small, large, third = [(await put_out(a, cash_to_collect=cash))[0] for cash in (60_000, 60_000, 30_000)]
    assert len(await seen(actor)) == 3
    await claim(actor, small)
    assert await seen(actor) == [third.pk]  # the other's cash would pass the limit
    await service.give_up_job(actor, job_id=small.pk, reason="Ban bocor", key="give up")
    assert len(await seen(actor)) == 3  # given up, it counts for nothing
    await claim(actor, third)
    assert await seen(actor) == [small.pk, large.pk]
    await claim(actor, small)
    assert await seen(actor) == []
    barred = await membership.why_not(a.pk, b.pk, at=clock.now(), where=None)
    assert barred is not None
    assert barred.bar is Bar.JOBS_A_DAY


async def test_two_claims_cannot_both_take_the_last_of_a_limit(db: object, monkeypatch: Any) -> None:
    a, b, *_ = await allied(Terms(jobs_a_day=1))
    drivers = [(await stage.on_shift(b, name))[1] for name in ("Budi", "Siti")]
    jobs = await put_out(a, 2)

    async def everyone(*_: object) -> bool:  # what the board thought a moment ago
        return True

    monkeypatch.setattr(BOARD.__class__, "may_take", everyone)
    await claim(drivers[0], jobs[0])
    with pytest.raises(OutsideAlliance) as refused:
        await claim(drivers[1], jobs[1])
    assert "1 jobs of today" in refused.value.message("en")
    assert "1 tugas hari ini" in refused.value.message("id")
    assert (await DeliveryJob.get(pk=jobs[1].pk)).driver_id is None
    assert await AllianceUse.all().count() == 1


async def test_a_job_keeps_the_share_at_which_it_was_taken(db: object) -> None:
    a, b, alliance, mine, theirs = await allied(Terms(5_000, least=9_000), share_bp=5_000)
    shop, _ = await stage.seller(a)
    order = await stage.sub_order(shop, await stage.account("Ani"), method=PaymentMethod.ONLINE)
    job = await stage.job_of(order)
    budi, actor = await stage.on_shift(b, "Budi")
    await claim(actor, job)
    await membership.propose_terms(theirs, alliance_id=alliance.pk, as_cooperative_id=b.pk, terms=Terms(10_000))
    await membership.agree_terms(mine, alliance_id=alliance.pk, version=2)
    await membership.end_alliance(mine, alliance_id=alliance.pk)  # and what is under way goes on
    await service.arrive_at_pickup(actor, job_id=job.pk, key="1")
    await service.confirm_pickup(actor, job_id=job.pk, pin="1111", place=None, key="2", signer=SIGNER)
    await service.arrive_at_drop_off(actor, job_id=job.pk, drop_id=None, key="3")
    await service.confirm_drop_off(actor, job_id=job.pk, drop_id=None, pin="2222", place=None, key="4", signer=SIGNER)
    assert await stage.amount(b, P.DUE_FROM, a.pk) == 9_000  # of 12,000: half, but 9,000 at least
    assert await stage.amount(b, P.DRIVER_PAYABLE, budi.account_id) == 8_280
    assert (await AllianceUse.get()).ended_at is not None
    assert await stage.what_is_broken(SIGNER) == []


async def test_an_alliance_is_ended_with_notice(db: object) -> None:
    a, b, alliance, mine, theirs = await allied(Terms(notice_days=14))
    ended = await membership.end_alliance(theirs, alliance_id=alliance.pk)
    assert ended.ends_at is not None
    assert timedelta(days=13) < ended.ends_at - clock.now() <= timedelta(days=14)
    assert (await membership.end_alliance(mine, alliance_id=alliance.pk)).ends_at == ended.ends_at
    assert await membership.carriers_for(a.pk, at=clock.now()) == [a.pk, b.pk]
    after = ended.ends_at + timedelta(seconds=1)
    assert await membership.carriers_for(a.pk, at=after) == [a.pk]
    clock.use(lambda: after)
    try:
        assert await membership.carriers_for(a.pk) == [a.pk]
        with pytest.raises(NotFound):
            await membership.carrier_terms(a.pk, b.pk)
        again = await membership.propose_alliance(
            mine,
            as_cooperative_id=a.pk,
            seller_cooperative_id=a.pk,
            carrier_cooperative_id=b.pk,
            carrier_share_bp=8_000,
        )
    finally:
        clock.use(None)
    assert (again.pk, again.terms_version, again.ends_at) == (alliance.pk, None, None)
    assert [row.state for row in await AllianceTerms.all()] == [TermsState.WITHDRAWN]


async def test_who_may_change_terms(db: object) -> None:
    a, b, alliance, mine, theirs = await allied(Terms())
    both = Actor(mine.account_id, grants=mine.grants | theirs.grants)
    stranger = await stage.officer(await stage.cooperative("LOG"))
    asked = {"alliance_id": alliance.pk, "as_cooperative_id": a.pk, "terms": Terms(8_000)}
    with pytest.raises(NotFound):
        await membership.propose_terms(stranger, **asked)
    with pytest.raises(Forbidden):
        await membership.propose_terms(theirs, **asked)
    with pytest.raises(Invalid):
        await membership.propose_terms(
            mine, **asked | {"terms": Terms(holds_until=datetime(2020, 1, 1).astimezone())}
        )
    await membership.propose_terms(mine, **asked)
    with pytest.raises(Forbidden):
        await membership.agree_terms(both, alliance_id=alliance.pk, version=2)
    with pytest.raises(Conflict):
        await membership.agree_terms(theirs, alliance_id=alliance.pk, version=3)
    await membership.withdraw_terms(theirs, alliance_id=alliance.pk, version=2)
    assert await membership.carrier_terms(a.pk, b.pk) == 9_000


async def test_reading_terms_costs_no_more_for_many_allies(db: object) -> None:
    counted = []
    seller = await stage.cooperative("FOD")
    for number in range(6):
        await stage.ally(seller, await stage.cooperative(f"D{number}"))
        if number:
            alliance = await Alliance.filter(seller_cooperative_id=seller.pk).order_by("-id").first()
            assert alliance is not None
            await AllianceTerms.create(
                alliance_id=alliance.pk,
                version=1,
                state=TermsState.AGREED,
                carrier_share_bp=9_000,
                least=0,
                least_per_km=0,
                zone="Asia/Jakarta",
                jobs_a_day=5,
                notice_days=0,
                proposed_by_cooperative_id=seller.pk,
            )
            await Alliance.filter(pk=alliance.pk).update(terms_version=1)
        with count_statements() as count:
            await membership.carriers_for(seller.pk, at=clock.now())
        counted.append(count.number)
    assert counted == [1, 3, 3, 3, 3, 3]


async def test_goods_on_the_road_may_be_passed_on_after_hours(db: object) -> None:
    a, b, alliance, _, _ = await allied(Terms())
    siti, _ = await stage.on_shift(b, "Siti")
    (job,) = await put_out(a)
    assert await BOARD.may_take(job, siti)
    await AllianceTerms.filter(alliance_id=alliance.pk).update(hours=[[(clock.now().weekday() + 3) % 7, 0, 1]])
    assert not await BOARD.may_take(job, siti)
    job.picked_up_at = clock.now()  # Budi has it, and his tyre bursts
    assert await BOARD.may_take(job, siti)
    job.hub_id = new_id()  # at a hub it waits again, and the hours count
    assert not await BOARD.may_take(job, siti)
