"""Keys are turned over: all that the vault sealed is sealed anew, and nothing that it seals can be forgotten."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tortoise import Tortoise
from tortoise.fields import TextField

from cooperatives.departures.models import HeirClaim
from cooperatives.moving.models import MovingSet
from cooperatives.protection.kinds import Sector
from cooperatives.protection.models import ProtectionDependant, ProtectionEnrolment
from marketplace import clock
from marketplace.database import new_id
from marketplace.payments.gateway import Destination
from marketplace.payments.payouts import destinations
from marketplace.payments.payouts.lifecycle import PayeeKind
from marketplace.payments.payouts.models import PayoutDestination
from marketplace.resealing import SEALED, reseal
from marketplace.settings import Settings
from marketplace.vault import Vault

pytestmark = pytest.mark.anyio
SOURCES = Path(__file__).parents[2]
#: Sealed, but not by the vault: a shop's tax number, under the node's own secret.
ELSEWHERE = {"seller.npwp_sealed"}


def test_every_file_that_seals_is_named() -> None:
    sealing = {
        str(path.relative_to(SOURCES))
        for package in ("catalog", "cooperatives", "marketplace", "schema")
        for path in (SOURCES / package).rglob("*.py")
        if "vault.seal(" in path.read_text(encoding="utf-8") and path.name != "resealing.py"
    }
    assert sealing == {one.sealed_in for one in SEALED}


async def test_every_column_that_says_it_is_sealed_is_named(db: Settings) -> None:
    said = {
        f"{model._meta.db_table}.{name}"
        for model in Tortoise.apps["lumbung"].values()
        for name, column in model._meta.fields_map.items()
        if isinstance(column, TextField) and name.endswith("sealed")
    }
    named = {f"{one.model._meta.db_table}.{name}" for one in SEALED for name in one.columns}
    assert said - ELSEWHERE <= named


async def test_numbers_claims_and_sheets_are_sealed_anew(db: Settings) -> None:
    def vault_with(*keys: str) -> Vault:
        return Vault(db.model_copy(update={"credentials_keys": type(db.secret_key)(",".join(keys))}))

    old, both, new = vault_with("old"), vault_with("new", "old"), vault_with("new")
    owner, ids = new_id(), [new_id() for _ in range(5)]
    to = Destination("bca", "1234567890", "Bu Sri", False)

    def sealed(id: UUID) -> str:
        return old.seal({"number": "KPJ123456"}, row_id=id, owner_id=owner)

    await PayoutDestination.create(
        id=ids[0],
        cooperative_id=owner,
        payee=PayeeKind.DRIVER,
        payee_id=owner,
        institution="bca",
        is_wallet=False,
        masked="bca",
        sealed=destinations.seal(old, to, row_id=ids[0], owner_id=owner),
        set_by=owner,
        set_at=clock.now(),
    )
    await ProtectionEnrolment.create(
        id=ids[1],
        cooperative_id=owner,
        programme_id=owner,
        membership_id=owner,
        account_id=owner,
        sector=Sector.OTHER,
        since=date(2026, 1, 1),
        sealed=sealed(ids[1]),
    )
    about = {"enrolment_id": ids[1], "name": "Ani", "relation": "CHILD", "born_on": date(2020, 1, 1)}
    dependant: dict[str, Any] = {**about, "since": date(2026, 1, 1), "sealed": sealed(ids[2])}
    await ProtectionDependant.create(id=ids[2], **dependant)
    await ProtectionDependant.create(id=new_id(), **{**dependant, "sealed": ""})  # no number is known
    await HeirClaim.create(
        id=ids[3],
        cooperative_id=owner,
        departure_id=owner,
        membership_id=owner,
        heir=sealed(ids[3]),
        is_named=False,
        amount=1,
        recorded_by=owner,
    )
    await MovingSet.create(id=ids[4], cooperative_id=owner, fingerprint="f", sheets=sealed(ids[4]), totals={})
    assert (await reseal(both), await reseal(both)) == (5, 0)
    kept = await PayoutDestination.get(pk=ids[0])
    assert destinations.unseal(new, kept.sealed, row_id=ids[0], owner_id=owner) == to
    texts = [
        (await ProtectionEnrolment.get(pk=ids[1])).sealed,
        (await ProtectionDependant.get(pk=ids[2])).sealed,
        (await HeirClaim.get(pk=ids[3])).heir,
        (await MovingSet.get(pk=ids[4])).sheets or "",
    ]
    for id, text in zip(ids[1:], texts, strict=True):
        assert new.open(text, row_id=id, owner_id=owner) == {"number": "KPJ123456"}
