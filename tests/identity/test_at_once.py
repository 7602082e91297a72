"""Tokens and codes shown several times at the same moment."""

import asyncio

import pytest

from marketplace.errors import MarketplaceError
from marketplace.identity import service, signing_in
from marketplace.identity.actor import Unauthenticated
from marketplace.identity.models import LoginCode, Session, SignInAttempt
from marketplace.identity.senders import ConsoleSender
from marketplace.settings import Settings
from tests.cooperatives.membership.people import person

pytestmark = pytest.mark.anyio
PHONE = "+6281377770001"


class Ear(ConsoleSender):
    """Hears the code that was sent last."""

    code = ""

    async def send(self, phone: str, code: str, **_: object) -> None:
        self.code = code


async def outcomes(*work: object) -> list[object]:
    return await asyncio.gather(*work, return_exceptions=True)  # type: ignore[call-overload,no-any-return]  # mixed


async def test_a_refresh_token_used_by_two_at_once_serves_at_most_one_and_ends_the_session(db: object) -> None:
    issued = await service.issue_tokens(await person())
    found = await outcomes(*(signing_in.refresh(refresh_token=issued.refresh_token) for _ in range(4)))
    served = [one for one in found if isinstance(one, service.Tokens)]
    assert len(served) == 1
    assert all(isinstance(one, Unauthenticated) for one in found if one not in served)
    assert (await Session.get(pk=issued.session.pk)).end_reason == "reuse"
    with pytest.raises(Unauthenticated):
        await service.authenticate(served[0].access_token)


async def test_a_code_used_by_many_at_once_signs_in_once(db: Settings) -> None:
    ear = Ear(db.folder)
    await signing_in.request_code(phone=PHONE, sender=ear)
    found = await outcomes(*(signing_in.sign_in(phone=PHONE, code=ear.code) for _ in range(4)))
    assert sum(isinstance(one, service.Tokens) for one in found) == 1
    assert all(isinstance(one, service.Tokens | MarketplaceError) for one in found)
    assert await Session.all().count() == 1


async def test_guesses_at_once_are_counted_each(db: Settings) -> None:
    ear = Ear(db.folder)
    await signing_in.request_code(phone=PHONE, sender=ear)
    wrong = "000000" if ear.code != "000000" else "111111"
    await outcomes(*(signing_in.check_code(PHONE, wrong) for _ in range(12)))
    assert (await LoginCode.get(phone=PHONE)).tries == signing_in.CODE_TRIES
    with pytest.raises(signing_in.WrongCode):
        await signing_in.check_code(PHONE, ear.code)


async def test_guessing_at_a_password_from_everywhere_does_not_keep_its_owner_out(db: Settings) -> None:
    await service.find_or_create_account(PHONE)
    for n in range(signing_in.TRIES_A_PHONE):
        await SignInAttempt.create(phone=PHONE, address=f"10.0.0.{n}")
    with pytest.raises(signing_in.TooManyTries):
        await signing_in.sign_in(phone=PHONE, password="padi menguning", address="10.0.1.1")
    ear = Ear(db.folder)
    await signing_in.request_code(phone=PHONE, sender=ear)
    assert await signing_in.sign_in(phone=PHONE, code=ear.code, address="10.0.2.2")
