"""A co-op's account with a provider: two officers, secrets sealed to their row, turned over, told to nobody."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.database import connection, new_id
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Forbidden, Role
from marketplace.identity.models import AuditEntry
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.pricing import PaymentMethodUnavailable
from marketplace.payments.gateway import PaymentChannel, SignatureRefused
from marketplace.payments.models import RailAccount, RailKind, RailState
from marketplace.payments.rails import ChannelUnavailable, Rails, SeveralCollectors, accounts
from marketplace.payments.rails.accounts import RailWish
from marketplace.resealing import reseal
from marketplace.settings import Mode, Settings
from marketplace.vault import CredentialsSealed, Vault
from tests.orders import stage
from tests.payments.rails.accounts import MIDTRANS, STRIPE, officer, with_account
from tests.payments.rails.fake_midtrans import FakeMidtrans
from tests.payments.rails.fake_stripe import FakeStripe

pytestmark = pytest.mark.anyio
OLD, NEW = "old-key-" * 5, "new-key-" * 5


def vault_with(*keys: str) -> Vault:
    return Vault(Settings(credentials_keys=",".join(keys)))


@pytest.fixture
async def coop(db: Settings) -> AsyncIterator[Cooperative]:
    yield await stage.cooperative("CRD")
    clock.use(None)


def test_what_is_sealed_opens_for_its_row_and_owner_only() -> None:
    vault, row_id, owner_id = vault_with(OLD), new_id(), new_id()
    text = vault.seal({"secret_key": "sk_test_abcd"}, row_id=row_id, owner_id=owner_id)
    assert "sk_test" not in text
    assert vault.seal({"secret_key": "sk_test_abcd"}, row_id=row_id, owner_id=owner_id) != text
    assert vault.open(text, row_id=row_id, owner_id=owner_id) == {"secret_key": "sk_test_abcd"}
    wrong: list[tuple[Vault, str, Any, Any]] = [
        (vault, text, new_id(), owner_id),
        (vault, text, row_id, new_id()),
        (vault, text[:-6] + "AAAAA=", row_id, owner_id),
        (vault, "", row_id, owner_id),
        (vault_with(NEW), text, row_id, owner_id),
    ]
    for opener, sealed, row, owner in wrong:
        with pytest.raises(CredentialsSealed):
            opener.open(sealed, row_id=row, owner_id=owner)


async def test_keys_are_turned_over_and_the_old_one_is_then_not_needed(coop: Cooperative) -> None:
    rails = Rails(Settings(credentials_keys=OLD))
    account = await with_account(coop, rails, RailKind.STRIPE)
    assert await reseal(vault_with(NEW, OLD)) == 1
    assert await reseal(vault_with(NEW, OLD)) == 0
    row = await RailAccount.get(id=account.id)
    assert vault_with(NEW).open(row.sealed, row_id=row.id, owner_id=coop.pk) == STRIPE


async def test_no_secret_is_in_the_clear_anywhere(coop: Cooperative) -> None:
    rails = Rails(Settings())
    await with_account(coop, rails, RailKind.MIDTRANS)
    for table in ("rail_account", "audit_entry", "idempotency_key", "outbox_event"):
        kept = str(await connection().execute_query_dict(f'SELECT * FROM "{table}"'))
        assert not [secret for secret in MIDTRANS.values() if secret in kept], table
    actions = {entry.action for entry in await AuditEntry.filter(cooperative_id=coop.pk)}
    assert actions == {"rail.proposed", "rail.agreed"}


async def test_nothing_counts_before_a_second_officer_agrees(coop: Cooperative) -> None:
    rails, treasurer = Rails(Settings()), officer(coop, Role.TREASURER)
    wish = RailWish(RailKind.STRIPE, STRIPE, {})
    row = await accounts.propose_rail(treasurer, cooperative_id=coop.pk, wish=wish, vault=rails.vault, key="k")
    assert row.state is RailState.PROPOSED
    assert (await rails.choose([coop.pk])).is_simulated
    with pytest.raises(accounts.NeedsAnotherOfficer):
        await accounts.agree_to_rail(treasurer, account_id=row.id, key="a")
    for outsider in (officer(await stage.cooperative("OTH"), Role.CHAIR), officer(coop, Role.SECRETARY)):
        with pytest.raises(NotFound):
            await accounts.agree_to_rail(outsider, account_id=row.id, key="b")
        with pytest.raises(Forbidden):
            await accounts.propose_rail(outsider, cooperative_id=coop.pk, wish=wish, vault=rails.vault, key="c")
    await accounts.agree_to_rail(officer(coop, Role.CHAIR), account_id=row.id, key="d")
    assert (await rails.choose([coop.pk])).name == "STRIPE"
    await rails.close()


async def test_keys_of_the_provider_are_turned_over_without_losing_a_callback(coop: Cooperative) -> None:
    fake, rails = FakeStripe(), Rails(Settings())
    account = await with_account(coop, rails, RailKind.STRIPE)
    fake.new_intent({"amount": "1000000", "currency": "idr"})
    body = fake.events[0]
    signed = {"stripe-signature": fake.sign(body)}
    (await rails.by_account(account.id)).read(signed, body)
    wish = RailWish(RailKind.STRIPE, {**STRIPE, "webhook_secret": "whsec_turned_over"}, {})
    chair = officer(coop, Role.CHAIR)
    row = await accounts.propose_rail(chair, cooperative_id=coop.pk, wish=wish, vault=rails.vault, key="n")
    assert row.id == account.id  # the address that the provider calls stays
    await accounts.agree_to_rail(officer(coop, Role.TREASURER), account_id=row.id, key="m")
    gateway = await rails.by_account(account.id)
    gateway.read(signed, body)  # still under way when the keys were turned over
    gateway.read({"stripe-signature": fake.sign(body, secret="whsec_turned_over")}, body)
    clock.use(lambda: clock.machine() + timedelta(hours=25))
    with pytest.raises(SignatureRefused):
        (await rails.by_account(account.id)).read(signed, body)
    await rails.close()


WRONG = [
    (RailKind.STRIPE, {"secret_key": "pk_test_1234", "webhook_secret": "whsec_12345678"}, {}, "secrets.secret_key"),
    (RailKind.STRIPE, {"secret_key": "sk_test_1234"}, {}, "secrets.webhook_secret"),
    (RailKind.STRIPE, {**STRIPE, "other": "x"}, {}, "secrets.other"),
    (RailKind.MIDTRANS, {"server_key": "short"}, {}, "secrets.server_key"),
    (RailKind.MIDTRANS, MIDTRANS, {"environment": "https://evil"}, "options.environment"),
    (RailKind.MIDTRANS, MIDTRANS, {"fees": [{"channel": "QRIS", "bp": 9_999}]}, "options.fees.0.bp"),
]


@pytest.mark.parametrize(("rail", "secrets", "options", "field"), WRONG)
async def test_a_wrong_form_names_the_field_and_never_what_stood_in_it(
    coop: Cooperative, rail: RailKind, secrets: dict[str, str], options: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await accounts.propose_rail(
            officer(coop, Role.CHAIR),
            cooperative_id=coop.pk,
            wish=RailWish(rail, secrets, options),
            vault=vault_with(OLD),
            key="k",
        )
    assert [".".join(fault.path) for fault in refused.value.faults] == [field]
    said = str(refused.value.faults)
    assert not [secret for secret in secrets.values() if len(secret) > 5 and secret in said]


async def test_which_gateway_takes_an_order(coop: Cooperative) -> None:
    rails, other = Rails(Settings()), await stage.cooperative("QRS")
    assert (await rails.choose([coop.pk, other.pk])).is_simulated
    await with_account(coop, rails, RailKind.STRIPE)
    with pytest.raises(SeveralCollectors):
        await rails.choose([coop.pk, other.pk])
    with pytest.raises(ChannelUnavailable):
        await rails.choose([coop.pk], PaymentChannel.QRIS)
    account = await with_account(coop, rails, RailKind.MIDTRANS)
    assert (await rails.choose([coop.pk], PaymentChannel.QRIS)).name == "MIDTRANS"
    await accounts.retire_rail(officer(coop, Role.CHAIR), account_id=account.id, key="r")
    with pytest.raises(ChannelUnavailable):
        await rails.choose([coop.pk], PaymentChannel.QRIS)
    assert (await rails.by_account(account.id)).name == "MIDTRANS"  # what was begun with it is looked after
    await rails.close()


async def test_production_calls_nothing_paid_that_is_not(coop: Cooperative) -> None:
    production = Settings(mode=Mode.PRODUCTION, secret_key="x" * 40)
    food = await stage.dish(await stage.shop(coop), price=50_000)
    with pytest.raises(PaymentMethodUnavailable):
        await stage.ordered(await stage.buyer(), (food, 1), method=PaymentMethod.ONLINE, rails=Rails(production))
    assert await SubOrder.all().count() == 0
    assert (await Rails(production.model_copy(update={"sandbox": True})).choose([coop.pk])).is_simulated


def test_the_fakes_speak_of_one_merchant_only() -> None:
    assert FakeMidtrans().taken == FakeMidtrans().sent == FakeStripe().balance == 0
