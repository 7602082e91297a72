"""A member who moved in without a phone is given one, proved as in signing in: until then nobody acts as him."""

from uuid import UUID

from tortoise.exceptions import IntegrityError

from cooperatives.membership.joining import hold_member, require_no_office
from cooperatives.membership.models import Membership
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, MarketplaceError
from marketplace.identity import audit, signing_in
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.identity.models import Account
from marketplace.identity.phones import is_known, masked, normalised


class HasPhone(MarketplaceError):
    """This member has a phone already: who lost it asks for another one with requestNumberChange."""

    code = Code.WRONG_STATE
    pesan = "Anggota ini sudah punya nomor telepon: bila hilang, ia mengajukan requestNumberChange."


class PhoneOfAnother(MarketplaceError):
    """This number has an account of its own: take another one, or have its owner apply for membership."""

    code = Code.DUPLICATE
    pesan = "Nomor ini sudah punya akun sendiri: pakai nomor lain, atau pemiliknya mengajukan keanggotaan."


async def give_phone(actor: Actor, *, membership_id: UUID, phone: str, code: str, address: str = "") -> Membership:
    """An officer gives a member without a phone his number, which the member proves by the code sent there.

    The same number given again changes nothing. Not to one who holds an office: with a second number an officer
    would be two. Raises NotFound, Forbidden, WrongMembershipState, Invalid, HasPhone, PhoneOfAnother, WrongCode,
    TooManyTries.
    """
    phone, by = normalised(phone), signed_in(actor)
    async with transaction():
        member, account = await _hold(actor, membership_id)
        if account.phone == phone:
            return member
        await _require_free(account, phone)
    await signing_in.prove_phone(phone, code, address)
    try:
        async with transaction():
            member, account = await _hold(actor, membership_id)
            await _require_free(account, phone)
            account.phone = phone
            await account.save(update_fields=["phone"])
            book = member.cooperative_id
            about = {"membership": str(member.pk), "phone": masked(phone)}
            await audit.note("member.phone_given", account_id=account.pk, by=by, cooperative_id=book, **about)
    except IntegrityError as cause:  # its owner signed in for the first time at this moment
        raise PhoneOfAnother from cause
    return member


async def _hold(actor: Actor, membership_id: UUID) -> tuple[Membership, Account]:
    """The membership and its account, locked, for an officer."""
    member = await hold_member(actor, membership_id)
    require(actor, *OFFICERS, cooperative_id=member.cooperative_id)
    await require_no_office(member)
    account = await locked_one(Account, member.account_id)
    assert account is not None  # never removed
    return member, account


async def _require_free(account: Account, phone: str) -> None:
    if is_known(account.phone):
        raise HasPhone
    if await Account.exists(phone=phone):
        raise PhoneOfAnother
