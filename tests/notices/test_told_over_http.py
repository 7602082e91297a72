"""Each hears over the API what concerns him: standing, offices, drivers, listings, disputes, bookings, settlement."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from catalog.models import Listing, ListingKind, ListingState
from cooperatives.membership.models import Cooperative
from marketplace import wiring, worker
from marketplace.deliveries.models import FarePayer
from marketplace.identity.actor import Role
from marketplace.identity.models import Account, AuditEntry
from marketplace.notices.models import Notice
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import PaymentMethod
from marketplace.payments.models import Payment, PaymentState, Refund
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_booking import book, wish
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

INBOX = "{ viewer { notices { nodes { kind title body subjectId } } } }"


class Town:
    """People who do things over the API, and what each was told of it since he last looked."""

    def __init__(self, graphql: GraphQL, adapters: wiring.Adapters) -> None:
        self.graphql, self.adapters = graphql, adapters
        self.seen: dict[str, int] = {}

    async def do(self, token: str, mutation: str, kind: str, /, **input: Any) -> dict[str, Any]:
        answers = "__typename ... on Problem { code message }"
        document = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {answers} }} }}"
        answer = await self.graphql(document, {"input": input}, token=token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][mutation]
        assert found["__typename"] != "Problem", found
        return found

    async def hears(self, token: str) -> list[tuple[str, str]]:
        """(kind, body) of what is new, oldest first; the outbox is carried out twice over."""
        await worker.drain(self.adapters)
        answer = await self.graphql(INBOX, token=token)
        assert "errors" not in answer, answer
        all_of_it = answer["data"]["viewer"]["notices"]["nodes"][::-1]
        new = all_of_it[self.seen.get(token, 0) :]
        self.seen[token] = len(all_of_it)
        for notice in new:
            assert notice["title"]
            assert notice["subjectId"]
        return [(notice["kind"], notice["body"]) for notice in new]


@pytest.fixture
async def town(graphql: GraphQL, settings: Settings) -> AsyncIterator[Town]:
    adapters = wiring.build(settings)
    yield Town(graphql, adapters)
    await wiring.close(adapters)


async def officer(coop: Cooperative, role: Role) -> str:
    person = await stage.account(role.value.title())
    await stage.member(coop, person)
    return await token_of(person, role, cooperative_id=coop.pk)


async def test_an_applicant_hears_what_was_decided_and_a_member_that_it_ended(town: Town) -> None:
    coop = await stage.cooperative("DRV")
    chair = await officer(coop, Role.CHAIR)
    andi = await token_of(await stage.account("Andi"))
    await town.do(andi, "applyForMembership", "ApplyForMembershipInput", cooperativeId=to_id("Cooperative", coop.pk))
    ((kind, body),) = await town.hears(chair)
    assert (kind, body) == ("MEMBERSHIP_APPLIED", "Andi ingin masuk Koperasi DRV.")
    asked = await town.graphql("{ viewer { memberships { id } } }", token=andi)
    id = asked["data"]["viewer"]["memberships"][0]["id"]
    await town.do(chair, "approveMembership", "ApproveMembershipInput", id=id)
    await town.do(chair, "endMembership", "EndMembershipInput", id=id, reason="Pindah kota.")
    told = await town.hears(andi)
    assert [kind for kind, _ in told] == ["MEMBERSHIP_APPROVED", "MEMBERSHIP_ENDED"]
    assert told[1][1] == "Pindah kota."


async def test_offices_are_told_to_their_holder_and_proposals_to_the_second_officer(town: Town) -> None:
    coop = await stage.cooperative("DRV")
    chair, secretary = await officer(coop, Role.CHAIR), await officer(coop, Role.SECRETARY)
    siti_account = await stage.account("Siti")
    await stage.member(coop, siti_account)
    siti = await token_of(siti_account)
    office = {"cooperativeId": to_id("Cooperative", coop.pk), "accountId": to_id("Account", siti_account.pk)}
    await town.do(chair, "grantOffice", "GrantOfficeInput", role="DISPATCHER", **office)
    assert await town.hears(siti) == [("OFFICE_GIVEN", "Jabatan di Koperasi DRV berlaku mulai sekarang.")]
    await town.do(chair, "grantOffice", "GrantOfficeInput", role="TREASURER", **office)
    assert await town.hears(chair) == []  # he proposed it
    assert await town.hears(secretary) == [
        ("OFFICE_PROPOSED", "Siti, bendahara Koperasi DRV: perlu persetujuan pengurus kedua.")
    ]
    asked = await town.graphql(
        "query($id: ID!) { node(id: $id) { ... on Cooperative { officeChanges { id } } } }",
        {"id": office["cooperativeId"]},
        token=secretary,
    )
    change_id = asked["data"]["node"]["officeChanges"][0]["id"]
    await town.do(secretary, "withdrawOffice", "WithdrawOfficeInput", id=change_id)
    await town.do(chair, "endOffice", "EndOfficeInput", role="DISPATCHER", **office)
    assert await town.hears(siti) == [("OFFICE_ENDED", "Anda bukan lagi petugas antar Koperasi DRV.")]


async def test_a_driver_hears_what_his_co_op_decided(town: Town) -> None:
    coop = await stage.cooperative("DRV")
    chair = await officer(coop, Role.CHAIR)
    budi_account = await stage.account("Budi")
    await stage.member(coop, budi_account)
    budi = await token_of(budi_account)
    wanted = {"name": "Budi", "vehicle": "BICYCLE", "capacity": 10_000, "idempotencyKey": "a"}
    applied = await town.do(
        budi, "applyAsDriver", "ApplyAsDriverInput", cooperativeId=to_id("Cooperative", coop.pk), **wanted
    )
    assert applied["__typename"] == "Driver"
    assert await town.hears(chair) == [("DRIVER_APPLIED", "Budi ingin mengantar untuk Koperasi DRV.")]
    (notice,) = await Notice.filter(kind="DRIVER_APPLIED")
    driver_id = to_id("Driver", notice.subject_id)
    await town.do(chair, "approveDriver", "ApproveDriverInput", driverId=driver_id, idempotencyKey="b")
    await town.do(
        chair, "suspendDriver", "DriverReasonInput", driverId=driver_id, reason="SIM habis.", idempotencyKey="c"
    )
    assert await town.hears(budi) == [
        ("DRIVER_APPROVED", "Koperasi DRV menerima Anda. Mulailah bertugas."),
        ("DRIVER_SUSPENDED", "Koperasi DRV: SIM habis."),
    ]


async def test_of_a_reported_listing_reporter_operator_and_shop_hear(town: Town) -> None:
    coop = await stage.cooperative("FOD")
    shop, _ = await stage.seller(coop)
    owner = await token_of(await Account.get(pk=shop.owner_id), Role.SELLER_OWNER, seller_id=shop.pk)
    operator = await token_of(await stage.account("Pengelola"), Role.NODE_OPERATOR)
    ani = await token_of(await stage.account("Ani"))
    listing = await Listing.create(
        seller_id=shop.pk, kind=ListingKind.GOODS, category_code="x", title="Sambal", state=ListingState.PUBLISHED
    )
    id = to_id("Listing", listing.pk)
    await town.do(ani, "reportListing", "ReportListingInput", id=id, reason="UNSAFE_FOOD", text="Basi.")
    assert await town.hears(operator) == [("LISTING_REPORTED", "Basi.")]
    await town.do(operator, "dismissListingReports", "DismissReportsInput", id=id, answer="Sudah diperiksa.")
    assert await town.hears(ani) == [("REPORT_DISMISSED", "Sambal tetap dijual. Sudah diperiksa.")]
    again = """mutation($input: DismissReportsInput!) {
      dismissListingReports(input: $input) { ... on Problem { code } } }"""
    answer = await town.graphql(again, {"input": {"id": id, "answer": "Lagi."}}, token=operator)
    assert answer["data"]["dismissListingReports"]["code"] == "WRONG_STATE"
    await town.do(ani, "reportListing", "ReportListingInput", id=id, reason="UNSAFE_FOOD", text="Basi lagi.")
    await town.do(operator, "suspendListing", "SuspendListingInput", id=id, reason="Tidak layak.")
    assert await town.hears(ani) == [("REPORT_UPHELD", "Sambal sudah dihentikan. Terima kasih.")]
    await town.do(owner, "appealSuspension", "AppealSuspensionInput", id=id, text="Sudah diganti.")
    assert (await town.hears(operator))[-1] == ("LISTING_APPEALED", "Sudah diganti.")
    await town.do(operator, "answerAppeal", "AnswerAppealInput", id=id, answer="Baik.", isLifted=True)
    assert await town.hears(owner) == [
        ("LISTING_SUSPENDED", "Tidak layak. Anda dapat mengajukan keberatan."),
        ("APPEAL_ALLOWED", "Baik. Anda dapat menayangkannya lagi."),
    ]


async def test_a_shop_that_changes_hands_is_told_to_both_owners(town: Town) -> None:
    coop = await stage.cooperative("FOD")
    shop, _ = await stage.seller(coop)
    chair = await officer(coop, Role.CHAIR)
    before = await token_of(await Account.get(pk=shop.owner_id))
    dewi_account = await stage.account("Dewi")
    dewi = await token_of(dewi_account)
    for _ in range(2):  # the second changes nothing, so nothing is told
        await town.do(chair, "handShopTo", "ShopPersonInput", id=to_id("Seller", shop.pk), phone=dewi_account.phone)
    assert await town.hears(before) == await town.hears(dewi) == [("SHOP_HANDED_OVER", "Pemilik sekarang: Dewi.")]
    (entry,) = await AuditEntry.filter(action="seller.handed_over")
    assert (entry.account_id, entry.detail["former_owner_id"]) == (dewi_account.pk, str(shop.owner_id))


@pytest.mark.parametrize("method", [PaymentMethod.CASH, PaymentMethod.ONLINE])
async def test_of_a_dispute_and_its_refund_each_side_hears(town: Town, method: PaymentMethod) -> None:
    coop = await stage.cooperative("FOD")
    shop, _ = await stage.seller(coop)
    chair = await officer(coop, Role.CHAIR)
    owner = await token_of(await Account.get(pk=shop.owner_id), Role.SELLER_OWNER, seller_id=shop.pk)
    ani_account = await stage.account("Ani")
    ani = await token_of(ani_account)
    order = await stage.sub_order(shop, ani_account, method=method, state=SubOrderState.DELIVERED)
    if method is PaymentMethod.CASH:
        await Payment.create(
            order_id=order.order_id,
            payer_id=ani_account.pk,
            method=method,
            amount=order.total,
            state=PaymentState.SUCCEEDED,
        )
    id = to_id("SubOrder", order.pk)
    await town.do(ani, "disputeSubOrder", "DisputeSubOrderInput", subOrderId=id, reason="Tumpah.", idempotencyKey="d")
    assert await town.hears(owner) == await town.hears(chair) == [("ORDER_DISPUTED", "Tumpah.")]
    decision = {"refund": 20_000, "liable": "SELLER", "reason": "Betul tumpah.", "idempotencyKey": "r"}
    await town.do(chair, "resolveDispute", "ResolveDisputeInput", subOrderId=id, **decision)
    told = sorted(await town.hears(ani))
    assert told[0] == ("DISPUTE_RESOLVED", "Betul tumpah.")
    money = f"Rp20.000 dari pesanan {order.number}"
    if method is PaymentMethod.CASH:
        assert told[1:] == [("REFUND_TO_FETCH", f"{money}: ambil di Koperasi FOD.")]
        refund = to_id("Refund", (await Refund.get()).pk)
        await town.do(chair, "confirmRefund", "ConfirmRefundInput", refundId=refund, idempotencyKey="c")
        assert await town.hears(ani) == [("REFUND_PAID", f"{money}.")]
    else:
        assert told[1:] == [("REFUND_BEGUN", f"{money} sedang dikirim."), ("REFUND_PAID", f"{money}.")]
    assert await town.hears(owner) == [("DISPUTE_RESOLVED", "Betul tumpah.")]


async def test_who_booked_a_delivery_alone_hears_of_it_and_who_claims_it_needs_no_notice(town: Town) -> None:
    coop = await stage.cooperative("DRV")
    shop, selling = await stage.seller(coop)
    owner = await token_of(await Account.get(pk=shop.owner_id), Role.SELLER_OWNER, seller_id=shop.pk)
    dispatcher = await officer(coop, Role.DISPATCHER)
    row, _ = await stage.on_shift(coop, "Budi")
    other, _ = await stage.on_shift(coop, "Siti")
    budi = await token_of(await Account.get(pk=row.account_id), Role.DRIVER, cooperative_id=coop.pk)
    siti = await token_of(await Account.get(pk=other.account_id), Role.DRIVER, cooperative_id=coop.pk)
    job = await book(selling, shop.pk, wish(cash=10_000), payer=FarePayer.SELLER_PAYABLE)
    id = to_id("DeliveryJob", job.pk)
    await town.do(budi, "claimJob", "ClaimJobInput", jobId=id, idempotencyKey="1")
    assert await town.hears(budi) == []
    given = {"driverId": to_id("Driver", other.pk), "reason": "Budi sakit", "idempotencyKey": "2"}
    await town.do(dispatcher, "reassignJob", "ReassignJobInput", jobId=id, **given)
    assert await town.hears(siti) == [("BOOKED_JOB_ASSIGNED", "Ambil barang di Warung Bu Sri.")]
    await town.do(siti, "arriveAtPickup", "ArriveInput", jobId=id, idempotencyKey="3")
    await town.do(siti, "confirmPickup", "SellerPinInput", jobId=id, pin=job.pickup_pin, idempotencyKey="4")
    await town.do(siti, "failDropOff", "FailDropOffInput", jobId=id, code="CLOSED", idempotencyKey="5")
    await town.do(siti, "confirmReturn", "SellerPinInput", jobId=id, pin=job.return_pin, idempotencyKey="6")
    told = await town.hears(owner)
    assert [kind for kind, _ in told] == ["BOOKED_ASSIGNED", "BOOKED_ASSIGNED", "BOOKED_RETURNING", "BOOKED_RETURNED"]
    assert await town.hears(siti) == []


async def test_each_step_of_a_settlement_calls_the_next_person(town: Town) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    payer, payee = await officer(a, Role.TREASURER), await officer(b, Role.TREASURER)
    chair = await officer(a, Role.CHAIR)
    operator = await token_of(await stage.account("Pengelola"), Role.NODE_OPERATOR)
    debt = {"debtorId": to_id("Cooperative", a.pk), "creditorId": to_id("Cooperative", b.pk), "amount": 250_000}
    await town.do(payer, "recordObligation", "RecordObligationInput", note="Bensin", idempotencyKey="o", **debt)
    ask = """query($id: ID!) { node(id: $id) { ... on Cooperative {
      windows { nodes { id state payments { id } } } } } }"""

    async def window() -> dict[str, Any]:
        answer = await town.graphql(ask, {"id": debt["debtorId"]}, token=payer)
        found: dict[str, Any] = answer["data"]["node"]["windows"]["nodes"][-1]
        return found

    window_id = (await window())["id"]
    await town.do(operator, "closeWindow", "CloseWindowInput", windowId=window_id, idempotencyKey="c")
    body = "Kliring bersama. Koperasi FOD membayar Rp250.000, menerima Rp0."
    assert await town.hears(payer) == [("SETTLEMENT_TO_APPROVE", body)]
    assert [kind for kind, _ in await town.hears(payee)] == ["SETTLEMENT_TO_APPROVE"]
    for who, coop in ((payer, a), (payee, b)):
        id = to_id("Cooperative", coop.pk)
        input = {"windowId": window_id, "cooperativeId": id, "idempotencyKey": "a"}
        await town.do(who, "approveSettlement", "ApproveSettlementInput", **input)
    assert await town.hears(payer) == [("SETTLEMENT_TO_PAY", "Koperasi FOD membayar Rp250.000 kepada Koperasi DRV.")]
    payment_id = (await window())["payments"][0]["id"]
    sent = {"paymentId": payment_id, "bankReference": "BI-7", "idempotencyKey": "p"}
    await town.do(payer, "recordSettlementPayment", "RecordSettlementPaymentInput", **sent)
    body = "Koperasi FOD mengirim Rp250.000 kepada Koperasi DRV, rujukan bank BI-7."
    assert await town.hears(payee) == [("SETTLEMENT_TO_CONFIRM", body)]
    input = {"paymentId": payment_id, "idempotencyKey": "q"}
    await town.do(payee, "confirmSettlementPayment", "ConfirmSettlementPaymentInput", **input)
    assert [kind for kind, _ in await town.hears(payer)] == ["SETTLEMENT_CONFIRMED", "SETTLEMENT_SETTLED"]
    assert await town.hears(chair) == [("SETTLEMENT_SETTLED", "Kliring bersama: semua pembayaran sudah diterima.")]


@pytest.mark.parametrize(
    ("mutation", "kind"),
    [
        ("declareDefault", "SETTLEMENT_DEFAULTED"),
        ("abortWindow", "SETTLEMENT_ABORTED"),
        ("failWindow", "SETTLEMENT_FAILED"),
    ],
)
async def test_the_officers_hear_when_a_window_does_not_go_as_planned(town: Town, mutation: str, kind: str) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    payer, chair = await officer(a, Role.TREASURER), await officer(b, Role.CHAIR)
    operator = await token_of(await stage.account("Pengelola"), Role.NODE_OPERATOR)
    debt = {"debtorId": to_id("Cooperative", a.pk), "creditorId": to_id("Cooperative", b.pk), "amount": 250_000}
    await town.do(payer, "recordObligation", "RecordObligationInput", note="Bensin", idempotencyKey="o", **debt)
    ask = "query($id: ID!) { node(id: $id) { ... on Cooperative { windows { nodes { id } } } } }"
    answer = await town.graphql(ask, {"id": debt["debtorId"]}, token=payer)
    window_id = answer["data"]["node"]["windows"]["nodes"][0]["id"]
    await town.do(operator, "closeWindow", "CloseWindowInput", windowId=window_id, idempotencyKey="c")
    input = {"windowId": window_id, "reason": "Kas kosong.", "idempotencyKey": "x"}
    if mutation == "declareDefault":
        input["cooperativeId"] = debt["debtorId"]
    await town.do(operator, mutation, mutation[0].upper() + mutation[1:] + "Input", **input)
    ((told, body),) = await town.hears(chair)
    assert told == kind
    assert body.endswith("Kas kosong.")
