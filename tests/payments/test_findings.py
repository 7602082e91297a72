"""A payout that nobody answered for is ended by officers, one way or the other, and never both."""

from itertools import product

import pytest

from cooperatives.ledger.service import Purpose
from marketplace import worker
from marketplace.database import new_id
from marketplace.errors import Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.models import Account
from marketplace.identity.service import grant_role
from marketplace.notices.models import Notice, NoticeKind
from marketplace.payments.gateway import ChargeOutcome, Sent
from marketplace.payments.payouts import findings, sending, service
from marketplace.payments.payouts.lifecycle import PayoutState, PayoutWrongState
from marketplace.payments.payouts.models import Payout, PayoutFinding
from tests.orders import stage
from tests.payments.rails.accounts import officer
from tests.payments.rails.fake_midtrans import FakeMidtrans
from tests.payments.test_payouts import Coop, coop, later, midtrans, settings
from tests.test_checks import broken

__all__ = ["coop", "midtrans", "settings"]
pytestmark = pytest.mark.anyio
CONFIRMED, FAILED = PayoutState.CONFIRMED, PayoutState.FAILED


async def unanswered(coop: Coop, midtrans: FakeMidtrans, amount: int = 500_000) -> Payout:
    """Sent, the answer lost, and too old to be asked for again."""
    await coop.decided()
    payout = await coop.ask(amount)
    if amount >= 1_000_000:
        for role in (Role.CHAIR, Role.TREASURER):
            await service.approve_payout(officer(coop.row, role), payout_id=payout.id, key=str(new_id()))
    midtrans.mishaps = ["500"]
    assert await coop.send() == 1
    midtrans.mishaps = []
    later(60 * 21)
    assert await sending.reconcile(coop.adapters.rails) == 0
    return payout


async def end(
    coop: Coop, payout: Payout, who: Actor, outcome: PayoutState, evidence: str = "TRX-1", key: str = ""
) -> Payout:
    return await findings.end_payout(
        who,
        payout_id=payout.id,
        outcome=outcome,
        evidence=evidence,
        rails=coop.adapters.rails,
        key=key or str(new_id()),
    )


@pytest.mark.parametrize(("outcome", "other"), [(CONFIRMED, FAILED), (FAILED, CONFIRMED)])
async def test_one_officer_below_the_threshold_and_never_both(
    coop: Coop, midtrans: FakeMidtrans, outcome: PayoutState, other: PayoutState
) -> None:
    payout = await unanswered(coop, midtrans)
    chair = officer(coop.row, Role.CHAIR)
    for _ in range(2):
        ended = await end(coop, payout, chair, outcome, key="same")
    assert ended.state is outcome
    with pytest.raises(PayoutWrongState):
        await end(coop, payout, chair, other)
    with pytest.raises(PayoutWrongState):
        await end(coop, payout, officer(coop.row, Role.TREASURER), other)
    gone = 500_000 if outcome is CONFIRMED else 0
    assert await coop.holds(Purpose.GATEWAY_CLEARING) == 2_000_000 - gone == await coop.owed()
    assert await coop.holds(Purpose.PAYOUT_CLEARING, payout.id) == 0
    assert await broken() == set()


ORDERS = list(product((CONFIRMED, FAILED), repeat=2))


@pytest.mark.parametrize(("first", "second"), ORDERS)
async def test_two_officers_above_it_and_only_where_they_agree(
    coop: Coop, midtrans: FakeMidtrans, first: PayoutState, second: PayoutState
) -> None:
    payout = await unanswered(coop, midtrans, 1_500_000)
    chair, treasurer = officer(coop.row, Role.CHAIR), officer(coop.row, Role.TREASURER)
    for _ in range(2):  # one alone, however often
        assert (await end(coop, payout, chair, first)).state is PayoutState.SENT
    if first is second:
        assert (await end(coop, payout, treasurer, second)).state is second
    else:
        with pytest.raises(findings.FoundOtherwise):
            await end(coop, payout, treasurer, second)
        assert (await Payout.get(id=payout.id)).state is PayoutState.SENT
        assert (await end(coop, payout, chair, second)).state is PayoutState.SENT  # the first looks again
        assert (await end(coop, payout, treasurer, second)).state is second
    found = await PayoutFinding.get(id=payout.id)
    assert (found.outcome, found.found_by, found.agreed_by) == (second, chair.account_id, treasurer.account_id)
    assert await coop.owed() == (2_000_000 if second is FAILED else 500_000)
    assert await broken() == set()


async def test_not_while_the_provider_is_asked_nor_what_it_knows(coop: Coop, midtrans: FakeMidtrans) -> None:
    await coop.decided()
    payout = await coop.ask(500_000)
    await coop.send()  # the provider has it, queued
    chair = officer(coop.row, Role.CHAIR)
    with pytest.raises(findings.StillAsked):
        await end(coop, payout, chair, FAILED)
    later(60 * 21)
    with pytest.raises(findings.StillUnderWay):
        await end(coop, payout, chair, FAILED)
    (reference,) = midtrans.payouts
    midtrans.settle_payout(reference)
    told = await end(coop, payout, chair, FAILED)
    assert told.state is CONFIRMED  # its word goes before what anybody found
    assert await PayoutFinding.all().count() == 0
    assert await broken() == set()


async def test_not_by_who_asked_nor_by_anyone_else_nor_without_evidence(coop: Coop, midtrans: FakeMidtrans) -> None:
    payout = await unanswered(coop, midtrans)
    own = Actor(coop.owner.account_id, grants=frozenset({Grant(Role.CHAIR, cooperative_id=coop.row.pk)}))
    refused: list[tuple[Actor, PayoutState, str, type[MarketplaceError]]] = [
        (own, FAILED, "TRX-1", findings.NotTheRequester),
        (officer(coop.row, Role.SECRETARY), FAILED, "TRX-1", NotFound),
        (coop.owner, CONFIRMED, "TRX-1", NotFound),
        (officer(coop.row, Role.CHAIR), CONFIRMED, " x ", Invalid),
        (officer(coop.row, Role.CHAIR), CONFIRMED, "x" * 61, Invalid),
        (officer(coop.row, Role.CHAIR), PayoutState.CANCELLED, "TRX-1", Invalid),
    ]
    for who, outcome, evidence, why in refused:
        with pytest.raises(why):
            await end(coop, payout, who, outcome, evidence)
    assert (await Payout.get(id=payout.id)).state is PayoutState.SENT


async def test_a_provider_that_says_the_opposite_later_is_laid_before_the_officers(
    coop: Coop, midtrans: FakeMidtrans
) -> None:
    payout = await unanswered(coop, midtrans)
    treasurer = (await stage.buyer("Lilik")).account_id
    assert treasurer is not None
    await grant_role(treasurer, Role.TREASURER, cooperative_id=coop.row.pk)
    await end(coop, payout, officer(coop.row, Role.CHAIR), FAILED, "mutasi BCA, tidak ada")
    for _ in range(3):
        late = await service.settle(payout.id, Sent(ChargeOutcome.SUCCEEDED, "P-1"))
        assert late.state is FAILED
    assert (await PayoutFinding.get(id=payout.id)).contradicted_at is not None
    assert await coop.owed() == 2_000_000
    await worker.drain(coop.adapters)
    told = await Notice.filter(kind=NoticeKind.PAYOUT_CONTRADICTED)
    assert [row.account_id for row in told] == [treasurer]
    assert await broken() == set()


async def test_whoever_may_be_the_second_is_told_but_not_who_proposed(coop: Coop, midtrans: FakeMidtrans) -> None:
    await worker.drain(coop.adapters)  # what was asked before anybody held an office
    people = []
    for role in (Role.CHAIR, Role.TREASURER, Role.SECRETARY):
        people.append((await Account.create(phone=f"+6281{new_id().int % 10**9}", name=role.value)).pk)
        await grant_role(people[-1], role, cooperative_id=coop.row.pk)
    chair, treasurer, _ = people
    payout = await unanswered(coop, midtrans, 1_500_000)
    finder = Actor(chair, grants=frozenset({Grant(Role.CHAIR, cooperative_id=coop.row.pk)}))
    await end(coop, payout, finder, CONFIRMED)
    await worker.drain(coop.adapters)
    await worker.drain(coop.adapters)
    told = {(row.kind, row.account_id) for row in await Notice.filter(account_id__in=people)}
    assert told == {
        (NoticeKind.PAYOUT_TO_APPROVE, chair),
        (NoticeKind.PAYOUT_TO_APPROVE, treasurer),
        (NoticeKind.PAYOUT_OUTCOME_TO_APPROVE, treasurer),
    }
