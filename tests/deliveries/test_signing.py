"""Hand-overs signed on devices: who may, when, and what a forger meets."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cooperatives.settlements.models import Obligation
from marketplace import clock
from marketplace.cli import _gather, app
from marketplace.database import new_id
from marketplace.deliveries import service as carrying
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, HandOver
from marketplace.deliveries.signing import files, filing, keys
from marketplace.deliveries.signing.attesting import Side
from marketplace.deliveries.signing.keys import BadSignature, KeyTaken, TooManyKeys
from marketplace.deliveries.signing.models import CustodyKey, CustodySignature
from marketplace.deliveries.signing.service import AlreadySigned, KeyRevoked, NotASide, TooLateToSign
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor
from tests.deliveries import stage
from tests.deliveries.devices import Device
from tests.deliveries.stage import BOARD, SIGNER

pytestmark = pytest.mark.anyio


class Handed:
    """An allied driver carries a cash order; Ani is its buyer, Bu Sri the seller."""

    job: DeliveryJob
    bu_sri: Actor
    budi: Actor
    ani: Actor

    async def picked_up(self) -> CustodyReceipt:
        a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
        await stage.ally(a, b)
        shop, self.bu_sri = await stage.seller(a)
        buyer = await stage.account("Ani")
        self.ani = Actor(account_id=buyer.pk)
        self.job = await stage.job_of(await stage.sub_order(shop, buyer))
        _, self.budi = await stage.on_shift(b, "Budi")
        ask: dict[str, Any] = {"job_id": self.job.pk}
        await carrying.claim_job(self.budi, **ask, key="claim", dispatch=BOARD)
        await carrying.arrive_at_pickup(self.budi, **ask, key="there")
        await carrying.confirm_pickup(self.budi, **ask, pin="1111", place=None, key="pickup", signer=SIGNER)
        return await CustodyReceipt.get()

    async def delivered(self) -> list[CustodyReceipt]:
        await self.picked_up()
        ask: dict[str, Any] = {"job_id": self.job.pk, "drop_id": None}
        await carrying.arrive_at_drop_off(self.budi, **ask, key="door")
        place = stage.SURABAYA
        await carrying.confirm_drop_off(self.budi, **ask, pin="2222", place=place, key="drop", signer=SIGNER)
        return await CustodyReceipt.all().order_by("position")


async def test_both_sides_sign_and_the_books_check_it(db: object) -> None:
    story = Handed()
    pickup, drop_off = await story.delivered()
    shop, rider, buyer = [await Device(one).register() for one in (story.bu_sri, story.budi, story.ani)]
    await shop.attest(pickup, Side.GIVER)
    await rider.attest(pickup, Side.TAKER)
    await rider.attest(drop_off, Side.GIVER, at=clock.now() - timedelta(hours=5))  # signed off line
    await buyer.attest(drop_off, Side.TAKER)
    assert await CustodySignature.all().count() == 4
    assert await stage.what_is_broken(SIGNER) == []
    (owed,) = await Obligation.all()
    assert owed.receipt_id == drop_off.pk
    await CustodySignature.filter(receipt_id=drop_off.pk, side=Side.TAKER).update(signed_at=clock.now())
    (found,) = await stage.what_is_broken(SIGNER)
    assert "receipt 1: what a device signed does not fit" in found.where


async def test_a_debt_without_its_receipt_is_found(db: object) -> None:
    await Handed().delivered()
    assert await stage.what_is_broken(SIGNER) == []
    await Obligation.all().update(receipt_id=new_id())
    (found,) = await stage.what_is_broken(SIGNER)
    assert "names the custody receipt" in found.rule


async def test_what_a_forger_meets(db: object) -> None:
    story = Handed()
    pickup, drop_off = await story.delivered()
    shop, rider = [await Device(one).register() for one in (story.bu_sri, story.budi)]
    stranger = await Device((await stage.driver(await stage.cooperative("LOG"), "Joko"))[1]).register()
    unregistered = Device(story.budi)
    with pytest.raises(BadSignature):  # forged: another device's hand
        await rider.attest(pickup, Side.TAKER, by=unregistered)
    with pytest.raises(BadSignature):  # replayed: what he signed for the pickup, under the drop-off
        await rider.attest(pickup, Side.GIVER, under=drop_off)
    with pytest.raises(NotFound):  # who has nothing to do with it may not even know of it
        await stranger.attest(pickup, Side.TAKER)
    with pytest.raises(NotASide):  # nor does the shop sign for the driver
        await shop.attest(pickup, Side.TAKER)
    rider.row, his = shop.row, rider.row
    with pytest.raises(NotFound):  # another's key
        await rider.attest(pickup, Side.TAKER)
    rider.row = his
    for away in (timedelta(hours=-73), timedelta(minutes=6)):
        with pytest.raises(Invalid):
            await rider.attest(pickup, Side.TAKER, at=clock.now() + away)
    assert await CustodySignature.all().count() == 0

    at = clock.now()
    await rider.attest(pickup, Side.TAKER, at=at)
    await rider.attest(pickup, Side.TAKER, at=at)  # the same again
    with pytest.raises(AlreadySigned):
        await rider.attest(pickup, Side.TAKER, at=at - timedelta(seconds=1))
    assert his is not None
    await keys.revoke_key(story.budi, key_id=his.pk, reason="HP hilang")
    with pytest.raises(KeyRevoked):
        await rider.attest(drop_off, Side.GIVER)
    assert await stage.what_is_broken(SIGNER) == []  # what it had signed stays
    clock.use(lambda: at + timedelta(hours=73))
    try:
        with pytest.raises(TooLateToSign):
            await shop.attest(pickup, Side.GIVER)
    finally:
        clock.use(None)


async def test_keys_are_proved_bounded_and_ones_own(db: object) -> None:
    budi = Actor(account_id=(await stage.account("Budi")).pk)
    siti = Actor(account_id=(await stage.account("Siti")).pk)
    device = await Device(budi).register()
    ask: dict[str, Any] = {"name": "HP", "public_key": device.public_key}
    with pytest.raises(BadSignature):  # copied from him
        await keys.register_key(siti, **ask, proof=device.proof(), key="1")
    with pytest.raises(KeyTaken):
        await keys.register_key(budi, **ask, proof=device.proof(), key="2")
    for public_key in ("ab", device.public_key.upper(), "z" * 64):
        with pytest.raises(Invalid):
            await keys.register_key(budi, name="HP", public_key=public_key, proof="", key="3")
    for _ in range(4):
        await Device(budi).register()
    with pytest.raises(TooManyKeys):
        await Device(budi).register()
    assert device.row is not None
    with pytest.raises(NotFound):
        await keys.revoke_key(siti, key_id=device.row.pk, reason="")
    revoked = await keys.revoke_key(budi, key_id=device.row.pk, reason="dijual")
    assert (await keys.revoke_key(budi, key_id=device.row.pk, reason="lagi")).revoked_at == revoked.revoked_at
    await Device(budi).register()
    assert await CustodyKey.all().count() == 6


async def test_a_file_is_verified_apart_and_whatever_is_changed_is_found(db: object, tmp_path: Path) -> None:
    story = Handed()
    pickup, drop_off = await story.delivered()
    shop, rider = [await Device(one).register() for one in (story.bu_sri, story.budi)]
    await shop.attest(pickup, Side.GIVER)
    await rider.attest(drop_off, Side.GIVER)
    text = await filing.file_of(story.job.pk, node_key=SIGNER.public_key)
    assert text is not None
    trusted = frozenset({shop.public_key, rider.public_key})
    found = files.verify(files.read(text), trusted=trusted, node_keys=frozenset({SIGNER.public_key}))
    assert found.faults == ()
    assert found.lines[0].endswith("attested by giver DEVICE, taker NODE")
    assert files.verify(files.read(text), trusted=frozenset({shop.public_key})).faults

    tampered = [
        text.replace(str(pickup.taker_id), str(new_id()), 1),
        text.replace('"position": 1', '"position": 2'),
        text.replace(f'"hash": "{pickup.hash}"', '"hash": "' + "0" * 64 + '"'),
        text.replace('"lat": -7.26', '"lat": -7.27'),
        text.replace(HandOver.DROP_OFF.value, HandOver.RETURN.value),
        text.replace('"side": "GIVER"', '"side": "TAKER"', 1),
        text.replace(SIGNER.public_key, rider.public_key),
    ]
    for one in tampered:
        assert one != text
        assert files.verify(files.read(one)).faults
    for nothing in ("", "[]", "{}", '{"schema": "lumbung.custody-file/1", "receipts": []}', text[:-3]):
        with pytest.raises(files.Unreadable):
            files.read(nothing)

    file = tmp_path / "serah-terima.json"
    file.write_text(text)
    _gather()
    run = CliRunner().invoke(app, ["verify-receipt", str(file), "--node-key", SIGNER.public_key])
    assert (run.exit_code, run.output.splitlines()[-1]) == (0, "verify-receipt: ok receipts=2 faults=0")
    file.write_text(tampered[0])
    run = CliRunner().invoke(app, ["verify-receipt", str(file)])
    assert run.exit_code == 1
    assert "broken: receipt 1: its hash does not fit what it says" in run.output
