"""A lost phone, a suspended account, what is forgotten: with the clock moved."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity import api_keys, recovery, retention, service, signing_in, suspension, warnings
from marketplace.identity.actor import Actor, Forbidden, Grant, Role, Unauthenticated
from marketplace.identity.models import (
    Account,
    AuditEntry,
    LoginCode,
    NumberChange,
    NumberChangeState,
    RefreshToken,
    Session,
    SignInAttempt,
)
from marketplace.identity.senders import ConsoleSender
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from schema.scopes import MUTATIONS, check_scope
from tests.cooperatives.membership.people import acting, cooperative, person

pytestmark = pytest.mark.anyio
NEW = "+6281399990001"


@pytest.fixture(autouse=True)
def clock_goes_back() -> Any:
    yield
    clock.use(None)


def pass_time(by: timedelta) -> None:
    moment = clock.now() + by
    clock.use(lambda: moment)


@pytest.fixture
async def ask(db: Settings) -> Callable[[Account, Cooperative], Awaitable[NumberChange]]:
    """Ask for an account under the new number, with the code that was sent there."""
    sender = ConsoleSender(db.folder)

    async def asked(account: Account, founded: Cooperative) -> NumberChange:
        await signing_in.request_code(phone=NEW, sender=sender)
        code = json.loads(sender.path.read_text().splitlines()[-1])["code"]
        return await recovery.request_number_change(
            old_phone=account.phone, new_phone=NEW, code=code, cooperative_id=founded.pk
        )

    return asked


async def test_two_officers_and_two_days_bring_the_account_to_its_new_number(ask: Any) -> None:
    founded, officers = await cooperative()
    treasurer = officers[Role.TREASURER]
    held = await service.issue_tokens(treasurer)
    change = await ask(treasurer, founded)
    chair, secretary = await acting(officers[Role.CHAIR]), await acting(officers[Role.SECRETARY])

    with pytest.raises(Forbidden):  # not for his own account
        await recovery.approve_number_change(await acting(treasurer), change_id=change.pk)
    await recovery.approve_number_change(chair, change_id=change.pk)
    again = await recovery.approve_number_change(chair, change_id=change.pk)
    assert again.state is NumberChangeState.REQUESTED  # one officer twice is one officer
    approved = await recovery.approve_number_change(secretary, change_id=change.pk)
    assert approved.state is NumberChangeState.COOLING_OFF

    pass_time(recovery.COOLING_OFF - timedelta(seconds=1))
    await recovery.complete_number_changes()
    assert (await Account.get(pk=treasurer.pk)).phone == treasurer.phone
    pass_time(timedelta(seconds=1))
    await recovery.complete_number_changes()
    assert (await Account.get(pk=treasurer.pk)).phone == NEW
    assert (await Session.get(pk=held.session.pk)).ended_at is not None
    assert await AuditEntry.filter(account_id=treasurer.pk, action="number_change.done").exists()


async def test_the_owner_may_stop_it_while_it_cools_off(ask: Any) -> None:
    founded, officers = await cooperative()
    change = await ask(officers[Role.TREASURER], founded)
    for role in (Role.CHAIR, Role.SECRETARY):
        await recovery.approve_number_change(await acting(officers[role]), change_id=change.pk)
    await recovery.cancel_number_change(await acting(officers[Role.TREASURER]), change_id=change.pk)
    pass_time(timedelta(days=3))
    await recovery.complete_number_changes()
    assert (await Account.get(pk=officers[Role.TREASURER].pk)).phone != NEW


async def test_strangers_and_other_co_ops_officers_know_nothing_of_it(ask: Any) -> None:
    founded, officers = await cooperative("DRV")
    _, others = await cooperative("FOD")
    change = await ask(officers[Role.TREASURER], founded)
    for account in (await person(), others[Role.CHAIR]):
        with pytest.raises(NotFound):
            await recovery.approve_number_change(await acting(account), change_id=change.pk)
        with pytest.raises(NotFound):
            await recovery.cancel_number_change(await acting(account), change_id=change.pk)


async def test_a_number_taken_or_a_wrong_code_is_refused(ask: Any) -> None:
    founded, officers = await cooperative()
    await service.find_or_create_account(NEW)
    with pytest.raises(recovery.NumberTaken):
        await ask(officers[Role.TREASURER], founded)
    with pytest.raises(signing_in.WrongCode):
        await recovery.request_number_change(
            old_phone=officers[Role.CHAIR].phone, new_phone=NEW, code="x", cooperative_id=founded.pk
        )
    assert not await NumberChange.all().exists()


async def test_a_request_that_nobody_approves_is_forgotten(ask: Any) -> None:
    founded, officers = await cooperative()
    change = await ask(officers[Role.TREASURER], founded)
    pass_time(timedelta(days=15))
    await recovery.complete_number_changes()
    assert (await NumberChange.get(pk=change.pk)).state is NumberChangeState.CANCELLED


async def test_a_suspended_account_is_out_at_once_and_comes_back(db: object) -> None:
    budi, operator = await person(), Actor((await person()).pk, grants=frozenset({Grant(Role.NODE_OPERATOR)}))
    token = (await service.issue_tokens(budi)).access_token
    _, key = await api_keys.create_api_key(await acting(budi), name="Kasir", scopes=[api_keys.Scope.SELL])
    with pytest.raises(Forbidden):
        await suspension.suspend_account(await acting(budi), account_id=budi.pk, reason="x")
    await suspension.suspend_account(operator, account_id=budi.pk, reason="Penipuan")
    for shown in (token, key):
        with pytest.raises(MarketplaceError) as refused:
            await service.authenticate(shown)
        assert refused.value.code in {Code.SUSPENDED, Code.UNAUTHENTICATED}
    await suspension.reinstate_account(operator, account_id=budi.pk)
    with pytest.raises(Unauthenticated):  # the old session stays ended
        await service.authenticate(token)
    assert (await service.authenticate(key)).account_id == budi.pk
    actions = [entry.action for entry in await AuditEntry.filter(account_id=budi.pk).order_by("id")]
    assert actions == ["account.suspended", "account.reinstated"]


async def test_what_is_old_is_forgotten(db: Settings) -> None:
    budi = await person()
    await signing_in.request_code(phone=budi.phone, sender=ConsoleSender(db.folder))
    await SignInAttempt.create(phone=budi.phone)
    await service.issue_tokens(budi)
    await retention.run_timetable(None)
    assert await LoginCode.all().count() == await SignInAttempt.all().count() == await Session.all().count() == 1
    pass_time(timedelta(days=100))
    await retention.run_timetable(None)
    for table in (LoginCode, SignInAttempt, RefreshToken, Session):
        assert await table.all().count() == 0


async def test_origins_belong_to_living_keys(db: object) -> None:
    actor = await acting(await person())
    row, _ = await api_keys.create_api_key(
        actor, name="Web", scopes=[api_keys.Scope.BUY], origins=["https://Toko.example/"], expires_in_days=1
    )
    assert await api_keys.app_origins() == {"https://toko.example"}
    pass_time(timedelta(days=1))
    assert await api_keys.app_origins() == frozenset()
    clock.use(None)
    await api_keys.revoke_api_key(actor, api_key_id=row.pk)
    assert await api_keys.app_origins() == frozenset()


@pytest.mark.parametrize(
    ("scope", "mutation", "allowed"),
    [
        ("BUY", "placeOrder", True),
        ("BUY", "acceptSubOrder", False),
        ("SELL", "acceptSubOrder", True),
        ("READ", "placeOrder", False),
        ("CARRY", "claimJob", True),
        ("SETTLE", "approveSettlement", False),
        ("MEMBERSHIP", "grantOffice", False),
        ("SELL", "noSuchMutation", False),
    ],
)
async def test_a_key_does_what_its_scope_names(scope: str, mutation: str, allowed: bool) -> None:
    actor = Actor(scopes=frozenset({scope}))
    if allowed:
        check_scope(actor, mutation)
    else:
        with pytest.raises(Forbidden):
            check_scope(actor, mutation)
    check_scope(Actor(), mutation)  # a person is bounded by grants alone
    assert set(MUTATIONS) == set(api_keys.Scope)


async def test_the_old_number_is_warned(ask: Any, db: Settings) -> None:
    founded, officers = await cooperative()
    change = await ask(officers[Role.TREASURER], founded)
    told: list[tuple[str, str]] = []

    class Ear(ConsoleSender):
        async def tell(self, phone: str, text: str) -> None:
            told.append((phone, text))

    class Adapters:
        settings = db
        codes = Ear(db.folder)

    event = OutboxEvent(event="number_change.cooling_off", handler="x", aggregate_id=change.pk, payload={})
    await warnings.warn_old_number(Adapters(), event)
    assert told == []  # one officer's word moves nothing yet
    for role in (Role.CHAIR, Role.SECRETARY):
        await recovery.approve_number_change(await acting(officers[role]), change_id=change.pk)
    await warnings.warn_old_number(Adapters(), event)
    assert told[0][0] == officers[Role.TREASURER].phone
    assert NEW in told[0][1]
