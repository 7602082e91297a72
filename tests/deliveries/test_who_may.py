"""Who may do what with a delivery: each operation tried by everyone, and nothing changed where it is refused."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from marketplace.deliveries import counter, drivers, mending, opening, reading, service
from marketplace.deliveries.lifecycle import FailureCode, JobState
from marketplace.deliveries.mending import UnservedAnswer
from marketplace.deliveries.models import (
    CustodyReceipt,
    DeliveryJob,
    Driver,
    DriverState,
    Drop,
    FarePayer,
    JobStateChange,
)
from marketplace.deliveries.opening import DropWish
from marketplace.errors import Code, MarketplaceError
from marketplace.identity.actor import NOBODY, Actor, Grant, Role
from marketplace.orders.models import SubOrder
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER

pytestmark = pytest.mark.anyio
HIDDEN = {Code.NOT_FOUND, Code.FORBIDDEN, Code.UNAUTHENTICATED}
Try = Callable[[Actor], Awaitable[Any]]


class Town:
    """A job held by Budi of DRV for Bu Sri's shop of FOD, bought by Ani; and everyone who might meddle."""

    async def build(self) -> "Town":
        self.food, self.drivers = await stage.cooperative("FOD"), await stage.cooperative("DRV")
        other = await stage.cooperative("LOG")
        await stage.ally(self.food, self.drivers)
        self.shop, owner = await stage.seller(self.food)
        _, other_owner = await stage.seller(self.food)
        self.ani = await stage.account("Ani")
        self.order = await stage.sub_order(self.shop, self.ani)
        self.job = await stage.job_of(self.order)
        _, budi = await stage.on_shift(self.drivers, "Budi")
        self.siti, siti = await stage.on_shift(self.drivers, "Siti")
        self.applicant = (await stage.driver(self.drivers, "Joko"))[0]
        await Driver.filter(pk=self.applicant.pk).update(state=DriverState.APPLIED)
        await service.claim_job(budi, job_id=self.job.pk, key="c", dispatch=BOARD)
        staff = await stage.account("Staf")
        self.people = {
            "nobody": NOBODY,
            "stranger": Actor(account_id=(await stage.account("Orang")).pk),
            "buyer": Actor(account_id=self.ani.pk),
            "seller": owner,
            "staff": Actor(account_id=staff.pk, grants=frozenset({Grant(Role.SELLER_STAFF, None, self.shop.pk)})),
            "other seller": other_owner,
            "holder": budi,
            "other driver": siti,
            "foreign officer": await stage.officer(other),
            "seller's officer": await stage.officer(self.food),
            "carrier's officer": await stage.officer(self.drivers),
            "carrier's dispatcher": await stage.officer(self.drivers, Role.DISPATCHER),
            "supervisor": await stage.officer(self.drivers, Role.SUPERVISOR),
            "platform": await stage.officer(self.drivers, Role.PLATFORM_REPRESENTATIVE),
            "government": await stage.officer(self.drivers, Role.GOVERNMENT_SUPERVISOR),
            "operator": Actor(account_id=staff.pk, grants=frozenset({Grant(Role.NODE_OPERATOR)})),
        }
        return self

    def tries(self) -> dict[str, tuple[Try, set[str]]]:
        """Each operation, and who may do it (the holder's are tried in states where even he fails otherwise)."""
        id, drop = self.job.pk, DropWish("Ani", "", "Jl. Mawar", "", -7.27, 112.75)
        officers = {"seller's officer", "carrier's officer", "carrier's dispatcher"}
        carriers = {"carrier's officer"}
        return {
            "claim": (lambda a: service.claim_job(a, job_id=id, key="x", dispatch=BOARD), set()),
            "give up": (lambda a: service.give_up_job(a, job_id=id, reason="x", key="x"), {"holder"}),
            "arrive": (lambda a: service.arrive_at_pickup(a, job_id=id, key="x"), {"holder"}),
            "pick up": (
                lambda a: service.confirm_pickup(a, job_id=id, pin="1111", place=None, key="x", signer=SIGNER),
                {"holder"},
            ),
            "drop off": (
                lambda a: service.confirm_drop_off(
                    a, job_id=id, drop_id=None, pin="2222", place=None, key="x", signer=SIGNER
                ),
                {"holder"},
            ),
            "fail": (
                lambda a: service.fail_drop_off(
                    a, job_id=id, drop_id=None, code=FailureCode.REFUSED, text="", key="x"
                ),
                {"holder"},
            ),
            "reassign": (
                lambda a: mending.reassign_job(
                    a, job_id=id, driver_id=self.siti.pk, reason="x", key="x", dispatch=BOARD
                ),
                officers,
            ),
            "release pins": (lambda a: mending.release_pins(a, job_id=id, reason="x", key="x"), officers),
            "cancel": (lambda a: mending.cancel_delivery(a, job_id=id, reason="x", key="x"), {"seller", "staff"}),
            "answer": (
                lambda a: mending.answer_unserved(a, job_id=id, answer=UnservedAnswer.WAIT, key="x"),
                {"buyer"},
            ),
            "book": (
                lambda a: opening.book_delivery(
                    a, seller_id=self.shop.pk, drops=[drop], weight_g=0, fare_payer=FarePayer.SELLER_PAYABLE, key="x"
                ),
                {"seller", "staff"},
            ),
            "hand over": (
                lambda a: counter.hand_over(a, sub_order_id=self.order.pk, pin="2222", key="x"),
                {"seller", "staff", "seller's officer"},
            ),
            "approve driver": (
                lambda a: drivers.approve_driver(a, driver_id=self.applicant.pk, key="x"),
                carriers,
            ),
        }


async def picture() -> list[Any]:
    """All that a delivery's operations may change."""
    columns = ("id", "state", "version")
    return [
        await DeliveryJob.all().order_by("id").values(*columns),
        await SubOrder.all().order_by("id").values(*columns),
        await Drop.all().order_by("id").values("id", "state", "wrong_pins"),
        await Driver.all().order_by("id").values("id", "state"),
        await JobStateChange.all().count(),
        await CustodyReceipt.all().count(),
    ]


async def test_the_matrix(db: object) -> None:
    town = await Town().build()
    before = await picture()
    for name, (attempt, allowed) in town.tries().items():
        for who, actor in town.people.items():
            if who in allowed:
                continue
            with pytest.raises(MarketplaceError) as refused:
                await attempt(actor)
            # Another driver of the co-op knows of the board: he hears that he was late.
            known = HIDDEN | ({Code.JOB_TAKEN} if name == "claim" else set())
            assert refused.value.code in known or (name, who) == ("claim", "holder"), (name, who)
            assert await picture() == before, (name, who)


async def test_who_sees_the_job(db: object) -> None:
    town = await Town().build()
    seers = set()
    for who, actor in town.people.items():
        if await reading.find_job(actor, town.job.pk, dispatch=BOARD) is not None:
            seers.add(who)
    officers = {"seller's officer", "carrier's officer", "carrier's dispatcher", "supervisor"}
    assert seers == {"buyer", "seller", "staff", "holder"} | officers
    await DeliveryJob.filter(pk=town.job.pk).update(
        state=JobState.OPEN, driver_id=None, carrier_id=None, driver_account_id=None
    )
    found = await reading.find_job(town.people["other driver"], town.job.pk, dispatch=BOARD)
    assert found is not None
    assert found[1].may_take
    assert not found[1].is_full
