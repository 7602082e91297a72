"""Receipts behind vouchers: kept as they came, given to readers alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cooperatives.books import attachments, vouchers
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import VoucherAttachment
from marketplace import clock
from marketplace.errors import Invalid, NotFound
from marketplace.settings import Settings
from tests.cooperatives.books.desk import NOON, Desk, desk

pytestmark = pytest.mark.anyio
PDF, PNG = b"%PDF-1.7 nota", b"\x89PNG\r\n\x1a\n nota"


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


async def add(at: Desk, voucher: object, content: bytes, folder: Path, name: str = "nota.pdf") -> VoucherAttachment:
    return await attachments.add_attachment(
        at.treasurer,
        voucher_id=voucher.pk,
        name=name,
        content=content,
        folder=folder,  # type: ignore[attr-defined]
    )


async def test_a_receipt_is_kept_once_and_given_to_readers(db: Settings, tmp_path: Path) -> None:
    at, other = await desk(), await desk(code="DRV")
    voucher = await at.book(date(2026, 11, 2), {"6-1105": 5}, {"1-1101": 5}, kind=VoucherKind.CASH_OUT)
    row = await add(at, voucher, PDF, tmp_path, name="../../etc/nota toko.pdf")
    again = await add(at, voucher, PDF, tmp_path)
    assert (row.pk, row.name, row.media_type, row.size) == (again.pk, "nota toko.pdf", "application/pdf", len(PDF))
    _, path = await attachments.read_attachment(at.chair, row.pk, tmp_path)
    assert path.read_bytes() == PDF
    assert path.is_relative_to(tmp_path / "attachments")
    with pytest.raises(NotFound):
        await attachments.read_attachment(other.chair, row.pk, tmp_path)
    with pytest.raises(NotFound):
        await add(other, voucher, PNG, tmp_path)
    path.unlink()
    with pytest.raises(NotFound):
        await attachments.read_attachment(at.chair, row.pk, tmp_path)


async def test_what_is_no_receipt_is_refused(db: Settings, tmp_path: Path) -> None:
    at = await desk()
    voucher = await at.book(
        date(2026, 11, 2), {"1-3301": 9_000_000}, {"1-1201": 9_000_000}, kind=VoucherKind.CASH_OUT
    )
    for content in (b"", b"<html>", b"MZ\x90", b"RIFF1234WAVE"):
        with pytest.raises(attachments.NotAnAttachment):
            await add(at, voucher, content, tmp_path)
    for name in ("", "x" * 121, "a\nb.pdf", "/"):
        with pytest.raises(Invalid):
            await add(at, voucher, PDF, tmp_path, name=name)
    for number in range(attachments.ATTACHMENTS_A_VOUCHER):
        await add(at, voucher, PNG + bytes([number]), tmp_path)
    with pytest.raises(attachments.TooManyAttachments):
        await add(at, voucher, PDF, tmp_path)
    await vouchers.refuse_voucher(at.chair, voucher_id=voucher.pk, reason="Batal")
    with pytest.raises((NotFound, attachments.TooManyAttachments)):
        await add(at, voucher, PDF, tmp_path)
    assert await VoucherAttachment.all().count() == attachments.ATTACHMENTS_A_VOUCHER
