"""Payouts: what co-ops owe their sellers, drivers and buyers, sent to banks and e-wallets."""

from datetime import datetime
from typing import Annotated

import strawberry

from catalog import models as catalog
from cooperatives.membership import models as membership
from marketplace.identity.actor import OFFICERS, Role
from marketplace.payments.payouts import destinations, findings, owing, service
from marketplace.payments.payouts import models as rows
from marketplace.payments.payouts.lifecycle import PayeeKind, PayoutState
from schema.context import Info
from schema.costs import LISTED, RECKONED, cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.payout_destinations import payee_of
from schema.payout_policies import PayoutPolicy
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah, rupiah_or_none

described(
    PayoutState,
    "Where a payout stands.",
    {
        "REQUESTED": "Taken from what the payee is owed; goes when limit, float and officers allow.",
        "SENT": "On its way.",
        "CONFIRMED": "It has arrived.",
        "FAILED": "It did not arrive, or came back: the payee is owed it as before.",
        "CANCELLED": "Taken back before it was sent.",
    },
)
described(
    PayeeKind,
    "Whom a co-op pays out to.",
    {"SELLER": "A shop.", "DRIVER": "A driver.", "BUYER": "A buyer, whose refund can't go back as it came."},
)
PAYEES = {PayeeKind.SELLER: "Seller", PayeeKind.DRIVER: "Account", PayeeKind.BUYER: "Refund"}


@strawberry.type(description="What officers found out about a payout that its provider never answered for.")
class PayoutFinding:
    outcome: PayoutState = strawberry.field(description="CONFIRMED or FAILED.")
    evidence: str = strawberry.field(description="The bank's reference, or where it can be seen that it never left.")
    found_by: strawberry.ID = strawberry.field(description="The Account of the officer who found it.")
    agreed_by: strawberry.ID | None = strawberry.field(
        description="The Account of the second one, where it took two."
    )
    ended_at: datetime | None = strawberry.field(
        description="When it ended the payout; null: a second one must agree."
    )
    contradicted_at: datetime | None = strawberry.field(
        description="When the provider said, after FAILED was found, that it had paid: claim it back from the payee."
    )

    @classmethod
    def of(cls, row: rows.PayoutFinding) -> "PayoutFinding":
        return cls(
            outcome=row.outcome,
            evidence=row.evidence,
            found_by=to_id("Account", row.found_by),
            agreed_by=to_id("Account", row.agreed_by) if row.agreed_by else None,
            ended_at=row.ended_at,
            contradicted_at=row.contradicted_at,
        )


@strawberry.type(description="Money on its way from a co-op to one it owes.")
class Payout:
    row: strawberry.Private[rows.Payout]
    id: strawberry.ID = strawberry.field(description="Names it.")
    payee: PayeeKind = strawberry.field(description="To whom.")
    payee_id: strawberry.ID = strawberry.field(description="The Seller, the driver's Account, or the Refund.")
    amount: Rupiah = strawberry.field(description="How much.")
    state: PayoutState = strawberry.field(description="Where it stands.")
    to: str = strawberry.field(description="Where to, with the number's last digits: `bca …3826 (Bu Sri)`.")
    approvals: int = strawberry.field(description="How many officers have agreed to it.")
    reference: str | None = strawberry.field(description="The provider's or the bank's reference.")
    failure: str | None = strawberry.field(description="The provider's code where it FAILED.")
    fee: Rupiah | None = strawberry.field(description="What the provider took for it, borne by the co-op.")
    requested_at: datetime = strawberry.field(description="When it was asked for.")
    sent_at: datetime | None = strawberry.field(description="When it was sent.")
    ended_at: datetime | None = strawberry.field(description="When it was confirmed, failed or cancelled.")

    @classmethod
    def of(cls, row: rows.Payout) -> "Payout":
        return cls(
            row=row,
            id=to_id("Payout", row.id),
            payee=row.payee,
            payee_id=to_id(PAYEES[row.payee], row.payee_id),
            amount=Rupiah(row.amount),
            state=row.state,
            to=row.masked,
            approvals=len(row.approved_by),
            reference=row.reference or None,
            failure=row.failure or None,
            fee=rupiah_or_none(row.fee),
            requested_at=row.created_at,
            sent_at=row.sent_at,
            ended_at=row.ended_at,
        )

    @strawberry.field(description="What officers found out where the provider never answered; for officers alone.")
    async def finding(self, info: Info) -> PayoutFinding | None:
        if not info.context.actor.holds(*OFFICERS, Role.SUPERVISOR, cooperative_id=self.row.cooperative_id):
            return None
        row = await info.context.load(findings.findings_by_payout, self.row.id)
        return PayoutFinding.of(row) if row else None


@strawberry.type
class CooperativePayouts:
    """What a co-op pays out; added to `Cooperative`."""

    row: strawberry.Private[membership.Cooperative]

    @strawberry.field(description="Its payouts, newest first; for its officers and supervisors.", directives=[LISTED])
    async def payouts(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
    ) -> Connection[Payout]:
        page = await service.list_payouts(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, Payout.of, after=after)

    @strawberry.field(description="What its members have decided about payouts.", directives=[cost(1)])
    async def payout_policy(self) -> PayoutPolicy:
        return PayoutPolicy.of(await destinations.policy_of(self.row.pk))


@strawberry.type
class SellerPayouts:
    """What a shop was paid out; added to `Seller`."""

    row: strawberry.Private[catalog.Seller]

    @strawberry.field(
        description="What its co-op owes it: so much can be asked for by requestPayout. For its owner, else null.",
        directives=[RECKONED],
    )
    async def payable(self, info: Info) -> Rupiah | None:
        if not info.context.actor.holds(Role.SELLER_OWNER, seller_id=self.row.pk):
            return None
        return Rupiah(await info.context.load(owing.payable_to_sellers, self.row.pk) or 0)

    @strawberry.field(description="Its payouts, newest first; for its owner.", directives=[LISTED])
    async def payouts(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
    ) -> Connection[Payout]:
        actor = info.context.actor
        page = await service.payouts_to(actor, PayeeKind.SELLER, self.row.pk, first=first, after=after)
        return connection_of(page, Payout.of, after=after)


@strawberry.input(description="Ask for what a co-op owes a shop, or the driver who asks.")
class RequestPayoutInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative that pays.")
    seller_id: strawberry.ID | None = strawberry.field(
        default=None, description="The Seller; null: you yourself, as a driver of the co-op."
    )
    amount: Rupiah = strawberry.field(description="How much: 10,000 or more, at most what is owed.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A payout.")
class PayoutInput:
    id: strawberry.ID = strawberry.field(description="The Payout.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A payout that was made at the bank by hand.")
class RecordPayoutInput:
    id: strawberry.ID = strawberry.field(description="The Payout.")
    bank_reference: str = strawberry.field(description="The bank's reference: 1 to 60 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What became of a payout that its provider never answered for.")
class EndPayoutInput:
    id: strawberry.ID = strawberry.field(description="The Payout.")
    outcome: PayoutState = strawberry.field(description="CONFIRMED: it arrived. FAILED: it never left.")
    evidence: str = strawberry.field(
        description="CONFIRMED: the bank's reference. FAILED: where it can be seen: `mutasi BCA 25-26 Nov, tidak "
        "ada`. 3 to 60 characters."
    )
    idempotency_key: str = strawberry.field(description=KEY)


PayoutResult = Annotated[Payout | Problem, strawberry.union("PayoutResult", description="The payout, or why not.")]


@strawberry.type
class PayoutMutation:
    @strawberry.mutation(
        description="Ask for what the co-op owes you, or your shop, from Rp 10,000: the same day where the members' "
        "limit and the co-op's money at its provider allow. Problems: NOT_FOUND, INVALID, REQUIRED (no destination), "
        "LIMIT_EXCEEDED (not owed so much), WRONG_STATE (the shop of a unit, which is the co-op's own)."
    )
    @intent
    async def request_payout(self, info: Info, input: RequestPayoutInput) -> PayoutResult:
        payee, payee_id = payee_of(info, input.seller_id)
        row = await service.request_payout(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            payee=payee,
            payee_id=payee_id,
            amount=int(input.amount),
            vault=info.context.adapters.rails.vault,
            key=input.idempotency_key,
        )
        return Payout.of(row)

    @strawberry.mutation(
        description="A chair or treasurer agrees to a large payout; two let it go. Problems: NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def approve_payout(self, info: Info, input: PayoutInput) -> PayoutResult:
        id = from_id("Payout", input.id)
        return Payout.of(await service.approve_payout(info.context.actor, payout_id=id, key=input.idempotency_key))

    @strawberry.mutation(
        description="Who asked, or an officer, takes a payout back before it is sent; an officer also after, where "
        "the provider can: a transfer to a connected account. Problems: NOT_FOUND, WRONG_STATE, PAYMENT_FAILED."
    )
    @intent
    async def cancel_payout(self, info: Info, input: PayoutInput) -> PayoutResult:
        id = from_id("Payout", input.id)
        rails = info.context.adapters.rails
        return Payout.of(
            await service.cancel_payout(info.context.actor, payout_id=id, rails=rails, key=input.idempotency_key)
        )

    @strawberry.mutation(
        description="The treasurer has paid it at the bank by hand. Problems: NOT_FOUND, WRONG_STATE, INVALID, "
        "NEEDS_TWO_OFFICERS."
    )
    @intent
    async def record_payout(self, info: Info, input: RecordPayoutInput) -> PayoutResult:
        row = await service.record_payout(
            info.context.actor,
            payout_id=from_id("Payout", input.id),
            bank_reference=input.bank_reference,
            key=input.idempotency_key,
        )
        return Payout.of(row)

    @strawberry.mutation(
        description="A chair or treasurer ends a payout that the provider has not answered for in 20 hours, by what "
        "the bank shows: CONFIRMED, or FAILED, and the payee is owed it as before. The provider is asked once more "
        "first, and its word counts. From the members' threshold on it stays SENT until a second one finds the same. "
        "Problems: NOT_FOUND, INVALID, WRONG_STATE (it has ended, is still asked for, or the provider knows it), "
        "CONFLICT (another found otherwise), NEEDS_TWO_OFFICERS (who asked for it doesn't say)."
    )
    @intent
    async def end_payout(self, info: Info, input: EndPayoutInput) -> PayoutResult:
        row = await findings.end_payout(
            info.context.actor,
            payout_id=from_id("Payout", input.id),
            outcome=input.outcome,
            evidence=input.evidence,
            rails=info.context.adapters.rails,
            key=input.idempotency_key,
        )
        return Payout.of(row)
