"""A benefit that passes through the co-op: the provider pays it, the co-op holds it and pays the member or his heirs.

Held as a liability until the last rupiah is paid on; the claim is then PAID. Above the by-laws' threshold a payment
takes two officers: one asks, another agrees. Locks: the claim, the payment, then the ledger's accounts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.dues.access import READERS, SETTERS
from cooperatives.dues.paying import one_officer_up_to, today_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry
from cooperatives.membership.entries import entries_by_id, open_heirs
from cooperatives.protection.benefit_models import BenefitState, ProtectionBenefit, ProtectionBenefitPayment
from cooperatives.protection.claim_models import ProtectionClaim
from cooperatives.protection.claim_states import ClaimState, ClaimStep, ClaimWrongState
from cooperatives.protection.claims import end_claim, step_claim
from cooperatives.protection.kinds import RemittanceWay
from cooperatives.protection.remitting import MONEY
from marketplace.batches import lists_by, rows_by
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.money import LARGEST_RUPIAH, format_rupiah
from marketplace.vault import Vault

RECEIVED, PAID = "protection.benefit_received", "protection.benefit_paid"
MOST_PAYMENTS = 50
_NATIONAL_ID = re.compile(r"(\d{16})?")


class OwnBenefitPayment(MarketplaceError):
    """You asked for this payment yourself: another officer agrees to it ({source})."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Anda sendiri yang meminta pembayaran ini: pengurus lain yang menyetujui ({sumber})."


class PaymentEnded(MarketplaceError):
    """This payment is {state}: nothing more can be done with it."""

    code = Code.WRONG_STATE
    pesan = "Pembayaran ini berstatus {state}: tidak dapat diubah lagi."


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid, and the paper that says that it is his: the member himself, or an heir."""

    name: str
    relation: str
    document: str
    national_id: str = ""

    def checked(self) -> "Payee":
        """Without spare spaces. Raises Invalid."""
        given = self.name, self.relation, self.document, self.national_id
        found = Payee(*(" ".join(text.split()) for text in given))
        for name, text, least, most in (
            ("name", found.name, 2, 120),
            ("relation", found.relation, 2, 40),
            ("document", found.document, 3, 120),
        ):
            if not fits(text, least, most):
                said = f"{least} to {most} characters", f"{least} sampai {most} huruf"
                raise Invalid.field(f"payee.{name}", Code.OUT_OF_RANGE, *said)
        if not _NATIONAL_ID.fullmatch(found.national_id):
            raise Invalid.field("payee.nationalId", Code.INVALID, "16 digits, or empty", "16 angka, atau kosong")
        return found


async def receive(
    actor: Actor, *, claim_id: UUID, amount: int, way: RemittanceWay, reference: str, key: str
) -> ProtectionClaim:
    """The provider paid the co-op for the member or his heirs. Chair or treasurer.

    Raises NotFound, Forbidden, Invalid, ClaimWrongState.
    """
    by, reference = signed_in(actor), _reference(reference)
    if not 0 < amount <= LARGEST_RUPIAH:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "more than zero rupiah", "lebih dari nol rupiah")
    async with transaction():
        claim = await _hold_claim(actor, claim_id)
        if await once(by, "receiveProtectionBenefit", key, [claim_id, amount, way, reference], claim_id) is not None:
            return claim
        claim.paid = amount
        await step_claim(claim, ClaimStep.RECEIVE)
        benefit = await ProtectionBenefit.create(
            id=claim_id,
            cooperative_id=claim.cooperative_id,
            membership_id=claim.membership_id,
            amount=amount,
            way=way,
            reference=reference,
            received_on=await today_of(claim.cooperative_id),
            received_by=by,
        )
        entry = Entry(AccountRef(claim.cooperative_id, MONEY[way]), benefit.ref, amount, RECEIVED)
        await ledger.post([entry], cause=Cause(RECEIVED, claim_id))
        return claim


async def pay(
    actor: Actor,
    *,
    claim_id: UUID,
    amount: int,
    payee: Payee,
    way: RemittanceWay,
    reference: str,
    vault: Vault,
    key: str,
) -> ProtectionBenefitPayment:
    """Pay the member or an heir of what the co-op holds; above the threshold it is asked for. Chair or treasurer.

    Raises NotFound, Forbidden, Invalid, ClaimWrongState.
    """
    by, id, reference, payee = signed_in(actor), new_id(), _reference(reference), payee.checked()
    async with transaction():
        claim = await _hold_claim(actor, claim_id)
        asked = [claim_id, amount, asdict(payee), way, reference]
        if (earlier := await once(by, "payProtectionBenefit", key, asked, id)) is not None:
            return await ProtectionBenefitPayment.get(pk=earlier)
        benefit, given = await _held(claim)
        left = benefit.amount - sum(row.amount for row in given)
        if not 0 < amount <= left:
            most = format_rupiah(left)
            raise Invalid.field("amount", Code.OUT_OF_RANGE, f"up to {most}, what is left", f"paling banyak {most}")
        if len(given) >= MOST_PAYMENTS:
            most = str(MOST_PAYMENTS)
            raise Invalid.field("claimId", Code.TOO_MANY, f"at most {most} payments", f"paling banyak {most} kali")
        needs_two = amount > (await one_officer_up_to(claim.cooperative_id)).value
        row = await ProtectionBenefitPayment.create(
            id=id,
            benefit_id=claim_id,
            cooperative_id=claim.cooperative_id,
            payee=vault.seal(asdict(payee), row_id=id, owner_id=claim.cooperative_id),
            is_named=await _is_named(claim, payee, vault),
            amount=amount,
            way=way,
            reference=reference,
            state=BenefitState.ASKED,
            asked_by=by,
        )
        if needs_two:
            await ask_second(Awaiting.BENEFIT, id, cooperative_id=claim.cooperative_id, by=by, amount=amount)
        else:
            await _pay_out(claim, benefit, row, by)
        return row


async def answer(actor: Actor, *, payment_id: UUID, is_agreed: bool) -> ProtectionBenefitPayment:
    """Another officer agrees to a payment, and it is paid; or any takes it back. Chair or treasurer.

    Raises NotFound, Forbidden, OwnBenefitPayment, PaymentEnded.
    """
    by = signed_in(actor)
    async with transaction():
        seen = await ProtectionBenefitPayment.get_or_none(pk=payment_id)
        if seen is None:
            raise NotFound("payment")
        claim = await _hold_claim(actor, seen.benefit_id, hide="payment")
        row = await locked_one(ProtectionBenefitPayment, payment_id)
        assert row is not None  # never removed
        coming = BenefitState.PAID if is_agreed else BenefitState.WITHDRAWN
        if row.state is coming:
            return row
        if row.state is not BenefitState.ASKED:
            raise PaymentEnded(state=row.state.value)
        if not is_agreed:
            row.state, row.ended_by, row.ended_on = coming, by, await today_of(claim.cooperative_id)
            await row.save()
            return row
        if row.asked_by == by:
            rule = await one_officer_up_to(claim.cooperative_id)
            raise OwnBenefitPayment(source=rule.source, sumber=rule.sumber)
        benefit, _ = await _held(claim)
        await _pay_out(claim, benefit, row, by)
        return row


async def _pay_out(
    claim: ProtectionClaim, benefit: ProtectionBenefit, row: ProtectionBenefitPayment, by: UUID
) -> None:
    row.state, row.ended_by, row.ended_on = BenefitState.PAID, by, await today_of(row.cooperative_id)
    await row.save()
    paid = await ProtectionBenefitPayment.filter(benefit_id=claim.pk, state=BenefitState.PAID)
    if sum(one.amount for one in paid) == benefit.amount:
        await end_claim(claim, ClaimStep.PAY, by)
    entry = Entry(benefit.ref, AccountRef(row.cooperative_id, MONEY[row.way]), row.amount, PAID)
    await ledger.post([entry], cause=Cause(PAID, row.pk))


async def _hold_claim(actor: Actor, claim_id: UUID, *, hide: str = "claim") -> ProtectionClaim:
    claim = await locked_one(ProtectionClaim, claim_id)
    if claim is None:
        raise NotFound(hide)
    if claim.account_id != actor.account_id:
        require(actor, *READERS, cooperative_id=claim.cooperative_id, hide=hide)
    require(actor, *SETTERS, cooperative_id=claim.cooperative_id)
    return claim


async def _held(claim: ProtectionClaim) -> tuple[ProtectionBenefit, list[ProtectionBenefitPayment]]:
    """What came for a locked claim, and what of it is paid or asked for. Raises ClaimWrongState."""
    if claim.state is not ClaimState.RECEIVED:
        raise ClaimWrongState(state=claim.state.value)
    payments = await ProtectionBenefitPayment.filter(benefit_id=claim.pk).exclude(state=BenefitState.WITHDRAWN)
    return await ProtectionBenefit.get(pk=claim.pk), payments


async def _is_named(claim: ProtectionClaim, payee: Payee, vault: Vault) -> bool:
    entry = (await entries_by_id([claim.membership_id])).get(claim.membership_id)
    return any(" ".join(one.name.split()).casefold() == payee.name.casefold() for one in open_heirs(vault, entry))


def _reference(text: str) -> str:
    text = " ".join(text.split())
    if not fits(text, 1, 60):
        raise Invalid.field("reference", Code.OUT_OF_RANGE, "1 to 60 characters", "1 sampai 60 huruf")
    return text


async def benefits_by_claim(ids: Sequence[UUID]) -> Mapping[UUID, ProtectionBenefit]:
    """What came for each of these claims. One statement; the caller has authorised."""
    return {row.pk: row for row in await rows_by(ProtectionBenefit, "id", set(ids))}


async def payments_by_claim(ids: Sequence[UUID]) -> Mapping[UUID, list[ProtectionBenefitPayment]]:
    """What was paid on of each, oldest first. One statement; the caller has authorised."""
    return await lists_by(ProtectionBenefitPayment, "benefit_id", ids)


def payee_of(row: ProtectionBenefitPayment, vault: Vault) -> Payee:
    """Who is paid. Raises CredentialsSealed."""
    return Payee(**vault.open(row.payee, row_id=row.pk, owner_id=row.cooperative_id))
