"""Nobody opens, a tyre bursts, a car hits him: what Budi, Ani, the shop and the dispatcher do then, over HTTP."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from cooperatives.ledger.service import Purpose as P
from cooperatives.membership.models import Cooperative
from cooperatives.settlements.models import Obligation
from marketplace import clock, wiring, worker
from marketplace.deliveries.models import DeliveryJob, Driver, Drop
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments.models import Payment, PaymentState
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

JOB = """... on DeliveryJob { state price drops { id state failure } history { event }
  proofs { kind url signature parcelCode } custody { handOver } }"""


class Town:
    """A co-op with a shop, Ani's order in Budi's hands, and everyone's token."""

    def __init__(self, graphql: GraphQL) -> None:
        self.graphql, self.keys = graphql, 0

    async def begin(
        self, method: PaymentMethod = PaymentMethod.CASH, carry: bool = True, shops: Cooperative | None = None
    ) -> "Town":
        self.coop: Cooperative = await stage.cooperative("DRV")
        if shops is not None:
            await stage.ally(shops, self.coop)
        self.shop, _ = await stage.seller(shops or self.coop)
        self.owner = await token_of(
            await Account.get(pk=self.shop.owner_id),
            Role.SELLER_OWNER,
            cooperative_id=self.coop.pk,
            seller_id=self.shop.pk,
        )
        ani = await stage.account("Ani")
        self.ani = await token_of(ani)
        self.order: SubOrder = await stage.sub_order(self.shop, ani, method=method)
        self.job: DeliveryJob = await stage.job_of(self.order)
        self.drop: Drop = await Drop.get(job_id=self.job.pk)
        self.budi, self.budis = await self.driver("Budi")
        self.officer = await token_of(await stage.account("Ketua"), Role.CHAIR, cooperative_id=self.coop.pk)
        self.desk = await token_of(await stage.account("Petugas"), Role.DISPATCHER, cooperative_id=self.coop.pk)
        await self.do(self.budis, "claimJob", JOB)
        if carry:
            await self.carry()
        return self

    async def carry(self) -> None:
        await self.do(self.budis, "arriveAtPickup", JOB, kind="ArriveInput")
        taken = await self.do(self.budis, "confirmPickup", JOB, kind="SellerPinInput", pin="1111")
        assert taken["state"] == "CARRYING", taken

    async def driver(self, name: str) -> tuple[Driver, str]:
        row, _ = await stage.on_shift(self.coop, name)
        return row, await token_of(await Account.get(pk=row.account_id), Role.DRIVER, cooperative_id=self.coop.pk)

    async def do(
        self, token: str, name: str, shown: str, /, *, kind: str = "", job: bool = True, **input: Any
    ) -> dict[str, Any]:
        self.keys += 1
        kind = kind or name[0].upper() + name[1:] + "Input"
        if "input_kind" in input:
            input["kind"] = input.pop("input_kind")
        whole = {"idempotencyKey": f"k{self.keys}", **input}
        if job:
            whole["jobId"] = to_id("DeliveryJob", self.job.pk)
        document = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ __typename {shown} "
        document += "... on Problem { code message fields { path } } } }"
        answer = await self.graphql(document, {"input": whole}, token=token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][name]
        return found

    async def ask(self, token: str, shown: str, id: Any = None) -> Any:
        document = f"query($id: ID!) {{ node(id: $id) {{ {shown} }} }}"
        answer = await self.graphql(document, {"id": id or to_id("DeliveryJob", self.job.pk)}, token=token)
        assert "errors" not in answer, answer
        return answer["data"]["node"]

    async def fail(self, code: str = "NOBODY_HOME", **more: Any) -> dict[str, Any]:
        return await self.do(self.budis, "failDropOff", JOB, code=code, **more)

    async def again(self, code: str) -> dict[str, Any]:
        """Another order of Budi's: failed by this code and tried again; without one, failed before its pickup."""
        await Driver.filter(pk=self.budi.pk).update(job_limit=3, cash_limit=5_000_000)
        self.job = await stage.job_of(await stage.sub_order(self.shop, await stage.account("Ani")))
        await self.do(self.budis, "claimJob", JOB)
        if not code:
            return await self.fail()
        await self.carry()
        await self.fail(code)
        return await self.do(self.budis, "retryDropOff", JOB)

    async def rules(self, **rules: Any) -> None:
        said = {"proof": "NOTHING", "cooperativeId": to_id("Cooperative", self.coop.pk), **rules}
        found = await self.do(self.officer, "setCarryingRules", "... on CarryingRules { proof }", job=False, **said)
        assert found["__typename"] == "CarryingRules", found

    async def notices(self, token: str) -> list[dict[str, Any]]:
        answer = await self.graphql("{ viewer { notices { nodes { kind title isRinging } } } }", token=token)
        found: list[dict[str, Any]] = answer["data"]["viewer"]["notices"]["nodes"]
        return found


async def work(settings: Settings) -> None:
    adapters = wiring.build(settings)
    await worker.drain(adapters)
    await wiring.close(adapters)


async def test_tried_again_and_delivered(graphql: GraphQL) -> None:
    town = await Town(graphql).begin()
    await town.rules(attempts=2, retryShare=5_000, calls=1)
    drop_id = to_id("DropStop", town.drop.pk)
    early = await town.fail()
    assert (early["code"], "0 of 1" in early["message"] or "0 dari 1" in early["message"]) == ("CONFLICT", True)
    called = await town.do(
        town.budis, "callParty", "... on ContactAttempt { number isSimulated isConnected }", dropId=drop_id
    )
    assert (called["number"], called["isSimulated"], called["isConnected"]) == ("+620000000000", True, True)
    terms = await town.ask(
        town.budis,
        "... on DeliveryJob { failureTerms { code retryPay retryBorneBy ridePay retriesLeft callsMade } "
        "contactAttempts { side way number } }",
    )
    (home,) = [row for row in terms["failureTerms"] if row["code"] == "NOBODY_HOME"]
    assert home == {
        "code": "NOBODY_HOME",
        "retryPay": 6_000,
        "retryBorneBy": "SELLERS_COOPERATIVE",
        "ridePay": 12_000,
        "retriesLeft": 1,
        "callsMade": 1,
    }
    assert terms["contactAttempts"] == [{"side": "DRIVER", "way": "BRIDGED", "number": "+620000000000"}]
    assert (await town.fail())["state"] == "RETURNING"
    retried = await town.do(town.budis, "retryDropOff", JOB)
    assert (retried["state"], retried["drops"][0]["state"], retried["drops"][0]["failure"]) == (
        "CARRYING",
        "CARRIED",
        None,
    )
    await town.do(town.budis, "arriveAtDropOff", JOB, kind="ArriveInput")
    assert await stage.amount(town.coop, P.DRIVER_PAYABLE, town.budi.account_id) == 6_000
    done = await town.do(town.budis, "confirmDropOff", JOB, pin="2222")
    assert (done["state"], done["drops"][0]["failure"]) == ("DELIVERED", None)
    told = [change["event"] for change in done["history"]]
    assert told[-5:] == ["FAIL", "TURN_BACK", "RETRY", "ARRIVE_AT_DROP_OFF", "DROP_OFF"]
    assert await stage.amount(town.coop, P.DRIVER_PAYABLE, town.budi.account_id) == 6_000 + 11_040
    assert await stage.what_is_broken() == []


async def test_not_for_ever_and_not_what_coming_again_can_not_mend(graphql: GraphQL) -> None:
    town = await Town(graphql).begin()
    await town.fail()
    await town.do(town.budis, "retryDropOff", JOB)
    assert (await town.fail())["state"] == "RETURNING"
    assert (await town.do(town.budis, "retryDropOff", JOB))["code"] == "LIMIT_EXCEEDED"
    assert (await town.do(town.desk, "retryDropOff", JOB))["code"] == "FORBIDDEN"  # only who holds it
    assert (await town.again("REFUSED"))["code"] == "LIMIT_EXCEEDED"


async def test_proofs_stand_in_for_a_pin_where_the_rules_say_so(
    graphql: GraphQL, client: httpx.AsyncClient, settings: Settings
) -> None:
    town = await Town(graphql).begin()
    job_id, drop_id = to_id("DeliveryJob", town.job.pk), to_id("DropStop", town.drop.pk)
    await town.do(town.budis, "addProof", JOB, kind="AddProofInput", **_proof("PARCEL_CODE", "PICKUP", "PKT-1", "p0"))
    await town.do(town.budis, "arriveAtDropOff", JOB, kind="ArriveInput")
    by_proof = ("confirmDropOffByProof", JOB)
    refused = await town.do(town.budis, *by_proof, kind="DropOffByProofInput")
    assert refused["code"] == "FORBIDDEN"  # Ani has a PIN of her own
    await town.rules(proof="PARCEL_CODE_AND_PHOTO", isForAll=True)
    missing = await town.do(town.budis, *by_proof, kind="DropOffByProofInput")
    assert (missing["code"], "kode paket / foto" in missing["message"]) == ("REQUIRED", True)
    other = await town.do(
        town.budis, "addProof", JOB, kind="AddProofInput", **_proof("PARCEL_CODE", "DROP_OFF", "PKT-2", "p1")
    )
    assert other["code"] == "CONFLICT"
    await town.do(
        town.budis, "addProof", JOB, kind="AddProofInput", **_proof("PARCEL_CODE", "DROP_OFF", "PKT-1", "p2")
    )
    drawn = _proof("SIGNATURE", "DROP_OFF", "<script>", "p3")
    assert (await town.do(town.budis, "addProof", JOB, kind="AddProofInput", **drawn))["code"] == "INVALID"

    picture = BytesIO()
    Image.new("RGB", (300, 200), "brown").save(picture, "JPEG")
    where = f"/uploads/proofs?job={job_id}&drop={drop_id}&moment=DROP_OFF&name=foto-1"
    for token, status in ((town.ani, 404), ("", 401), (town.budis, 201), (town.budis, 201)):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = await client.post(where, content=picture.getvalue(), headers=headers)
        assert answer.status_code == status, answer.text
    url = answer.json()["url"]
    stranger = await token_of(await stage.account("Orang lain"))
    for token, status in ((town.budis, 200), (town.ani, 200), (town.owner, 200), (stranger, 404), ("", 401)):
        seen = await client.get(url, headers={"Authorization": f"Bearer {token}"} if token else {})
        assert seen.status_code == status
    assert (
        await client.post(where, content=b"no picture", headers={"Authorization": f"Bearer {town.budis}"})
    ).json()["code"] == "UNSUPPORTED_MEDIA"

    done = await town.do(town.budis, *by_proof, kind="DropOffByProofInput")
    assert (done["state"], [r["handOver"] for r in done["custody"]]) == ("DELIVERED", ["PICKUP", "DROP_OFF"])
    assert [proof["kind"] for proof in done["proofs"]] == ["PARCEL_CODE", "PARCEL_CODE", "PHOTO"]
    assert await stage.what_is_broken() == []
    try:
        clock.use(lambda: clock.machine() + timedelta(days=91))
        adapters = wiring.build(settings)
        await worker.run_timetable_once(adapters)
        await wiring.close(adapters)
    finally:
        clock.use(None)
    again = await token_of(await Account.get(pk=town.budi.account_id))
    assert (await client.get(url, headers={"Authorization": f"Bearer {again}"})).status_code == 404
    assert not list((settings.folder / "proofs").rglob("*.webp"))


def _proof(kind: str, moment: str, text: str, name: str) -> dict[str, Any]:
    return {"input_kind": kind, "moment": moment, "text": text, "name": name}


async def test_the_parties_speak_and_nobody_has_the_others_number(graphql: GraphQL, settings: Settings) -> None:
    town = await Town(graphql).begin()
    said = "... on JobMessage { side text dropId isMine }"
    drop_id = to_id("DropStop", town.drop.pk)
    to_ani = await town.do(town.budis, "sendJobMessage", said, dropId=drop_id, phrase="FIVE_MINUTES")
    assert to_ani["text"] == "Saya sampai sekitar lima menit lagi."
    answered = await town.do(town.ani, "sendJobMessage", said, text="Pagar hijau, WA 0812 3500 0001")
    assert (answered["side"], answered["text"], answered["dropId"]) == ("RECEIVER", "Pagar hijau, WA •••", drop_id)
    to_shop = await town.do(town.budis, "sendJobMessage", said, text="Struknya ketinggalan")
    assert to_shop["dropId"] is None
    wrong = await town.do(town.ani, "sendJobMessage", said, phrase="IS_IT_READY")
    assert wrong["code"] == "INVALID"
    stranger = await token_of(await stage.account("Orang lain"))
    assert (await town.do(stranger, "sendJobMessage", said, text="Halo"))["code"] == "NOT_FOUND"

    shown = "... on DeliveryJob { messages { nodes { text } } contactAttempts { way } }"
    texts = {}
    for name, token in (("budi", town.budis), ("ani", town.ani), ("shop", town.owner), ("desk", town.desk)):
        found = await town.ask(token, shown)
        texts[name] = len(found["messages"]["nodes"])
    assert texts == {"budi": 3, "ani": 2, "shop": 1, "desk": 3}
    await work(settings)
    assert "JOB_MESSAGE" in [notice["kind"] for notice in await town.notices(town.ani)]
    assert "JOB_MESSAGE" in [notice["kind"] for notice in await town.notices(town.owner)]

    await town.do(town.budis, "arriveAtDropOff", JOB, kind="ArriveInput")
    await town.do(town.budis, "confirmDropOff", JOB, pin="2222")
    thanks = await town.do(town.ani, "sendJobMessage", said, phrase="THANK_YOU")
    assert thanks["__typename"] == "JobMessage"
    try:
        clock.use(lambda: clock.machine() + timedelta(minutes=31))
        town.ani = await token_of(await Account.get(name="Ani"))
        late = await town.do(town.ani, "sendJobMessage", said, phrase="THANK_YOU")
        assert late["code"] == "WRONG_STATE"
        assert (await town.do(town.ani, "callParty", "... on ContactAttempt { number }"))["code"] == "WRONG_STATE"
    finally:
        clock.use(None)


async def test_one_call_of_a_dispatcher_carries_the_remedy_out(graphql: GraphQL, settings: Settings) -> None:
    town = await Town(graphql).begin(carry=False)
    siti, _ = await town.driver("Siti")
    shown = "... on Incident { id kind remedies remedy }"
    flat = await town.do(town.budis, "reportIncident", shown, input_kind="FLAT_TYRE")
    assert flat["remedies"] == ["REASSIGN", "WAIT", "CANCEL"]
    await work(settings)
    assert "JOB_INCIDENT" in [notice["kind"] for notice in await town.notices(town.desk)]
    accept = {"incidentId": flat["id"], "reason": "Siti dekat", "job": False}
    for token, code in ((town.budis, "NOT_FOUND"), (town.ani, "NOT_FOUND")):
        assert (await town.do(token, "acceptRemedy", shown, remedy="WAIT", **accept))["code"] == code
    assert (await town.do(town.desk, "acceptRemedy", shown, remedy="TURN_BACK", **accept))["code"] == "CONFLICT"
    assert (await town.do(town.desk, "acceptRemedy", shown, remedy="REASSIGN", **accept))["code"] == "INVALID"
    done = await town.do(
        town.desk, "acceptRemedy", shown, remedy="REASSIGN", driverId=to_id("Driver", siti.pk), **accept
    )
    assert (done["remedy"], done["remedies"]) == ("REASSIGN", [])
    assert (await DeliveryJob.get(pk=town.job.pk)).driver_id == siti.pk
    assert (await town.do(town.desk, "acceptRemedy", shown, remedy="WAIT", **accept))["code"] == "WRONG_STATE"


async def test_a_crash_on_the_road_turns_back_and_the_carrier_bears_it(graphql: GraphQL) -> None:
    town = await Town(graphql).begin(PaymentMethod.ONLINE)
    shown = "... on Incident { id remedies remedy }"
    crash = await town.do(
        town.budis, "reportIncident", shown, input_kind="ACCIDENT", place={"lat": -7.27, "lon": 112.755}
    )
    assert crash["remedies"] == ["HAND_OVER", "TURN_BACK"]
    accept = {"incidentId": crash["id"], "remedy": "TURN_BACK", "reason": "Motor rusak", "job": False}
    assert (await town.do(town.desk, "acceptRemedy", shown, **accept))["remedy"] == "TURN_BACK"
    job = await town.ask(town.budis, JOB)
    assert (job["state"], job["drops"][0]["failure"]) == ("RETURNING", "ACCIDENT")
    row = await DeliveryJob.get(pk=town.job.pk)
    back = await town.do(town.budis, "confirmReturn", JOB, kind="SellerPinInput", pin=row.return_pin)
    assert back["state"] == "RETURNED"
    assert (await SubOrder.get(pk=town.order.pk)).liable.value == "CARRIER"
    assert await stage.what_is_broken() == []


async def test_a_shop_that_is_closed_is_cancelled_for(graphql: GraphQL) -> None:
    town = await Town(graphql).begin(PaymentMethod.ONLINE, carry=False)
    shown = "... on Incident { id remedies remedy }"
    shut = await town.do(town.budis, "reportIncident", shown, input_kind="SHOP_CLOSED")
    accept = {"incidentId": shut["id"], "remedy": "CANCEL", "reason": "Warung tutup", "job": False}
    assert (await town.do(town.desk, "acceptRemedy", shown, **accept))["remedy"] == "CANCEL"
    assert (await SubOrder.get(pk=town.order.pk)).state.value == "CANCELLED"


async def test_a_call_for_help_is_heard_followed_and_closed(graphql: GraphQL, settings: Settings) -> None:
    town = await Town(graphql).begin()
    shown = "... on SosAlert { id state place { lat lon } reason }"
    here = {"lat": -7.274321, "lon": 112.754321}
    raised = await town.do(town.budis, "raiseSos", shown, job=False, place=here, text="Ditabrak")
    assert raised["place"] == here
    moved = await town.do(town.budis, "raiseSos", shown, job=False, place={"lat": -7.274444, "lon": 112.754444})
    assert (moved["id"], moved["place"]["lat"]) == (raised["id"], -7.274444)
    await work(settings)
    for token in (town.desk, town.officer):
        (notice,) = [found for found in await town.notices(token) if found["kind"] == "SOS_RAISED"]
        assert (notice["isRinging"], notice["title"]) == (True, "DARURAT: Budi")
    ask = "... on SosAlert { state place { lat } driver { name phone } jobId }"
    seen = await town.ask(town.desk, ask, raised["id"])
    assert seen["driver"]["phone"] == (await Account.get(pk=town.budi.account_id)).phone
    assert seen["jobId"] == to_id("DeliveryJob", town.job.pk)
    for token in (town.ani, town.owner):
        assert await town.ask(token, ask, raised["id"]) is None
    one = {"id": raised["id"], "job": False, "kind": "SosInput"}
    assert (await town.do(town.budis, "acknowledgeSos", shown, **one))["code"] == "NOT_FOUND"
    assert (await town.do(town.desk, "acknowledgeSos", shown, **one))["state"] == "ACKNOWLEDGED"
    end = {"id": raised["id"], "job": False, "reason": "Sudah di puskesmas"}
    assert (await town.do(town.budis, "closeSos", shown, **end))["code"] == "NOT_FOUND"  # nor under threat
    closed = await town.do(town.desk, "closeSos", shown, **end)
    assert (closed["state"], closed["place"]) == ("CLOSED", {"lat": -7.274, "lon": 112.754})
    assert (await town.do(town.desk, "closeSos", shown, **end))["code"] == "WRONG_STATE"
    await work(settings)
    kinds = [notice["kind"] for notice in await town.notices(town.budis)]
    assert {"SOS_ACKNOWLEDGED", "SOS_CLOSED"} <= set(kinds)


async def test_only_who_holds_a_job_proves_it_fails_it_or_says_what_went_wrong(graphql: GraphQL) -> None:
    town = await Town(graphql).begin()
    _, sitis = await town.driver("Siti")
    tried = [
        await town.do(sitis, "retryDropOff", JOB),
        await town.do(sitis, "reportIncident", "... on Incident { id }", input_kind="ILLNESS"),
        await town.do(sitis, "addProof", JOB, kind="AddProofInput", **_proof("PARCEL_CODE", "PICKUP", "P", "n")),
        await town.do(sitis, "confirmDropOffByProof", JOB, kind="DropOffByProofInput"),
        await town.do(sitis, "failDropOff", JOB, code="WEATHER"),
    ]
    assert [problem["code"] for problem in tried] == ["NOT_FOUND"] * 5
    assert (await town.again(""))["code"] == "WRONG_STATE"  # a drop fails only after its pickup


async def test_a_tip_afterwards_is_all_the_drivers(graphql: GraphQL, settings: Settings) -> None:
    a = await stage.cooperative("FOD")
    town = await Town(graphql).begin(PaymentMethod.ONLINE, shops=a)
    shown = "... on DriverTip { amount state isCash }"
    early = await town.do(town.ani, "tipDriver", shown, amount=5_000)
    assert early["code"] == "WRONG_STATE"
    await town.do(town.budis, "arriveAtDropOff", JOB, kind="ArriveInput")
    await town.do(town.budis, "confirmDropOff", JOB, pin="2222")
    earned = await stage.amount(town.coop, P.DRIVER_PAYABLE, town.budi.account_id)
    assert (await town.do(town.owner, "tipDriver", shown, amount=5_000))["code"] == "NOT_FOUND"
    assert (await town.do(town.ani, "tipDriver", shown, amount=1_000_001))["code"] == "INVALID"
    cash = await town.do(town.ani, "tipDriver", shown, amount=2_000, isCash=True)
    assert cash["state"] == "GIVEN"
    paid = await town.do(town.ani, "tipDriver", shown, amount=5_000)
    assert paid["__typename"] == "DriverTip", paid
    await town.do(town.ani, "tipDriver", shown, amount=7_000)
    await Payment.filter(amount=7_000).update(state=PaymentState.FAILED)  # as a bank would have it
    await work(settings)
    await work(settings)
    given = await town.ask(town.budis, "... on DeliveryJob { tips { amount isCash } }")
    assert given["tips"] == [{"amount": 2_000, "isCash": True}, {"amount": 5_000, "isCash": False}]
    mine = await town.ask(town.ani, "... on DeliveryJob { tips { state payment { state } } }")
    assert [tip["state"] for tip in mine["tips"]] == ["GIVEN", "GIVEN", "FAILED"]
    # cash never touched a book; what was paid online is his to the rupiah, and due from the shop's co-op to his
    assert await stage.amount(town.coop, P.DRIVER_PAYABLE, town.budi.account_id) == earned + 5_000
    owed = {o.amount for o in await Obligation.filter(debtor_id=a.pk, creditor_id=town.coop.pk)}
    assert owed == {12_000, 5_000}
    assert await stage.what_is_broken() == []
    await town.do(town.ani, "tipDriver", shown, amount=1_000, isCash=True)
    assert (await town.do(town.ani, "tipDriver", shown, amount=1_000, isCash=True))["code"] == "TOO_MANY"
    assert "TIP_GIVEN" in [notice["kind"] for notice in await town.notices(town.budis)]
    assert (await SubOrder.get(pk=town.order.pk)).state.value == "DELIVERED"
