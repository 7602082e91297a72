"""What waits for a second officer is in his list, and in nobody else's; and leaves it when it waits no more."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from cooperatives.books import books, vouchers
from cooperatives.books.lining import VoucherKind
from cooperatives.loans import service as lending
from cooperatives.loans.borrowing import Contract
from cooperatives.loans.kinds import Lender, LoanPurpose
from cooperatives.loans.models import Loan, LoanRestructuring
from cooperatives.loans.products import Offer
from cooperatives.loans.schedules import Method
from cooperatives.membership import offices
from cooperatives.membership.models import Membership
from cooperatives.moving.models import MovingSet
from cooperatives.protection.benefit_models import BenefitState, ProtectionBenefitPayment
from cooperatives.protection.kinds import RemittanceWay
from cooperatives.protection.models import ProtectionBatch
from cooperatives.savings.models import SavingsWithdrawal, WithdrawalWay
from cooperatives.settlements import accounts as settlement_accounts
from marketplace import clock
from marketplace.database import new_id
from marketplace.identity.actor import NOBODY, Actor, Grant, Role, Unauthenticated
from marketplace.identity.models import Account
from marketplace.identity.seconding import Awaiting
from marketplace.notices.awaiting import awaiting
from marketplace.payments import collecting
from marketplace.payments.models import RailKind
from marketplace.payments.payouts.lifecycle import PayeeKind, PayoutState
from marketplace.payments.payouts.models import Payout, PayoutFinding
from marketplace.payments.rails import Rails, accounts
from marketplace.payments.rails.accounts import RailWish
from marketplace.settings import Settings
from tests.cooperatives.books.desk import Desk, desk
from tests.counting import count_statements
from tests.payments.rails.accounts import MIDTRANS

pytestmark = pytest.mark.anyio
ANY = {
    Awaiting.VOUCHER,
    Awaiting.VOUCHER_THRESHOLD,
    Awaiting.SETTLEMENT_ACCOUNT,
    Awaiting.OFFICE,
    Awaiting.LOAN,
    Awaiting.LOAN_RESTRUCTURING,
    Awaiting.BORROWING,
}


async def payout(at: Desk, state: PayoutState, **facts: object) -> Payout:
    return await Payout.create(
        cooperative_id=at.id,
        payee=PayeeKind.SELLER,
        payee_id=new_id(),
        amount=9_000_000,
        state=state,
        institution="bca",
        masked="bca …3826 (Bu Sri)",
        sealed="",
        requested_by=new_id(),
        **facts,
    )


async def asked_of(at: Desk, member: Account) -> Loan:
    """A loan that the treasurer has agreed to, with other terms that he proposes too."""
    offer = Offer("Motor", LoanPurpose.MOTORCYCLE, Method.ANNUITY, 1_200, 1_000_000, 9_000_000, 12, 12)
    product = await lending.offer_product(at.treasurer, cooperative_id=at.id, offer=offer, key="offer")
    asker = Actor(member.pk)
    loan = await lending.apply_for_loan(
        asker, product_id=product.pk, amount=9_000_000, months=12, reason="Motor", key="ask"
    )
    assert at.treasurer.account_id is not None
    await LoanRestructuring.create(
        loan_id=loan.pk, months=24, rate_bp=1_200, reason="Sakit", proposed_by=at.treasurer.account_id
    )
    return await lending.approve_loan(at.treasurer, loan_id=loan.pk)


async def proposed_by_treasurer(at: Desk, rails: Rails) -> dict[Awaiting, UUID]:
    """One of everything that takes two, each proposed by the treasurer, but the office by the chair."""
    treasurer, coop_id = at.treasurer, at.id
    voucher = await at.book(
        date(2026, 11, 20), {"1-1101": 6_000_000}, {"3-1101": 6_000_000}, kind=VoucherKind.CASH_IN
    )
    await books.set_threshold(treasurer, cooperative_id=coop_id, amount=20_000_000)
    account = await settlement_accounts.propose_account(
        treasurer, cooperative_id=coop_id, institution="bca", number="1172993826", holder="Koperasi", key="sa"
    )
    rail = await accounts.propose_rail(
        treasurer,
        cooperative_id=coop_id,
        wish=RailWish(RailKind.MIDTRANS, MIDTRANS, {}),
        vault=rails.vault,
        key="rail",
    )
    await collecting.set_consent(treasurer, cooperative_id=coop_id, is_given=True, key="consent")
    person = await Account.create(phone="+6281299990000", name="Budi")
    await Membership.create(cooperative_id=coop_id, account_id=person.pk, number=99, state="ACTIVE")
    office = await offices.grant_office(at.chair, cooperative_id=coop_id, account_id=person.pk, role=Role.TREASURER)
    loan = await asked_of(at, person)
    contract = Contract(Lender.BANK, "BPD", "1/2026", 9_000_000, 12, 900, Method.ANNUITY, date(2026, 1, 5))
    borrowed = await lending.record_borrowing(treasurer, cooperative_id=coop_id, contract=contract, key="borrow")
    asked = await payout(at, PayoutState.REQUESTED)
    sent = await payout(at, PayoutState.SENT, sent_at=clock.now() - timedelta(hours=21))
    await PayoutFinding.create(
        id=sent.pk,
        outcome=PayoutState.FAILED,
        evidence="mutasi",
        found_by=treasurer.account_id,
        found_at=clock.now(),
    )
    withdrawal = await SavingsWithdrawal.create(
        cooperative_id=coop_id,
        savings_id=new_id(),
        membership_id=new_id(),
        account_id=treasurer.account_id,
        amount=6_000_000,
        way=WithdrawalWay.CASH,
        payable_from=date(2026, 11, 20),
        needs_two=True,
        requested_by=treasurer.account_id,
    )
    batch = await ProtectionBatch.create(
        cooperative_id=coop_id,
        programme_id=new_id(),
        month=date(2026, 11, 1),
        number="PB/2026/11/1",
        bills=1_000,
        amount=8_400_000,
        needs_two=True,
    )
    benefit = await ProtectionBenefitPayment.create(
        benefit_id=new_id(),
        cooperative_id=coop_id,
        payee="",
        is_named=True,
        amount=42_000_000,
        way=RemittanceWay.TRANSFER,
        reference="JKM",
        state=BenefitState.ASKED,
        asked_by=treasurer.account_id,
    )
    moving = await MovingSet.create(
        cooperative_id=coop_id, fingerprint="f", totals={}, proposed_by=treasurer.account_id
    )
    return {
        Awaiting.BENEFIT: benefit.pk,
        Awaiting.MOVING_SET: moving.pk,
        Awaiting.REMITTANCE: batch.pk,
        Awaiting.SAVINGS_WITHDRAWAL: withdrawal.pk,
        Awaiting.VOUCHER: voucher.pk,
        Awaiting.VOUCHER_THRESHOLD: coop_id,
        Awaiting.SETTLEMENT_ACCOUNT: account.id,
        Awaiting.RAIL_ACCOUNT: rail.id,
        Awaiting.COLLECTING_CONSENT: coop_id,
        Awaiting.OFFICE: office.id,
        Awaiting.PAYOUT: asked.pk,
        Awaiting.PAYOUT_OUTCOME: sent.pk,
        Awaiting.LOAN: loan.pk,
        Awaiting.LOAN_RESTRUCTURING: loan.pk,
        Awaiting.BORROWING: borrowed.pk,
    }


async def test_each_sees_what_his_word_can_move(db: Settings) -> None:
    at, elsewhere = await desk(), await desk(code="DRV")
    made = await proposed_by_treasurer(at, Rails(db))

    async def waits_for(actor: Actor) -> dict[Awaiting, UUID]:
        return {one.what: one.id for one in await awaiting(actor, first=100)}

    assert set(made) == set(Awaiting)
    offices_left_out = {what: id for what, id in made.items() if what is not Awaiting.OFFICE}
    assert await waits_for(at.chair) == offices_left_out
    assert await waits_for(at.secretary) == {what: id for what, id in made.items() if what in ANY}
    # who proposed them all has but the payout that a shop asked for and what the node drafted, to which he may agree
    # as one of two
    his = (Awaiting.PAYOUT, Awaiting.OFFICE, Awaiting.REMITTANCE)
    assert await waits_for(at.treasurer) == {what: made[what] for what in his}
    assert await waits_for(elsewhere.chair) == {}
    pengawas = Actor(new_id(), grants=frozenset({Grant(Role.SUPERVISOR, cooperative_id=at.id)}))
    assert await waits_for(pengawas) == {}
    with pytest.raises(Unauthenticated):
        await awaiting(NOBODY, first=100)
    await vouchers.approve_voucher(at.chair, voucher_id=made[Awaiting.VOUCHER], key="v")
    await collecting.set_consent(at.chair, cooperative_id=at.id, is_given=True, key="c")
    assert set(await waits_for(at.chair)) == set(offices_left_out) - {
        Awaiting.VOUCHER,
        Awaiting.COLLECTING_CONSENT,
    }


async def test_it_costs_the_same_for_one_and_for_many(db: Settings) -> None:
    at = await desk()
    await proposed_by_treasurer(at, Rails(db))
    with count_statements() as few:
        await awaiting(at.chair, first=100)
    for n in range(30):
        await at.book(
            date(2026, 11, 20), {"1-1101": 6_000_000 + n}, {"3-1101": 6_000_000 + n}, kind=VoucherKind.CASH_IN
        )
        await payout(at, PayoutState.REQUESTED)
    with count_statements() as many:
        found = await awaiting(at.chair, first=50)
    assert len(found) == 50
    assert [one.since for one in found] == sorted(one.since for one in found)
    assert few.number == many.number == 20
