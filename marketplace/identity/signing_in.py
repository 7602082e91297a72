"""Signing in by phone: one-time codes, passwords, refreshed and ended sessions.

Codes and passwords are tried at most so often: by phone and by address, counted in the database so that
every process counts together. A try is written down before it is judged, so tries at once can't slip by.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from marketplace import clock
from marketplace.database import connection, is_postgres, locked_one, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity import service, tokens
from marketplace.identity.actor import Actor, Unauthenticated, signed_in
from marketplace.identity.models import (
    Account,
    LoginCode,
    RefreshToken,
    Session,
    SignInAttempt,
    SignInMethod,
)
from marketplace.identity.phones import normalised
from marketplace.identity.senders import CodeNotSent, CodeSender

CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 5
CODE_WINDOW = timedelta(minutes=15)
#: Codes sent to a phone and never used, and all: who owns the phone may sign in on several devices.
UNUSED_CODES_A_PHONE = 5
CODES_A_PHONE = 20
#: Mobile operators put thousands of phones behind one address.
CODES_AN_ADDRESS = 300
TRIES_WINDOW = timedelta(minutes=15)
TRIES_A_PHONE = 20
TRIES_A_PHONE_AND_ADDRESS = 10
TRIES_AN_ADDRESS = 200
#: A session begun by a code this lately may set a password without knowing the old one.
FRESH = timedelta(minutes=15)
MOST_SESSIONS_SHOWN = 100
PASSWORD_SHORTEST, PASSWORD_LONGEST = 10, 128

_hasher = PasswordHasher()
_hashing = CapacityLimiter(2)  # 64 MiB each


class WrongCode(MarketplaceError):
    """This code is wrong, used or expired: ask for a new one."""

    code = Code.WRONG_CODE
    pesan = "Kode salah, sudah dipakai atau kedaluwarsa: minta kode baru."


class WrongPassword(MarketplaceError):
    """The phone number or the password is wrong."""

    code = Code.WRONG_PASSWORD
    pesan = "Nomor telepon atau kata sandi salah."


class TooManyTries(MarketplaceError):
    """Too many tries: wait {minutes} minutes."""

    code = Code.RATE_LIMITED
    pesan = "Terlalu banyak percobaan: tunggu {minutes} menit."
    retryable = True


@dataclass(frozen=True, slots=True)
class SentCode:
    """Until when a code is good; the code itself only where it was sent to nobody."""

    expires_at: datetime
    simulated: str | None


async def request_code(*, phone: str, sender: CodeSender, address: str = "", language: str = "id") -> SentCode:
    """Send a one-time code to this phone, whether or not it has an account.

    Raises Invalid, TooManyTries, CodeNotSent.
    """
    phone = normalised(phone)
    code = tokens.new_code()
    row = await LoginCode.create(
        phone=phone,
        code_hash=tokens.code_hash(phone, code),
        address=address,
        expires_at=clock.now() + CODE_LIFE,
    )
    try:
        await _bound_codes(phone, address)
        await sender.send(phone, code, language=language, life=CODE_LIFE)
    except (TooManyTries, CodeNotSent):
        await row.delete()
        raise
    return SentCode(row.expires_at, code if sender.is_simulated else None)


async def _bound_codes(phone: str, address: str) -> None:
    since = clock.now() - CODE_WINDOW
    sent = LoginCode.filter(created_at__gt=since)
    here = sent.filter(phone=phone)
    if (
        await here.filter(used_at=None).count() > UNUSED_CODES_A_PHONE
        or await here.count() > CODES_A_PHONE
        or (address and await sent.filter(address=address).count() > CODES_AN_ADDRESS)
    ):
        raise TooManyTries(minutes=int(CODE_WINDOW.total_seconds() // 60))


async def check_code(phone: str, code: str) -> None:
    """Use up the newest code of this phone. Raises WrongCode; the try is counted even then."""
    newest = await LoginCode.filter(phone=phone, used_at=None).order_by("-id").first()
    if newest is None or newest.expires_at <= clock.now():
        raise WrongCode
    if not await _spend_try(newest):
        raise WrongCode
    if not hmac.compare_digest(newest.code_hash, tokens.code_hash(phone, code)):
        raise WrongCode
    if not await LoginCode.filter(pk=newest.pk, used_at=None).update(used_at=clock.now()):
        raise WrongCode  # another request used it at this very moment


async def prove_phone(phone: str, code: str, address: str) -> None:
    """Go on only with a right code for this phone, throttled as a sign-in is."""
    attempt = await _count_try(phone, address)
    await check_code(phone, code)
    await attempt.delete()


async def _spend_try(code: LoginCode) -> bool:
    first, second = ("$1", "$2") if is_postgres() else ("?", "?")
    count, _ = await connection().execute_query(
        f'UPDATE "login_code" SET "tries" = "tries" + 1 WHERE "id" = {first} AND "tries" < {second}',
        [str(code.pk), CODE_TRIES],
    )
    return bool(count)


async def sign_in(
    *,
    phone: str,
    code: str | None = None,
    password: str | None = None,
    name: str = "",
    user_agent: str = "",
    address: str = "",
) -> service.Tokens:
    """Begin a session by a one-time code, which also registers a new phone, or by a password.

    Raises Invalid, WrongCode, WrongPassword, TooManyTries, AccountSuspended.
    """
    phone = normalised(phone)
    if (code is None) == (password is None):
        raise Invalid.field("code", Code.REQUIRED, "a code or a password", "kode atau kata sandi")
    attempt = await _count_try(phone, address, guesses_password=password is not None)
    if code is not None:
        await check_code(phone, code)
        account = await service.find_or_create_account(phone, name)
    else:
        account = await _by_password(phone, password or "")
    if account.suspended_at is not None:
        raise service.AccountSuspended
    await attempt.delete()
    method = SignInMethod.CODE if code is not None else SignInMethod.PASSWORD
    async with transaction():
        return await service.issue_tokens(account, method=method, user_agent=user_agent, address=address)


async def _count_try(phone: str, address: str, *, guesses_password: bool = False) -> SignInAttempt:
    """Write the try down, then refuse it when it is one too many (and forget it: no lock-out for ever).

    Only passwords are bounded for a phone as a whole: who guesses at someone's password from everywhere
    must not keep its owner out, who can always sign in by a code. A code bounds its own tries.
    """
    attempt = await SignInAttempt.create(phone=phone, address=address)
    failed = SignInAttempt.filter(created_at__gt=clock.now() - TRIES_WINDOW)
    by_phone = failed.filter(phone=phone)
    if (
        (guesses_password and await by_phone.count() > TRIES_A_PHONE)
        or await by_phone.filter(address=address).count() > TRIES_A_PHONE_AND_ADDRESS
        or (address and await failed.filter(address=address).count() > TRIES_AN_ADDRESS)
    ):
        await attempt.delete()
        raise TooManyTries(minutes=int(TRIES_WINDOW.total_seconds() // 60))
    return attempt


async def _by_password(phone: str, password: str) -> Account:
    account = await Account.get_or_none(phone=phone)
    known = account.password_hash if account else None
    matches = await to_thread.run_sync(_matches, known, password, limiter=_hashing)
    if account is None or known is None or not matches:
        raise WrongPassword
    return account


@cache
def _nobodys_hash() -> str:
    """Tried where there is no password, so that the answer takes as long. Not made at import: it is slow."""
    return _hasher.hash("nobody has this password")


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(password_hash or _nobodys_hash(), password[:PASSWORD_LONGEST])
    except (Argon2Error, InvalidHashError):
        return False


async def refresh(*, refresh_token: str) -> service.Tokens:
    """New tokens for old ones. A refresh token shown twice ends its whole session: someone copied it.

    Raises Unauthenticated, AccountSuspended.
    """
    token_hash = tokens.token_hash(refresh_token)
    async with transaction():
        seen = await RefreshToken.get_or_none(token_hash=token_hash)
        session = None if seen is None else await locked_one(Session, seen.session_id)
        if seen is None or session is None or session.ended_at or session.expires_at <= clock.now():
            raise Unauthenticated
        account = await Account.get(pk=session.account_id)
        if account.suspended_at is not None:
            raise service.AccountSuspended
        is_first = await RefreshToken.filter(pk=seen.pk, used_at=None).update(used_at=clock.now())
        if is_first:
            session.expires_at = clock.now() + service.SESSION_LIFE
            await session.save(update_fields=["expires_at"])
            return await service.renew(session, account)
        await _end(session, "reuse")
    raise Unauthenticated  # after the commit, so that the session stays ended


async def sign_out(actor: Actor) -> None:
    """End the session that acts."""
    signed_in(actor)
    if actor.session_id is not None:
        await Session.filter(pk=actor.session_id, ended_at=None).update(ended_at=clock.now(), end_reason="signed out")


async def living_sessions(actor: Actor) -> list[Session]:
    """Where the account that acts is signed in, newest first."""
    found = Session.filter(account_id=signed_in(actor), ended_at=None, expires_at__gt=clock.now())
    return await found.order_by("-id").limit(MOST_SESSIONS_SHOWN)


async def end_session(actor: Actor, *, session_id: UUID) -> None:
    """End one of one's own sessions, on a lost device for one. Raises NotFound."""
    ended = await Session.filter(pk=session_id, account_id=signed_in(actor), ended_at=None).update(
        ended_at=clock.now(), end_reason="ended by its owner"
    )
    if not ended:
        raise NotFound("session")


async def sign_out_everywhere(actor: Actor) -> int:
    """End all sessions of the account that acts, this one too; answers how many ended."""
    return await end_sessions(signed_in(actor), "signed out everywhere")


async def end_sessions(account_id: UUID, reason: str, *, keep: UUID | None = None) -> int:
    """End the account's sessions but `keep`. In the caller's transaction, if any."""
    living = Session.filter(account_id=account_id, ended_at=None)
    if keep is not None:
        living = living.exclude(pk=keep)
    return await living.update(ended_at=clock.now(), end_reason=reason)


async def _end(session: Session, reason: str) -> None:
    session.ended_at, session.end_reason = clock.now(), reason
    await session.save(update_fields=["ended_at", "end_reason"])


async def set_password(actor: Actor, *, password: str, current: str | None = None) -> Account:
    """Set or change the password; other sessions end.

    The present password is needed, unless this session began by a code within 15 minutes.
    Raises Invalid, WrongPassword, TooManyTries.
    """
    account_id = signed_in(actor)
    if not PASSWORD_SHORTEST <= len(password) <= PASSWORD_LONGEST or len(set(password)) < 5:
        raise Invalid.field(
            "password",
            Code.TOO_SHORT if len(password) <= PASSWORD_LONGEST else Code.TOO_LONG,
            "10 to 128 characters, at least 5 different",
            "10 sampai 128 karakter, minimal 5 karakter berbeda",
        )
    account = await Account.get(pk=account_id)
    if not await _is_fresh(actor):
        attempt = await _count_try(account.phone, "", guesses_password=True)
        if not await to_thread.run_sync(_matches, account.password_hash, current or "", limiter=_hashing):
            raise WrongPassword
        await attempt.delete()
    account.password_hash = await to_thread.run_sync(_hasher.hash, password, limiter=_hashing)
    async with transaction():
        await account.save(update_fields=["password_hash"])
        await end_sessions(account_id, "password changed", keep=actor.session_id)
    return account


async def _is_fresh(actor: Actor) -> bool:
    session = await Session.get_or_none(pk=actor.session_id) if actor.session_id else None
    return session is not None and session.method is SignInMethod.CODE and session.created_at > clock.now() - FRESH
