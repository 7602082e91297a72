"""Where people are paid, and what the members have decided about it."""

import re
from dataclasses import asdict
from uuid import UUID

from catalog.models import Seller
from catalog.sellers import CooperativesOwnShop, keeps
from marketplace import clock
from marketplace.database import for_update, new_id, transaction
from marketplace.errors import Code, Invalid
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.money import LARGEST_RUPIAH
from marketplace.payments.gateway import Destination
from marketplace.payments.payouts.lifecycle import SMALLEST, PayeeKind
from marketplace.payments.payouts.models import PayoutDestination, PayoutPolicy
from marketplace.vault import Vault

WALLETS = frozenset({"gopay", "ovo", "dana", "shopeepay", "linkaja"})
CONNECTED = "stripe"
BANK_NUMBER = re.compile(r"[0-9]{5,20}")
WALLET_NUMBER = re.compile(r"(08|62)[0-9]{7,13}")
CONNECTED_NUMBER = re.compile(r"acct_[A-Za-z0-9]{4,40}")
INSTITUTION = re.compile(r"[a-z0-9_]{2,20}")


def checked(institution: str, number: str, holder: str) -> Destination:
    """A destination that can be paid. Raises Invalid with the field."""
    name, digits, who = institution.strip().lower(), re.sub(r"[\s.-]", "", number), " ".join(holder.split())
    if not INSTITUTION.fullmatch(name):
        raise Invalid.field(
            "institution", Code.INVALID, "a bank or wallet: bca, gopay", "bank atau dompet: bca, gopay"
        )
    form = WALLET_NUMBER if name in WALLETS else CONNECTED_NUMBER if name == CONNECTED else BANK_NUMBER
    if not form.fullmatch(digits):
        raise Invalid.field("number", Code.INVALID, "not such a number", "nomor tidak sesuai bank atau dompetnya")
    if not 3 <= len(who) <= 60:
        raise Invalid.field("holder", Code.OUT_OF_RANGE, "3 to 60 characters", "3 sampai 60 huruf")
    return Destination(name, digits, who, name in WALLETS)


def masked(to: Destination) -> str:
    """As people see it: `bca …3826 (Bu Sri)`."""
    return f"{to.institution} …{to.number[-4:]} ({to.holder[:40]})"[:60]


def seal(vault: Vault, to: Destination, *, row_id: UUID, owner_id: UUID) -> str:
    """The destination as a row keeps it."""
    values = {name: str(value) for name, value in asdict(to).items()}
    return vault.seal(values, row_id=row_id, owner_id=owner_id)


def unseal(vault: Vault, text: str, *, row_id: UUID, owner_id: UUID) -> Destination:
    """The destination of a row. Raises CredentialsSealed."""
    values = vault.open(text, row_id=row_id, owner_id=owner_id)
    is_wallet = values["is_wallet"] == "True"
    return Destination(values["institution"], values["number"], values["holder"], is_wallet)


async def require_payee(actor: Actor, cooperative_id: UUID, payee: PayeeKind, payee_id: UUID) -> UUID:
    """Go on for the shop's owner or the driver himself. Raises NotFound, Unauthenticated, CooperativesOwnShop."""
    by = signed_in(actor)
    if payee is PayeeKind.SELLER:
        seller = await Seller.get_or_none(pk=payee_id)
        if seller is not None and seller.is_cooperatives_own and keeps(actor, seller):
            raise CooperativesOwnShop
        require(actor, Role.SELLER_OWNER, seller_id=payee_id, hide="shop")
    elif payee is PayeeKind.DRIVER and by == payee_id:
        require(actor, Role.DRIVER, cooperative_id=cooperative_id, hide="driver")
    else:
        require(actor, hide="payee")
    return by


async def set_destination(
    actor: Actor,
    *,
    cooperative_id: UUID,
    payee: PayeeKind,
    payee_id: UUID,
    to: Destination,
    vault: Vault,
    key: str,
) -> PayoutDestination:
    """A seller or driver says where he is paid. What is under way still goes where it was asked to.

    Raises NotFound, Invalid, CooperativesOwnShop.
    """
    by = await require_payee(actor, cooperative_id, payee, payee_id)
    async with transaction():
        earlier = await once(by, "setPayoutDestination", key, [cooperative_id, payee, payee_id, to], new_id())
        found = PayoutDestination.filter(cooperative_id=cooperative_id, payee=payee, payee_id=payee_id)
        row = await for_update(found).first()
        if earlier is not None and row is not None:
            return row
        is_new = row is None
        if row is None:
            row = PayoutDestination(id=new_id(), cooperative_id=cooperative_id, payee=payee, payee_id=payee_id)
        row.institution, row.is_wallet, row.masked = to.institution, to.is_wallet, masked(to)
        row.sealed = seal(vault, to, row_id=row.id, owner_id=cooperative_id)
        row.set_by, row.set_at = by, clock.now()
        await row.save(force_create=is_new)
        await audit.note("payout.destination_set", account_id=by, by=by, cooperative_id=cooperative_id, to=row.masked)
        return row


async def set_policy(
    actor: Actor, *, cooperative_id: UUID, daily_limit: int, two_officers_from: int, decision: str, key: str
) -> PayoutPolicy:
    """The chair enters what the members have decided: how much goes out a day by itself, and from where on two agree.

    Raises Forbidden, Invalid.
    """
    by = signed_in(actor)
    require(actor, Role.CHAIR, cooperative_id=cooperative_id)
    for name, value, least in (("dailyLimit", daily_limit, 0), ("twoOfficersFrom", two_officers_from, SMALLEST)):
        if not least <= value <= LARGEST_RUPIAH:
            raise Invalid.field(name, Code.OUT_OF_RANGE, f"{least} or more", f"{least} atau lebih")
    if not 3 <= len(decision.strip()) <= 120:
        raise Invalid.field("decision", Code.OUT_OF_RANGE, "name the decision", "sebutkan keputusan rapatnya")
    async with transaction():
        asked = [cooperative_id, daily_limit, two_officers_from, decision]
        await once(by, "setPayoutPolicy", key, asked, cooperative_id)
        row = await for_update(PayoutPolicy.filter(id=cooperative_id)).first()
        is_new = row is None
        row = row or PayoutPolicy(id=cooperative_id)
        row.daily_limit, row.two_officers_from, row.decision = daily_limit, two_officers_from, decision.strip()
        row.set_by, row.set_at = by, clock.now()
        await row.save(force_create=is_new)
        await audit.note(
            "payout.policy_set",
            account_id=by,
            by=by,
            cooperative_id=cooperative_id,
            daily_limit=daily_limit,
            two_officers_from=two_officers_from,
            decision=row.decision,
        )
        return row


async def policy_of(cooperative_id: UUID) -> PayoutPolicy:
    """What holds in this co-op: until its members decide, nothing goes out without an officer's hand."""
    found = await PayoutPolicy.get_or_none(id=cooperative_id)
    return found or PayoutPolicy(id=cooperative_id, set_by=cooperative_id, set_at=clock.now())
