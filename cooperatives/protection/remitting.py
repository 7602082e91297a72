"""What was collected goes to the provider, a batch a programme and month: DRAFT, SENT, CONFIRMED.

Above the by-laws' threshold it takes two: one officer approves, another sends. What the provider refuses is named
when it is confirmed: it goes back to the members and the fund, and the money that the provider keeps is awaited until
it is back. Locks: the programme or the batch, its bills, their dues, then the ledger's accounts.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from cooperatives.books.periods import month_of
from cooperatives.books.texts import fits
from cooperatives.dues import service as dues
from cooperatives.dues.access import READERS, SETTERS
from cooperatives.dues.models import Due, DueState
from cooperatives.dues.paying import credit_of, one_officer_up_to, today_of
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import value_on
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.protection.billing import BILL, fund_of, of_bill
from cooperatives.protection.kinds import BatchState, BillState, RemittanceWay
from cooperatives.protection.models import ProtectionBatch, ProtectionBill, ProtectionProgramme
from cooperatives.protection.programmes import hold_programme
from marketplace import outbox
from marketplace.batches import rows_by
from marketplace.database import locked, locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.money import format_rupiah

SENT, REMITTED, REFUSED, RETURNED = (
    "protection.sent",
    "protection.remitted",
    "protection.refused",
    "protection.returned",
)
#: The provider did not take a bill: its member is told that he is not covered.
NOT_COVERED = "protection.not_covered"
MONEY = {RemittanceWay.CASH: Purpose.CASH, RemittanceWay.TRANSFER: Purpose.BANK}
REFERENCE_LENGTH, RECEIPT_LENGTH, REASON_LENGTH = 80, 60, 200
#: Bills that one confirmation may name as refused.
MOST_REFUSED = 1_000


class RemittanceWrongState(MarketplaceError):
    """This remittance is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Setoran ini berstatus {state}: tindakan itu tidak dapat dilakukan."


class NothingToRemit(MarketplaceError):
    """Nothing was collected for this month that is not in a batch already."""

    code = Code.WRONG_STATE
    pesan = "Tidak ada iuran bulan ini yang belum masuk setoran."


class TwoToRemit(MarketplaceError):
    """A remittance above {most} takes two officers ({source}): one approves it, another sends it."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Setoran di atas {most} perlu dua pengurus ({sumber}): satu menyetujui, yang lain mengirim."


class AnotherAmount(MarketplaceError):
    """Of {sent} sent the provider would have taken {taken} by the bills that you name as refused, not {said}: name all that it refused."""  # noqa: E501  # the docstring is the message

    code = Code.INVALID
    pesan = "Dari {sent} yang dikirim, menurut tagihan yang ditolak semestinya diterima {taken}, bukan {said}: sebutkan semua yang ditolak."  # noqa: E501  # one sentence


async def draft(programme: ProtectionProgramme, month: date, id: UUID) -> ProtectionBatch | None:
    """Put what is covered and in no batch yet into one of this id; None where there is nothing. Caller's transaction.

    Of the month what is paid, closed or not, and of months before it what was paid late.
    """
    await locked_one(ProtectionProgramme, programme.pk)
    ids = await _ready(programme.pk, month)
    held = await locked(ProtectionBill, ids)
    bills = [row for row in held.values() if row.batch_id is None]
    if not bills:
        return None
    amount = sum(row.amount for row in bills)
    before = await ProtectionBatch.filter(cooperative_id=programme.cooperative_id, month=month).count()
    threshold = (await value_on(programme.cooperative_id, ByLaw.APPROVAL_THRESHOLD, month)).value
    batch = await ProtectionBatch.create(
        id=id,
        cooperative_id=programme.cooperative_id,
        programme_id=programme.pk,
        month=month,
        number=f"PB/{month:%Y/%m}/{before + 1}",
        bills=len(bills),
        amount=amount,
        needs_two=amount > threshold,
    )
    ids = [row.pk for row in bills]
    await ProtectionBill.filter(pk__in=ids).update(batch_id=batch.pk)
    await ProtectionBill.filter(pk__in=ids, state=BillState.OPEN).update(state=BillState.PAID)
    if batch.needs_two:
        book, what = programme.cooperative_id, Awaiting.REMITTANCE
        await ask_second(what, batch.pk, cooperative_id=book, by=None, amount=amount)
    return batch


async def _ready(programme_id: UUID, month: date) -> list[UUID]:
    waiting = ProtectionBill.filter(programme_id=programme_id, month__lte=month, batch_id__isnull=True, returned=0)
    covered = await waiting.filter(state__in=[BillState.PAID, BillState.CARRIED]).values_list("id", flat=True)
    others = await waiting.filter(state__in=[BillState.OPEN, BillState.LAPSED]).values_list("id", flat=True)
    charged = await rows_by(Due, "cause_id", {UUID(str(id)) for id in others}, cause_kind=BILL)
    return [
        *(UUID(str(id)) for id in covered),
        *(row.cause_id for row in charged if row.state is DueState.PAID),
    ]


async def prepare(actor: Actor, *, programme_id: UUID, month: date, key: str) -> ProtectionBatch:
    """Chair or treasurer gather what is paid and in no batch: early, or since the month's was made.

    Raises NotFound, Forbidden, NothingToRemit.
    """
    by, month, id = signed_in(actor), month_of(month), new_id()
    async with transaction():
        programme = await hold_programme(actor, programme_id)
        if (earlier := await once(by, "prepareRemittance", key, [programme_id, month], id)) is not None:
            return await ProtectionBatch.get(pk=earlier)
        batch = await draft(programme, month, id)
        if batch is None:
            raise NothingToRemit
        return batch


async def approve(actor: Actor, *, batch_id: UUID, key: str) -> ProtectionBatch:
    """Chair or treasurer agree to a remittance above the threshold; another one then sends it.

    Raises NotFound, Forbidden, RemittanceWrongState.
    """
    by = signed_in(actor)
    async with transaction():
        batch = await hold_batch(actor, batch_id)
        if await once(by, "approveRemittance", key, [batch_id], batch_id) is not None:
            return batch
        _require(batch, BatchState.DRAFT)
        if batch.approved_by is None:
            batch.approved_by = by
            await batch.save(update_fields=["approved_by"])
        return batch


async def send(actor: Actor, *, batch_id: UUID, way: RemittanceWay, reference: str, key: str) -> ProtectionBatch:
    """The money went out, by this way and under this reference. Chair or treasurer.

    Raises NotFound, Forbidden, Invalid, RemittanceWrongState, TwoToRemit.
    """
    by, reference = signed_in(actor), _worded("reference", reference, REFERENCE_LENGTH)
    async with transaction():
        batch = await hold_batch(actor, batch_id)
        if await once(by, "sendRemittance", key, [batch_id, way, reference], batch_id) is not None:
            return batch
        _require(batch, BatchState.DRAFT)
        if batch.needs_two and batch.approved_by in (None, by):
            rule = await one_officer_up_to(batch.cooperative_id)
            raise TwoToRemit(most=format_rupiah(rule.value), source=rule.source, sumber=rule.sumber)
        batch.state, batch.way, batch.reference, batch.sent_by = BatchState.SENT, way, reference, by
        batch.sent_on = await today_of(batch.cooperative_id)
        await batch.save()
        entry = Entry(batch.ref, AccountRef(batch.cooperative_id, MONEY[way]), batch.amount, SENT)
        await ledger.post([entry], cause=Cause(SENT, batch.pk))
        return batch


async def confirm(
    actor: Actor,
    *,
    batch_id: UUID,
    receipt_number: str,
    amount: int,
    refused: Mapping[UUID, str],
    key: str,
) -> ProtectionBatch:
    """The provider took `amount` of it under its receipt number; `refused` bills it did not, each with its reason.

    What was refused goes back to what the co-op holds for the member, and to the fund what it had paid.
    Raises NotFound, Forbidden, Invalid, RemittanceWrongState, AnotherAmount.
    """
    by, receipt = signed_in(actor), _worded("receiptNumber", receipt_number, RECEIPT_LENGTH)
    reasons = {id: _worded("refused", text, REASON_LENGTH) for id, text in refused.items()}
    if len(reasons) > MOST_REFUSED:
        most = MOST_REFUSED
        raise Invalid.field("refused", Code.TOO_MANY, f"at most {most}", f"paling banyak {most}")
    async with transaction():
        batch = await hold_batch(actor, batch_id)
        asked = [batch_id, receipt, amount, sorted((str(id), why) for id, why in reasons.items())]
        if await once(by, "confirmRemittance", key, asked, batch_id) is not None:
            return batch
        _require(batch, BatchState.SENT)
        held = await locked(ProtectionBill, list(reasons))
        bills = [row for row in held.values() if row.batch_id == batch_id]
        if len(bills) != len(reasons):
            raise Invalid.field("refused", Code.NOT_FOUND, "bills of this remittance", "tagihan dari setoran ini")
        taken = batch.amount - sum(row.amount for row in bills)
        if amount != taken:
            sent = format_rupiah(batch.amount)
            raise AnotherAmount(sent=sent, taken=format_rupiah(taken), said=format_rupiah(amount))
        batch.state, batch.receipt_number, batch.confirmed = BatchState.CONFIRMED, receipt, taken
        batch.confirmed_by, batch.confirmed_on = by, await today_of(batch.cooperative_id)
        await batch.save()
        await _give_back(batch, bills, reasons)
        return batch


async def _give_back(batch: ProtectionBatch, bills: list[ProtectionBill], reasons: Mapping[UUID, str]) -> None:
    payable = AccountRef(batch.cooperative_id, Purpose.PROTECTION_PAYABLE, batch.programme_id)
    fund, entries = fund_of(batch.cooperative_id), [Entry(payable, batch.ref, batch.confirmed, REMITTED)]
    ids = [row.pk for row in bills]
    charged = {row.cause_id: row for row in await rows_by(Due, "cause_id", ids, cause_kind=BILL)}
    charged_now = await locked(Due, [row.pk for row in charged.values()])
    for row in bills:
        paid = charged_now[charged[row.pk].pk].paid  # by the member, before and after the fund stood in
        row.state, row.reason, row.returned = BillState.REFUSED, reasons[row.pk], row.amount
        entries += [
            Entry(payable, credit_of(row.cooperative_id, row.membership_id), paid, REFUSED),
            Entry(payable, fund, row.amount - paid, REFUSED),
        ]
    if bills:
        await ProtectionBill.bulk_update(bills, fields=["state", "reason", "returned"], batch_size=200)
        await dues.let_go([of_bill(row.pk) for row in bills])
    for row in bills:
        await outbox.record(NOT_COVERED, row.pk, {"membership_id": str(row.membership_id), "reason": row.reason})
    await ledger.post(entries, cause=Cause(REMITTED, batch.pk))


async def receive_back(
    actor: Actor, *, batch_id: UUID, amount: int, way: RemittanceWay, reference: str, key: str
) -> ProtectionBatch:
    """Money that the provider did not take came back. Raises NotFound, Forbidden, Invalid, RemittanceWrongState."""
    by, reference, id = signed_in(actor), _worded("reference", reference, REFERENCE_LENGTH), new_id()
    async with transaction():
        batch = await hold_batch(actor, batch_id)
        if await once(by, "receiveRemittanceBack", key, [batch_id, amount, way, reference], id) is not None:
            return batch
        _require(batch, BatchState.CONFIRMED)
        if not 0 < amount <= batch.difference:
            most = format_rupiah(batch.difference)
            raise Invalid.field("amount", Code.OUT_OF_RANGE, f"at most {most}", f"paling banyak {most}")
        batch.returned += amount
        await batch.save(update_fields=["returned"])
        entry = Entry(AccountRef(batch.cooperative_id, MONEY[way]), batch.ref, amount, RETURNED)
        await ledger.post([entry], cause=Cause(RETURNED, id))
        return batch


async def hold_batch(actor: Actor, batch_id: UUID) -> ProtectionBatch:
    """The remittance, locked, for a chair or treasurer. Raises NotFound, Forbidden."""
    batch = await locked_one(ProtectionBatch, batch_id)
    if batch is None:
        raise NotFound("remittance")
    require(actor, *READERS, cooperative_id=batch.cooperative_id, hide="remittance")
    require(actor, *SETTERS, cooperative_id=batch.cooperative_id)
    return batch


def _require(batch: ProtectionBatch, state: BatchState) -> None:
    if batch.state is not state:
        raise RemittanceWrongState(state=batch.state.value)


def _worded(field: str, text: str, most: int) -> str:
    text = " ".join(text.split())
    if not fits(text, 3, most):
        raise Invalid.field(field, Code.OUT_OF_RANGE, f"3 to {most} characters", f"3 sampai {most} karakter")
    return text
