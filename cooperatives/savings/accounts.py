"""Members' savings accounts: opened, found, and looked at under lock."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from cooperatives.dues.access import CASHIERS, membership_for, own_membership
from cooperatives.dues.paying import today_of
from cooperatives.governance.entitlement import require_right
from cooperatives.ledger import service as ledger
from cooperatives.membership.categories import MemberRight
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import SavingsAccount, SavingsProduct
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import LARGEST_RUPIAH, format_rupiah

#: Open accounts of one member.
MOST_ACCOUNTS = 100
PREFIXES = {
    SavingsKind.PRINCIPAL: "SP",
    SavingsKind.MANDATORY: "SW",
    SavingsKind.VOLUNTARY: "SS",
    SavingsKind.TERM: "SB",
}


class NotEnoughSaved(MarketplaceError):
    """{available} of these savings can be taken: ask for no more than that."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Dari simpanan ini dapat diambil {available}: mintalah paling banyak itu."


class NotAnActiveMember(MarketplaceError):
    """This is for active members: this membership is {state}."""

    code = Code.WRONG_STATE
    pesan = "Hanya untuk anggota aktif: keanggotaan ini berstatus {state}."


def capital_id(membership_id: UUID, kind: SavingsKind) -> UUID:
    """The id of a member's pokok or wajib: it follows from whose it is, so nobody opens it twice."""
    return uuid5(membership_id, f"savings:{kind}")


async def ensure_capital(members: Sequence[Membership], opened_on: date) -> None:
    """Each of these members has his pokok and wajib accounts, open again for who came back. Caller's transaction."""
    ids = [capital_id(member.pk, kind) for member in members for kind in SavingsKind if kind.is_capital]
    await SavingsAccount.filter(pk__in=ids, closed_at__isnull=False).update(closed_at=None)
    await SavingsAccount.bulk_create(
        [
            SavingsAccount(
                id=capital_id(member.pk, kind),
                cooperative_id=member.cooperative_id,
                membership_id=member.pk,
                account_id=member.account_id,
                kind=kind,
                number=f"{PREFIXES[kind]}-{member.number or 0:06}",
                opened_on=opened_on,
            )
            for member in members
            for kind in SavingsKind
            if kind.is_capital
        ],
        ignore_conflicts=True,
    )


async def next_number(member: Membership, kind: SavingsKind) -> str:
    """The number of a member's next account of this kind. The membership is locked. Raises Invalid at the bound."""
    open_ones = SavingsAccount.filter(membership_id=member.pk, closed_at__isnull=True)
    if await open_ones.count() >= MOST_ACCOUNTS:
        most = MOST_ACCOUNTS
        raise Invalid.field(
            "productId", Code.TOO_MANY, f"at most {most} a member", f"paling banyak {most} per anggota"
        )
    used = await SavingsAccount.filter(membership_id=member.pk, kind=kind).count()
    return f"{PREFIXES[kind]}-{member.number or 0:06}-{used + 1}"


async def open_savings(actor: Actor, *, membership_id: UUID, product_id: UUID, key: str) -> SavingsAccount:
    """Open voluntary savings for a member: he himself, or one at the counter; of one product one account.

    Raises NotFound, Forbidden, Invalid, NotAnActiveMember.
    """
    by = signed_in(actor)
    id = uuid5(membership_id, f"savings:{product_id}")
    async with transaction():
        member = await own_or_at_counter(actor, membership_id)
        await locked_one(Membership, membership_id)
        product = await SavingsProduct.get_or_none(pk=product_id, cooperative_id=member.cooperative_id)
        if product is None:
            raise NotFound("savings product")
        await once(by, "openSavings", key, [membership_id, product_id], id)
        known = await SavingsAccount.get_or_none(pk=id)
        if known is not None:
            return known
        if product.kind is not SavingsKind.VOLUNTARY or product.retired_at is not None:
            raise Invalid.field(
                "productId", Code.INVALID, "voluntary savings that are open", "simpanan sukarela yang masih dibuka"
            )
        require_active(member)
        await require_right(member, MemberRight.SAVE, await today_of(member.cooperative_id))
        return await SavingsAccount.create(
            id=id,
            cooperative_id=member.cooperative_id,
            membership_id=member.pk,
            account_id=member.account_id,
            kind=SavingsKind.VOLUNTARY,
            product_id=product_id,
            number=await next_number(member, SavingsKind.VOLUNTARY),
            opened_on=await today_of(member.cooperative_id),
        )


async def promise(actor: Actor, *, savings_id: UUID, monthly: int) -> SavingsAccount:
    """The member promises himself to save so much each month, charged with the others' dues; 0 ends it.

    Raises NotFound, Invalid.
    """
    signed_in(actor)
    if not 0 <= monthly <= LARGEST_RUPIAH:
        raise Invalid.field("monthly", Code.OUT_OF_RANGE, "zero rupiah or more", "nol rupiah atau lebih")
    async with transaction():
        savings = await hold_voluntary(savings_id)
        require_active(await own_membership(actor, savings.membership_id))
        savings.monthly_promise = monthly
        await savings.save(update_fields=["monthly_promise"])
        return savings


def require_active(member: Membership) -> None:
    """Go on for an active member. Raises NotAnActiveMember."""
    if member.state is not MembershipState.ACTIVE:
        raise NotAnActiveMember(state=member.state.value)


async def own_or_at_counter(actor: Actor, membership_id: UUID) -> Membership:
    """The membership, for the member himself or one who takes money in his co-op. Raises NotFound, Forbidden."""
    row = await Membership.get_or_none(pk=membership_id)
    if row is not None and row.account_id == actor.account_id:
        return row
    return await membership_for(actor, membership_id, CASHIERS)


async def hold_voluntary(savings_id: UUID) -> SavingsAccount:
    """Voluntary savings, locked. Raises NotFound for an account of another kind too."""
    savings = await locked_one(SavingsAccount, savings_id)
    if savings is None or savings.kind is not SavingsKind.VOLUNTARY:
        raise NotFound("savings")
    return savings


async def least_of(savings: SavingsAccount) -> int:
    """What must stay in an open account."""
    product = await SavingsProduct.get_or_none(pk=savings.product_id) if savings.product_id else None
    return product.least if product is not None else 0


async def require_saved(savings: SavingsAccount, amount: int, *, kept: int = 0) -> None:
    """Go on when `amount` can be taken of locked savings and `kept` stays; the ledger's account is locked too.

    Raises NotEnoughSaved.
    """
    free = (await ledger.locked_balance(savings.ref)).available - kept
    if amount > free:
        raise NotEnoughSaved(available=format_rupiah(max(0, free)))


def new_deposit(
    savings: SavingsAccount, product: SavingsProduct, number: str, *, today: date, matures_on: date
) -> SavingsAccount:
    """A deposit's row that is placed from voluntary savings, whose interest goes back there."""
    return SavingsAccount(
        id=new_id(),
        cooperative_id=savings.cooperative_id,
        membership_id=savings.membership_id,
        account_id=savings.account_id,
        kind=SavingsKind.TERM,
        product_id=product.pk,
        number=number,
        opened_on=today,
        matures_on=matures_on,
        pays_into_id=savings.pk,
    )
