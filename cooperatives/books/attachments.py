"""Receipts and letters behind vouchers: pictures and PDFs, kept in the node's folder under their hash.

They are evidence, so that they are kept as they came; they are never shown in the page of the node, but given
as a download to those who may read the book.
"""

import asyncio
import hashlib
import os
from pathlib import Path
from uuid import UUID

from cooperatives.books.books import hold_book
from cooperatives.books.models import Voucher, VoucherAttachment, VoucherState
from cooperatives.ledger.reading import may_read
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, signed_in

FOLDER = "attachments"
ATTACHMENTS_A_VOUCHER = 20
NAME_LENGTH = 120
#: What a file begins with, and so what it is.
SIGNS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


class NotAnAttachment(MarketplaceError):
    """An attachment is a JPEG, PNG or WebP picture, or a PDF document."""

    code = Code.UNSUPPORTED_MEDIA
    pesan = "Lampiran bukti berupa gambar JPEG, PNG, WebP, atau dokumen PDF."


class TooManyAttachments(MarketplaceError):
    """A voucher takes at most {most} attachments."""

    code = Code.TOO_MANY
    pesan = "Satu bukti paling banyak {most} lampiran."


def media_type_of(content: bytes) -> str:
    """What the file is by its first bytes. Raises NotAnAttachment."""
    for sign, media_type in SIGNS:
        if content.startswith(sign):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    raise NotAnAttachment


def name_of(name: str) -> str:
    """A file's name as it is kept, without the folders before it. Raises Invalid."""
    bare = Path(name.replace("\\", "/")).name.strip()
    if not 1 <= len(bare) <= NAME_LENGTH or not bare.isprintable():
        raise Invalid.field("name", Code.OUT_OF_RANGE, "1 to 120 characters", "1 sampai 120 karakter")
    return bare


async def add_attachment(
    actor: Actor, *, voucher_id: UUID, name: str, content: bytes, folder: Path
) -> VoucherAttachment:
    """Keep a file behind a voucher, until its voucher is refused; the same one again is kept once. An officer.

    Raises NotFound, Forbidden, Invalid, NotAnAttachment, TooManyAttachments.
    """
    signed_in(actor)
    name = name_of(name)
    media_type = media_type_of(content)
    hash = hashlib.sha256(content).hexdigest()
    seen = await Voucher.get_or_none(pk=voucher_id)
    if seen is None:
        raise NotFound("voucher")
    async with transaction():
        await hold_book(actor, seen.cooperative_id)
        known = await VoucherAttachment.filter(voucher_id=voucher_id)
        same = next((row for row in known if row.hash == hash), None)
        if same is not None:
            return same
        if len(known) >= ATTACHMENTS_A_VOUCHER:
            raise TooManyAttachments(most=ATTACHMENTS_A_VOUCHER)
        if (await Voucher.get(pk=voucher_id)).state is VoucherState.REFUSED:
            raise NotFound("voucher")
        # The file first: a row without its file would be a promise not kept.
        await asyncio.to_thread(keep, folder / FOLDER, hash, content)
        return await VoucherAttachment.create(
            voucher_id=voucher_id,
            name=name,
            media_type=media_type,
            size=len(content),
            hash=hash,
            added_by=signed_in(actor),
        )


def keep(folder: Path, hash: str, content: bytes) -> None:
    """Write the file below this folder, whole or not at all."""
    target = path_of(folder, hash)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{hash}.{new_id()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def path_of(folder: Path, hash: str) -> Path:
    """Where a file lies below the folder of attachments."""
    return folder / hash[:2] / hash


async def read_attachment(actor: Actor, attachment_id: UUID, folder: Path) -> tuple[VoucherAttachment, Path]:
    """The attachment and its file, for a reader of the book. Raises NotFound."""
    row = await VoucherAttachment.get_or_none(pk=attachment_id).prefetch_related("voucher")
    if row is None or not may_read(actor, row.voucher.cooperative_id):
        raise NotFound("attachment")
    path = path_of(folder / FOLDER, row.hash)
    if not path.is_file():
        raise NotFound("attachment")
    return row, path
