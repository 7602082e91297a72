"""Two phones sign a hand-over; a third party verifies it with nothing but keys, and finds what was tampered with."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from marketplace.cli import _gather, app
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of
from tests.journeys.test_warung_order import Story

pytestmark = pytest.mark.anyio
CHAIN = """query($id: ID!) { node(id: $id) { ... on DeliveryJob { custodyFile custody { id handOver
  giver: toSign(side: GIVER, signedAt: "2026-11-25T10:00:00.000000Z")
  attestations { side attestedBy publicKey } } } } }"""


class Phone:
    """An app: it knows what the documentation says, and nothing of the node's insides."""

    def __init__(self, story: Story, token: str) -> None:
        self.story, self.token, self.key = story, token, Ed25519PrivateKey.generate()
        self.public_key = self.key.public_key().public_bytes_raw().hex()
        self.id = ""

    async def register(self) -> None:
        account = (await self.story.ask(self.token, "{ viewer { custodyAccount } }"))["viewer"]["custodyAccount"]
        fields = {"account": account, "publicKey": self.public_key, "schema": "lumbung.custody-key/1"}
        done = await self.story.do(
            self.token,
            "registerCustodyKey",
            "... on CustodyKey { id }",
            name="HP",
            publicKey=self.public_key,
            proof=self.key.sign(json.dumps(fields, separators=(",", ":")).encode()).hex(),
            idempotencyKey=self.story.key(),
        )
        self.id = done["id"]

    async def sign(self, receipt: str, side: str) -> list[dict[str, Any]]:
        signed_at = (await self.story.ask(self.token, "{ viewer { custodyKeys { registeredAt } } }"))["viewer"]
        at = signed_at["custodyKeys"][0]["registeredAt"]
        asked = "query($id: ID!, $at: DateTime!) { node(id: $id) { ... on DeliveryJob { custody { id "
        asked += f"text: toSign(side: {side}, signedAt: $at) }} }} }} }}"
        job = (await self.story.ask(self.token, asked, id=self.job, at=at))["node"]
        (text,) = [one["text"] for one in job["custody"] if one["id"] == receipt]
        done = await self.story.do(
            self.token,
            "signCustody",
            "... on CustodyReceipt { attestations { side attestedBy publicKey } }",
            receiptId=receipt,
            side=side,
            keyId=self.id,
            signedAt=at,
            signature=self.key.sign(text.encode()).hex(),
        )
        found: list[dict[str, Any]] = done["attestations"]
        return found

    job = ""


async def test_a_receipt_is_verified_apart(graphql: GraphQL, tmp_path: Path) -> None:
    story = Story(graphql)
    coop = await stage.cooperative("DRV")
    shop, _ = await stage.seller(coop)
    order = await stage.sub_order(shop, await stage.account("Ani"))
    job = await stage.job_of(order)
    id = Phone.job = to_id("DeliveryJob", job.pk)
    budi, _ = await stage.on_shift(coop, "Budi")
    rider = Phone(story, await token_of(await Account.get(pk=budi.account_id), Role.DRIVER, cooperative_id=coop.pk))
    owner = await Account.get(pk=shop.owner_id)
    warung = Phone(story, await token_of(owner, Role.SELLER_OWNER, cooperative_id=coop.pk, seller_id=shop.pk))
    for step, more in (("claimJob", {}), ("arriveAtPickup", {}), ("confirmPickup", {"pin": "1111"})):
        kind = {"arriveAtPickup": "ArriveInput", "confirmPickup": "SellerPinInput"}.get(step, "ClaimJobInput")
        key = story.key()
        await story.do(
            rider.token, step, "... on DeliveryJob { state }", input_type=kind, jobId=id, idempotencyKey=key, **more
        )
    (receipt,) = (await story.ask(rider.token, CHAIN, id=id))["node"]["custody"]
    assert [one["attestedBy"] for one in receipt["attestations"]] == ["NODE", "NODE"]
    for phone in (rider, warung):
        await phone.register()
    await warung.sign(receipt["id"], "GIVER")
    found = await rider.sign(receipt["id"], "TAKER")
    assert [(one["attestedBy"], one["publicKey"]) for one in found] == [
        ("DEVICE", warung.public_key),
        ("DEVICE", rider.public_key),
    ]

    text = (await story.ask(warung.token, CHAIN, id=id))["node"]["custodyFile"]
    node_key = (await story.ask("", "{ custodyNodeKey }"))["custodyNodeKey"]
    file = tmp_path / "serah-terima.json"
    _gather()
    command = ["verify-receipt", str(file), "--node-key", node_key]
    for public_key in (rider.public_key, warung.public_key):
        command += ["--key", public_key]
    file.write_text(text)
    run = CliRunner().invoke(app, command)
    assert run.exit_code == 0, run.output
    assert "attested by giver DEVICE, taker DEVICE" in run.output
    file.write_text(text.replace(str(budi.pk), str(shop.pk)))
    run = CliRunner().invoke(app, command)
    assert run.exit_code == 1
    assert "the taker's signature does not fit" in run.output
