"""A co-op's account with a payment provider: set by one officer, agreed to by a second, turned over, retired.

What is secret goes in and never comes out: a reader sees which account it is, who set it and when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from marketplace import clock
from marketplace.database import for_update, locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.payments.models import RailAccount, RailKind, RailState
from marketplace.vault import Vault

#: Callbacks signed with the secret before are believed so long after it was turned over.
FORMER_LIFE = timedelta(hours=24)
MOST_ACCOUNTS = 20
SETTERS = (Role.CHAIR, Role.TREASURER)

Secret = Annotated[str, Field(min_length=8, max_length=300, pattern=r"^[\x21-\x7e]+$")]


class NeedsAnotherOfficer(MarketplaceError):
    """Where money goes needs two officers: let another chair or treasurer agree."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Tujuan uang perlu dua pengurus: minta ketua atau bendahara lain menyetujui."


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _StripeSecrets(_Form):
    secret_key: Annotated[str, Field(pattern=r"^(sk|rk)_(test|live)_[\x21-\x7e]{4,280}$")]
    webhook_secret: Secret


class _MidtransSecrets(_Form):
    server_key: Secret
    payout_creator_key: Secret | None = None
    payout_approver_key: Secret | None = None
    payout_merchant_key: Secret | None = None


class _FeeLine(_Form):
    channel: Literal["CARD", "QRIS", "EWALLET", "VIRTUAL_ACCOUNT"]
    up_to: Annotated[int, Field(ge=1)] | None = None
    bp: Annotated[int, Field(ge=0, le=2_000)] = 0
    flat: Annotated[int, Field(ge=0, le=100_000)] = 0


class _StripeOptions(_Form):
    publishable_key: Annotated[str, Field(pattern=r"^$|^pk_(test|live)_[\x21-\x7e]{4,280}$")] = ""
    manual_capture: bool = False
    connect: bool = False


class _MidtransOptions(_Form):
    environment: Literal["sandbox", "production"] = "sandbox"
    acquirer: Literal["gopay", "airpay shopee"] = "gopay"
    fees: Annotated[list[_FeeLine], Field(max_length=20)] | None = None
    payout_fee: Annotated[int, Field(ge=0, le=100_000)] | None = None


FORMS: Mapping[RailKind, tuple[type[_Form], type[_Form]]] = {
    RailKind.STRIPE: (_StripeSecrets, _StripeOptions),
    RailKind.MIDTRANS: (_MidtransSecrets, _MidtransOptions),
}


@dataclass(frozen=True, slots=True)
class RailWish:
    """What an officer asks for. `secrets` and `options` are by name, as the rail's form has them."""

    rail: RailKind
    secrets: Mapping[str, str]
    options: Mapping[str, Any]


async def propose_rail(actor: Actor, *, cooperative_id: UUID, wish: RailWish, vault: Vault, key: str) -> RailAccount:
    """A chair or treasurer sets the co-op's account with a provider, or turns its keys over; a second one agrees.

    Raises Forbidden, NotFound, Invalid.
    """
    by = signed_in(actor)
    require(actor, *SETTERS, cooperative_id=cooperative_id)
    secrets, options = _checked(wish)
    digest = sha256(repr(sorted(secrets.items())).encode()).hexdigest()  # what is kept of the input is no secret
    async with transaction():
        earlier = await once(by, "setRailAccount", key, [cooperative_id, wish.rail, digest, options], new_id())
        rows = await for_update(RailAccount.filter(cooperative_id=cooperative_id).order_by("id"))
        row = next((row for row in rows if row.rail is wish.rail and row.state is not RailState.RETIRED), None)
        if row is not None and earlier is not None:
            return row
        if row is None:
            if len(rows) >= MOST_ACCOUNTS:
                raise Invalid.field("rail", Code.TOO_MANY, "at most 20 accounts", "paling banyak 20 akun")
            row = RailAccount(id=new_id(), cooperative_id=cooperative_id, rail=wish.rail)
            await row.save(force_create=True)
        row.proposed_sealed = vault.seal(secrets, row_id=row.id, owner_id=cooperative_id)
        row.proposed_options, row.proposed_by = options, by
        await row.save(update_fields=["proposed_sealed", "proposed_options", "proposed_by"])
        await _note("rail.proposed", row, by)
        await ask_second(Awaiting.RAIL_ACCOUNT, row.id, cooperative_id=cooperative_id, by=by)
        return row


async def agree_to_rail(actor: Actor, *, account_id: UUID, key: str) -> RailAccount:
    """Another chair or treasurer agrees: from now on the co-op's payments go there.

    The keys before still prove callbacks for a day. Raises NotFound, NeedsAnotherOfficer, Invalid.
    """
    by = signed_in(actor)
    async with transaction():
        row = await _held(actor, account_id)
        if await once(by, "agreeToRailAccount", key, [account_id], account_id) is not None:
            return row
        if row.proposed_sealed is None:
            raise Invalid.field("id", Code.INVALID, "nothing is proposed", "tidak ada usulan")
        if row.proposed_by == by:
            raise NeedsAnotherOfficer
        if row.sealed:
            row.former_sealed, row.former_until = row.sealed, clock.now() + FORMER_LIFE
        row.sealed, row.options = row.proposed_sealed, row.proposed_options or {}
        row.proposed_sealed = row.proposed_options = None
        row.set_by, row.set_at, row.state = row.proposed_by, clock.now(), RailState.ACTIVE
        row.version += 1
        await row.save()
        await _note("rail.agreed", row, by)
        return row


async def retire_rail(actor: Actor, *, account_id: UUID, key: str) -> RailAccount:
    """Take no new payments with it; those begun are still looked after. Raises NotFound."""
    by = signed_in(actor)
    async with transaction():
        row = await _held(actor, account_id)
        if await once(by, "retireRailAccount", key, [account_id], account_id) is None:
            row.state, row.proposed_sealed, row.proposed_options = RailState.RETIRED, None, None
            await row.save(update_fields=["state", "proposed_sealed", "proposed_options"])
            await _note("rail.retired", row, by)
        return row


async def rails_of(actor: Actor, cooperative_id: UUID) -> Sequence[RailAccount]:
    """A co-op's accounts, for its officers and pengawas. Raises NotFound."""
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id, hide="cooperative")
    return await RailAccount.filter(cooperative_id=cooperative_id).order_by("id").limit(MOST_ACCOUNTS)


async def _held(actor: Actor, account_id: UUID) -> RailAccount:
    row = await locked_one(RailAccount, account_id)
    if row is None:
        raise NotFound("rail account")
    require(actor, *SETTERS, cooperative_id=row.cooperative_id, hide="rail account")
    return row


def _checked(wish: RailWish) -> tuple[dict[str, str], dict[str, Any]]:
    """The rail's forms filled in. A refusal names the field, never what stood in it."""
    secret_form, option_form = FORMS[wish.rail]
    faults = []
    found: list[dict[str, Any]] = []
    for name, form, values in (("secrets", secret_form, wish.secrets), ("options", option_form, wish.options)):
        try:
            found.append(form.model_validate(dict(values)).model_dump(exclude_none=True))
        except ValidationError as refused:
            for error in refused.errors(include_input=False, include_url=False, include_context=False):
                path = (name, *(str(part) for part in error["loc"]))
                faults.append(FieldFault(path, Code.INVALID, "not as the provider gives it", "bukan dari penyedia"))
    if faults:
        raise Invalid(faults=faults)
    return found[0], found[1]


async def _note(action: str, row: RailAccount, by: UUID) -> None:
    await audit.note(
        action, account_id=by, by=by, cooperative_id=row.cooperative_id, rail=row.rail.value, id=str(row.id)
    )
