"""Whom a token proves, what it costs to find out, and when it stops."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from marketplace import clock, database
from marketplace.identity import service, tokens
from marketplace.identity.actor import Grant, Role, Unauthenticated
from marketplace.identity.models import Account, Session

pytestmark = pytest.mark.anyio


async def account() -> Account:
    return await service.find_or_create_account("+6281234567890", "Sari")


async def test_a_token_proves_its_account_with_its_grants(db: object) -> None:
    sari = await account()
    cooperative = uuid4()
    await service.grant_role(sari.pk, Role.MEMBER, cooperative_id=cooperative)
    await service.grant_role(sari.pk, Role.DRIVER, cooperative_id=cooperative)
    await service.revoke_role(sari.pk, Role.DRIVER, cooperative_id=cooperative)
    issued = await service.issue_tokens(sari)

    actor = await service.authenticate(issued.access_token)

    assert actor.account_id == sari.pk
    assert actor.session_id == issued.session.pk
    assert actor.grants == {Grant(Role.MEMBER, cooperative_id=cooperative)}
    assert actor.expires_at == issued.access_expires_at


async def test_authenticating_costs_one_statement(db: object, monkeypatch: pytest.MonkeyPatch) -> None:
    issued = await service.issue_tokens(await account())
    connection = database.connection()
    count = 0

    def counting(name: str) -> None:
        real = getattr(type(connection), name)

        async def counted(self: BaseDBAsyncClient, *args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            return await real(self, *args, **kwargs)

        monkeypatch.setattr(type(connection), name, counted)

    for name in ("execute_query_dict", "execute_insert", "execute_script"):
        counting(name)
    await service.authenticate(issued.access_token)
    assert count == 1


async def test_a_token_ends_by_the_clock(db: object) -> None:
    issued = await service.issue_tokens(await account())
    later = clock.now() + tokens.ACCESS_LIFE
    clock.use(lambda: later)
    try:
        with pytest.raises(tokens.TokenExpired):
            await service.authenticate(issued.access_token)
    finally:
        clock.use(None)


@pytest.mark.parametrize("garbage", ["", "x", "a.b.c", "lbk_nothing", "eyJhbGciOiJub25lIn0.e30.", "é" * 50])
async def test_what_is_no_token_proves_nobody(db: object, garbage: str) -> None:
    with pytest.raises(Unauthenticated):
        await service.authenticate(garbage)


async def test_a_token_of_an_ended_session_or_a_suspended_account_is_refused(db: object) -> None:
    sari = await account()
    issued = await service.issue_tokens(sari)
    await Session.filter(pk=issued.session.pk).update(ended_at=clock.now())
    with pytest.raises(Unauthenticated):
        await service.authenticate(issued.access_token)

    issued = await service.issue_tokens(sari)
    await Account.filter(pk=sari.pk).update(suspended_at=clock.now())
    with pytest.raises(service.AccountSuspended):
        await service.authenticate(issued.access_token)


async def test_keys_rotate_by_the_week() -> None:
    monday = datetime(2026, 11, 26, 0, 0, tzinfo=UTC) - timedelta(seconds=60)
    clock.use(lambda: monday)
    try:
        token, _ = tokens.sign_access(uuid4(), uuid4())
        clock.use(lambda: monday + timedelta(minutes=5))  # the next key signs now; the last one is still read
        tokens.read_access(token)
        assert tokens.sign_access(uuid4(), uuid4())[0].split(".")[0] != token.split(".")[0]
        clock.use(lambda: monday + timedelta(days=15))
        with pytest.raises(tokens.TokenExpired):
            tokens.read_access(token)
    finally:
        clock.use(None)


async def test_a_token_signed_with_another_secret_proves_nobody() -> None:
    token, _ = tokens.sign_access(uuid4(), uuid4())
    tokens.use_secret("another secret, of another node, long enough")
    try:
        with pytest.raises(Unauthenticated):
            tokens.read_access(token)
    finally:
        tokens.use_secret(tokens.DEVELOPMENT_SECRET)
